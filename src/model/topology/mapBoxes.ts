/** A network's box on the map: fill, rim by texture and driver, header, and the far view's cells. */
import type { Box, DrawingWords } from '#model/topology/drawing';
import type { GraphContainer, GraphNetwork } from '#model/topology/graph';
import type { PlacedBox } from '#model/topology/mapPacking';
import { cardHeight } from '#model/topology/mapPacking';
import { close, far, middle, near, type Sketch } from '#model/topology/mapSketch';

export interface BoxCard {
  readonly container: GraphContainer;
  readonly box: Box;
}

/** Driver, and what the driver alone does not tell: the parent interface, the swarm, the default bridge. */
export function driverWord(network: GraphNetwork, words: DrawingWords): string {
  if (network.kind === 'host') return words.hostNetwork;
  if (network.kind === 'none') return words.noNetwork;
  if (network.parent !== undefined) return `${network.driver} · ${network.parent}`;
  if (network.kind === 'overlay') return `${network.driver} · ${words.swarm}`;
  if (network.builtIn && network.kind === 'bridge') return `${network.driver} · ${words.defaultNetwork}`;
  return network.driver;
}

const rounded = (box: Box, radius: number): string => {
  const { x, y, width: w, height: h } = box;
  const r = radius;
  return `M${x + r} ${y}H${x + w - r}Q${x + w} ${y} ${x + w} ${y + r}V${y + h - r}Q${x + w} ${y + h} ${x + w - r} ${y + h}H${x + r}Q${x} ${y + h} ${x} ${y + h - r}V${y + r}Q${x} ${y} ${x + r} ${y}Z`;
};

/** Draws the box of `network` at `placed`, in the drawing's coordinates, and adds its node. */
export function drawBox(
  sketch: Sketch,
  network: GraphNetwork,
  placed: PlacedBox,
  cards: readonly BoxCard[],
  words: DrawingWords,
): void {
  const node = network.key;
  const inner = { x: placed.x + 0.75, y: placed.y + 0.75, width: placed.width - 1.5, height: placed.height - 1.5 };
  const marks = [
    `t${network.slot}`,
    ...(network.internal ? ['internal'] : []),
    ...(network.kind === 'none' ? ['nothing'] : []),
  ];
  sketch.nodes.push({
    key: node,
    kind: 'network',
    x: placed.x,
    y: placed.y,
    width: placed.width,
    height: placed.height,
    networkId: network.id,
  });
  if (network.kind === 'overlay') {
    const right = placed.x + placed.width;
    const bottom = placed.y + placed.height;
    sketch.add('boxes', {
      kind: 'path',
      key: `${node}:behind`,
      role: 'rim',
      slot: network.slot,
      marks: [...marks, 'behind'],
      node,
      levels: close,
      d: `M${placed.x + 8} ${bottom + 4}H${right - 4}Q${right + 4} ${bottom + 4} ${right + 4} ${bottom - 4}V${placed.y + 8}`,
    });
  }
  sketch.add('boxes', {
    kind: 'rect',
    key: `${node}:box`,
    role: 'box',
    slot: network.slot,
    marks,
    node,
    radius: 8,
    ...inner,
  });
  if (network.internal)
    sketch.add('boxes', {
      kind: 'rect',
      key: `${node}:wall`,
      role: 'hatched',
      slot: network.slot,
      node,
      levels: close,
      x: placed.x + 3.25,
      y: placed.y + 3.25,
      width: placed.width - 6.5,
      height: placed.height - 6.5,
      radius: 6,
    });
  sketch.add('boxes', {
    kind: 'rect',
    key: `${node}:rim`,
    role: 'rim',
    slot: network.slot,
    marks,
    node,
    radius: 8,
    ...inner,
  });
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
      x: placed.x + 3.5,
      y: placed.y + 3.5,
      width: placed.width - 7,
      height: placed.height - 7,
    });
  drawHeader(sketch, network, placed, words);
  drawCells(sketch, network, cards);
}

