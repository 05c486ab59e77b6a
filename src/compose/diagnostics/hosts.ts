/** Which services a service names as hosts, and which names it can resolve. */

import type { Span } from '#compose/tree';
import type { ComposeProject, ComposeService, Placed } from '#compose/types';
import { scanLine } from '#model/references';

/** A service's name standing as a host in another's environment or command. */
export interface NamedHost {
  readonly host: string;
  readonly port?: number;
  readonly named: ComposeService;
  readonly value: Placed<string>;
  readonly at: Span;
}

export function namedHosts(project: ComposeProject, service: ComposeService): readonly NamedHost[] {
  const byName = new Map(project.services.map((one) => [one.name.toLowerCase(), one]));
  const found: NamedHost[] = [];
  const look = (line: string, value: Placed<string>): void => {
    if (value.unsure) return;
    for (const { kind, host, port } of scanLine(line, { kind: 'ini' })) {
      const named = kind === 'name' ? byName.get(host.toLowerCase()) : undefined;
      if (named && named !== service && !found.some((one) => one.host === host && one.value === value))
        found.push({ host, named, value, at: value.at, ...(port === undefined ? {} : { port }) });
    }
  };
  for (const [key, value] of service.environment) look(`${key}=${value.value}`, value);
  for (const value of service.commands) look(value.value, value);
  return found;
}

/** The service whose network namespace this one uses: itself, or what `network_mode: service:X` names. */
export function namespaceOf(project: ComposeProject, service: ComposeService): ComposeService {
  const seen = new Set<ComposeService>();
  let current = service;
  while (!seen.has(current)) {
    seen.add(current);
    const name = /^service:(.+)$/.exec(current.networkMode?.value ?? '')?.[1];
    const next = project.services.find((one) => one.name === name);
    if (!next) return current;
    current = next;
  }
  return current;
}

export function sharedNetworks(a: ComposeService, b: ComposeService): readonly string[] {
  return a.networks.map(({ network }) => network).filter((key) => b.networks.some(({ network }) => network === key));
}

/** Every name that resolves inside the service: names and aliases on its networks, its links, its `extra_hosts`. */
export function resolvable(project: ComposeProject, service: ComposeService): ReadonlySet<string> {
  const names = new Set<string>([...service.extraHosts, ...(service.hostname ? [service.hostname] : [])]);
  for (const { alias, service: linked } of service.links) names.add(alias ?? linked);
  for (const other of project.services)
    for (const attachment of other.networks)
      if (service.networks.some(({ network }) => network === attachment.network))
        for (const name of [other.name, other.containerName, other.hostname, ...attachment.aliases])
          if (name) names.add(name);
  return new Set([...names].map((name) => name.toLowerCase()));
}
