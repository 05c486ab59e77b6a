/** Draws a row's dots, the capsule round several, and the elbow of a sharer. */
import type { GraphContainer } from '#model/topology/graph';
import { drawDot } from '#model/topology/marks';
import { lineOne, type PlannedRow, railed } from '#model/topology/railsPlan';
import { indent, type RowScene } from '#model/topology/railsScene';

/** All that `drawDots` makes them from, but for what all rows have in common. */
export function dotsFrom(scene: RowScene, row: PlannedRow): readonly unknown[] {
  const { container, top, depth } = row;
  const from: unknown[] = [container, top, depth];
  if (depth > 0) return from;
  const own = container.endpoints.map((endpoint) => scene.lanes.get(endpoint.network.id));
  from.push(...own);
  if (own.length < 2 || scene.metrics.pitch < 5) return from;
  const lanes = own.map((lane) => lane ?? 0);
  for (const { lane, key } of scene.passing(
    Math.min(...lanes),
    Math.max(...lanes),
    lineOne(row, scene.metrics.compact),
  ))
    from.push(
      lane,
      scene.graph.networks.find((network) => network.key === key),
    );
  return from;
}

export function drawDots(scene: RowScene, row: PlannedRow): void {
  const { sketch, metrics, lanes } = scene;
  const { container } = row;
  if (row.depth > 0) return;
  const y = lineOne(row, metrics.compact);
  const placed = container.endpoints.map((endpoint) => ({
    endpoint,
    x: metrics.laneX(lanes.get(endpoint.network.id) ?? 0),
  }));
  const many = placed.filter(({ endpoint }) => railed(endpoint)).length > 1;
  const close = metrics.dot < 5;
  if (many) {
    const xs = placed.map(({ x }) => x);
    const [from, to] = [Math.min(...xs), Math.max(...xs)];
    const half = close ? 5 : 8;
    const box = { x: from - half, y: y - half, width: to - from + 2 * half, height: 2 * half };
    sketch.rect(`capsule:${container.id}`, 'capsule', box, { radius: half, node: container.key });
    // Closer rails are too thin to be traced through a capsule, and too many to be drawn again.
    if (metrics.pitch >= 5) redrawPassing(scene, container, y, half);
  }
  // Back to front is left to right reversed, so that the home's dot is drawn first.
  for (const { endpoint, x } of placed.reverse()) {
    if (endpoint.network.kind === 'host') continue;
    const r = close ? 3 : many ? 4.5 : endpoint.network.kind === 'none' ? 4.5 : 5;
    const traits = { node: container.key, slot: endpoint.network.slot };
    drawDot(sketch, endpoint.key, endpoint.network.kind, container, { x, y, r }, traits);
  }
}

/** A rail that only passes a capsule is drawn over it again, with a little ground beside it. */
function redrawPassing(scene: RowScene, container: GraphContainer, y: number, half: number): void {
  const { sketch, metrics, lanes, graph } = scene;
  const own = container.endpoints.map((endpoint) => lanes.get(endpoint.network.id) ?? 0);
  for (const { lane, key } of scene.passing(Math.min(...own), Math.max(...own), y)) {
    if (own.includes(lane)) continue;
    const network = graph.networks.find((found) => found.key === key);
    if (!network) continue;
    const x = metrics.laneX(lane);
    const d = `M${x} ${y - half - 1}V${y + half + 1}`;
    const span: [number, number] = [y - half - 1, y + half + 1];
    const id = `${container.id}:${network.id}`;
    sketch.path(`pass:under:${id}`, 'under', d, span, { node: network.key });
    const traits = { node: network.key, slot: network.slot };
    if (network.texture === 'double') {
      sketch.path(`pass:${id}`, 'rail', d, span, { ...traits, marks: ['wide'] });
      sketch.path(`pass:core:${id}`, 'rail', d, span, { ...traits, marks: ['core'] });
    } else sketch.path(`pass:${id}`, 'rail', d, span, { ...traits, textured: true });
  }
}

/** From the owner down to its sharer. */
export function drawElbow(scene: RowScene, row: PlannedRow): void {
  const { metrics, sketch } = scene;
  const owner = row.owner!;
  const x = metrics.nameX + indent * (row.depth - 1) + 5.5;
  const y = lineOne(row, metrics.compact) - 0.5;
  const from = owner.top + (metrics.compact ? 20 : 36);
  const d = `M${x} ${from}V${y - 3.5}Q${x} ${y} ${x + 3.5} ${y}H${x + 9.5}`;
  sketch.path(`elbow:${row.container.id}`, 'elbow', d, [from, y], { node: row.container.key });
}