function drawHeader(sketch: Sketch, network: GraphNetwork, placed: PlacedBox, words: DrawingWords): void {
  const node = network.key;
  const left = placed.x + 16;
  const right = placed.x + placed.width - 16;
  const room = right - left;
  const driver = driverWord(network, words);
  const nameWidth = sketch.measure(network.name.slice(0, 80), 'network');
  const candidates = (network.builtIn ? [driver] : [driver, network.driver]).map((text) => ({
    text,
    width: sketch.measure(text, 'small'),
  }));
  const word = candidates.find((candidate) => nameWidth + 10 + candidate.width <= room);
  sketch.text(network.name, {
    key: `${node}:name`,
    role: 'title',
    style: 'network',
    x: left,
    y: placed.y + 24.5,
    room: word ? room - 10 - word.width : room,
    node,
    levels: near,
  });
  if (word)
    sketch.text(word.text, {
      key: `${node}:driver`,
      role: 'dim',
      style: 'small',
      x: right,
      y: placed.y + 24,
      anchor: 'end',
      room: word.width + 1,
      node,
      levels: near,
    });
  for (const [level, role] of [
    [middle, 'middletitle'],
    [far, 'fartitle'],
  ] as const)
    sketch.text(network.name, {
      key: `${node}:${role}`,
      role,
      style: 'network',
      x: level === far ? placed.x + 12 : left,
      y: placed.y + 30,
      room: placed.width - 24,
      node,
      levels: level,
    });
  const subnet = network.subnet ?? '';
  if (!word && subnet === '')
    sketch.text(driver, {
      key: `${node}:driver`,
      role: 'dim',
      style: 'small',
      x: left,
      y: placed.y + 42,
      room,
      node,
      levels: near,
    });
  const subnetWidth = sketch.measure(subnet, 'mono');
  if (subnet !== '')
    sketch.text(subnet, {
      key: `${node}:subnet`,
      role: 'dim',
      style: 'mono',
      x: left,
      y: placed.y + 42,
      room,
      node,
      levels: near,
    });
  const gateway = network.internal
    ? words.internal
    : network.gatewayShort
      ? `${words.gateway} ${network.gatewayShort}`
      : '';
  const style = network.internal ? 'small' : 'mono';
  const width = sketch.measure(gateway, style);
  if (gateway === '' || subnetWidth + 10 + width + (network.internal ? 18 : 0) > room) return;
  sketch.text(gateway, {
    key: `${node}:gateway`,
    role: network.internal ? 'strong' : 'dim',
    style,
    x: right,
    y: placed.y + 42,
    anchor: 'end',
    room: width + 1,
    node,
    levels: near,
  });
  if (network.internal)
    sketch.add('texts', {
      kind: 'icon',
      key: `${node}:lock`,
      role: 'plain',
      icon: 'lock',
      x: right - width - 17,
      y: placed.y + 32,
      size: 13,
      node,
      levels: near,
    });
}

/** Far away a card is a cell: filled, outlined (stopped) or with a cut corner (unhealthy); three paths a box at most. */
function drawCells(sketch: Sketch, network: GraphNetwork, cards: readonly BoxCard[]): void {
  const paths = { running: '', stopped: '', bad: '' };
  for (const { container, box } of cards) {
    const cell = { x: box.x, y: box.y, width: box.width, height: Math.min(box.height, cardHeight) };
    if (container.unhealthy) {
      const cut = 20;
      paths.bad += `M${cell.x} ${cell.y}H${cell.x + cell.width - cut * 2}L${cell.x + cell.width} ${cell.y + cell.height}H${cell.x}Z`;
    } else if (container.running) paths.running += rounded(cell, 6);
    else paths.stopped += rounded(cell, 6);
  }
  const add = (d: string, name: string, marks: readonly string[]): void => {
    if (d !== '')
      sketch.add('cards', {
        kind: 'path',
        key: `${network.key}:cells:${name}`,
        role: 'cell',
        slot: network.slot,
        marks,
        d,
        node: network.key,
        levels: far,
      });
  };
  add(paths.running, 'running', []);
  add(paths.stopped, 'stopped', ['empty']);
  add(paths.bad, 'bad', ['bad']);
}
