/** One card of the map: a container in its home network, or its ghost in another. */
import type { DrawingWords, Shape } from '#model/topology/drawing';
import type { GraphContainer, GraphEndpoint, GraphNetwork } from '#model/topology/graph';
import { cardHeight, type PlacedCard } from '#model/topology/mapPacking';
import { drawSharers } from '#model/topology/mapSharers';
import { close, crisp, middle, near, type Sketch } from '#model/topology/mapSketch';
import { ghostKey } from '#model/topology/nodes';
import { shorten } from '#model/topology/widths';

export interface CardInput {
  readonly container: GraphContainer;
  readonly endpoint: GraphEndpoint;
  readonly network: GraphNetwork;
  readonly placed: PlacedCard;
  readonly width: number;
  readonly ghost: boolean;
}

/** Most containers publish nothing and have no sharers: thousands are passed over at each layout. */
export const mayPublish = ({ plugs, sharers }: GraphContainer): boolean => plugs.length > 0 || sharers.length > 0;

/** Sharers of sharers hang below the same owner: one flat list, each once. */
export function allSharers(container: GraphContainer): readonly GraphContainer[] {
  if (container.sharers.length === 0) return container.sharers;
  return container.sharers.flatMap((sharer) => [sharer, ...allSharers(sharer)]);
}

/** Natural width of a card in pixels; the drawing's cards are as wide as the widest within 150 to 180. */
export function wantedWidth(container: GraphContainer, ghost: boolean, sketch: Sketch, words: DrawingWords): number {
  const address = Math.max(0, ...container.endpoints.map((endpoint) => sketch.measure(endpoint.address ?? '', 'mono')));
  const word = ghost ? words.inNetwork(container.mapHome.name) : container.unhealthy ? words.unhealthy : '';
  const besides = word === '' ? 0 : 8 + sketch.measure(word, 'small');
  return 28 + Math.max(sketch.measure(container.name.slice(0, 40), 'name') + besides, address) + 12;
}

/** The dot of an endpoint: ● bridge, ◆ overlay, ■ macvlan, ipvlan and host, ⊘ none. */
export function dotShape(
  key: string,
  x: number,
  y: number,
  r: number,
  network: GraphNetwork,
  marks: readonly string[],
  node: string,
): Shape {
  const base = { key, role: 'dot', slot: network.slot, marks, node, levels: close };
  switch (network.kind) {
    case 'overlay':
      return { ...base, kind: 'path', d: `M${x} ${y - r - 1}L${x + r + 1} ${y}L${x} ${y + r + 1}L${x - r - 1} ${y}Z` };
    case 'macvlan':
    case 'ipvlan':
    case 'host':
      return {
        ...base,
        kind: 'rect',
        x: x - r + 0.5,
        y: y - r + 0.5,
        width: 2 * r - 1,
        height: 2 * r - 1,
        radius: 1.5,
      };
    case 'none': {
      const slant = Math.round(r * 0.7 * 10) / 10;
      const circle = `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}`;
      return {
        ...base,
        role: 'void',
        kind: 'path',
        d: `${circle}M${x - slant} ${y + slant}L${x + slant} ${y - slant}`,
      };
    }
    default:
      return { ...base, kind: 'circle', cx: x, cy: y, r: marks.includes('hollow') ? r - 0.75 : r };
  }
}

/** Draws the card, its dot, texts and sharers, and adds its node. */
export function drawCard(sketch: Sketch, input: CardInput, words: DrawingWords): void {
  const { container, endpoint, network, placed, width, ghost } = input;
  const node = ghost ? ghostKey(network.id, container.id) : container.key;
  const { x, y } = placed;
  const marks = [...(container.running ? [] : ['stopped']), ...(ghost ? ['ghost'] : [])];
  sketch.nodes.push({
    key: node,
    kind: ghost ? 'ghost' : 'container',
    x,
    y,
    width,
    height: cardHeight,
    networkId: network.id,
    containerId: container.id,
    parent: network.key,
  });
  const card = { x: crisp(x), y: crisp(y), width: width - 1, height: placed.height - 1, radius: 6 };
  sketch.add('cards', { kind: 'rect', key: `${node}:card`, role: 'card', marks, node, levels: close, ...card });
  const dot = { x: x + 16, y: y + 18 };
  if (container.unhealthy && !ghost)
    sketch.add('cards', {
      kind: 'circle',
      key: `${node}:alarm`,
      role: 'alarm',
      cx: dot.x,
      cy: dot.y,
      r: 7,
      node,
      levels: close,
    });
  const radius = container.unhealthy && !ghost ? 4 : 5;
  sketch.add('cards', dotShape(endpoint.key, dot.x, dot.y, radius, network, container.running ? [] : ['hollow'], node));
  drawTexts(sketch, input, words, node, marks);
  if (!ghost) drawSharers(sketch, input, words);
}

