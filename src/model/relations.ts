/** Who belongs where: the joins of a snapshot, made once for each and thrown away with it. */
import type { Container, Network, Service, Snapshot } from '#model/snapshot';

export interface Relations {
  readonly networks: ReadonlyMap<string, Network>;
  readonly containers: ReadonlyMap<string, Container>;
  /** Containers with an endpoint on a network, by the network's id, in the snapshot's order. */
  readonly members: ReadonlyMap<string, readonly Container[]>;
  /** Containers in `container:X` mode, by the id of the one whose namespace they share. */
  readonly sharers: ReadonlyMap<string, readonly Container[]>;
  /** By id and by name: the first of a name. */
  readonly containerByName: ReadonlyMap<string, Container>;
  readonly services: ReadonlyMap<string, Service>;
}

/** The part of the joins most questions need. */
export type Joins = Pick<Relations, 'networks' | 'containers'>;

const known = new WeakMap<Snapshot, Relations>();

/** Linear in the snapshot's size the first time, free after that: snapshots are immutable. */
export function relationsOf(snapshot: Snapshot): Relations {
  const found = known.get(snapshot);
  if (found) return found;
  const made = relate(snapshot);
  known.set(snapshot, made);
  return made;
}

function relate(snapshot: Snapshot): Relations {
  const members = new Map<string, Container[]>();
  const sharers = new Map<string, Container[]>();
  const containers = new Map<string, Container>();
  const containerByName = new Map<string, Container>();
  for (const container of snapshot.containers) {
    containers.set(container.id, container);
    if (!containerByName.has(container.name)) containerByName.set(container.name, container);
    for (const endpoint of container.endpoints) append(members, endpoint.networkId, container);
    if (container.sharesWith !== undefined) append(sharers, container.sharesWith, container);
  }
  return {
    networks: new Map(snapshot.networks.map((network) => [network.id, network])),
    containers,
    members,
    sharers,
    containerByName,
    services: new Map((snapshot.services ?? []).map((service) => [service.id, service])),
  };
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/**
 * The container that owns the network namespace: itself, or at the end of the `container:X` chain.
 * Undefined when the owner is gone (a dangling id) or the chain runs in a circle.
 */
export function namespaceOwner(relations: Joins, container: Container): Container | undefined {
  let owner: Container | undefined = container;
  for (let step = 0; step < 16 && owner; step += 1) {
    if (owner.mode !== 'container') return owner;
    owner = owner.sharesWith === undefined ? undefined : relations.containers.get(owner.sharesWith);
  }
  return undefined;
}

/** Whether its processes (or the paused ones) hold a network namespace now. */
export function isRunning(container: Container): boolean {
  return container.state === 'running' || container.state === 'paused';
}
