/**
 * The snapshot as the drawings need it: networks in order with their colours, containers with one home each, sharers
 * under their owner, published ports joined. The same snapshot in another order gives the same graph.
 */
import type { Container, Endpoint, Network, Snapshot } from '#model/snapshot';
import type { Slot } from '#model/topology/drawing';
import { GraphReuse, type Known, sameItems } from '#model/topology/graphReuse';
import { driverKind, orderNetworks } from '#model/topology/networks';
import { containerKey, endpointKey, hostGroupId, linkKey, networkKey, noneGroupId } from '#model/topology/nodes';
import { compareText, type Plug, plugsOf } from '#model/topology/plugs';
import { assignSlots, type Texture, textureOf } from '#model/topology/slots';

export type { DriverKind } from '#model/topology/networks';

export interface GraphNetwork {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly kind: ReturnType<typeof driverKind>;
  readonly slot: Slot;
  readonly texture: Texture;
  readonly internal: boolean;
  readonly builtIn: boolean;
  /** Place in the order of the rails, from 0. */
  readonly index: number;
  /** First IPv4 subnet (else the first), with its gateway whole and shortened to what follows the prefix's whole bytes. */
  readonly subnet?: string;
  readonly gateway?: string;
  readonly gatewayShort?: string;
  /** Parent interface of macvlan and ipvlan. */
  readonly parent?: string;
  /** Compose projects that have containers here; two or more make it `shared`. */
  readonly projects: readonly string[];
  readonly shared: boolean;
  /** The model's own network; undefined where the engine lists none (host mode on Podman, no network at all). */
  readonly network?: Network;
}

export interface GraphEndpoint {
  readonly key: string;
  readonly network: GraphNetwork;
  /** IPv4, else IPv6, else the static address it will have. */
  readonly address?: string;
  readonly ipv6?: string;
  readonly staticIp: boolean;
  readonly endpoint?: Endpoint;
}

export interface GraphLink {
  readonly key: string;
  readonly alias: string;
  /** Name as the engine says it, and the container when it is there. */
  readonly name: string;
  readonly target?: string;
}

export interface GraphContainer {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly running: boolean;
  readonly paused: boolean;
  readonly unhealthy: boolean;
  /** In the order of the rails; one endpoint without address in the host or no-network group. */
  readonly endpoints: readonly GraphEndpoint[];
  /** Network under which its row stands: the last of its networks. */
  readonly railsHome: GraphNetwork;
  /** Network in whose box its card stands: the last that is not shared by projects, else the first. */
  readonly mapHome: GraphNetwork;
  /** Containers that share its network namespace, sorted by name; each may have sharers in turn. */
  readonly sharers: readonly GraphContainer[];
  /** The id it shares with, whether that is there or gone. */
  readonly sharesWith?: string;
  readonly plugs: readonly Plug[];
  readonly links: readonly GraphLink[];
  readonly project?: string;
  readonly container: Container;
}

export interface Graph {
  readonly snapshot: Snapshot;
  /** In the order of the rails: shared, by project, other, built-in. All of them, also the empty ones. */
  readonly networks: readonly GraphNetwork[];
  /** Those that are nobody's sharer, by name then id. */
  readonly roots: readonly GraphContainer[];
  /** Every container, sharers too. */
  readonly containers: ReadonlyMap<string, GraphContainer>;
  /** Slots to hand to the next `buildGraph`, so that colours stay. */
  readonly slots: ReadonlyMap<string, Slot>;
}

/**
 * `kept`: the slots of the last graph. `before`: the last graph itself; what did not change is the same object in both,
 * so that a drawing can tell by identity what to do again. The result is equal with and without it.
 */
export function buildGraph(snapshot: Snapshot, kept?: ReadonlyMap<string, Slot>, before?: Graph): Graph {
  const reuse = new GraphReuse(before);
  const byId = new Map(snapshot.networks.map((network) => [network.id, network]));
  const containers = [...snapshot.containers].sort(byNameAndId);
  const { ordered, projects } = orderNetworks(snapshot.networks, containers);
  const slots = assignSlots(ordered, kept);
  const networks = ordered.map((network, index) => {
    const slot = slots.get(network.id) ?? 1;
    const on = projects.get(network.id) ?? [];
    return reuse.network(network, index, slot, on) ?? graphNetwork(network, index, slot, on);
  });
  const sameNetworks = reuse.isSame(networks);
  const groups = new Map(networks.map((network) => [network.id, network]));
  const group = (id: string, driver: string): GraphNetwork => {
    const listed = networks.find((network) => network.driver === driver) ?? groups.get(id);
    if (listed) return listed;
    const made = reuse.standIn(id, networks.length) ?? standIn(id, driver, networks.length);
    networks.push(made);
    groups.set(id, made);
    return made;
  };

  const owners = new Map(containers.map((container) => [container.id, container]));
  const sharersOf = new Map<string, Container[]>();
  const roots: Container[] = [];
  for (const container of containers) {
    if (isNested(container, owners)) {
      const siblings = sharersOf.get(container.sharesWith!) ?? [];
      siblings.push(container);
      sharersOf.set(container.sharesWith!, siblings);
    } else roots.push(container);
  }

  const byName = new Map(containers.map((container) => [container.name, container.id]));
  const all = new Map<string, GraphContainer>();
  const known: Known = {
    groups,
    sameNetworks,
    fallback: (container) => (container.mode === 'host' ? group(hostGroupId, 'host') : group(noneGroupId, 'null')),
    target: (name) => byName.get(name) ?? (owners.has(name) ? name : undefined),
  };
  const build = (container: Container, owner?: GraphContainer): GraphContainer => {
    const old = reuse.container(container, owner, known);
    if (old) {
      all.set(container.id, old);
      const sharers = (sharersOf.get(container.id) ?? []).map((sharer) => build(sharer, old));
      if (sameItems(sharers, old.sharers)) return old;
      const renewed = { ...old, sharers };
      all.set(container.id, renewed);
      return renewed;
    }
    const endpoints = endpointsOf(container, known, owner);
    const own = endpoints.filter((endpoint) => !endpoint.network.shared);
    const built: GraphContainer & { sharers: GraphContainer[] } = {
      key: containerKey(container.id),
      id: container.id,
      name: container.name,
      image: container.image,
      running: ['running', 'paused', 'restarting'].includes(container.state),
      paused: container.state === 'paused',
      unhealthy: container.health === 'unhealthy' && container.state === 'running',
      endpoints: owner ? [] : endpoints,
      railsHome: owner?.railsHome ?? endpoints.at(-1)!.network,
      mapHome: owner?.mapHome ?? (own.at(-1) ?? endpoints[0]!).network,
      sharers: [],
      ...(container.sharesWith === undefined ? {} : { sharesWith: container.sharesWith }),
      plugs: plugsOf(container, byId),
      links: linksOf(container, known),
      ...(container.compose ? { project: container.compose.project } : {}),
      container,
    };
    all.set(container.id, built);
    built.sharers.push(...(sharersOf.get(container.id) ?? []).map((sharer) => build(sharer, built)));
    return built;
  };
  return { snapshot, networks, roots: roots.map((root) => build(root)), containers: all, slots };
}

