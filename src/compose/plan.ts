/** A file's topology as a snapshot of its own, as it would be after `up`: drawing, hovers and reachability work on it. */

import { publishedRange } from '#compose/ports';
import type { Attachment, ComposeNetwork, ComposeProject, ComposeService } from '#compose/types';
import { isActive } from '#compose/types';
import { firstUsable } from '#model/addresses';
import type {
  Container,
  Endpoint,
  Engine,
  ExposedPort,
  Network,
  NetworkMode,
  PublishedPort,
  Snapshot,
} from '#model/snapshot';

/** Ids of a plan tell that they are no engine's. */
export const planPrefix = 'plan:';

export function networkId(name: string): string {
  return `${planPrefix}network:${name}`;
}

export function containerId(service: string, number = 1): string {
  return `${planPrefix}container:${service}${number > 1 ? `:${number}` : ''}`;
}

/** The service a planned container stands for. */
export function serviceOfPlan(id: string): string | undefined {
  return /^plan:container:(.+?)(?::\d+)?$/.exec(id)?.[1];
}

/**
 * The snapshot of what is switched on (profiles). Containers count as running: the question is what will be. With the
 * engine's snapshot, external networks are taken from it as they are.
 */
export function plan(project: ComposeProject, engine?: Snapshot): Snapshot {
  const active = project.services.filter((service) => isActive(project, service));
  const keys = new Set(active.flatMap((service) => service.networks.map(({ network }) => network)));
  const networks = new Map<string, Network>();
  for (const network of project.networks)
    if (keys.has(network.key)) networks.set(network.key, planned(network, engine));
  for (const service of active) {
    const mode = service.networkMode?.value;
    if (mode !== undefined && !/^(?:service|container):/.test(mode)) networks.set(`mode ${mode}`, ofMode(mode, engine));
  }
  const containers = active.flatMap((service) =>
    Array.from(
      { length: service.containerName === undefined ? service.replicas : Math.min(1, service.replicas) },
      (_, index) => container(project, service, index + 1, networks, engine),
    ),
  );
  return {
    engine: {
      ...(engine?.engine ?? unknownEngine),
      name: `${planPrefix}${project.name}`,
      endpoint: project.files[0] ?? '',
    },
    takenAt: 0,
    complete: true,
    networks: [...new Map([...networks.values()].map((network) => [network.id, network])).values()].sort(byName),
    containers: containers.sort(byName),
    ...(engine?.host === undefined ? {} : { host: engine.host }),
  };
}

const unknownEngine: Engine = { name: '', endpoint: '', kind: 'docker', version: '', apiVersion: '', where: 'unknown' };

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function planned(network: ComposeNetwork, engine: Snapshot | undefined): Network {
  const known = network.external ? engine?.networks.find(({ name }) => name === network.name) : undefined;
  if (known) return { ...known, id: networkId(network.name) };
  const driver = network.driver ?? 'bridge';
  return {
    ...blank(network.name, driver),
    scope: driver === 'overlay' ? 'swarm' : 'local',
    internal: network.internal,
    attachable: network.attachable,
    ipv6: network.ipv6 || network.ipam.some(({ subnet }) => subnet?.value.includes(':')),
    ipam: network.ipam.flatMap(({ subnet, gateway, ipRange, reserved }) => {
      if (subnet === undefined) return [];
      const first = gateway?.value ?? (driver === 'bridge' ? firstUsable(subnet.value) : undefined);
      return [
        {
          subnet: subnet.value,
          ...(first === undefined ? {} : { gateway: first }),
          ...(ipRange === undefined ? {} : { ipRange: ipRange.value }),
          ...(Object.keys(reserved).length === 0 ? {} : { reserved }),
        },
      ];
    }),
    interContainer: network.options['com.docker.network.bridge.enable_icc'] !== 'false',
    options: network.options,
    labels: network.labels,
  };
}

/** `host`, `none`, `bridge`, or any network's name. */
function ofMode(mode: string, engine: Snapshot | undefined): Network {
  const name = mode === 'default' ? 'bridge' : mode;
  const known = engine?.networks.find((network) => network.name === name);
  if (known) return { ...known, id: networkId(name) };
  const driver = name === 'none' ? 'null' : name === 'host' ? 'host' : 'bridge';
  const builtIn = ['bridge', 'host', 'none'].includes(name);
  return { ...blank(name, driver), builtIn, resolvesNames: !builtIn };
}

