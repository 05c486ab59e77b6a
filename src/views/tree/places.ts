/**
 * Where containers hang in the tree, kept in step with the snapshot container by container: one change among ten
 * thousand containers moves one entry, it does not join everything anew.
 */
import { byName } from '#model/compare';
import type { Container, Network, Snapshot } from '#model/snapshot';

/** `network:ID`, `container:ID` (below the owner of the namespace), or a group: `group:host`, `group:gone`, … */
export type Place = string;

export class Places {
  readonly networks = new Map<string, Network>();
  readonly containers = new Map<string, Container>();
  readonly #members = new Map<Place, Map<string, Container>>();
  readonly #placesOf = new Map<string, readonly Place[]>();
  /** Ids of containers with a link to a name. */
  readonly #linkers = new Map<string, Set<string>>();
  #hostNetwork: string | undefined;
  #noneNetwork: string | undefined;

  constructor(snapshot: Snapshot) {
    this.#setNetworks(snapshot);
    // Owners first: whether a sharer hangs below its owner depends on the owner being there.
    for (const container of snapshot.containers) this.containers.set(container.id, container);
    for (const container of snapshot.containers) this.#put(container);
  }

  /** Members of a place, sorted by name. */
  at(place: Place): readonly Container[] {
    const members = this.#members.get(place);
    if (!members) return [];
    return [...members.values()].sort(byName);
  }

  count(place: Place): number {
    return this.#members.get(place)?.size ?? 0;
  }

  placesOf(container: string): readonly Place[] {
    return this.#placesOf.get(container) ?? [];
  }

  /** Containers that have a link to this name. */
  linkedFrom(name: string): readonly Container[] {
    return [...(this.#linkers.get(name) ?? [])].flatMap((id) => this.containers.get(id) ?? []).sort(byName);
  }

  named(name: string): Container | undefined {
    for (const container of this.containers.values()) if (container.name === name) return container;
    return undefined;
  }

  /**
   * Takes over the changed containers; answers the places whose list of rows changed (joined, left or renamed).
   * Not for added or removed networks: those may move containers that did not change, so build anew.
   */
  update(snapshot: Snapshot, changed: ReadonlySet<string>): ReadonlySet<Place> {
    for (const network of snapshot.networks) this.networks.set(network.id, network);
    const fresh = new Map<string, Container>();
    for (const container of snapshot.containers) if (changed.has(container.id)) fresh.set(container.id, container);
    const touched = new Set<Place>();
    for (const id of changed) {
      const next = fresh.get(id);
      if (next) this.containers.set(id, next);
      else this.containers.delete(id);
    }
    for (const id of changed) this.#move(id, fresh.get(id), touched);
    return touched;
  }

  #move(id: string, next: Container | undefined, touched: Set<Place>): void {
    const before = this.placesOf(id);
    const old = before.map((place) => this.#members.get(place)?.get(id)).find((container) => container !== undefined);
    this.#take(id);
    if (next) this.#put(next);
    const after = this.placesOf(id);
    const renamed = old?.name !== next?.name;
    for (const place of before) if (renamed || !after.includes(place)) touched.add(place);
    for (const place of after) if (renamed || !before.includes(place)) touched.add(place);
    // Its sharers hang below it, or become loose with it.
    if (old !== undefined && next !== undefined) return;
    for (const place of [`container:${id}`, 'group:loose'])
      for (const sharer of this.at(place)) if (sharer.sharesWith === id) this.#move(sharer.id, sharer, touched);
  }

  #take(id: string): void {
    const old = this.placesOf(id).map((place) => this.#members.get(place)?.get(id))[0];
    for (const link of old?.links ?? []) this.#linkers.get(link.container)?.delete(id);
    for (const place of this.placesOf(id)) {
      const members = this.#members.get(place);
      members?.delete(id);
      if (members?.size === 0) this.#members.delete(place);
    }
    this.#placesOf.delete(id);
  }

  #put(container: Container): void {
    const places = this.#placesFor(container);
    this.#placesOf.set(container.id, places);
    for (const link of container.links ?? []) {
      const linkers = this.#linkers.get(link.container);
      if (linkers) linkers.add(container.id);
      else this.#linkers.set(link.container, new Set([container.id]));
    }
    for (const place of places) {
      const members = this.#members.get(place);
      if (members) members.set(container.id, container);
      else this.#members.set(place, new Map([[container.id, container]]));
    }
  }

  #placesFor(container: Container): readonly Place[] {
    switch (container.mode) {
      case 'host':
        return [this.#hostNetwork === undefined ? 'group:host' : `network:${this.#hostNetwork}`];
      case 'none':
        return [this.#noneNetwork === undefined ? 'group:none' : `network:${this.#noneNetwork}`];
      case 'container': {
        const owner = container.sharesWith;
        const known = owner !== undefined && owner !== container.id && this.containers.has(owner);
        return [known ? `container:${owner}` : 'group:loose'];
      }
      default: {
        const places = container.endpoints.map(({ networkId }) =>
          this.networks.has(networkId) ? `network:${networkId}` : 'group:gone',
        );
        return places.length === 0 ? ['group:loose'] : [...new Set(places)];
      }
    }
  }

  #setNetworks(snapshot: Snapshot): void {
    for (const network of snapshot.networks) {
      this.networks.set(network.id, network);
      if (network.driver === 'host') this.#hostNetwork = network.id;
      if (network.driver === 'null') this.#noneNetwork = network.id;
    }
  }
}
