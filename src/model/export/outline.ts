/** What both text drawings (Mermaid, DOT) show, in one order: networks, containers in them, ports, links. */
import type { Snapshot } from '#model/snapshot';
import { buildGraph, type Graph, type GraphContainer, type GraphNetwork } from '#model/topology/graph';
import { hostPortsOf, type Plug } from '#model/topology/plugs';

export interface OutlineNode {
  /** A name that any drawing language takes: letters and digits. */
  readonly id: string;
  readonly lines: readonly string[];
}

export interface OutlineBox extends OutlineNode {
  readonly internal: boolean;
  readonly containers: readonly (OutlineNode & { readonly running: boolean })[];
}

export interface OutlineLine {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly dashed: boolean;
}

export interface Outline {
  readonly boxes: readonly OutlineBox[];
  /** Further endpoints, shared namespaces and links. */
  readonly lines: readonly OutlineLine[];
  readonly ports: readonly (OutlineNode & { readonly to: string; readonly effective: boolean })[];
}

export function outlineOf(snapshot: Snapshot): Outline {
  const graph = buildGraph(snapshot);
  const ids = idsOf(graph);
  const all = [...graph.containers.values()];
  const boxes = graph.networks
    .filter((network) => network.network || all.some((container) => container.mapHome === network))
    .map((network) => boxOf(network, all, ids));
  const lines = all.flatMap((container) => linesOf(container, graph, ids));
  const ports = all.flatMap((container) => {
    const to = ids.get(container.key)!;
    return container.plugs.map((plug, index) => ({
      id: `${to}p${index + 1}`,
      lines: [portText(plug)],
      to,
      effective: plug.exposure !== 'vain',
    }));
  });
  return { boxes, lines, ports };
}

function idsOf(graph: Graph): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  graph.networks.forEach((network, index) => {
    ids.set(network.key, `n${index + 1}`);
  });
  [...graph.containers.values()].forEach((container, index) => {
    ids.set(container.key, `c${index + 1}`);
  });
  return ids;
}

function boxOf(network: GraphNetwork, all: readonly GraphContainer[], ids: ReadonlyMap<string, string>): OutlineBox {
  const facts = [network.driver, network.internal ? 'internal' : '', network.subnet ?? ''].filter(Boolean);
  return {
    id: ids.get(network.key)!,
    lines: [network.name, facts.join(' ')],
    internal: network.internal,
    containers: all
      .filter((container) => container.mapHome === network)
      .map((container) => {
        const address = container.endpoints.find((endpoint) => endpoint.network === network)?.address;
        return {
          id: ids.get(container.key)!,
          lines: [container.name, address ?? container.container.state],
          running: container.running,
        };
      }),
  };
}

function linesOf(container: GraphContainer, graph: Graph, ids: ReadonlyMap<string, string>): readonly OutlineLine[] {
  const from = ids.get(container.key)!;
  const lines: OutlineLine[] = [];
  for (const endpoint of container.endpoints) {
    if (endpoint.network === container.mapHome) continue;
    lines.push({ from, to: ids.get(endpoint.network.key)!, label: endpoint.address ?? '', dashed: false });
  }
  if (container.sharesWith !== undefined) {
    const owner = graph.containers.get(container.sharesWith);
    if (owner) lines.push({ from, to: ids.get(owner.key)!, label: `container:${owner.name}`, dashed: true });
  }
  for (const link of container.links) {
    const target = link.target === undefined ? undefined : graph.containers.get(link.target);
    if (target) lines.push({ from, to: ids.get(target.key)!, label: `link ${link.alias}`, dashed: true });
  }
  return lines;
}

function portText(plug: Plug): string {
  const hosts = new Set(
    plug.bindings.map(({ hostIp }) => (hostIp.includes(':') ? `[${hostIp}]` : hostIp || '0.0.0.0')),
  );
  const inside = plug.portEnd === undefined ? plug.port : `${plug.port}–${plug.portEnd}`;
  return `${[...hosts].join(' ')} :${hostPortsOf(plug)} → ${inside}/${plug.protocol}`;
}
