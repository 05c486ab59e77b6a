/** Lines in a network's colour: from a bus to its cards, between a card and its ghost, from a box to a gate on the frame. */
import type { Box, DrawingWords } from '#model/topology/drawing';
import type { GraphContainer, GraphEndpoint, GraphNetwork } from '#model/topology/graph';
import { driverWord } from '#model/topology/mapBoxes';
import { dotShape } from '#model/topology/mapCards';
import type { PlacedBox, PlacedCard } from '#model/topology/mapPacking';
import { close, far, middle, near, roundedPath, type Sketch } from '#model/topology/mapSketch';
import { ghostKey } from '#model/topology/nodes';

export const busHeight = 32;
export const busGap = 32;

type Point = readonly [number, number];

/** A line in the network's colour and texture: a double one gets a core in the sheet's colour. */
export function strand(
  sketch: Sketch,
  key: string,
  network: GraphNetwork,
  points: readonly Point[],
  node: string,
): void {
  sketch.part(key, [network, node, ...points.flat()], () => {
    const d = roundedPath(points, 4);
    const base = { kind: 'path' as const, slot: network.slot, d, node, levels: close };
    sketch.add('strands', { ...base, key, role: 'strand', marks: [`t${network.slot}`] });
    if (network.texture === 'double')
      sketch.add('strands', { ...base, key: `${key}:core`, role: 'strand', marks: ['core'] });
  });
}

/** A network that projects share: a bar across the top. */
export function drawBus(sketch: Sketch, network: GraphNetwork, box: Box, words: DrawingWords): void {
  const node = network.key;
  sketch.nodes.push({
    key: node,
    kind: 'network',
    ...box,
    networkId: network.id,
  });
  const inner = { x: box.x + 0.75, y: box.y + 0.75, width: box.width - 1.5, height: box.height - 1.5 };
  const marks = [`t${network.slot}`];
  sketch.add(
    'boxes',
    { kind: 'rect', key: `${node}:box`, role: 'box', slot: network.slot, node, radius: 8, ...inner },
    { kind: 'rect', key: `${node}:rim`, role: 'rim', slot: network.slot, marks, node, radius: 8, ...inner },
  );
  if (network.texture === 'double')
    sketch.add('boxes', {
      kind: 'rect',
      key: `${node}:inside`,
      role: 'rim',
      slot: network.slot,
      marks: ['inside'],
      node,
      radius: 5.5,
      levels: close,
      x: box.x + 3.5,
      y: box.y + 3.5,
      width: box.width - 7,
      height: box.height - 7,
    });
  const left = box.x + 18;
  const right = box.x + box.width - 16;
  const y = box.y + 20.5;
  const gateway = network.gatewayShort ? `${words.gateway} ${network.gatewayShort}` : '';
  const shared = `${driverWord(network, words)} · ${words.shared(network.projects.length)}`;
  const wanted = {
    subnet: sketch.measure(network.subnet ?? '', 'mono'),
    gateway: sketch.measure(gateway, 'mono'),
    shared: sketch.measure(shared, 'small'),
  };
  const nameWidth = sketch.text(network.name, {
    key: `${node}:name`,
    role: 'title',
    style: 'network',
    x: left,
    y,
    room: Math.max(60, right - left - wanted.shared - wanted.gateway - 24),
    node,
    levels: near,
  });
  sketch.text(network.name, {
    key: `${node}:middletitle`,
    role: 'middletitle',
    style: 'network',
    x: left,
    y,
    room: right - left,
    node,
    levels: middle,
  });
  sketch.text(network.name, {
    key: `${node}:fartitle`,
    role: 'fartitle',
    style: 'network',
    x: left,
    y,
    room: right - left,
    node,
    levels: far,
  });
  let free = left + nameWidth + 10;
  if (network.subnet && free + wanted.subnet + 12 + wanted.shared + 12 + wanted.gateway <= right) {
    sketch.text(network.subnet, {
      key: `${node}:subnet`,
      role: 'dim',
      style: 'mono',
      x: free,
      y: y - 0.5,
      room: wanted.subnet + 1,
      node,
      levels: near,
    });
    free += wanted.subnet + 12;
  }
  const end = right - (gateway === '' ? 0 : wanted.gateway + 12);
  if (free + wanted.shared <= end) {
    const middleX = Math.min(Math.max(box.x + box.width / 2 - wanted.shared / 2, free), end - wanted.shared);
    sketch.text(shared, {
      key: `${node}:shared`,
      role: 'dim',
      style: 'small',
      x: middleX,
      y: y - 0.5,
      room: wanted.shared + 1,
      node,
      levels: near,
    });
  }
  if (gateway !== '')
    sketch.text(gateway, {
      key: `${node}:gateway`,
      role: 'dim',
      style: 'mono',
      x: right,
      y: y - 0.5,
      anchor: 'end',
      room: wanted.gateway + 1,
      node,
      levels: near,
    });
}

