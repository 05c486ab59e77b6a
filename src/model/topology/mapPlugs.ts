/** Published ports on the map: plugs on the frame's sides, each with a wire to its card that crosses no card. */
import type { Box, DrawingWords } from '#model/topology/drawing';
import type { GraphContainer } from '#model/topology/graph';
import type { PlacedBox, PlacedCard } from '#model/topology/mapPacking';
import { close, far, middle, near, type Sketch } from '#model/topology/mapSketch';
import { drawWire } from '#model/topology/mapWires';
import { containerPortsOf, hostPortsOf, type Plug } from '#model/topology/plugs';

export const plugHeight = 18;
const pitch = 22;
const tipLength = 13;

/** A port and where its wire starts: `straight` when nothing stands between its card and the frame. */
export interface PlugInput {
  readonly plug: Plug;
  readonly container: GraphContainer;
  readonly card: PlacedCard;
  readonly cardWidth: number;
  readonly box: PlacedBox;
  readonly side: 'left' | 'right';
  readonly straight: boolean;
  /** Height of the wire's start on the card's edge. */
  readonly anchor: number;
}

export interface Sides {
  /** x of the frame's left and right edge. */
  readonly left: number;
  readonly right: number;
  /** Space between the frame and the boxes, in pixels. */
  readonly channelLeft: number;
  readonly channelRight: number;
  /** First y at which a plug may stand. */
  readonly top: number;
  /** y just below each row of boxes. */
  readonly rowBottom: (row: number) => number;
}

const label = (plug: Plug): string => `${hostPart(plug)}→${containerPortsOf(plug)}`;
const hostPart = (plug: Plug): string => hostPortsOf(plug, '?');

export const plugWidth = (plug: Plug, sketch: Sketch): number => Math.ceil(sketch.measure(label(plug), 'mono')) + 20;

/** Which side each port leaves by: the nearest when its card stands at the box's and the row's end, else the right. */
export function plugInputs(
  container: GraphContainer,
  card: PlacedCard,
  cardWidth: number,
  box: PlacedBox,
  centre: number,
  leftAllowed: boolean,
): PlugInput[] {
  const atRight = box.rightmost && card.column === box.columns - 1;
  const atLeft = leftAllowed && box.leftmost && card.column === 0;
  const nearest = leftAllowed && box.x + box.width / 2 < centre ? 'left' : 'right';
  const side = atRight === atLeft ? nearest : atRight ? 'right' : 'left';
  const count = container.plugs.length;
  return container.plugs.map((plug, index) => ({
    plug,
    container,
    card,
    cardWidth,
    box,
    side,
    straight: atRight || atLeft,
    anchor: card.y + (count <= 2 ? 15 + index * pitch : Math.round((52 * (index + 1)) / (count + 1))),
  }));
}

/** Word beside the plug, outside the frame; `below` stands under it, inside. */
function exposureWord(plug: Plug, words: DrawingWords): { text: string; below: boolean } {
  switch (plug.exposure) {
    case 'all':
      return { text: words.allInterfaces, below: false };
    case 'ipv4':
      return { text: words.allIpv4, below: false };
    case 'one':
      return { text: plug.address ?? '', below: false };
    case 'local':
      return { text: words.thisMachineOnly, below: true };
    case 'vain':
      return { text: words.noEffect, below: true };
  }
}

/** Draws all plugs of one side and returns the y of the lowest edge drawn. */
export function drawSide(
  sketch: Sketch,
  side: 'left' | 'right',
  inputs: readonly PlugInput[],
  sides: Sides,
  words: DrawingWords,
): number {
  const ordered = inputs
    .map((input, index) => ({ input, index, wanted: wantedCentre(input, sides, index) }))
    .sort((a, b) => a.wanted - b.wanted || a.index - b.index);
  let free = sides.top;
  let tips = '';
  ordered.forEach(({ input, wanted }, order) => {
    const centre = Math.max(wanted, free + plugHeight / 2);
    const word = exposureWord(input.plug, words);
    free = centre - plugHeight / 2 + (word.below ? pitch + 16 : pitch);
    const { plug, container, card, cardWidth, straight, anchor } = input;
    const own = [plug, container.id, card.x, cardWidth, straight, anchor, sides.rowBottom(input.box.row)];
    const { left, right, channelLeft, channelRight } = sides;
    // The lanes of wires repeat after four and three.
    sketch.part(plug.key, [...own, side, centre, left, right, channelLeft, channelRight, order % 12], () => {
      const box = drawPlug(sketch, side, input, centre, sides, words);
      drawWire(sketch, side, input, centre, box, sides, order);
    });
    tips += farTip(side, input.plug, centre, sides);
  });
  if (tips !== '')
    sketch.add('plugs', { kind: 'path', key: `tips:${side}`, role: 'tip', marks: ['open'], d: tips, levels: far });
  return free;
}

