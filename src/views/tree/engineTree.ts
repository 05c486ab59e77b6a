/** The rows of one engine: pure, derived from its last snapshot and from what the user wants to see. */
import { exposedOnly, type PortRow, portRows } from '#model/ports';
import { groupByProject } from '#model/projects';
import type { Container, Network, Service, Snapshot } from '#model/snapshot';
import {
  isFiltering,
  networkMatchesText,
  runningOnly,
  showsContainer,
  showsNetwork,
  sortNetworks,
  type TreeFilter,
  type TreeSort,
} from '#views/tree/filter';
import { NodeBook } from '#views/tree/nodeBook';
import type { ContainerNode, GroupKind, TreeNode } from '#views/tree/nodes';
import { type Place, Places } from '#views/tree/places';

export interface TreeLook {
  readonly sort: TreeSort;
  readonly grouped: boolean;
  readonly filter: TreeFilter;
}

const groups: readonly GroupKind[] = ['host', 'none', 'gone', 'loose'];

export class EngineTree {
  readonly engine: string;
  readonly book: NodeBook;
  look: TreeLook;
  #snapshot: Snapshot;
  #places: Places;

  constructor(engine: string, snapshot: Snapshot, look: TreeLook) {
    this.engine = engine;
    this.book = new NodeBook(engine);
    this.look = look;
    this.#snapshot = snapshot;
    this.#places = new Places(snapshot);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Where containers hang; also the joins that functions of the model want. */
  get places(): Places {
    return this.#places;
  }

  /** Takes over a snapshot; `changed` undefined joins everything anew. Answers the places whose rows changed. */
  accept(snapshot: Snapshot, changed: ReadonlySet<string> | undefined): ReadonlySet<Place> {
    this.#snapshot = snapshot;
    const touched = changed ? this.#places.update(snapshot, changed) : new Set<Place>();
    if (!changed) this.#places = new Places(snapshot);
    this.book.forget((id) => !this.#places.containers.has(id), changed);
    return touched;
  }

  roots(): readonly TreeNode[] {
    const networks = this.#shownNetworks();
    if (!this.look.grouped) return [...networks.map(({ id }) => this.network(id)), ...this.#groups()];
    return [
      ...groupByProject(networks).flatMap(({ project, networks: members }) =>
        project === undefined ? members.map(({ id }) => this.network(id)) : [this.book.project(project)],
      ),
      ...this.#groups(),
    ];
  }

  children(node: TreeNode): readonly TreeNode[] {
    switch (node.kind) {
      case 'engine':
        return this.roots();
      case 'project': {
        const group = groupByProject(this.#shownNetworks()).find(({ project }) => project === node.project);
        return (group?.networks ?? []).map(({ id }) => this.network(id));
      }
      case 'network':
        return [
          ...this.servicesOn(node.network).map(({ id }) => this.book.service(node, id)),
          ...this.#membersOf(`network:${node.network}`, node),
        ];
      case 'group':
        return this.#membersOf(`group:${node.group}`, node);
      case 'container':
        return this.#inContainer(node);
      case 'service':
        return (this.service(node.service)?.tasks ?? []).map((task) => this.book.task(node, task));
      default:
        return [];
    }
  }

  /** Members that are shown, and all of them. */
  counts(place: Place): { readonly shown: number; readonly all: number } {
    const all = this.#places.count(place);
    return { shown: isFiltering(this.look.filter) ? this.shownAt(place).length : all, all };
  }

  shownAt(place: Place): readonly Container[] {
    const members = this.#places.at(place);
    const { filter } = this.look;
    if (!isFiltering(filter)) return members;
    // Below its owner a sharer stays for the owner's sake, unless it does not run.
    if (place.startsWith('container:'))
      return members.filter((container) => showsContainer(runningOnly(filter), container, true));
    const network = place.startsWith('network:')
      ? this.#places.networks.get(place.slice('network:'.length))
      : undefined;
    const matches = network ? networkMatchesText(filter, network) : !filter.text;
    return members.filter(
      (container) =>
        showsContainer(filter, container, matches) ||
        this.#places.at(`container:${container.id}`).some((sharer) => showsContainer(filter, sharer, matches)),
    );
  }

  service(id: string): Service | undefined {
    return this.#snapshot.services?.find((service) => service.id === id);
  }

  servicesOn(network: string): readonly Service[] {
    return (this.#snapshot.services ?? []).filter(({ networks }) =>
      networks.some(({ networkId }) => networkId === network),
    );
  }

  network(id: string): TreeNode {
    const network = this.#places.networks.get(id);
    const project = this.look.grouped && network ? groupByProject([network])[0]?.project : undefined;
    return this.book.network(id, project === undefined ? this.book.root : this.book.project(project).id);
  }

  /** The row of a container on a network, or at the first place it hangs. Makes the rows above it known as well. */
  container(id: string, network?: string): TreeNode | undefined {
    const places = this.#places.placesOf(id);
    const place = places.find((one) => one === `network:${network}`) ?? places[0];
    if (place === undefined) return undefined;
    const parent = this.rowAt(place, network);
    return parent && this.book.container(id, parent);
  }

  /** The row below which a place's members hang. */
  rowAt(place: Place, network?: string): TreeNode | undefined {
    if (place.startsWith('network:')) return this.network(place.slice('network:'.length));
    if (place.startsWith('container:')) return this.container(place.slice('container:'.length), network);
    return this.book.group(place.slice('group:'.length) as GroupKind);
  }

  /** A sharer's ports are its owner's, and stand there. */
  portRows(container: Container): readonly PortRow[] {
    return container.mode === 'container' ? [] : portRows(container, this.#places);
  }

  /** Names beside the container's own, on one network: aliases and the Compose service, without the short id. */
  aliases(container: Container, network: string | undefined): readonly string[] {
    const endpoint = container.endpoints.find(({ networkId }) => networkId === network);
    const shortId = container.id.slice(0, 12);
    return [...new Set(endpoint?.aliases ?? [])].filter((alias) => alias !== container.name && alias !== shortId);
  }

  hasChildren(container: Container, network: string | undefined): boolean {
    return (
      (container.mode !== 'container' && container.published.length > 0) ||
      (exposedOnly(container)?.length ?? 0) > 0 ||
      this.#places.count(`container:${container.id}`) > 0 ||
      this.aliases(container, network).length > 0 ||
      (container.links?.length ?? 0) > 0 ||
      this.#places.linkedFrom(container.name).length > 0
    );
  }

  #shownNetworks(): readonly Network[] {
    const { filter, sort } = this.look;
    const shown = isFiltering(filter)
      ? this.#snapshot.networks.filter((network) =>
          showsNetwork(filter, network, this.shownAt(`network:${network.id}`).length),
        )
      : this.#snapshot.networks;
    return sortNetworks(shown, sort, ({ id }) => this.#places.count(`network:${id}`));
  }

  #groups(): readonly TreeNode[] {
    // A driver was asked for, and none of these has one.
    if (this.look.filter.driver) return [];
    return groups.filter((group) => this.shownAt(`group:${group}`).length > 0).map((group) => this.book.group(group));
  }

  #membersOf(place: Place, parent: TreeNode): readonly TreeNode[] {
    return this.shownAt(place).map(({ id }) => this.book.container(id, parent));
  }

  #inContainer(node: ContainerNode): readonly TreeNode[] {
    const container = this.#places.containers.get(node.container);
    if (!container) return [];
    const { book } = this;
    return [
      ...this.#membersOf(`container:${container.id}`, node),
      ...this.portRows(container).map((row) => book.port(node, row)),
      ...(exposedOnly(container) ?? []).map((exposed) => book.exposed(node, exposed)),
      ...this.aliases(container, node.network).map((alias) => book.alias(node, alias)),
      ...(container.links ?? []).map(({ container: name, alias }) =>
        book.link(node, 'to', this.#places.named(name), { name, alias }),
      ),
      ...this.#places
        .linkedFrom(container.name)
        .flatMap((other) =>
          (other.links ?? [])
            .filter((link) => link.container === container.name)
            .map(({ alias }) => book.link(node, 'from', other, { name: other.name, alias })),
        ),
    ];
  }
}