/** A bus's line to a card: straight down in the first row, else by the left channel and the gap above the row. */
export function drawBusStrand(
  sketch: Sketch,
  endpoint: GraphEndpoint,
  container: GraphContainer,
  at: {
    readonly bus: Box;
    readonly card: PlacedCard;
    readonly rowTop: number;
    readonly firstRow: boolean;
    readonly channel: number;
    readonly lane: number;
    readonly label: boolean;
  },
): void {
  const { bus, card, lane } = at;
  const x = card.x - 4 - lane * 3;
  const y = card.y + 18 + lane * 12;
  const node = ghostKey(endpoint.network.id, container.id);
  const bottom = bus.y + bus.height;
  const gap = at.rowTop - 7 - lane * 3;
  const points: Point[] = at.firstRow
    ? [
        [x, bottom],
        [x, y],
        [card.x, y],
      ]
    : [
        [at.channel, bottom],
        [at.channel, gap],
        [x, gap],
        [x, y],
        [card.x, y],
      ];
  strand(sketch, `${node}:strand`, endpoint.network, points, container.key);
  sketch.add(
    'plugs',
    dotShape(endpoint.key, card.x, y, 4.5, endpoint.network, container.running ? [] : ['hollow'], container.key),
  );
  if (!at.label || endpoint.address === undefined) return;
  sketch.text(endpoint.address, {
    key: `${node}:address`,
    role: 'dim',
    style: 'mono',
    x: x + 6,
    y: at.firstRow ? bottom + 18 : at.rowTop - 11,
    room: 130,
    node: container.key,
    levels: near,
  });
}

/**
 * A straight line between a card and its ghost, where the two stand above each other in neighbouring rows of boxes with
 * nothing between them; undefined otherwise (then only hovering ties them).
 */
export function ghostStrand(
  upper: { readonly card: PlacedCard; readonly box: PlacedBox },
  lower: { readonly card: PlacedCard; readonly box: PlacedBox },
  width: number,
  neighbours: readonly PlacedBox[],
): readonly Point[] | undefined {
  const left = Math.max(upper.card.x, lower.card.x);
  const right = Math.min(upper.card.x, lower.card.x) + width;
  if (lower.box.row - upper.box.row !== 1 || right - left < 36) return undefined;
  const x = left + 16;
  const top = upper.card.y + upper.card.height;
  const bottom = lower.card.y;
  const through = (card: PlacedCard): boolean =>
    x >= card.x - 2 && x <= card.x + width + 2 && card.y < bottom && card.y + card.height > top;
  const blocked = upper.box.cards.some(through) || lower.box.cards.some(through);
  const crossed = neighbours.some(
    (box) =>
      box !== upper.box &&
      box !== lower.box &&
      x > box.x - 4 &&
      x < box.x + box.width + 4 &&
      box.y < bottom &&
      box.y + box.height > top,
  );
  return blocked || crossed
    ? undefined
    : [
        [x, top],
        [x, bottom],
      ];
}

/** The way out that is no published port: other nodes (overlay) or the LAN (macvlan, ipvlan), as a gate on the frame. */
export function drawGate(
  sketch: Sketch,
  network: GraphNetwork,
  points: readonly Point[],
  words: { readonly gate: string; readonly out: string },
): void {
  const node = network.key;
  const last = points.at(-1);
  if (last === undefined) return;
  const [x, y] = last;
  strand(sketch, `${node}:gateline`, network, [...points.slice(0, -1), [x, y - 9]], node);
  const width = Math.ceil(sketch.measure(words.gate, 'mono')) + 20;
  sketch.add(
    'plugs',
    {
      kind: 'path',
      key: `${node}:outtip`,
      role: 'outtip',
      slot: network.slot,
      node,
      d: `M${x - 6} ${y + 9}H${x + 6}L${x} ${y + 16}Z`,
    },
    {
      kind: 'rect',
      key: `${node}:gate`,
      role: 'outgate',
      slot: network.slot,
      node,
      levels: close,
      x: x - width / 2,
      y: y - 9,
      width,
      height: 18,
      radius: 4,
    },
  );
  sketch.text(words.gate, {
    key: `${node}:gatename`,
    role: 'plain',
    style: 'mono',
    x,
    y: y + 4,
    anchor: 'middle',
    room: width,
    node,
    levels: near,
  });
  sketch.text(words.out, {
    key: `${node}:out`,
    role: 'dim',
    style: 'small',
    x,
    y: y + 31,
    anchor: 'middle',
    room: 120,
    node,
    levels: near,
  });
}