function blank(name: string, driver: string): Network {
  return {
    id: networkId(name),
    name,
    driver,
    scope: 'local',
    internal: false,
    attachable: false,
    ingress: false,
    ipv6: false,
    ipam: [],
    builtIn: false,
    resolvesNames: true,
    interContainer: true,
    options: {},
    labels: {},
    created: '',
  };
}

export function containerName(project: ComposeProject, service: ComposeService, number = 1): string {
  return service.containerName ?? `${project.name}-${service.name}-${number}`;
}

function container(
  project: ComposeProject,
  service: ComposeService,
  number: number,
  networks: ReadonlyMap<string, Network>,
  engine: Snapshot | undefined,
): Container {
  const modeText = service.networkMode?.value ?? '';
  const mode: NetworkMode = /^(?:service|container):/.test(modeText)
    ? 'container'
    : modeText === 'host' || modeText === 'none'
      ? modeText
      : 'networks';
  const name = containerName(project, service, number);
  const owner = mode === 'container' ? ownerOf(modeText, engine) : undefined;
  const own = service.networkMode === undefined ? service.networks : [];
  const endpoints = own.flatMap((one) => {
    const network = networks.get(one.network);
    return network ? [endpoint(one, network, service, name)] : [];
  });
  const attached = networks.get(`mode ${modeText}`);
  if (mode === 'networks' && attached)
    endpoints.push(endpoint({ network: modeText, at: service.at, aliases: [] }, attached, service, name));
  const published = mode === 'networks' ? service.ports.map(publishedPort) : [];
  return {
    id: containerId(service.name, number),
    name,
    image: service.image ?? '',
    state: 'running',
    mode,
    ...(owner === undefined ? {} : { sharesWith: owner }),
    endpoints,
    published,
    exposed: [
      ...service.expose.flatMap(({ value }) => exposedPorts(value)),
      ...published.map(({ port, protocol }) => ({ port, protocol })),
    ],
    links: service.links.map(({ service: other, alias }) => ({
      container: nameOfService(project, other),
      alias: alias ?? other,
    })),
    ...(service.hostname === undefined ? {} : { hostname: service.hostname }),
    compose: { project: project.name, service: service.name },
    labels: {},
    complete: true,
  };
}

function nameOfService(project: ComposeProject, name: string): string {
  const service = project.services.find((one) => one.name === name);
  return service === undefined ? name : containerName(project, service);
}

function ownerOf(mode: string, engine: Snapshot | undefined): string {
  const [kind, name = ''] = mode.split(':');
  if (kind === 'service') return containerId(name);
  return engine?.containers.find((one) => one.name === name || one.id === name)?.id ?? name;
}

function endpoint(one: Attachment, network: Network, service: ComposeService, name: string): Endpoint {
  const aliases = network.resolvesNames ? [...new Set([service.name, ...one.aliases])] : [];
  return {
    networkId: network.id,
    network: network.name,
    ...(one.ipv4 === undefined ? {} : { ipv4: one.ipv4.value, configuredIpv4: one.ipv4.value }),
    ...(one.ipv6 === undefined ? {} : { ipv6: one.ipv6.value, configuredIpv6: one.ipv6.value }),
    staticIp: one.ipv4 !== undefined || one.ipv6 !== undefined,
    ...(one.ipv4 === undefined ? { planned: true as const } : {}),
    aliases,
    dnsNames: network.resolvesNames
      ? [...new Set([name, ...aliases, ...(service.hostname ? [service.hostname] : [])])]
      : [],
  };
}

function publishedPort(port: ComposeService['ports'][number]): PublishedPort {
  const range = publishedRange(port);
  return {
    hostIp: port.hostIp ?? '0.0.0.0',
    // A range leaves the choice to the engine, as no host port does.
    hostPort: range !== undefined && range[0] === range[1] ? range[0] : 0,
    port: port.target,
    protocol: port.protocol,
  };
}

function exposedPorts(text: string): readonly ExposedPort[] {
  const match = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/.exec(text);
  if (!match) return [];
  const first = Number(match[1]);
  const last = Math.min(Number(match[2] ?? first), first + 1_000);
  const protocol = (match[3] ?? 'tcp') as ExposedPort['protocol'];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({ port: first + index, protocol }));
}
