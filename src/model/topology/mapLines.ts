/** Every line of the map that is no published port: strands of buses and ghosts, links, gates. */
import type { Box, DrawingWords } from '#model/topology/drawing';
import type { GraphContainer, GraphNetwork } from '#model/topology/graph';
import type { Arrangement } from '#model/topology/map';
import type { Frame } from '#model/topology/mapFrame';
import type { Packing, PlacedBox, PlacedCard } from '#model/topology/mapPacking';
import { close, near, roundedPath, type Sketch } from '#model/topology/mapSketch';
import { drawBusStrand, drawGate, ghostStrand, strand } from '#model/topology/mapStrands';
import { ghostKey } from '#model/topology/nodes';

export interface Lines {
  readonly arrangement: Arrangement;
  readonly boxes: ReadonlyMap<string, PlacedBox>;
  readonly buses: ReadonlyMap<string, Box>;
  readonly frame: Frame;
  readonly packing: Packing;
  readonly cardWidth: number;
  readonly bottom: number;
  readonly words: DrawingWords;
}

interface Place {
  readonly box: PlacedBox;
  readonly card: PlacedCard;
}

export function connect(sketch: Sketch, lines: Lines): void {
  const homes = new Map<string, Place>();
  const linked = new Set<string | undefined>();
  for (const { placements } of lines.arrangement.boxes)
    for (const { container } of placements) for (const link of container.links) linked.add(link.target);
  const ghosts = new Map<
    string,
    { readonly place: Place; readonly network: GraphNetwork; readonly container: GraphContainer }[]
  >();
  for (const { network, placements } of lines.arrangement.boxes) {
    const box = lines.boxes.get(network.id);
    if (box === undefined) continue;
    for (const [index, { container, ghost }] of placements.entries()) {
      const card = box.cards[index];
      // Most are on one network alone: no line leads to them.
      const lined = container.endpoints.length > 1 || container.links.length > 0 || linked.has(container.id);
      if (card === undefined || !lined) continue;
      if (!ghost) homes.set(container.id, { box, card });
      else
        ghosts.set(container.id, [...(ghosts.get(container.id) ?? []), { place: { box, card }, network, container }]);
    }
  }
  connectBuses(sketch, lines, homes);
  const rows = new Map<number, PlacedBox[]>();
  for (const box of lines.boxes.values()) {
    const row = rows.get(box.row);
    if (row) row.push(box);
    else rows.set(box.row, [box]);
  }
  for (const [id, found] of ghosts) {
    const home = homes.get(id);
    if (home === undefined) continue;
    for (const { place, network, container } of found) {
      if (Math.abs(place.box.row - home.box.row) !== 1) continue;
      const above = place.box.row < home.box.row;
      const all = [...(rows.get(place.box.row) ?? []), ...(rows.get(home.box.row) ?? [])];
      const points = above
        ? ghostStrand(place, home, lines.cardWidth, all)
        : ghostStrand(home, place, lines.cardWidth, all);
      if (points === undefined) continue;
      strand(sketch, `${ghostKey(network.id, id)}:strand`, network, points, container.key);
    }
  }
  connectLinks(sketch, lines, homes);
  connectGates(sketch, lines);
}

function connectBuses(sketch: Sketch, lines: Lines, homes: ReadonlyMap<string, Place>): void {
  const lanes = new Map([...lines.buses.keys()].map((id, index) => [id, index]));
  for (const { placements } of lines.arrangement.boxes)
    for (const { container, ghost } of placements) {
      const home = homes.get(container.id);
      if (ghost || home === undefined) continue;
      let own = 0;
      for (const endpoint of container.endpoints) {
        const bus = lines.buses.get(endpoint.network.id);
        if (bus === undefined) continue;
        const at = {
          bus,
          card: home.card,
          rowTop: lines.frame.rowTop(home.box.row),
          // The strand of an upper bus would cross the lower ones on its way: by the channel, like those of lower rows.
          firstRow:
            home.box.row === 0 &&
            home.card.y === home.box.cards.reduce((top, card) => Math.min(top, card.y), home.card.y) &&
            lanes.get(endpoint.network.id) === lines.buses.size - 1,
          channel: lines.frame.contentLeft - 7 - (lanes.get(endpoint.network.id) ?? 0) * 3,
          lane: own,
          label: own === 0,
        };
        const { x, y } = home.card;
        const from = [endpoint, container, bus.y, bus.height, x, y, at.rowTop, at.firstRow, at.channel, own];
        sketch.part(`bus:${endpoint.key}`, from, () => drawBusStrand(sketch, endpoint, container, at));
        own++;
      }
    }
}

