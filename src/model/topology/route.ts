/**
 * What is laid over a drawing when two nodes are selected: the way from one to the other along what is drawn already,
 * or a broken line with a mark where it ends. Pure, for both drawings.
 */
import type { Box, Drawing, DrawnNode, Shape, Slot } from '#model/topology/drawing';
import type { Graph, GraphContainer } from '#model/topology/graph';
import { endpointKey, ghostKey, hostKey, networkKey, outsideKey } from '#model/topology/nodes';
import { containerOf } from '#model/topology/related';

export interface PairRoute {
  /** Node keys. */
  readonly from: string;
  readonly to: string;
  readonly answer: 'yes' | 'no' | 'depends';
  /** Network ids and port keys of the best route. */
  readonly networks: readonly string[];
  readonly ports: readonly string[];
}

/** Keys of the nodes that keep their colour: both ends, what the route takes, and where it breaks the ends' networks. */
export function keptByRoute(graph: Graph, route: PairRoute): ReadonlySet<string> {
  const kept = new Set<string>([route.from, route.to, ...route.ports, ...route.networks.map(networkKey)]);
  for (const key of [route.from, route.to]) {
    const container = containerOf(graph, key);
    if (!container) continue;
    kept.add(container.key);
    const owner = ownerOf(graph, container);
    kept.add(owner.key);
    for (const { network } of owner.endpoints) {
      if (route.answer === 'yes' && !route.networks.includes(network.id)) continue;
      kept.add(network.key);
      kept.add(ghostKey(network.id, owner.id));
    }
  }
  return kept;
}

/** Keys of the nodes whose lines are drawn heavier. */
export function litByRoute(graph: Graph, route: PairRoute): ReadonlySet<string> {
  if (route.answer !== 'yes') return new Set();
  const owners = [route.from, route.to].flatMap((key) => {
    const container = containerOf(graph, key);
    return container ? [ownerOf(graph, container)] : [];
  });
  const ghosts = route.networks.flatMap((id) => owners.map((owner) => ghostKey(id, owner.id)));
  return new Set([...route.ports, ...route.networks.map(networkKey), ...ghosts]);
}

interface End {
  readonly box: Box;
  /** Where the line begins: the dot on the route's network, else the container's first. */
  readonly x: number;
  readonly y: number;
  readonly slot: Slot;
}

export function routeShapes(graph: Graph, drawing: Drawing, route: PairRoute): readonly Shape[] {
  const from = endOf(graph, drawing, route.from, route.networks);
  const to = endOf(graph, drawing, route.to, route.networks);
  const rails = drawing.runs !== undefined;
  const lines = rails ? railLine(drawing, from, to, route) : mapLine(graph, drawing, from, to, route);
  const rings =
    route.answer === 'yes'
      ? [from, to].flatMap((end, index) => (end ? [ringOf(end, index === 0 ? 'from' : 'to')] : []))
      : [];
  return [...lines, ...rings];
}

/** The container whose endpoints count. */
function ownerOf(graph: Graph, container: GraphContainer): GraphContainer {
  let owner = container;
  for (let steps = 0; owner.sharesWith !== undefined && steps < 32; steps++) {
    const next = graph.containers.get(owner.sharesWith);
    if (!next) break;
    owner = next;
  }
  return owner;
}

function endOf(graph: Graph, drawing: Drawing, key: string, networks: readonly string[]): End | undefined {
  const container = containerOf(graph, key);
  if (!container) return undefined;
  const owner = ownerOf(graph, container);
  const on = owner.endpoints.find(({ network }) => networks.includes(network.id)) ?? owner.endpoints.at(-1);
  const place = (wanted: string): DrawnNode | undefined => drawing.nodes.find((node) => node.key === wanted);
  const rails = drawing.runs !== undefined;
  const ghost = on && !rails ? place(ghostKey(on.network.id, owner.id)) : undefined;
  const box = ghost ?? place(container.key) ?? place(owner.key);
  if (!box) return undefined;
  const dot = on && drawing.shapes.find((shape) => shape.key === endpointKey(on.network.id, owner.id));
  const centre = dot && centreOf(dot);
  const inside = centre && centre.y >= box.y && centre.y <= box.y + box.height;
  const near = centre && (!rails || centre.x < box.x + box.width / 2);
  return {
    box,
    x: near ? centre.x : box.x + 16,
    y: inside ? centre.y : box.y + Math.min(18, box.height / 2),
    slot: on?.network.slot ?? 'bridge',
  };
}

