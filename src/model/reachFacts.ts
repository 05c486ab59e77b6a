/** What reachability reads from a snapshot once: the engine's ways, network stacks, and who sits on which network. */
import { type Address, type Block, parseAddress, parseBlock } from '#model/addresses';
import type { Container, Endpoint, EngineWhere, Network, Snapshot } from '#model/snapshot';

export type Driver = 'bridge' | 'macvlan' | 'ipvlan' | 'overlay' | 'other';
export type GatewayMode = 'nat' | 'nat-unprotected' | 'routed' | 'isolated';

/** One endpoint of a stack with its network. */
export interface Leg {
  readonly endpoint: Endpoint;
  readonly network: Network;
  readonly driver: Driver;
}

/** One network stack: of the host, of a container with whoever shares it, or one with nothing but localhost. */
export interface Stack {
  /** `host`, or the id of the container that owns the stack. */
  readonly key: string;
  readonly kind: 'host' | 'networks' | 'none' | 'orphan';
  readonly owner: Container | undefined;
  readonly legs: readonly Leg[];
}

export interface Facts {
  readonly snapshot: Snapshot;
  readonly docker: boolean;
  /** Major version; a version that cannot be read counts as the newest. */
  readonly major: number;
  readonly where: EngineWhere;
  /** The host's own addresses without loopback and bridges; empty where they are not known. */
  readonly lanAddresses: readonly string[];
  container(idOrName: string): Container | undefined;
  stack(container: Container): Stack;
}

export const hostStack: Stack = { key: 'host', kind: 'host', owner: undefined, legs: [] };

export const isV6 = (address: string): boolean => address.includes(':');
export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';
/** A planned container will have an address; its name stands for it until then. */
export const addressOf = (leg: Leg, family: 4 | 6): string | undefined =>
  (family === 4 ? leg.endpoint.ipv4 : leg.endpoint.ipv6) ||
  (family === 4 && leg.endpoint.planned ? leg.endpoint.dnsNames?.[0] : undefined);
export const runs = (container: Container): boolean => container.state === 'running' || container.state === 'paused';

export function driverOf(network: Network): Driver {
  const { driver } = network;
  return driver === 'bridge' || driver === 'macvlan' || driver === 'ipvlan' || driver === 'overlay' ? driver : 'other';
}

/** Gateway modes exist from Docker 27; older engines take the option and ignore it (seen on 20.10 and 26). */
export function gatewayMode(facts: Facts, network: Network, family: 4 | 6): GatewayMode {
  if (!facts.docker || facts.major < 27) return 'nat';
  const value = network.options[`com.docker.network.bridge.gateway_mode_ipv${family}`];
  return value === 'nat-unprotected' || value === 'routed' || value === 'isolated' ? value : 'nat';
}

/** Whether leaving this network is masqueraded; Podman's Docker API ignores the option. */
export function masquerades(facts: Facts, network: Network): boolean {
  return !facts.docker || network.options['com.docker.network.bridge.enable_ip_masquerade'] !== 'false';
}

/** A bridge's own address of the host, as listed, or the first of the subnet where Docker 20.10 lists none. */
export function gatewayOf(leg: Leg, family: 4 | 6): string | undefined {
  const given = family === 4 ? leg.endpoint.gateway : leg.endpoint.ipv6Gateway;
  if (given) return given;
  const config = leg.network.ipam.find(({ subnet }) => isV6(subnet) === (family === 6));
  if (config === undefined || config.gateway) return config?.gateway;
  const base = /^(\d+\.\d+\.\d+)\.(\d+)\//.exec(config.subnet);
  return base === null ? undefined : `${base[1]}.${Number(base[2]) + 1}`;
}

/**
 * The leg a stack's default route leaves by. Docker: never an internal one; the highest gateway priority, then one with
 * IPv4 and IPv6, then the network's name (libnetwork's endpoint order; seen on 20.10 and 28).
 */
export function defaultLeg(stack: Stack, family: 4 | 6 = 4): Leg | undefined {
  let best: Leg | undefined;
  for (const leg of stack.legs) {
    if (!mayExit(leg, family)) continue;
    if (best === undefined || before(leg, best)) best = leg;
  }
  return best;
}

/** The leg an address is reached by: the one whose subnet holds it, else the default route's. */
export function legTowards(stack: Stack, address: string): Leg | undefined {
  const family = isV6(address) ? 6 : 4;
  // One leg leaves no choice, and parsing is what a matrix would spend its time on.
  if (stack.legs.length < 2) return defaultLeg(stack, family);
  const target = addressOfText(address);
  const near =
    target &&
    stack.legs.find(
      (leg) =>
        addressOf(leg, family) !== undefined &&
        leg.network.ipam.some(({ subnet }) => {
          const block = blockOf(subnet);
          return block?.family === target.family && block.first <= target.value && target.value <= block.last;
        }),
    );
  return near ?? defaultLeg(stack, family);
}

/**
 * The legs an address may be reached by: one, except on Podman, which gives a container a default route for each of
 * its networks and documents no order (seen on 5.4).
 */
export function legsTowards(facts: Facts, stack: Stack, address: string): readonly Leg[] {
  const family = isV6(address) ? 6 : 4;
  const near = legTowards(stack, address);
  if (near === undefined) return [];
  return facts.docker || near !== defaultLeg(stack, family) ? [near] : exitLegs(facts, stack, family);
}

