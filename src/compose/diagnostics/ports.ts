/** `port-taken`, `port-twice`, `ports-in-host-mode`. */
import type { Diagnostic, DiagnosticInput, Fix } from '#compose/diagnostics';
import { all, removeItem } from '#compose/diagnostics/edits';
import { publishedRange, sameHostIp } from '#compose/ports';
import type { ComposeProject, ComposeService, PortSpec } from '#compose/types';
import { portHolders } from '#model/hostPorts';

export function portDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  return input.project.services.flatMap((service) => [
    ...taken(input, service),
    ...twice(input, service),
    ...inOtherMode(input, service),
  ]);
}

/** The one host port an entry asks for; a range leaves the choice to the engine. */
function fixedPort(port: PortSpec): number | undefined {
  const range = port.unsure ? undefined : publishedRange(port);
  return range && range[0] === range[1] ? range[0] : undefined;
}

function taken({ project, snapshot }: DiagnosticInput, service: ComposeService): readonly Diagnostic[] {
  if (snapshot === undefined || service.networkMode !== undefined) return [];
  return service.ports.flatMap((port): Diagnostic[] => {
    const number = fixedPort(port);
    if (number === undefined) return [];
    // What belongs to the project is replaced by `up`: it takes nothing away.
    const holder = portHolders(snapshot, number, port.protocol, port.hostIp ?? '').find(
      (one) => one.now && one.container?.compose?.project !== project.name,
    );
    if (!holder) return [];
    const args = { port: String(number), protocol: port.protocol, holder: holder.name };
    const fixes = nextFree(project, port, number, (other) => portHolders(snapshot, other, port.protocol).length > 0);
    return [{ code: 'port-taken', rule: 'port-taken', args, at: port.at, severity: 'error', fixes }];
  });
}

function twice({ project, snapshot }: DiagnosticInput, service: ComposeService): readonly Diagnostic[] {
  const index = project.services.indexOf(service);
  return service.ports.flatMap((port, place): Diagnostic[] => {
    const number = fixedPort(port);
    if (number === undefined || service.networkMode !== undefined) return [];
    const collides = (other: PortSpec): boolean =>
      fixedPort(other) === number && other.protocol === port.protocol && sameHostIp(other.hostIp, port.hostIp);
    // Each clash is told once, at the later of the two.
    const earlier = project.services
      .slice(0, index + 1)
      .find(
        (other) =>
          other.networkMode === undefined &&
          together(other, service) &&
          other.ports.slice(0, other === service ? place : undefined).some(collides),
      );
    if (!earlier) return [];
    const args = { port: String(number), protocol: port.protocol, service: earlier.name };
    const held = (candidate: number): boolean =>
      snapshot !== undefined && portHolders(snapshot, candidate, port.protocol).length > 0;
    const fixes = nextFree(project, port, number, held);
    return [{ code: 'port-twice', rule: 'port-twice', args, at: port.at, severity: 'error', fixes }];
  });
}

/** Whether two services can run at a time: services of different profiles are often variants of one another. */
export function together(a: ComposeService, b: ComposeService): boolean {
  if (a === b || a.profiles.length === 0 || b.profiles.length === 0)
    return a === b || (a.profiles.length === 0 && b.profiles.length === 0);
  return a.profiles.some((profile) => b.profiles.includes(profile));
}

function nextFree(
  project: ComposeProject,
  port: PortSpec,
  from: number,
  held: (port: number) => boolean,
): readonly Fix[] {
  if (port.publishedAt === undefined) return [];
  const inFile = new Set(project.services.flatMap(({ ports }) => ports.flatMap((one) => fixedPort(one) ?? [])));
  for (let next = from + 1; next <= Math.min(65_535, from + 1_000); next++)
    if (!inFile.has(next) && !held(next))
      return [
        { rule: 'use-port', args: { port: String(next) }, edits: [{ at: port.publishedAt, text: String(next) }] },
      ];
  return [];
}

function inOtherMode(input: DiagnosticInput, service: ComposeService): readonly Diagnostic[] {
  const mode = service.networkMode;
  if (mode === undefined || mode.unsure || service.ports.length === 0 || service.portsAt === undefined) return [];
  const kind = /^(?:service|container):/.test(mode.value) ? 'shared' : mode.value;
  if (!['host', 'none', 'shared'].includes(kind)) return [];
  const edits = all(removeItem(input, service.portsAt));
  return [
    {
      code: 'ports-in-host-mode',
      rule: `ports-in-${kind}-mode`,
      args: { service: service.name, mode: mode.value },
      at: service.ports[0]!.at,
      // The engine drops them in host mode, and refuses the container in a shared namespace.
      severity: kind === 'shared' ? 'error' : 'warning',
      fixes: edits.length > 0 ? [{ rule: 'remove-ports', args: {}, edits }] : [],
    },
  ];
}
