/**
 * What this machine's own network stack adds to a snapshot, when the engine is proven to run here: addresses, routes,
 * bridge devices and veth names, from files; and DNAT rules, which only a tool can print. Nothing is run in a container.
 */
import { networkInterfaces, hostname as ownHostname, release } from 'node:os';
import type { EngineMachine } from '#engine/decodeEngine';
import {
  decodeIpv4Addresses,
  decodeIpv4Routes,
  decodeIpv6Addresses,
  decodeIpv6Routes,
  ipv6Text,
} from '#engine/hostTables';
import { NatReader } from '#engine/nat';
import { type HostFiles, systemFiles, VethFinder } from '#engine/veth';
import type { Host, HostInterface, HostRoute, Network, Snapshot } from '#model/snapshot';

/** Keeps what was found of containers that have not changed, so that an overlay costs what has changed. */
export class HostOverlay {
  readonly #files: HostFiles;
  readonly #veths: VethFinder;
  readonly #nat: Pick<NatReader, 'read'>;

  constructor(files: HostFiles = systemFiles, nat: Pick<NatReader, 'read'> = new NatReader()) {
    this.#files = files;
    this.#nat = nat;
    this.#veths = new VethFinder(files);
  }

  /**
   * @param processes process ids on the engine's machine by container id, as far as inspected.
   * @returns the snapshot as it is when the engine cannot be proven to run on this host. Never throws.
   */
  async apply(
    snapshot: Snapshot,
    machine: EngineMachine | undefined,
    processes: ReadonlyMap<string, number>,
  ): Promise<Snapshot> {
    const { where } = snapshot.engine;
    if (process.platform !== 'linux' || machine === undefined || (where !== 'unknown' && where !== 'this-host'))
      return snapshot;
    const [routeTable, trie, inet6, route6Table] = await Promise.all(
      ['route', 'fib_trie', 'if_inet6', 'ipv6_route'].map(
        async (name) => (await this.#files.read(`/proc/net/${name}`).catch(() => undefined)) ?? '',
      ),
    );
    const addresses = withReported([
      ...decodeIpv4Addresses(trie ?? '', routeTable ?? ''),
      ...decodeIpv6Addresses(inet6 ?? ''),
    ]);
    const routes = [...decodeIpv4Routes(routeTable ?? ''), ...decodeIpv6Routes(route6Table ?? '')];
    const here = { hostname: ownHostname(), kernel: release() };
    if (!isProven(snapshot.networks, addresses, routes, machine, here)) return snapshot;
    const networks = snapshot.networks.map((network) => withBridge(network, addresses));
    const bridged = new Set(networks.filter((network) => network.driver === 'bridge').map((network) => network.id));
    const [found, nat] = await Promise.all([
      this.#veths.find(snapshot.containers, bridged, processes),
      this.#nat.read(),
    ]);
    const host: Host = {
      addresses,
      routes,
      ...(found.unavailable === undefined ? {} : { vethUnavailable: found.unavailable }),
      ...(nat.rules === undefined ? { natUnavailable: nat.unavailable } : { nat: nat.rules }),
    };
    return {
      ...snapshot,
      engine: { ...snapshot.engine, where: 'this-host' },
      networks,
      containers: found.containers,
      host,
    };
  }
}

/**
 * Whether the engine's bridges with their gateways exist here. A bridge named after a network's id (`br-<12 hex>`) is
 * proof by itself, and where there are such, one of them has to be here. `docker0` and its subnet, and Podman's nameless
 * bridges, are alike on every machine: where there is nothing else, host name and kernel must agree too.
 */
export function isProven(
  networks: readonly Network[],
  addresses: readonly HostInterface[],
  routes: readonly HostRoute[],
  engine: Pick<EngineMachine, 'hostname' | 'kernel'>,
  here: Pick<EngineMachine, 'hostname' | 'kernel'>,
): boolean {
  const bridges = networks.filter((network) => network.driver === 'bridge' && network.ipam.length > 0);
  const unique = bridges.filter((network) => network.bridgeName === `br-${network.id.slice(0, 12)}`);
  if (unique.length > 0) return unique.some((network) => isHere(network, addresses, routes));
  if (engine.hostname !== here.hostname || engine.kernel !== here.kernel) return false;
  return bridges.some((network) => isHere(network, addresses, routes));
}

function isHere(network: Network, addresses: readonly HostInterface[], routes: readonly HostRoute[]): boolean {
  const gateways = new Set(
    network.ipam.flatMap((config) => (config.gateway === undefined ? [] : [ipv6Text(config.gateway)])),
  );
  const subnets = new Set(network.ipam.map((config) => config.subnet));
  const { bridgeName } = network;
  // Docker lists no gateway where none was asked for: then the route is looked at.
  return (
    addresses.some((one) => isBridgeOf(network, one.name) && gateways.has(one.address)) ||
    (bridgeName !== undefined && routes.some((one) => one.device === bridgeName && subnets.has(one.destination)))
  );
}

/** Podman does not tell its bridges' names, but they are alike (`podman1`, of old `cni-podman1`) and unlike Docker's. */
function isBridgeOf(network: Network, device: string): boolean {
  return network.bridgeName === undefined ? /^(cni-)?podman\d+$/.test(device) : network.bridgeName === device;
}

/** Podman's bridge, found by the gateway it carries. */
function withBridge(network: Network, addresses: readonly HostInterface[]): Network {
  if (network.driver !== 'bridge' || network.bridgeName !== undefined) return network;
  const gateways = new Set(network.ipam.map((config) => config.gateway));
  const device = addresses.find((one) => isBridgeOf(network, one.name) && gateways.has(one.address));
  return device === undefined ? network : { ...network, bridgeName: device.name };
}

/** Node tells of addresses that have no connected route (a `/32`), the tables of interfaces without carrier. */
function withReported(tables: readonly HostInterface[]): readonly HostInterface[] {
  const all = new Map(tables.map((one) => [`${one.name} ${one.address}`, one]));
  for (const [name, list] of Object.entries(networkInterfaces()))
    for (const info of list ?? []) {
      const address = ipv6Text(info.address);
      const prefix = Number(info.cidr?.split('/')[1] ?? (info.family === 'IPv4' ? 32 : 128));
      if (!info.internal) all.set(`${name} ${address}`, { name, address, prefix });
    }
  return [...all.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key(one: HostInterface): string {
  return `${one.name} ${one.address}`;
}
