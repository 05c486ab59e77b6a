/**
 * Answers what a reference means in one snapshot, from tables built once a snapshot: a hover costs a few look-ups
 * whatever the number of containers, and no request.
 */
import ipaddr from 'ipaddr.js';
import type { Reference } from '#model/references';
import type { Container, Endpoint, Network, PublishedPort, Service, Snapshot } from '#model/snapshot';

export interface Holder {
  readonly container: Container;
  readonly endpoint: Endpoint;
}

/** How a name came to mean a container. */
export type NameOrigin = 'name' | 'alias' | 'service' | 'hostname' | 'link';

export interface NameHit {
  readonly container: Container;
  /** Where it resolves; undefined where the container is on no network that answers names. */
  readonly network?: Network;
  readonly endpoint?: Endpoint;
  readonly origin: NameOrigin;
  /** For links: the only container the name resolves from. */
  readonly onlyFrom?: Container;
}

export interface PortHolder {
  readonly container: Container;
  readonly published: PublishedPort;
}

export type Finding =
  | { readonly kind: 'containers'; readonly holders: readonly Holder[] }
  | { readonly kind: 'gateway' | 'vacant'; readonly network: Network; readonly subnet: string }
  | { readonly kind: 'reserved'; readonly network: Network; readonly subnet: string; readonly name: string }
  | { readonly kind: 'host'; readonly device: string }
  | { readonly kind: 'vip'; readonly service: Service; readonly network: Network | undefined }
  | { readonly kind: 'subnets'; readonly networks: readonly SubnetHit[] }
  | { readonly kind: 'ports'; readonly holders: readonly PortHolder[] }
  | {
      readonly kind: 'names';
      readonly name: string;
      readonly hits: readonly NameHit[];
      readonly services: readonly Service[];
    };

export interface SubnetHit {
  readonly network: Network;
  readonly subnet: string;
  /** How the written block lies to the network's. */
  readonly relation: 'equal' | 'inside' | 'contains';
}

type Block = [ipaddr.IPv4 | ipaddr.IPv6, number];

interface Index {
  readonly holders: ReadonlyMap<string, readonly Holder[]>;
  readonly names: ReadonlyMap<string, readonly NameHit[]>;
  readonly services: ReadonlyMap<string, readonly Service[]>;
  readonly vips: ReadonlyMap<string, { readonly service: Service; readonly network: Network | undefined }>;
  readonly ports: ReadonlyMap<number, readonly PortHolder[]>;
  readonly blocks: readonly { readonly network: Network; readonly subnet: string; readonly block: Block }[];
  readonly hostAddresses: ReadonlyMap<string, string>;
}

const built = new WeakMap<Snapshot, Index>();

/** What a reference means in this snapshot; undefined when the engine knows nothing of it. */
export function findReference(snapshot: Snapshot, reference: Reference): Finding | undefined {
  const index = indexOf(snapshot);
  switch (reference.kind) {
    case 'address':
      return findAddress(index, reference);
    case 'cidr':
      return findBlock(index, reference);
    case 'local':
      return findPort(index, reference);
    case 'name':
      return findName(index, reference.host);
  }
}

/** One spelling of an address, so that `FD00::1` and `fd00:0::1` are the same; undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  return ipaddr.isValid(text) ? ipaddr.parse(text).toString() : undefined;
}

function findAddress(index: Index, reference: Reference): Finding | undefined {
  const address = canonicalAddress(reference.host);
  if (address === undefined) return undefined;
  const holders = index.holders.get(address);
  if (holders) return { kind: 'containers', holders };
  const vip = index.vips.get(address);
  if (vip) return { kind: 'vip', ...vip };
  const parsed = ipaddr.parse(address);
  const home = index.blocks.find((one) => inBlock(parsed, one.block));
  if (home) return inNetwork(home, address);
  const device = index.hostAddresses.get(address);
  if (device === undefined) return undefined;
  return (reference.port === undefined ? undefined : findPort(index, reference)) ?? { kind: 'host', device };
}

function inNetwork(home: Index['blocks'][number], address: string): Finding {
  const { network, subnet } = home;
  const config = network.ipam.find((one) => one.subnet === subnet);
  if (config?.gateway !== undefined && canonicalAddress(config.gateway) === address)
    return { kind: 'gateway', network, subnet };
  const reserved = Object.entries(config?.reserved ?? {}).find(([, taken]) => canonicalAddress(taken) === address);
  return reserved ? { kind: 'reserved', network, subnet, name: reserved[0] } : { kind: 'vacant', network, subnet };
}

function findBlock(index: Index, reference: Reference): Finding | undefined {
  const prefix = reference.prefix ?? 0;
  // `0.0.0.0/0` means everything, so it means none of these networks.
  if (prefix === 0 || !ipaddr.isValid(reference.host)) return undefined;
  const address = ipaddr.parse(reference.host);
  const networks = index.blocks.flatMap(({ network, subnet, block }): SubnetHit[] => {
    if (block[0].kind() !== address.kind()) return [];
    if (prefix >= block[1] && inBlock(address, block))
      return [{ network, subnet, relation: prefix === block[1] ? 'equal' : 'inside' }];
    return prefix < block[1] && inBlock(block[0], [address, prefix]) ? [{ network, subnet, relation: 'contains' }] : [];
  });
  // `ip addr` style: an endpoint's own address with its network's prefix is about the endpoint.
  const holders = index.holders.get(address.toString());
  if (holders && networks.length > 0) return { kind: 'containers', holders };
  return networks.length > 0 ? { kind: 'subnets', networks } : undefined;
}

function findPort(index: Index, reference: Reference): Finding | undefined {
  const holders = (index.ports.get(reference.port ?? 0) ?? []).filter(({ published }) =>
    answersOn(published.hostIp, reference.host),
  );
  return holders.length > 0 ? { kind: 'ports', holders } : undefined;
}

/** Whether a port bound to `hostIp` answers on the host written: a port on one LAN address does not on 127.0.0.1. */
function answersOn(hostIp: string, host: string): boolean {
  if (['0.0.0.0', '::', ''].includes(hostIp) || ['0.0.0.0', '::'].includes(host) || hostIp === host) return true;
  const loop = hostIp.startsWith('127.') || hostIp === '::1';
  return loop && host === 'localhost';
}