/** `--link`: a dashed arrow within a box, through gutters; between boxes the card's own word tells it. */
function connectLinks(sketch: Sketch, lines: Lines, homes: ReadonlyMap<string, Place>): void {
  for (const { placements } of lines.arrangement.boxes)
    for (const { container, ghost } of placements) {
      if (ghost) continue;
      container.links.forEach((link, index) => {
        const from = homes.get(container.id);
        const to = link.target === undefined ? undefined : homes.get(link.target);
        if (from === undefined) return;
        const points =
          to !== undefined && to.box === from.box
            ? linkRoute(from.card, to.card, lines.cardWidth, to.box)
            : stub(from.card, index);
        const [x, y] = points.at(-1)!;
        const [px, py] = points.at(-2)!;
        const dx = Math.sign(x - px);
        const dy = Math.sign(y - py);
        const draw = (): void =>
          sketch.add(
            'strands',
            {
              kind: 'path',
              key: link.key,
              role: 'link',
              node: container.key,
              levels: close,
              d: roundedPath(points, 3),
            },
            {
              kind: 'path',
              key: `${link.key}:arrow`,
              role: 'arrow',
              node: container.key,
              levels: near,
              d:
                dx !== 0
                  ? `M${x} ${y}L${x - 6 * dx} ${y - 3.5}V${y + 3.5}Z`
                  : `M${x} ${y}L${x - 3.5} ${y - 6 * dy}H${x + 3.5}Z`,
            },
          );
        sketch.part(link.key, [container.key, ...points.flat()], draw);
      });
    }
}

type Point = readonly [number, number];

function linkRoute(from: PlacedCard, to: PlacedCard, width: number, box: PlacedBox): readonly Point[] {
  const y = from.y + 30;
  if (from.y === to.y && Math.abs(from.column - to.column) === 1)
    return from.x > to.x
      ? [
          [from.x, y],
          [to.x + width, y],
        ]
      : [
          [from.x + width, y],
          [to.x, y],
        ];
  // Out of the card's left edge, along its gutter to the gap beside the target's row, then into the target's edge.
  const gutter = from.x - 6;
  const downwards = to.y > from.y;
  // A card with sharers is higher than its neighbours: the gap lies below the highest of the row.
  const row = box.cards.filter((card) => card.y === to.y);
  const gap = downwards ? to.y - 4 : Math.max(...row.map((card) => card.y + card.height)) + 4;
  const into = downwards ? to.y : to.y + to.height;
  return [
    [from.x, y],
    [gutter, y],
    [gutter, gap],
    [to.x + 40, gap],
    [to.x + 40, into],
  ];
}

/** A link whose target is gone or stands in another box: a short arrow out of the card. */
const stub = (card: PlacedCard, index: number): readonly Point[] => [
  [card.x, card.y + 30 + (index % 3) * 6],
  [card.x - 9, card.y + 30 + (index % 3) * 6],
];

function connectGates(sketch: Sketch, lines: Lines): void {
  const taken: number[] = [];
  const all = [...lines.boxes.values()];
  let lane = 0;
  for (const { network } of lines.arrangement.boxes) {
    if (!['overlay', 'macvlan', 'ipvlan'].includes(network.kind)) continue;
    const box = lines.boxes.get(network.id);
    if (box === undefined || network.internal) continue;
    let x = Math.round(box.x + box.width / 2);
    while (taken.some((other) => Math.abs(other - x) < 96)) x += 12;
    taken.push(x);
    const start: Point = [Math.round(box.x + box.width / 2), box.y + box.height];
    const blocked = all.some(
      (other) => other.row > box.row && start[0] > other.x - 6 && start[0] < other.x + other.width + 6,
    );
    const below = lines.frame.rowBottom(box.row) + 18 + (lane % 2) * 4;
    const end = lines.frame.rowBottom(lines.packing.rows.length - 1) + 16 + (lane % 3) * 4;
    const channel = lines.frame.contentLeft - 8 - (lane % 4) * 4;
    const points: readonly Point[] = blocked
      ? [start, [start[0], below], [channel, below], [channel, end], [x, end], [x, lines.bottom]]
      : start[0] === x
        ? [start, [x, lines.bottom]]
        : [start, [start[0], end], [x, end], [x, lines.bottom]];
    lane++;
    const overlay = network.kind === 'overlay';
    const words = {
      gate: overlay ? 'vxlan' : (network.parent ?? network.driver),
      out: overlay ? lines.words.otherNodes : lines.words.onTheLan,
    };
    sketch.part(`gate:${network.id}`, [network, ...points.flat()], () => drawGate(sketch, network, points, words));
  }
}
