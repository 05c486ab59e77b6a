/** The frame of the map: the host, with room at its sides for plugs, across its top for buses, below for gates. */
import type { Box, PathShape } from '#model/topology/drawing';
import type { Graph, GraphNetwork } from '#model/topology/graph';
import type { Arrangement, MapInput } from '#model/topology/map';
import { allSharers, mayPublish } from '#model/topology/mapCards';
import { type Packing, type PlacedBox, rowGap } from '#model/topology/mapPacking';
import { plugInputs, plugWidth, type Sides } from '#model/topology/mapPlugs';
import { crisp, near, type Sketch } from '#model/topology/mapSketch';
import { busGap, busHeight } from '#model/topology/mapStrands';
import { hostKey, outsideKey } from '#model/topology/nodes';

const margin = 16;
const openGutter = 112;
const titleHeight = 48;

export interface Frame extends Sides {
  readonly originX: number;
  /** What the next layout keeps of the left side. */
  readonly warmth: { readonly gutter: number; readonly channel: number; readonly plugs: boolean };
  readonly leftAllowed: boolean;
  readonly originY: number;
  readonly bottom: number;
  readonly contentLeft: number;
  readonly contentRight: number;
  readonly bus: (index: number) => Box;
  readonly rowTop: (row: number) => number;
}

/** Measures the sides before anything is drawn: how wide the plugs are and on which side words stand outside. */
export function frameOf(
  sketch: Sketch,
  input: MapInput,
  arrangement: Arrangement,
  packing: Packing,
  cardWidth: number,
): Frame {
  const need = { left: { inside: 0, outside: false }, right: { inside: 0, outside: false } };
  const boxes = new Map(packing.boxes.map((box) => [box.id, box]));
  const warm = input.warmth?.left;
  const leftAllowed = warm?.plugs ?? true;
  for (const { network, placements } of arrangement.boxes) {
    const box = boxes.get(network.id);
    if (box === undefined) continue;
    for (const [index, placement] of placements.entries()) {
      const card = box.cards[index];
      if (placement.ghost || card === undefined || !mayPublish(placement.container)) continue;
      for (const container of [placement.container, ...allSharers(placement.container)])
        for (const plug of plugInputs(container, card, cardWidth, box, packing.width / 2, leftAllowed)) {
          const side = need[plug.side];
          const word = plug.plug.exposure === 'local' ? sketch.measure(input.words.thisMachineOnly, 'small') : 0;
          side.inside = Math.max(side.inside, plugWidth(plug.plug, sketch), Math.ceil(word) + 8);
          side.outside ||= plug.plug.exposure !== 'local' && plug.plug.exposure !== 'vain';
        }
    }
  }
  // At least as wide as a five-digit plug, so that the next port does not move every box.
  const channel = (inside: number): number => (inside === 0 ? 28 : Math.max(96, inside) + 36);
  const channelLeft = warm?.channel ?? channel(need.left.inside);
  const channelRight = channel(need.right.inside);
  const left = warm?.gutter ?? (need.left.outside ? openGutter : margin);
  const contentWidth = Math.max(packing.width, 240);
  const originX = left + channelLeft;
  const buses = arrangement.buses.length;
  // Strands to lower rows run down beside the boxes: there the bus reaches beyond them.
  const rows = new Map(packing.boxes.map((box) => [box.id, box.row]));
  const bused = new Set(arrangement.buses);
  const low = arrangement.boxes.some(({ network, placements }) =>
    placements.some(
      ({ container, ghost }) =>
        !ghost &&
        container.endpoints.some((endpoint) => bused.has(endpoint.network)) &&
        (buses > 1 || (rows.get(network.id) ?? 0) > 0),
    ),
  );
  const busOverhang = low ? 10 + buses * 3 : 0;
  const busTop = margin + titleHeight;
  const originY = busTop + buses * busHeight + Math.max(0, buses - 1) * 8 + (buses > 0 ? busGap : 0);
  const right = originX + contentWidth + channelRight;
  const gates = arrangement.boxes.some(({ network }) => ['overlay', 'macvlan', 'ipvlan'].includes(network.kind));
  return {
    originX,
    originY,
    warmth: { gutter: left, channel: channelLeft, plugs: need.left.inside > 0 || (warm?.plugs ?? false) },
    leftAllowed,
    left,
    right,
    channelLeft,
    channelRight,
    top: margin + titleHeight,
    contentLeft: originX,
    contentRight: originX + contentWidth,
    bottom: originY + packing.height + (gates ? 60 : rowGap),
    bus: (index) => ({
      x: originX - busOverhang,
      y: busTop + index * (busHeight + 8),
      width: contentWidth + busOverhang,
      height: busHeight,
    }),
    rowTop: (row) => originY + (packing.rows[row]?.y ?? 0),
    rowBottom: (row) => originY + (packing.rows[row]?.y ?? 0) + (packing.rows[row]?.height ?? 0),
  };
}