/** The legs with a default route. */
export function exitLegs(facts: Facts, stack: Stack, family: 4 | 6): readonly Leg[] {
  if (!facts.docker) return stack.legs.filter((leg) => mayExit(leg, family));
  const exit = defaultLeg(stack, family);
  return exit === undefined ? [] : [exit];
}

const mayExit = (leg: Leg, family: 4 | 6): boolean =>
  !leg.network.internal && addressOf(leg, family) !== undefined && leg.driver !== 'other';

const addresses = new Map<string, Address | undefined>();

/** Parsed once: the host's few addresses are asked for with every pair. */
function addressOfText(text: string): Address | undefined {
  if (!addresses.has(text)) {
    if (addresses.size > 10_000) addresses.clear();
    addresses.set(text, parseAddress(text));
  }
  return addresses.get(text);
}

const blocks = new Map<string, Block | undefined>();

/** Parsed once: subnets are few and asked for again with every pair. */
function blockOf(subnet: string): Block | undefined {
  if (!blocks.has(subnet)) {
    if (blocks.size > 10_000) blocks.clear();
    blocks.set(subnet, parseBlock(subnet));
  }
  return blocks.get(subnet);
}

function before(one: Leg, other: Leg): boolean {
  const priority = (one.endpoint.gatewayPriority ?? 0) - (other.endpoint.gatewayPriority ?? 0);
  if (priority !== 0) return priority > 0;
  const isDual = (leg: Leg): boolean => addressOf(leg, 4) !== undefined && addressOf(leg, 6) !== undefined;
  return isDual(one) === isDual(other) ? one.network.name < other.network.name : isDual(one);
}

/**
 * Whether answers to an address of the LAN leave by a macvlan or ipvlan leg on that LAN instead of the way the question
 * came: then nobody there gets an answer (seen on Docker 20.10).
 */
export function repliesElsewhere(stack: Stack, lanAddress: string): boolean {
  const leg = stack.legs.length > 1 ? legTowards(stack, lanAddress) : undefined;
  return leg?.driver === 'macvlan' || leg?.driver === 'ipvlan';
}

const cache = new WeakMap<Snapshot, Facts>();

/** Indexes a snapshot once: reachability of one pair must not cost a walk over a thousand containers each time. */
export function factsOf(snapshot: Snapshot): Facts {
  const known = cache.get(snapshot);
  if (known !== undefined) return known;
  const made = makeFacts(snapshot);
  cache.set(snapshot, made);
  return made;
}

function makeFacts(snapshot: Snapshot): Facts {
  const byId = new Map(snapshot.containers.map((container) => [container.id, container]));
  const byName = new Map(snapshot.containers.map((container) => [container.name, container]));
  const networkById = new Map(snapshot.networks.map((network) => [network.id, network]));
  const networkByName = new Map(snapshot.networks.map((network) => [network.name, network]));
  const stacks = new Map<string, Stack>();
  const legsOf = (container: Container): Leg[] =>
    container.endpoints.flatMap((endpoint) => {
      const network = networkById.get(endpoint.networkId) ?? networkByName.get(endpoint.network);
      return network === undefined ? [] : [{ endpoint, network, driver: driverOf(network) }];
    });
  const make = (container: Container, seen: ReadonlySet<string>): Stack => {
    const { id: key } = container;
    if (container.mode === 'host') return hostStack;
    if (container.mode === 'none') return { key, kind: 'none', owner: container, legs: [] };
    if (container.mode === 'networks') return { key, kind: 'networks', owner: container, legs: legsOf(container) };
    const owner = container.sharesWith === undefined ? undefined : find(container.sharesWith);
    // A ring cannot be made on an engine, but a planned snapshot may hold one.
    if (owner === undefined || seen.has(owner.id) || (!runs(owner) && runs(container)))
      return { key, kind: 'orphan', owner, legs: [] };
    return make(owner, new Set([...seen, key]));
  };
  const find = (idOrName: string): Container | undefined =>
    byId.get(idOrName) ??
    byName.get(idOrName) ??
    (/^[0-9a-f]{12,63}$/.test(idOrName)
      ? snapshot.containers.find((container) => container.id.startsWith(idOrName))
      : undefined);
  const major = Number.parseInt(snapshot.engine.version, 10);
  return {
    snapshot,
    docker: snapshot.engine.kind === 'docker',
    major: Number.isNaN(major) ? Number.POSITIVE_INFINITY : major,
    where: snapshot.engine.where,
    lanAddresses: lanAddresses(snapshot),
    container: find,
    stack(container) {
      const found = stacks.get(container.id) ?? make(container, new Set());
      stacks.set(container.id, found);
      return found;
    },
  };
}

function lanAddresses(snapshot: Snapshot): string[] {
  const bridges = new Set<string>();
  const gateways = new Set<string>();
  for (const network of snapshot.networks) {
    if (network.bridgeName !== undefined) bridges.add(network.bridgeName);
    for (const { gateway } of network.ipam) if (gateway !== undefined) gateways.add(gateway);
  }
  return (snapshot.host?.addresses ?? [])
    .filter(
      ({ name, address }) =>
        !isLoopback(address) &&
        !address.toLowerCase().startsWith('fe80:') &&
        !bridges.has(name) &&
        !gateways.has(address) &&
        !/^(br-|docker\d|podman\d|cni-|veth|docker_gwbridge)/.test(name),
    )
    .map(({ address }) => address);
}
