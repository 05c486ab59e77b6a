import { lacksIsolation } from '#engine/isolation';
import type { Listing } from '#engine/types';
import { equal } from '#live/equal';
import { agrees, keepInspected, merged, withReason } from '#live/listed';
import { patched } from '#live/sorted';
import type { SnapshotChange } from '#live/types';
import type { Container, Engine, Host, Network, Service, Snapshot } from '#model/snapshot';

/** What a listing makes the reader inspect. */
export interface Uncertain {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
}

/**
 * The parts of a snapshot by id, and the snapshots made of them. It keeps an object's identity as long as the object says
 * the same, refuses answers that were asked for before the object was destroyed, and costs the objects touched, not all.
 *
 * `now()` orders reads and events: an answer is judged by the instant at which it was *asked* for.
 */
export class Store {
  readonly #containers = new Map<string, Container>();
  readonly #networks = new Map<string, Network>();
  /** What the last list said of a container, until an event names it. */
  readonly #lastListed = new Map<string, Container>();
  /** Ids destroyed, with the instant: an answer asked for earlier must not bring them back. */
  readonly #gone = new Map<string, number>();
  /** Network ids that containers name and no list knows: a list was asked once. */
  readonly #unknownNetworks = new Set<string>();
  #changedContainers = new Map<string, Container | undefined>();
  #changedNetworks = new Map<string, Network | undefined>();
  /** The engine or its services: whatever a view shows of them, it shows at its root. */
  #rootChanged = true;
  #hostChanged = false;
  #clock = 0;
  #engine: Engine | undefined;
  #services: readonly Service[] | undefined;
  #host: Host | undefined;
  #takenAt = 0;
  #snapshot: Snapshot | undefined;

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  get engine(): Engine | undefined {
    return this.#engine;
  }

