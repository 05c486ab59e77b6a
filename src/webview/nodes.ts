/** Finding nodes of the drawing: under a point, and by what they are called. */
import type { Drawing, DrawnNode } from '#model/topology/drawing';
import type { Graph } from '#model/topology/graph';

const rank: Readonly<Record<DrawnNode['kind'], number>> = {
  port: 0,
  container: 1,
  ghost: 1,
  network: 2,
  outside: 2,
  host: 3,
};

/** The topmost node at a point of the drawing: ports before cards before networks; of cards the smaller one. */
export function nodeAt(drawing: Drawing, x: number, y: number): DrawnNode | undefined {
  let best: DrawnNode | undefined;
  for (const node of drawing.nodes) {
    if (x < node.x || y < node.y || x > node.x + node.width || y > node.y + node.height) continue;
    const better = !best || rank[node.kind] < rank[best.kind];
    const smaller = best && rank[node.kind] === rank[best.kind] && node.height < best.height;
    if (better || smaller) best = node;
  }
  return best;
}

/** What a node is called: for typing its first letter and for telling changes. */
export function nameOf(node: DrawnNode, graph: Graph): string {
  if (node.kind === 'outside') return '';
  if (node.kind === 'host') return graph.snapshot.engine.name;
  if (node.kind === 'network') return graph.networks.find((network) => network.key === node.key)?.name ?? '';
  if (node.kind === 'port') return String(node.port?.hostPort ?? '');
  return (node.containerId === undefined ? undefined : graph.containers.get(node.containerId))?.name ?? '';
}
