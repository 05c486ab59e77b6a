/** What changed between two drawings, for the live region: names of what came and went. */
import type { Graph, GraphContainer } from '#model/topology/graph';
import type { Words } from '#webview/words';

const mostNames = 5;

/** A sentence, or undefined when nothing that is drawn as a node or endpoint came or went. */
export function changesBetween(before: Graph, after: Graph, words: Words): string | undefined {
  const old = members(before, after);
  const now = members(after, before);
  const added = [...now].filter(([key]) => !old.has(key)).map(([, name]) => name);
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, name]) => name);
  const parts: string[] = [];
  if (added.length > 0) parts.push(words.say('changedAdded', list(added)));
  if (removed.length > 0) parts.push(words.say('changedRemoved', list(removed)));
  return parts.length > 0 ? parts.join('. ') : undefined;
}

function list(names: readonly string[]): string {
  const shown = [...new Set(names)].slice(0, mostNames).map((name) => name.slice(0, 60));
  return names.length > mostNames ? `${shown.join(', ')}, …` : shown.join(', ');
}

/** Containers that are not the same object in the other graph: only they can differ. */
function renewed(graph: Graph, other: Graph): readonly GraphContainer[] {
  const found: GraphContainer[] = [];
  for (const container of graph.containers.values())
    if (other.containers.get(container.id) !== container) found.push(container);
  return found;
}

/** Names by key of what may not be in the other graph. */
function members(graph: Graph, other: Graph): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const network of graph.networks) if (network.network) found.set(network.key, network.name);
  for (const container of renewed(graph, other)) {
    found.set(`${container.key} ${container.running}`, container.name);
    for (const { network, key } of container.endpoints)
      if (network.network) found.set(key, `${container.name} (${network.name})`);
  }
  return found;
}

/** Keys of endpoints that are new, have another address, or whose container started, stopped or changed its health. */
export function changedEndpoints(before: Graph, after: Graph): ReadonlySet<string> {
  const old = endpointStates(renewed(before, after));
  const now = endpointStates(renewed(after, before));
  return new Set([...now].filter(([key, state]) => old.get(key) !== state).map(([key]) => key));
}

function endpointStates(containers: readonly GraphContainer[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const container of containers)
    for (const { key, address, ipv6 } of container.endpoints)
      found.set(key, [address, ipv6, container.running, container.paused, container.unhealthy].join(' '));
  return found;
}
