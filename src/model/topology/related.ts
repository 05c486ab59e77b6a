/** What stays when a node is pointed at or selected: its networks, their running endpoints, its ports, links, sharers. */
import type { Graph, GraphContainer, GraphNetwork } from '#model/topology/graph';
import { ghostKey, hostKey } from '#model/topology/nodes';

/** Keys of the nodes that stay, the node itself included; undefined when everything stays (the host). */
export function relatedKeys(graph: Graph, key: string): ReadonlySet<string> | undefined {
  if (key === hostKey) return undefined;
  const related = new Set<string>([key]);
  const container = containerOf(graph, key);
  if (key.startsWith('port:') && container) {
    addContainer(related, container);
    for (const endpoint of container.endpoints) related.add(endpoint.network.key);
    return related;
  }
  if (container) {
    addFamily(graph, related, container);
    return related;
  }
  const network = graph.networks.find((found) => found.key === key);
  if (network) for (const member of membersOf(graph, network)) addContainer(related, member, network);
  return related;
}

/** The container a node is about: its own key, one of its ghosts, or one of its ports. */
export function containerOf(graph: Graph, key: string): GraphContainer | undefined {
  const id = key.startsWith('ghost:') ? key.slice(key.lastIndexOf(':') + 1) : key.split(':')[1];
  return key.startsWith('network:') || id === undefined ? undefined : graph.containers.get(id);
}

/** Containers with an endpoint on the network. */
export function membersOf(graph: Graph, network: GraphNetwork): readonly GraphContainer[] {
  return graph.roots.filter((root) => root.endpoints.some((endpoint) => endpoint.network === network));
}

function addContainer(related: Set<string>, container: GraphContainer, on?: GraphNetwork): void {
  related.add(container.key);
  for (const plug of container.plugs) related.add(plug.key);
  for (const endpoint of container.endpoints)
    if (!on || endpoint.network === on) related.add(ghostKey(endpoint.network.id, container.id));
  for (const sharer of container.sharers) addContainer(related, sharer);
}

function addFamily(graph: Graph, related: Set<string>, container: GraphContainer): void {
  let owner = container;
  for (let next = container.sharesWith; next !== undefined; next = owner.sharesWith) {
    const found = graph.containers.get(next);
    if (!found || related.has(found.key)) break;
    owner = found;
    related.add(owner.key);
  }
  addContainer(related, container);
  const networks = owner.endpoints.map((endpoint) => endpoint.network);
  for (const network of networks) {
    related.add(network.key);
    if (network.kind === 'none' || network.kind === 'host') continue;
    for (const member of membersOf(graph, network))
      if (member.running) {
        related.add(member.key);
        related.add(ghostKey(network.id, member.id));
      }
  }
  for (const link of container.links) {
    related.add(link.key);
    if (link.target !== undefined) related.add(`container:${link.target}`);
  }
  for (const other of graph.containers.values())
    if (other.links.some((link) => link.target === container.id)) related.add(other.key);
}
