/** What of the last graph still holds for the next snapshot: objects stay the same, so that drawings redo only the rest. */
import type { Container, Network } from '#model/snapshot';
import type { Slot } from '#model/topology/drawing';
import type { Graph, GraphContainer, GraphNetwork } from '#model/topology/graph';

/** What the graph in the making knows by now. */
export interface Known {
  readonly groups: ReadonlyMap<string, GraphNetwork>;
  /** Whether the engine lists the networks of the last graph, unchanged. */
  readonly sameNetworks: boolean;
  /** The group of a container without a listed network. */
  readonly fallback: (container: Container) => GraphNetwork;
  /** Id of the container that a link names. */
  readonly target: (name: string) => string | undefined;
}

/** Finds what can stay of the graph before; without one nothing does. */
export class GraphReuse {
  readonly #networks: ReadonlyMap<string, GraphNetwork>;
  readonly #containers: ReadonlyMap<string, GraphContainer>;

  constructor(before: Graph | undefined) {
    this.#networks = new Map(before?.networks.map((network) => [network.id, network]));
    this.#containers = before?.containers ?? new Map();
  }

  network(network: Network, index: number, slot: Slot, projects: readonly string[]): GraphNetwork | undefined {
    const old = this.#networks.get(network.id);
    const same = old?.network === network && old.index === index && old.slot === slot;
    return same && sameItems(old.projects, projects) ? old : undefined;
  }

  /** Whether these, as the engine lists them, are the networks it listed before. */
  isSame(networks: readonly GraphNetwork[]): boolean {
    let listed = 0;
    for (const { network } of this.#networks.values()) if (network) listed++;
    return listed === networks.length && networks.every((network) => this.#networks.get(network.id) === network);
  }

  /** A group that the engine does not list. */
  standIn(id: string, index: number): GraphNetwork | undefined {
    const old = this.#networks.get(id);
    return old && !old.network && old.index === index ? old : undefined;
  }

  /** The container as it was, if all it is made of is the same, its sharers apart. */
  container(container: Container, owner: GraphContainer | undefined, known: Known): GraphContainer | undefined {
    const old = this.#containers.get(container.id);
    if (old?.container !== container) return undefined;
    // Who shares another's network has no endpoints, everybody else has at least one.
    if ((owner === undefined) === (old.endpoints.length === 0)) return undefined;
    if (owner && (old.railsHome !== owner.railsHome || old.mapHome !== owner.mapHome)) return undefined;
    for (const { networkId } of known.sameNetworks ? [] : container.endpoints)
      if (known.groups.get(networkId) !== this.#networks.get(networkId)) return undefined;
    const [first] = old.endpoints;
    if (first && !first.endpoint && known.fallback(container) !== first.network) return undefined;
    return old.links.every((link) => link.target === known.target(link.name)) ? old : undefined;
  }
}

export function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
