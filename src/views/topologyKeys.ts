/** Between the keys of the drawing's nodes and what commands and the tree call a target. */
import type { Snapshot } from '#model/snapshot';
import { buildGraph } from '#model/topology/graph';
import { containerKey, networkKey } from '#model/topology/nodes';
import { containerOf } from '#model/topology/related';
import type { Target } from '#views/target';

/** The node of a target in this picture; undefined when it is not drawn. */
export function keyOf(target: Target, snapshot: Snapshot): string | undefined {
  switch (target.kind) {
    case 'engine':
    case 'service':
      return undefined;
    case 'network':
      return snapshot.networks.some((network) => network.id === target.network)
        ? networkKey(target.network)
        : undefined;
    case 'container':
      return snapshot.containers.some(({ id }) => id === target.container) ? containerKey(target.container) : undefined;
    case 'port': {
      const container = buildGraph(snapshot).containers.get(target.container);
      const plug = container?.plugs.find((found) =>
        found.bindings.some(
          (port) =>
            port.hostIp === target.hostIp &&
            port.hostPort === target.hostPort &&
            port.port === target.port &&
            port.protocol === target.protocol,
        ),
      );
      return plug?.key ?? container?.key;
    }
  }
}

export function targetOf(key: string, engine: string, snapshot: Snapshot): Target | undefined {
  const graph = buildGraph(snapshot);
  const network = graph.networks.find((found) => found.key === key);
  if (network) return network.network ? { kind: 'network', engine, network: network.id } : undefined;
  const container = containerOf(graph, key);
  if (!container) return undefined;
  const binding = container.plugs.find((plug) => plug.key === key)?.bindings[0];
  if (binding) return { kind: 'port', engine, container: container.id, ...binding };
  const on = key.startsWith('ghost:') ? key.slice('ghost:'.length, key.lastIndexOf(':')) : undefined;
  const home = on ?? container.endpoints.at(-1)?.network.network?.id;
  return { kind: 'container', engine, container: container.id, ...(home === undefined ? {} : { network: home }) };
}