function byNameAndId(left: Container, right: Container): number {
  return compareText(left.name, right.name) || compareText(left.id, right.id);
}

/** Whether the chain of owners ends at a container that is there: a dangling owner or a cycle makes it stand alone. */
function isNested(container: Container, owners: ReadonlyMap<string, Container>): boolean {
  const seen = new Set([container.id]);
  let current = container;
  let steps = 0;
  while (current.mode === 'container' && current.sharesWith !== undefined) {
    const owner = owners.get(current.sharesWith);
    if (!owner) return steps > 0;
    if (seen.has(owner.id)) return false;
    seen.add(owner.id);
    current = owner;
    steps++;
  }
  return steps > 0;
}

function endpointsOf(container: Container, known: Known, owner: GraphContainer | undefined): readonly GraphEndpoint[] {
  if (owner) return [];
  const found: GraphEndpoint[] = [];
  for (const endpoint of container.endpoints) {
    const network = known.groups.get(endpoint.networkId);
    if (!network || found.some((other) => other.network === network)) continue;
    const address = endpoint.ipv4 ?? endpoint.configuredIpv4 ?? endpoint.ipv6 ?? endpoint.configuredIpv6;
    const ipv6 = endpoint.ipv6 ?? endpoint.configuredIpv6;
    found.push({
      key: endpointKey(network.id, container.id),
      network,
      ...(address ? { address } : {}),
      ...(ipv6 && ipv6 !== address ? { ipv6 } : {}),
      staticIp: endpoint.staticIp,
      endpoint,
    });
  }
  if (found.length > 0) return found.sort((left, right) => left.network.index - right.network.index);
  const network = known.fallback(container);
  return [{ key: endpointKey(network.id, container.id), network, staticIp: false }];
}

function linksOf(container: Container, known: Known): readonly GraphLink[] {
  return (container.links ?? [])
    .map((link) => {
      const target = known.target(link.container);
      const key = linkKey(container.id, target ?? link.container, link.alias);
      return { key, alias: link.alias, name: link.container, ...(target === undefined ? {} : { target }) };
    })
    .sort((left, right) => compareText(left.name, right.name) || compareText(left.alias, right.alias));
}

function graphNetwork(network: Network, index: number, slot: Slot, projects: readonly string[]): GraphNetwork {
  const ipam = network.ipam.find((config) => !config.subnet.includes(':')) ?? network.ipam[0];
  const parent = network.options.parent;
  return {
    key: networkKey(network.id),
    id: network.id,
    name: network.name,
    driver: network.driver,
    kind: driverKind(network.driver),
    slot,
    texture: textureOf(slot),
    internal: network.internal,
    builtIn: network.builtIn,
    index,
    ...(ipam ? { subnet: ipam.subnet } : {}),
    ...(ipam?.gateway ? { gateway: ipam.gateway, gatewayShort: shortGateway(ipam.subnet, ipam.gateway) } : {}),
    ...(parent ? { parent } : {}),
    projects,
    shared: projects.length > 1 && !network.builtIn,
    network,
  };
}

/** `192.168.100.254` in `192.168.100.0/24` is `.254`; an IPv6 gateway stays whole. */
export function shortGateway(subnet: string, gateway: string): string {
  const prefix = Number(subnet.split('/')[1]);
  const bytes = gateway.split('.');
  if (bytes.length !== 4 || !Number.isFinite(prefix)) return gateway;
  const whole = Math.min(3, Math.floor(prefix / 8));
  return whole === 0 ? gateway : `.${bytes.slice(whole).join('.')}`;
}

function standIn(id: string, driver: string, index: number): GraphNetwork {
  const host = driver === 'host';
  return {
    key: networkKey(id),
    id,
    name: host ? 'host' : 'none',
    driver,
    kind: host ? 'host' : 'none',
    slot: host ? 'host' : 'bridge',
    texture: 'solid',
    internal: false,
    builtIn: true,
    index,
    projects: [],
    shared: false,
  };
}
