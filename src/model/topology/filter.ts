/** What of a snapshot is drawn, and what a search finds in it. */
import type { Container, Snapshot } from '#model/snapshot';
import type { Graph, GraphContainer } from '#model/topology/graph';
import { ghostKey } from '#model/topology/nodes';

export interface Filter {
  readonly project?: string;
  readonly driver?: string;
  readonly runningOnly?: boolean;
  /** Only this network and the containers on it. */
  readonly network?: string;
}

export function isFiltering(filter: Filter): boolean {
  return Boolean(filter.project || filter.driver || filter.runningOnly || filter.network);
}

/**
 * The snapshot with what the filter keeps: containers, and the networks they are on (and those that match by
 * themselves). A container whose network another shares stays with it. The same object when nothing filters.
 */
export function filterSnapshot(snapshot: Snapshot, filter: Filter): Snapshot {
  if (!isFiltering(filter)) return snapshot;
  const drivers = new Map(snapshot.networks.map((network) => [network.id, network.driver]));
  const keeps = (container: Container): boolean => {
    if (filter.runningOnly && !['running', 'paused', 'restarting'].includes(container.state)) return false;
    if (filter.project && container.compose?.project !== filter.project) return false;
    const on = container.endpoints;
    if (filter.network && !on.some((endpoint) => endpoint.networkId === filter.network)) return false;
    return !filter.driver || on.some((endpoint) => drivers.get(endpoint.networkId) === filter.driver);
  };
  const byId = new Map(snapshot.containers.map((container) => [container.id, container]));
  const kept = new Set(snapshot.containers.filter(keeps));
  for (const container of kept) {
    const owner = container.sharesWith === undefined ? undefined : byId.get(container.sharesWith);
    if (owner) kept.add(owner);
  }
  if (filter.network)
    for (const container of snapshot.containers) {
      const owner = container.sharesWith === undefined ? undefined : byId.get(container.sharesWith);
      if (owner && kept.has(owner)) kept.add(container);
    }
  const used = new Set([...kept].flatMap((container) => container.endpoints.map((endpoint) => endpoint.networkId)));
  const networks = snapshot.networks.filter((network) => {
    if (filter.network) return network.id === filter.network;
    if (filter.driver && network.driver !== filter.driver) return false;
    if (used.has(network.id)) return true;
    if (filter.project) return network.labels['com.docker.compose.project'] === filter.project;
    return Boolean(filter.driver) && !filter.runningOnly;
  });
  const containers = snapshot.containers.filter((container) => kept.has(container));
  return { ...snapshot, networks, containers };
}

/** What a filter can choose from, sorted. */
export function filterChoices(snapshot: Snapshot): { readonly projects: string[]; readonly drivers: string[] } {
  const projects = new Set(snapshot.containers.flatMap((container) => container.compose?.project ?? []));
  const drivers = new Set(snapshot.networks.map((network) => network.driver));
  return { projects: [...projects].sort(), drivers: [...drivers].sort() };
}

/** Keys of the nodes that contain the text: name, image, address, alias, port; networks by name, subnet and driver. */
export function search(graph: Graph, text: string): ReadonlySet<string> {
  const wanted = text.trim().toLowerCase();
  const found = new Set<string>();
  if (wanted === '') return found;
  const has = (value: string | undefined): boolean => value?.toLowerCase().includes(wanted) ?? false;
  for (const network of graph.networks)
    if ([network.name, network.subnet, network.gateway, network.driver].some(has)) found.add(network.key);
  for (const container of graph.containers.values()) {
    const ports = container.plugs.filter((plug) => matchesPort(plug, wanted));
    for (const plug of ports) found.add(plug.key);
    if (ports.length === 0 && !textsOf(container).some(has)) continue;
    found.add(container.key);
    for (const endpoint of container.endpoints) found.add(ghostKey(endpoint.network.id, container.id));
  }
  return found;
}

/** Ports match whole (`80` does not find 8080), also as `host:container`. */
function matchesPort(plug: GraphContainer['plugs'][number], wanted: string): boolean {
  return plug.bindings.some(({ hostPort, port }) => {
    const pair = `${hostPort}:${port}`;
    return [String(hostPort), String(port), pair, `${pair}/${plug.protocol}`].includes(wanted);
  });
}

function textsOf(container: GraphContainer): readonly (string | undefined)[] {
  const { endpoints, compose } = container.container;
  return [
    container.name,
    container.image,
    compose?.service,
    ...endpoints.flatMap((one) => [one.ipv4, one.ipv6, one.configuredIpv4, one.mac, ...(one.aliases ?? [])]),
  ];
}