/** Draws the host's frame with its title, and returns the drawing's size. */
export function drawFrame(
  sketch: Sketch,
  input: MapInput,
  arrangement: Arrangement,
  frame: Frame,
  bottom: number,
  boxes: ReadonlyMap<string, PlacedBox>,
): { readonly width: number; readonly height: number } {
  const { words, graph } = input;
  const sheet = { x: frame.left, y: margin, width: frame.right - frame.left, height: bottom - margin };
  sketch.nodes.unshift({ key: hostKey, kind: 'host', x: sheet.x, y: sheet.y, width: sheet.width, height: 40 });
  sketch.add('sheet', {
    kind: 'rect',
    key: 'host:sheet',
    role: 'sheet',
    x: crisp(sheet.x),
    y: crisp(sheet.y),
    width: sheet.width - 1,
    height: sheet.height - 1,
    radius: 10,
  });
  for (const { network } of arrangement.boxes) {
    const box = boxes.get(network.id);
    if (network.kind !== 'host' || box === undefined || !docks(box, boxes)) continue;
    if (!crossed(sketch, graph, network, box, bottom)) dock(sketch, network, box, bottom);
  }
  const y = margin + 28.5;
  sketch.add('texts', {
    kind: 'icon',
    key: 'host:icon',
    role: 'plain',
    icon: 'vm',
    x: sheet.x + 20,
    y: margin + 16,
    size: 16,
    levels: near,
  });
  const name = sketch.text(words.host, {
    key: 'host:name',
    role: 'title',
    style: 'network',
    x: sheet.x + 44,
    y,
    room: Math.max(80, sheet.width / 3),
    levels: near,
  });
  const engine = graph.snapshot.engine;
  const version = `${engine.kind === 'podman' ? 'Podman' : 'Docker'} ${engine.version}`;
  const used = sketch.text(version, {
    key: 'host:version',
    role: 'dim',
    style: 'small',
    x: sheet.x + 54 + name,
    y,
    room: 160,
    levels: near,
  });
  const empty = arrangement.emptyBuiltIn.map((network) => network.name).join(', ');
  const room = sheet.width - 44 - name - 10 - used - 40;
  if (empty !== '' && room > 120)
    sketch.text(words.emptyBuiltIn(empty), {
      key: 'host:empty',
      role: 'dim',
      style: 'small',
      x: frame.right - 20,
      y,
      anchor: 'end',
      room,
      levels: near,
    });
  const right = frame.right + openGutter;
  sketch.add('texts', {
    kind: 'icon',
    key: 'lan:icon',
    role: 'dim',
    icon: 'globe',
    x: frame.right + 17,
    y: margin + 16,
    size: 16,
    levels: near,
  });
  sketch.text(words.lan, {
    key: 'lan:name',
    role: 'dim',
    style: 'small',
    x: frame.right + 39,
    y,
    room: 70,
    levels: near,
  });
  sketch.nodes.push({ key: outsideKey, kind: 'outside', x: frame.right + 9, y: margin + 8, width: 94, height: 32 });
  const gates = arrangement.boxes.some(({ network }) => ['overlay', 'macvlan', 'ipvlan'].includes(network.kind));
  return { width: right, height: bottom + (gates ? 48 : margin) };
}

/** Whether nothing stands between the box and the frame's lower edge. */
const docks = (box: PlacedBox, boxes: ReadonlyMap<string, PlacedBox>): boolean =>
  [...boxes.values()].every(
    (other) => other.row <= box.row || other.x >= box.x + box.width || other.x + other.width <= box.x,
  );

/** Whether a line of another network runs below the box: then it stays clear of the frame, so that nothing passes it. */
function crossed(sketch: Sketch, graph: Graph, network: GraphNetwork, box: PlacedBox, bottom: number): boolean {
  const own = [...graph.containers.values()].filter((container) => container.mapHome === network);
  const ports = new Set(own.flatMap((container) => container.plugs.map((plug) => plug.key)));
  const lines = [...sketch.layer('wires'), ...sketch.layer('strands')];
  return lines.some((shape) => {
    if (shape.kind !== 'path' || !drawnLines.has(shape.role) || ports.has(shape.node ?? '')) return false;
    const numbers = numbersOf(shape);
    for (let index = 0; index + 3 < numbers.length; index += 2) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers.slice(index, index + 4);
      const beside = Math.max(x1, x2) <= box.x || Math.min(x1, x2) >= box.x + box.width;
      if (!beside && Math.max(y1, y2) > box.y + box.height - 9 && Math.min(y1, y2) < bottom) return true;
    }
    return false;
  });
}

const drawnLines = new Set(['wire', 'strand']);
const known = new WeakMap<PathShape, readonly number[]>();

/** Kept, for most lines are those of the layout before. */
function numbersOf(path: PathShape): readonly number[] {
  const before = known.get(path);
  if (before) return before;
  const numbers = (path.d.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  known.set(path, numbers);
  return numbers;
}

/** Host mode has no network of its own: its box stands open on the frame. */
function dock(sketch: Sketch, network: GraphNetwork, box: PlacedBox, bottom: number): void {
  const top = box.y + box.height - 9;
  const left = box.x + 0.75;
  const right = box.x + box.width - 0.75;
  sketch.add(
    'boxes',
    {
      kind: 'path',
      key: `${network.key}:dock`,
      role: 'box',
      slot: network.slot,
      node: network.key,
      d: `M${left} ${top}H${right}V${bottom - 1}H${left}Z`,
    },
    {
      kind: 'path',
      key: `${network.key}:docked`,
      role: 'rim',
      slot: network.slot,
      node: network.key,
      d: `M${left} ${top}V${bottom - 0.5}M${right} ${top}V${bottom - 0.5}`,
    },
  );
}