/** The exceptional word first: it is never cut; then what else there is room for. */
function firstWord(input: CardInput, words: DrawingWords): { text: string; role: string; keep: boolean } {
  const { container, endpoint, ghost } = input;
  const address = endpoint.address !== undefined;
  if (ghost) return { text: words.inNetwork(container.mapHome.name), role: 'dim', keep: false };
  if (container.unhealthy) return { text: words.unhealthy, role: 'bad', keep: true };
  if (container.paused) return { text: words.paused, role: 'strong', keep: true };
  if (!container.running && address) return { text: words.stopped, role: 'strong', keep: true };
  return { text: container.image.replace(/@sha256:.*$/, '').replace(/^.*\//, ''), role: 'dim', keep: false };
}

function drawTexts(
  sketch: Sketch,
  input: CardInput,
  words: DrawingWords,
  node: string,
  marks: readonly string[],
): void {
  const { container, endpoint, network, placed, width } = input;
  const left = placed.x + 28;
  const right = placed.x + width - 12;
  const style = container.running ? 'name' : 'stopped';
  const word = firstWord(input, words);
  const wordWidth = sketch.measure(word.text, 'small');
  const nameWidth = Math.min(sketch.measure(container.name.slice(0, 80), style), right - left);
  const room = right - left;
  // A name is never cut under six characters: where that leaves no room, the exceptional word goes to the second line.
  const least = sketch.measure(shorten(container.name, style, 1, sketch.measure), style);
  const isLow = word.keep && Math.min(nameWidth, least) + 8 + wordWidth > room;
  const shown = word.text !== '' && !isLow && (word.keep || nameWidth + 8 + wordWidth <= room);
  sketch.text(container.name, {
    key: `${node}:name`,
    role: 'name',
    style,
    x: left,
    y: placed.y + 22.5,
    room: shown ? room - 8 - wordWidth : room,
    node,
    marks,
    levels: near,
  });
  sketch.text(container.name, {
    key: `${node}:middle`,
    role: 'middle',
    style: 'small',
    x: left,
    y: placed.y + 22,
    room,
    node,
    marks,
    levels: middle,
  });
  if (shown || isLow)
    sketch.text(word.text, {
      key: `${node}:word`,
      role: word.role,
      style: 'small',
      x: right,
      y: placed.y + (isLow ? 40 : 22),
      anchor: 'end',
      room: wordWidth + 1,
      node,
      levels: near,
    });
  const second = endpoint.address ?? secondLine(container, network, words);
  const used = sketch.text(second, {
    key: `${node}:second`,
    role: endpoint.address === undefined && !container.running ? 'strong' : 'dim',
    style: endpoint.address === undefined ? 'small' : 'mono',
    x: left,
    y: placed.y + 40,
    room: isLow ? room - 8 - wordWidth : room,
    node,
    marks,
    levels: near,
  });
  if (isLow) return;
  const link = container.links[0];
  const extra = endpoint.staticIp ? words.static : link && !input.ghost ? words.linkTo(link.name) : '';
  const extraWidth = sketch.measure(extra, 'small');
  if (extra === '' || used + 8 + extraWidth > room) return;
  sketch.text(extra, {
    key: `${node}:extra`,
    role: 'dim',
    style: 'small',
    x: right,
    y: placed.y + 40,
    anchor: 'end',
    room: extraWidth + 1,
    node,
    levels: near,
  });
  if (endpoint.staticIp && used + 8 + extraWidth + 16 <= room)
    sketch.add('texts', {
      kind: 'icon',
      key: `${node}:pin`,
      role: 'dim',
      icon: 'pinned',
      x: right - extraWidth - 16,
      y: placed.y + 30,
      size: 12,
      node,
      levels: near,
    });
}

function secondLine(container: GraphContainer, network: GraphNetwork, words: DrawingWords): string {
  if (!container.running) return words.stopped;
  if (network.kind === 'host') return words.hostShort;
  return words.noNetwork;
}