/** Middle of an endpoint's dot, whatever its shape (marks.ts and mapCards.ts write them). */
export function centreOf(shape: Shape): { x: number; y: number } | undefined {
  if (shape.kind === 'circle') return { x: shape.cx, y: shape.cy };
  if (shape.kind === 'rect') return { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
  if (shape.kind !== 'path') return undefined;
  const [first = 0, second = 0, third = 0, fourth = 0] = (shape.d.match(/-?[\d.]+/g) ?? []).map(Number);
  return shape.role === 'void' ? { x: first + third, y: second } : { x: first, y: fourth };
}

function ringOf({ x, y, slot }: End, which: string): Shape {
  return { kind: 'circle', key: `route:ring:${which}`, role: 'routering', cx: x, cy: y, r: 8.5, slot };
}

/** Rails: along the network's own lane; else beneath the row to the host's edge; a break goes round by the left. */
function railLine(drawing: Drawing, from: End | undefined, to: End | undefined, route: PairRoute): readonly Shape[] {
  if (from && to) {
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    if (route.answer === 'yes') {
      if (route.networks.length === 0 || from.x !== to.x) return [];
      return [line(`M${from.x} ${top}V${bottom}`, route, from.slot)];
    }
    const left = 8;
    const d = `M${from.x - 9} ${from.y}H${left + 4}Q${left} ${from.y} ${left} ${from.y + (to.y > from.y ? 4 : -4)}V${to.y + (to.y > from.y ? -4 : 4)}Q${left} ${to.y} ${left + 4} ${to.y}H${to.x - 9}`;
    return [line(d, route, from.slot), ...mark(left + 1, (top + bottom) / 2, route)];
  }
  const end = from ?? to;
  if (!end || route.ports.length > 0) return [];
  const edge = sideOf(drawing, 1);
  const y = end.box.y + end.box.height - 2;
  const beyond = route.from === outsideKey || route.to === outsideKey ? edge + 14 : edge;
  const d = `M${end.x} ${end.y + 8}V${y}H${route.answer === 'yes' ? beyond : edge - 8}`;
  return [line(d, route, end.slot), ...mark(edge, y, route)];
}

/** Map: straight between the two cards where nothing stands between; to the host's edge through the gap below the card. */
function mapLine(
  graph: Graph,
  drawing: Drawing,
  from: End | undefined,
  to: End | undefined,
  route: PairRoute,
): readonly Shape[] {
  if (from && to) {
    const start = borderPoint(from.box, to.box);
    const end = borderPoint(to.box, from.box);
    if (route.answer === 'yes' && (route.networks.length === 0 || crossesCard(graph, drawing, start, end, route)))
      return [];
    const d = `M${start.x} ${start.y}L${end.x} ${end.y}`;
    return [line(d, route, from.slot), ...mark((start.x + end.x) / 2, (start.y + end.y) / 2, route)];
  }
  const end = from ?? to;
  if (!end || route.ports.length > 0) return [];
  const [left, right] = [sideOf(drawing, -1), sideOf(drawing, 1)];
  const towards = end.x - left < right - end.x ? left : right;
  const y = end.box.y + end.box.height + 4;
  const d = `M${end.x} ${end.box.y + end.box.height}V${y}H${towards}`;
  return [line(d, route, end.slot), ...mark(towards, y, route)];
}

/** The host's edge: -1 its left side, 1 its right. */
function sideOf(drawing: Drawing, side: -1 | 1): number {
  const sheet = drawing.shapes.find((shape) => shape.role === 'sheet');
  if (sheet?.kind === 'rect') return side < 0 ? sheet.x : sheet.x + sheet.width;
  const host = drawing.nodes.find((node) => node.key === hostKey);
  return side < 0 ? 0 : (host?.x ?? 0) + (host?.width ?? drawing.width) + 4;
}

/** Where the line between the middles of two boxes leaves the first. */
function borderPoint(box: Box, other: Box): { x: number; y: number } {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const [dx, dy] = [other.x + other.width / 2 - x, other.y + other.height / 2 - y];
  const share = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
  );
  const part = Number.isFinite(share) ? share : 0;
  return { x: Math.round(x + dx * part), y: Math.round(y + dy * part) };
}

function crossesCard(
  graph: Graph,
  drawing: Drawing,
  start: { x: number; y: number },
  end: { x: number; y: number },
  route: PairRoute,
): boolean {
  const own = new Set([containerOf(graph, route.from)?.id, containerOf(graph, route.to)?.id]);
  const cards = drawing.nodes.filter(
    (node) => (node.kind === 'container' || node.kind === 'ghost') && !own.has(node.containerId),
  );
  for (let step = 1; step < 40; step++) {
    const x = start.x + ((end.x - start.x) * step) / 40;
    const y = start.y + ((end.y - start.y) * step) / 40;
    if (cards.some((card) => x > card.x && x < card.x + card.width && y > card.y && y < card.y + card.height))
      return true;
  }
  return false;
}

function line(d: string, route: PairRoute, slot: Slot): Shape {
  return { kind: 'path', key: 'route:line', role: 'routeline', marks: [route.answer], slot, d };
}

/** ✕ where the way ends, `?` where it depends. */
function mark(x: number, y: number, route: PairRoute): readonly Shape[] {
  if (route.answer === 'yes') return [];
  const ground: Shape = {
    kind: 'circle',
    key: 'route:break',
    role: 'routebreak',
    marks: [route.answer],
    cx: x,
    cy: y,
    r: 7.5,
  };
  const sign =
    route.answer === 'no'
      ? `M${x - 3} ${y - 3}L${x + 3} ${y + 3}M${x - 3} ${y + 3}L${x + 3} ${y - 3}`
      : `M${x - 2} ${y - 2}A2 2 0 1 1 ${x} ${y}V${y + 1.5}M${x} ${y + 3.5}V${y + 4}`;
  return [ground, { kind: 'path', key: 'route:sign', role: 'routesign', marks: [route.answer], d: sign }];
}
