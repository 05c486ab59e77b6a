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

type Home = { readonly network: Network; readonly subnet: string; readonly block: Block };

/** Declared once and filled when first asked: a hover on a name does not pay for addresses and ports. */
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
  const vip = index.vip(address);
  if (vip) return { kind: 'vip', ...vip };
  const parsed = ipaddr.parse(address);
  const home = index.blocks.find((one) => inBlock(parsed, one.block));
  if (home) return inNetwork(home, address);
  const device = index.hostDevice(address);
  if (device === undefined) return undefined;
  return (reference.port === undefined ? undefined : findPort(index, reference)) ?? { kind: 'host', device };
}

function inNetwork(home: Home, address: string): Finding {
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
  const services = index.services(name);
  return hits.length + services.length > 0 ? { kind: 'names', name: written, hits, services } : undefined;
}

function inBlock(address: ipaddr.IPv4 | ipaddr.IPv6, block: Block): boolean {
  // The library compares only one family: the guard keeps it from throwing.
  return address.kind() === block[0].kind() && address.match(block as [ipaddr.IPv4, number]);
}

function indexOf(snapshot: Snapshot): Index {
  const known = built.get(snapshot);
  if (known) return known;
  const index = new Index(snapshot);
  built.set(snapshot, index);
  return index;
}

class Index {
  readonly #snapshot: Snapshot;
  #holders: Map<string, Holder[]> | undefined;
  #names: Map<string, NameHit[]> | undefined;
  #ports: Map<number, PortHolder[]> | undefined;
  #blocks: readonly Home[] | undefined;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  get holders(): ReadonlyMap<string, readonly Holder[]> {
    if (this.#holders) return this.#holders;
    const holders = new Map<string, Holder[]>();
    for (const container of this.#snapshot.containers)
      for (const endpoint of container.endpoints) {
        const v4 = endpoint.ipv4 || endpoint.configuredIpv4;
        const v6 = endpoint.ipv6 || endpoint.configuredIpv6;
        // IPv4 has one spelling only, and engines write it: a thousand parses would cost more than all the rest.
        if (v4) append(holders, v4, { container, endpoint });
        const address = v6 ? canonicalAddress(v6) : undefined;
        if (address !== undefined) append(holders, address, { container, endpoint });
      }
    this.#holders = holders;
    return holders;
  }

  get ports(): ReadonlyMap<number, readonly PortHolder[]> {
    if (this.#ports) return this.#ports;
    const ports = new Map<number, PortHolder[]>();
    // A sharer repeats its owner's ports on Podman: the owner is meant.
    for (const container of this.#snapshot.containers)
      if (container.mode !== 'container')
        for (const published of container.published)
          if (published.hostPort > 0) append(ports, published.hostPort, { container, published });
    this.#ports = ports;
    return ports;
  }

  get names(): ReadonlyMap<string, readonly NameHit[]> {
    this.#names ??= namesIn(this.#snapshot);
    return this.#names;
  }

  get blocks(): readonly Home[] {
    this.#blocks ??= this.#snapshot.networks.flatMap((network) =>
      network.ipam.flatMap(({ subnet }) =>
        ipaddr.isValidCIDR(subnet) ? [{ network, subnet, block: ipaddr.parseCIDR(subnet) as Block }] : [],
      ),
    );
    return this.#blocks;
  }

  services(name: string): readonly Service[] {
    return (this.#snapshot.services ?? []).filter((service) => service.name.toLowerCase() === name);
  }

  vip(address: string): { readonly service: Service; readonly network: Network | undefined } | undefined {
    for (const service of this.#snapshot.services ?? [])
      for (const { networkId, vip } of service.networks)
        if (vip !== undefined && canonicalAddress(vip.split('/')[0]!) === address)
          return { service, network: this.#snapshot.networks.find(({ id }) => id === networkId) };
    return undefined;
  }

  hostDevice(address: string): string | undefined {
    return this.#snapshot.host?.addresses.find((one) => one.address === address)?.name;
  }
}

function namesIn(snapshot: Snapshot): Map<string, NameHit[]> {
  const names = new Map<string, NameHit[]>();
  const networks = new Map(snapshot.networks.map((network) => [network.id, network]));
  const byName = new Map(snapshot.containers.map((container) => [container.name, container]));
  for (const container of snapshot.containers) {
    const service = container.compose?.service;
    let resolves = false;
    for (const endpoint of container.endpoints) {
      const network = networks.get(endpoint.networkId);
      if (!network?.resolvesNames) continue;
      resolves = true;
      const said: string[] = [];
      const add = (name: string | undefined, origin: NameOrigin): void => {
        const key = name?.toLowerCase();
        if (!key || said.includes(key)) return;
        said.push(key);
        append(names, key, { container, network, endpoint, origin });
      };
      add(container.name, 'name');
      add(service, 'service');
      for (const alias of endpoint.aliases ?? []) add(alias, 'alias');
      for (const name of endpoint.dnsNames ?? []) add(name, 'alias');
    }
    for (const link of container.links ?? []) {
      const other = byName.get(link.container);
      if (other) append(names, link.alias.toLowerCase(), { container: other, origin: 'link', onlyFrom: container });
    }
    if (resolves) continue;
    // Answered by no DNS, yet what a person means who writes it: the views say that it does not resolve.
    append(names, container.name.toLowerCase(), { container, origin: 'name' });
    if (service && service !== container.name) append(names, service.toLowerCase(), { container, origin: 'service' });
  }
  return names;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
