/** Where a running project differs from its file, place by place. Rule ids and arguments; the providers word them. */
import { networkDrift } from '#compose/driftNetworks';
import { portDrift } from '#compose/driftPorts';
import type { Span } from '#compose/tree';
import type { ComposeProject, ComposeService } from '#compose/types';
import { isActive } from '#compose/types';
import { sameAddress } from '#model/addresses';
import type { Container, Snapshot } from '#model/snapshot';

export interface Difference {
  readonly rule: string;
  readonly args: Readonly<Record<string, string>>;
  /** Where the file says otherwise; undefined when it says nothing of it. */
  readonly at?: Span;
  readonly containerId?: string;
  readonly networkId?: string;
}

export interface Drift {
  /** Whether the engine has anything of the project. */
  readonly running: boolean;
  readonly differences: readonly Difference[];
}

export function driftOf(project: ComposeProject, snapshot: Snapshot): Drift {
  const containers = snapshot.containers.filter((one) => one.compose?.project === project.name);
  if (containers.length === 0) return { running: false, differences: [] };
  const differences: Difference[] = [...networkDrift(project, snapshot)];
  const known = new Map(project.services.map((service) => [service.name, service]));
  for (const container of containers) {
    const service = known.get(container.compose?.service ?? '');
    if (!service)
      differences.push({
        rule: 'container-extra',
        args: { container: container.name, service: container.compose?.service ?? '' },
        containerId: container.id,
      });
  }
  for (const service of project.services) {
    const own = containers.filter((one) => one.compose?.service === service.name);
    if (own.length === 0) {
      if (isActive(project, service) && service.replicas > 0)
        differences.push({ rule: 'service-missing', args: { service: service.name }, at: service.at });
      continue;
    }
    if (isActive(project, service) && own.length !== service.replicas)
      differences.push({
        rule: 'replicas',
        args: { service: service.name, file: String(service.replicas), engine: String(own.length) },
        at: service.at,
      });
    for (const container of own) differences.push(...containerDrift(project, service, container, snapshot));
  }
  return { running: true, differences };
}

function containerDrift(
  project: ComposeProject,
  service: ComposeService,
  container: Container,
  snapshot: Snapshot,
): readonly Difference[] {
  const found: Difference[] = [];
  const base = { service: service.name, container: container.name };
  const say = (rule: string, args: Record<string, string>, at: Span | undefined = service.at): void => {
    found.push({ rule, args: { ...base, ...args }, ...(at ? { at } : {}), containerId: container.id });
  };
  if (service.containerName !== undefined && service.containerName !== container.name)
    say('container-name', { file: service.containerName, engine: container.name });
  const wished = modeOf(service);
  if (wished !== container.mode) say('mode', { file: wished, engine: container.mode }, service.networkMode?.at);
  else if (wished === 'networks' && service.networkMode === undefined)
    found.push(...endpointDrift(project, service, container, snapshot));
  if (wished === container.mode && wished === 'networks')
    found.push(...portDrift(service, container).map((one) => ({ ...one, args: { ...base, ...one.args } })));
  return found;
}

function modeOf(service: ComposeService): Container['mode'] {
  const mode = service.networkMode?.value ?? '';
  if (/^(?:service|container):/.test(mode)) return 'container';
  return mode === 'host' || mode === 'none' ? mode : 'networks';
}

function endpointDrift(
  project: ComposeProject,
  service: ComposeService,
  container: Container,
  snapshot: Snapshot,
): readonly Difference[] {
  const found: Difference[] = [];
  const base = { service: service.name, container: container.name };
  const names = new Map<string, string>();
  for (const one of service.networks) {
    const network = project.networks.find(({ key }) => key === one.network);
    if (!network) continue;
    // A network that was renamed is told once, by the network's own drift.
    const name = network.name;
    names.set(name, one.network);
    const endpoint = container.endpoints.find((other) => other.network === name);
    if (!endpoint) {
      if (snapshot.networks.some((other) => other.name === name))
        found.push({
          rule: 'attachment-missing',
          args: { ...base, network: name },
          at: one.at,
          containerId: container.id,
        });
      continue;
    }
    const answers =
      endpoint.aliases === undefined ? undefined : new Set([...endpoint.aliases, ...(endpoint.dnsNames ?? [])]);
    for (const alias of one.aliases)
      if (answers && !answers.has(alias))
        found.push({
          rule: 'alias-missing',
          args: { ...base, network: name, alias },
          at: one.at,
          containerId: container.id,
        });
    for (const [wish, has, set] of [
      [one.ipv4, endpoint.ipv4, endpoint.configuredIpv4],
      [one.ipv6, endpoint.ipv6, endpoint.configuredIpv6],
    ] as const) {
      const engine = has ?? set;
      if (wish && !wish.unsure && engine !== undefined && engine !== '' && !sameAddress(wish.value, engine))
        found.push({
          rule: 'address',
          args: { ...base, network: name, file: wish.value, engine },
          at: wish.at,
          containerId: container.id,
        });
    }
  }
  for (const endpoint of container.endpoints)
    if (!names.has(endpoint.network) && !renamed(project, endpoint.networkId, snapshot))
      found.push({
        rule: 'attachment-extra',
        args: { ...base, network: endpoint.network },
        at: service.networksAt ?? service.at,
        containerId: container.id,
        networkId: endpoint.networkId,
      });
  return found;
}

function renamed(project: ComposeProject, id: string, snapshot: Snapshot): boolean {
  const network = snapshot.networks.find((one) => one.id === id);
  const key = network?.labels['com.docker.compose.network'];
  if (network?.labels['com.docker.compose.project'] !== project.name || key === undefined) return false;
  const declared = project.networks.find((one) => one.key === key);
  return declared !== undefined && declared.name !== network.name;
}