function findName(index: Index, written: string): Finding | undefined {
  const name = written.toLowerCase();
  const hits = index.names.get(name) ?? [];
  const services = index.services.get(name) ?? [];
  return hits.length + services.length > 0 ? { kind: 'names', name: written, hits, services } : undefined;
}

function inBlock(address: ipaddr.IPv4 | ipaddr.IPv6, block: Block): boolean {
  // The library compares only one family: the guard keeps it from throwing.
  return address.kind() === block[0].kind() && address.match(block as [ipaddr.IPv4, number]);
}

function indexOf(snapshot: Snapshot): Index {
  const known = built.get(snapshot);
  if (known) return known;
  const index = build(snapshot);
  built.set(snapshot, index);
  return index;
}

function build(snapshot: Snapshot): Index {
  const networks = new Map(snapshot.networks.map((network) => [network.id, network]));
  const holders = new Map<string, Holder[]>();
  const names = new Map<string, NameHit[]>();
  const ports = new Map<number, PortHolder[]>();
  const services = new Map<string, Service[]>();
  const vips = new Map<string, { service: Service; network: Network | undefined }>();
  const byName = new Map(snapshot.containers.map((container) => [container.name, container]));
  for (const container of snapshot.containers) {
    for (const endpoint of container.endpoints)
      for (const text of [endpoint.ipv4 ?? endpoint.configuredIpv4, endpoint.ipv6 ?? endpoint.configuredIpv6]) {
        const address = text === undefined ? undefined : canonicalAddress(text);
        if (address !== undefined) append(holders, address, { container, endpoint });
      }
    // A sharer repeats its owner's ports on Podman: the owner is meant.
    if (container.mode !== 'container')
      for (const published of container.published)
        if (published.hostPort > 0) append(ports, published.hostPort, { container, published });
    for (const [name, hit] of namesOf(container, networks, byName)) append(names, name.toLowerCase(), hit);
  }
  for (const service of snapshot.services ?? []) {
    append(services, service.name.toLowerCase(), service);
    for (const { networkId, vip } of service.networks) {
      const address = vip === undefined ? undefined : canonicalAddress(vip.split('/')[0]!);
      if (address !== undefined) vips.set(address, { service, network: networks.get(networkId) });
    }
  }
  const blocks = snapshot.networks.flatMap((network) =>
    network.ipam.flatMap(({ subnet }) =>
      ipaddr.isValidCIDR(subnet) ? [{ network, subnet, block: ipaddr.parseCIDR(subnet) as Block }] : [],
    ),
  );
  const hostAddresses = new Map((snapshot.host?.addresses ?? []).map((one) => [one.address, one.name]));
  return { holders, names, services, vips, ports, blocks, hostAddresses };
}

function* namesOf(
  container: Container,
  networks: ReadonlyMap<string, Network>,
  byName: ReadonlyMap<string, Container>,
): Generator<[string, NameHit]> {
  const said = new Set<string>();
  const fresh = (name: string, network: string): boolean => {
    const key = `${name.toLowerCase()} ${network}`;
    return !said.has(key) && Boolean(said.add(key));
  };
  for (const endpoint of container.endpoints) {
    const network = networks.get(endpoint.networkId);
    if (!network?.resolvesNames) continue;
    const candidates: [string | undefined, NameOrigin][] = [
      [container.name, 'name'],
      [container.compose?.service, 'service'],
      ...[...(endpoint.aliases ?? []), ...(endpoint.dnsNames ?? [])].map((alias): [string, NameOrigin] => [
        alias,
        'alias',
      ]),
    ];
    for (const [name, origin] of candidates)
      if (name && fresh(name, network.id)) yield [name, { container, network, endpoint, origin }];
  }
  for (const link of container.links ?? []) {
    const other = byName.get(link.container);
    if (other && fresh(link.alias, `link ${other.id}`))
      yield [link.alias, { container: other, origin: 'link', onlyFrom: container }];
  }
  // Not answered by any DNS, yet what a person means who writes it: the views say that it does not resolve.
  for (const name of [container.name, container.compose?.service])
    if (name && ![...said].some((key) => key.startsWith(`${name.toLowerCase()} `)) && fresh(name, ''))
      yield [name, { container, origin: name === container.name ? 'name' : 'service' }];
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