  get networks(): readonly Network[] {
    return [...this.#networks.values()];
  }

  container(id: string): Container | undefined {
    return this.#containers.get(id);
  }

  network(id: string): Network | undefined {
    return this.#networks.get(id);
  }

  /** The next instant of the order of reads and events. */
  now(): number {
    this.#clock += 1;
    return this.#clock;
  }

  describe(engine: Engine): void {
    // Proven by the host's overlay; an engine at the same endpoint does not move in between.
    const known = engine.where === 'unknown' && this.#host ? { ...engine, where: 'this-host' as const } : engine;
    if (equal(this.#engine, known)) return;
    this.#engine = known;
    this.#rootChanged = true;
  }

  /** An event named this container: what lists said of it before counts no more. */
  doubt(id: string): void {
    this.#lastListed.delete(id);
  }

  /** Nothing that was read over an earlier connection is sure: silent changes may have happened. */
  doubtAll(): void {
    this.#lastListed.clear();
    this.#unknownNetworks.clear();
  }

  /** Takes both lists, asked for at `asked`; gives the ids that need an inspect. */
  list(listing: Listing, asked: number): Uncertain {
    const containers = listing.containers.filter((container) => this.#mayExist(container.id, asked));
    const networks = listing.networks.filter((network) => this.#mayExist(network.id, asked));
    const uncertain: string[] = [];
    for (const listed of containers) {
      const known = this.#containers.get(listed.id);
      const sure = known?.complete === true && this.#saysTheSame(known, listed);
      this.#lastListed.set(listed.id, listed);
      if (sure) continue;
      uncertain.push(listed.id);
      this.#set(listed.id, known ? merged(known, listed) : listed);
    }
    this.#keepOnly(this.#containers, containers, (id) => this.forgetContainer(id));
    for (const network of networks) this.putNetwork(network, asked);
    this.#keepOnly(this.#networks, networks, (id) => this.forgetNetwork(id));
    this.#unknownNetworks.clear();
    this.#takenAt = Date.now();
    return {
      containers: uncertain,
      networks: networks.filter((network) => this.#asksMore(network)).map((network) => network.id),
    };
  }

  /** Swarm networks (their peers), and Podman's bridges until their isolation is known. */
  #asksMore(network: Network): boolean {
    if (network.scope === 'swarm') return true;
    return this.#engine?.kind === 'podman' && lacksIsolation(this.#networks.get(network.id) ?? network);
  }

  /** Takes one inspected container, asked for at `asked`. True when it names a network that nobody listed yet. */
  putContainer(container: Container, asked: number): boolean {
    if (!this.#mayExist(container.id, asked)) return false;
    this.#takenAt = Date.now();
    const known = this.#containers.get(container.id);
    // Veth names come from the host overlay, which is applied after.
    if (!known || !equal(known, container, 'veth')) this.#set(container.id, container);
    const strangers = container.endpoints.filter(
      ({ networkId }) => networkId !== '' && !this.#networks.has(networkId) && !this.#unknownNetworks.has(networkId),
    );
    for (const { networkId } of strangers) this.#unknownNetworks.add(networkId);
    return strangers.length > 0;
  }

  putNetwork(network: Network, asked: number): void {
    if (!this.#mayExist(network.id, asked)) return;
    const known = this.#networks.get(network.id);
    // What comes by inspect only (a swarm network's peers, Podman's isolation) a list must not take away.
    const next = known ? keepInspected(known, network) : network;
    if (known && equal(known, next)) return;
    this.#setNetwork(next);
  }

  putServices(services: readonly Service[]): void {
    if (equal(this.#services, services)) return;
    this.#services = services;
    this.#rootChanged = true;
  }

  /** Takes the host's overlay (veths, bridges, host addresses) of `before`, unless something changed meanwhile. */
  overlay(before: Snapshot, after: Snapshot): void {
    // Not proven to be this host, yet or any more: what was proven once holds.
    if (!after.host || !this.#engine) return;
    before.containers.forEach((old, index) => {
      const container = after.containers[index];
      if (container && this.#containers.get(old.id) === old && !equal(old, container)) this.#set(old.id, container);
    });
    before.networks.forEach((old, index) => {
      const network = after.networks[index];
      if (network && this.#networks.get(old.id) === old && !equal(old, network)) this.#setNetwork(network);
    });
    const host = withReason(after.host, this.#host, after.containers);
    this.#hostChanged ||= !equal(this.#host, host);
    this.#host = host;
    this.describe({ ...this.#engine, where: after.engine.where });
  }

  /** `destroyed`: an event said so, and answers asked for before are not to be believed. */
  forgetContainer(id: string, destroyed = false): void {
    if (destroyed) this.#gone.set(id, this.now());
    this.#lastListed.delete(id);
    const known = this.#containers.get(id);
    if (!known) return;
    if (!this.#changedContainers.has(id)) this.#changedContainers.set(id, known);
    this.#containers.delete(id);
  }

  forgetNetwork(id: string, destroyed = false): void {
    if (destroyed) this.#gone.set(id, this.now());
    const known = this.#networks.get(id);
    if (!known) return;
    if (!this.#changedNetworks.has(id)) this.#changedNetworks.set(id, known);
    this.#networks.delete(id);
  }

  /** Containers that a network's coming or going may change: those that name it, by id or (never started) by name. */
  containersOn(id: string, name: string | undefined): readonly string[] {
    const result: string[] = [];
    for (const container of this.#containers.values())
      if (container.endpoints.some((endpoint) => endpoint.networkId === id || endpoint.network === name))
        result.push(container.id);
    return result;
  }

  /** Makes the next snapshot; undefined when nothing differs that anybody could see. */
  publish(complete: boolean): SnapshotChange | undefined {
    if (!this.#engine) return undefined;
    const last = this.#snapshot;
    const containers = this.#realChanges(this.#changedContainers, this.#containers);
    const networks = this.#realChanges(this.#changedNetworks, this.#networks);
    const all = !last || this.#rootChanged;
    const differs = all || this.#hostChanged || containers.size > 0 || networks.size > 0 || last.complete !== complete;
    this.#snapshot = {
      engine: this.#engine,
      takenAt: this.#takenAt,
      complete,
      networks: networks.size > 0 || !last ? patched(last?.networks ?? [], networks, this.#networks) : last.networks,
      containers:
        containers.size > 0 || !last ? patched(last?.containers ?? [], containers, this.#containers) : last.containers,
      ...(this.#services ? { services: this.#services } : {}),
      ...(this.#host ? { host: this.#host } : {}),
    };
    this.#changedContainers = new Map();
    this.#changedNetworks = new Map();
    this.#rootChanged = false;
    this.#hostChanged = false;
    if (!differs) return undefined;
    return {
      snapshot: this.#snapshot,
      all,
      networks: new Set(networks.keys()),
      containers: new Set(containers.keys()),
    };
  }

  #set(id: string, container: Container): void {
    if (!this.#changedContainers.has(id)) this.#changedContainers.set(id, this.#containers.get(id));
    this.#containers.set(id, container);
  }

  #setNetwork(network: Network): void {
    const { id } = network;
    if (!this.#changedNetworks.has(id)) this.#changedNetworks.set(id, this.#networks.get(id));
    this.#networks.set(id, network);
  }

  #saysTheSame(known: Container, listed: Container): boolean {
    const last = this.#lastListed.get(listed.id);
    return last ? equal(last, listed) : agrees(known, listed);
  }

  #mayExist(id: string, asked: number): boolean {
    const gone = this.#gone.get(id);
    return gone === undefined || asked > gone;
  }

  #keepOnly<T>(
    known: ReadonlyMap<string, T>,
    listed: readonly { readonly id: string }[],
    forget: (id: string) => void,
  ) {
    const ids = new Set(listed.map(({ id }) => id));
    for (const id of [...known.keys()]) if (!ids.has(id)) forget(id);
  }

  /** Leaves out what says the same again after all (a list, then the inspect that completes it), and keeps its identity. */
  #realChanges<T>(changed: ReadonlyMap<string, T | undefined>, current: Map<string, T>): Map<string, T | undefined> {
    const real = new Map<string, T | undefined>();
    for (const [id, before] of changed) {
      const now = current.get(id);
      if (before !== undefined && now !== undefined && equal(before, now)) current.set(id, before);
      else if (before !== now) real.set(id, before);
    }
    return real;
  }
}