/** A straight wire wants its card's height; a routed one the gap below its row of boxes. */
function wantedCentre(input: PlugInput, sides: Sides, index: number): number {
  return input.straight ? input.anchor : sides.rowBottom(input.box.row) + 6 + (index % 3) * 4;
}

function farTip(side: 'left' | 'right', plug: Plug, centre: number, sides: Sides): string {
  if (plug.exposure === 'local' || plug.exposure === 'vain') return '';
  const edge = side === 'left' ? sides.left : sides.right;
  const out = side === 'left' ? -tipLength : tipLength;
  return `M${edge} ${centre - 9}L${edge + out} ${centre}L${edge} ${centre + 9}Z`;
}

function drawPlug(
  sketch: Sketch,
  side: 'left' | 'right',
  input: PlugInput,
  centre: number,
  sides: Sides,
  words: DrawingWords,
): Box {
  const { plug } = input;
  const node = plug.key;
  const width = plugWidth(plug, sketch);
  const edge = side === 'left' ? sides.left : sides.right;
  const away = side === 'left' ? -1 : 1;
  const gap = plug.exposure === 'vain' ? 6 : 0;
  const x = side === 'left' ? edge + gap : edge - gap - width;
  const y = centre - plugHeight / 2;
  const box = { x, y, width, height: plugHeight };
  const marks = [plug.exposure];
  const open = plug.exposure === 'all' || plug.exposure === 'ipv4' || plug.exposure === 'one';
  sketch.nodes.push({
    key: node,
    kind: 'port',
    ...box,
    y: y - 3,
    height: 24,
    containerId: input.container.id,
    parent: input.container.key,
    port: { hostIp: plug.bindings[0]?.hostIp ?? '', hostPort: plug.hostPort, port: plug.port, protocol: plug.protocol },
  });
  sketch.add('plugs', {
    kind: 'rect',
    key: node,
    role: 'plug',
    marks,
    node,
    levels: close,
    radius: 4,
    x: x + 0.5,
    y: y + 0.5,
    width: width - 1,
    height: plugHeight - 1,
  });
  if (open) {
    const d = `M${edge} ${y}H${edge + 5 * away}L${edge + tipLength * away} ${centre}L${edge + 5 * away} ${y + plugHeight}H${edge}Z`;
    sketch.add('plugs', { kind: 'path', key: `${node}:tip`, role: 'tip', marks, node, levels: close, d });
  }
  if (plug.exposure === 'local')
    sketch.add('plugs', {
      kind: 'rect',
      key: `${node}:bar`,
      role: 'bar',
      node,
      levels: close,
      x: edge - 1.5,
      y: y - 1,
      width: 3,
      height: plugHeight + 2,
      radius: 1.5,
    });
  const room = width - 12;
  sketch.text(label(plug), {
    key: `${node}:label`,
    role: 'portlabel',
    style: 'mono',
    x: x + width / 2,
    y: centre + 4,
    anchor: 'middle',
    room,
    node,
    marks,
    levels: near,
  });
  sketch.text(hostPart(plug), {
    key: `${node}:middle`,
    role: 'middleport',
    style: 'mono',
    x: x + width / 2,
    y: centre + 4,
    anchor: 'middle',
    room,
    node,
    marks,
    levels: middle,
  });
  drawExposure(sketch, side, plug, box, edge, words);
  return box;
}

function drawExposure(
  sketch: Sketch,
  side: 'left' | 'right',
  plug: Plug,
  box: Box,
  edge: number,
  words: DrawingWords,
): void {
  const word = exposureWord(plug, words);
  if (word.text === '') return;
  const key = `${plug.key}:word`;
  const room = word.below ? 150 : 110;
  if (!word.below) {
    const x = side === 'left' ? edge - tipLength - 7 : edge + tipLength + 7;
    sketch.text(word.text, {
      key,
      role: 'dim',
      style: 'small',
      x,
      y: box.y + 13,
      anchor: side === 'left' ? 'end' : 'start',
      room,
      node: plug.key,
      levels: near,
    });
    return;
  }
  const vain = plug.exposure === 'vain';
  const left = side === 'left' ? box.x + 8 : box.x + box.width - 8;
  const width = sketch.text(word.text, {
    key,
    role: 'dim',
    style: 'small',
    x: left + (side === 'left' && vain ? 16 : 0),
    y: box.y + plugHeight + 14,
    anchor: side === 'left' ? 'start' : 'end',
    room,
    node: plug.key,
    levels: near,
  });
  if (vain)
    sketch.add('texts', {
      kind: 'icon',
      key: `${plug.key}:warning`,
      role: 'warn',
      icon: 'warning',
      size: 13,
      x: side === 'left' ? left : left - width - 17,
      y: box.y + plugHeight + 4,
      node: plug.key,
      levels: near,
    });
}
