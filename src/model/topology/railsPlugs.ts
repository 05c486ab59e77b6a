/** Draws the published ports of one row: plugs whose shape tells how far they reach, at the host's edge. */
import type { DrawingWords, DrawnNode } from '#model/topology/drawing';
import type { GraphContainer } from '#model/topology/graph';
import { containerPortsOf, type Exposure, hostPortsOf, type Plug } from '#model/topology/plugs';
import { drawnPlugs, mostPlugs, type PlannedRow, type RailsMetrics } from '#model/topology/railsPlan';
import type { Sketch } from '#model/topology/railsSketch';

const reach: Readonly<Record<Exposure, number>> = { all: 0, ipv4: 1, one: 2, local: 3, vain: 4 };

/** The word for a plug's reach; IPv6 alone and single addresses are told by the address. */
export function exposureWord(plug: Plug, words: DrawingWords, compact: boolean): string {
  switch (plug.exposure) {
    case 'all':
      return compact ? words.allShort : words.allInterfaces;
    case 'ipv4':
      return compact ? words.allShort : words.allIpv4;
    case 'local':
      return compact ? words.local : words.thisMachineOnly;
    case 'one':
      return plug.address ?? '';
    case 'vain':
      return words.noEffect;
  }
}

/** Outline of a plug 18 high around `middle`, from `left` to the edge; drawn by both drawings' right sides. */
function plugShapes(sketch: Sketch, plug: Plug, left: number, middle: number, edge: number): void {
  const traits = { node: plug.key, marks: [plug.exposure] };
  const top = middle - 9;
  const span: [number, number] = [top, top + 18];
  if (plug.exposure === 'vain') {
    const box = { x: left + 0.5, y: top + 0.5, width: edge - 6 - left - 0.5, height: 17 };
    sketch.rect(`${plug.key}:body`, 'plug', box, { ...traits, radius: 4 });
    return;
  }
  if (plug.exposure !== 'local') {
    const d = `M${edge} ${top}H${edge + 5}L${edge + 13} ${middle}L${edge + 5} ${top + 18}H${edge}Z`;
    sketch.path(`${plug.key}:tip`, 'tip', d, span, traits);
  }
  const d = `M${edge} ${top + 0.5}H${left + 4.5}Q${left + 0.5} ${top + 0.5} ${left + 0.5} ${top + 4.5}V${top + 13.5}Q${left + 0.5} ${top + 17.5} ${left + 4.5} ${top + 17.5}H${edge}`;
  sketch.path(`${plug.key}:body`, 'plug', d, span, traits);
  if (plug.exposure === 'local')
    sketch.rect(
      `${plug.key}:bar`,
      'bar',
      { x: edge - 1.5, y: top - 1, width: 3, height: 20 },
      { ...traits, radius: 1.5 },
    );
}

/** Left ends of what stands at the right of each line, so that the row's texts know their room. */
export interface RightSide {
  readonly lines: readonly number[];
  /** Left ends of the plugs, for the leader; undefined where the row has none. */
  readonly plug?: number;
}

const arrow = '→';

/** Comfortable rows: one plug under another, `80→80`, the exposure in words beneath. */
export function drawPlugs(
  sketch: Sketch,
  row: PlannedRow,
  metrics: RailsMetrics,
  words: DrawingWords,
  nodes: DrawnNode[],
): RightSide {
  const { container } = row;
  const { edge } = metrics;
  const { measure } = sketch;
  const plain = edge - 7.5;
  const count = drawnPlugs(container);
  if (count === 0) return { lines: [plain, plain] };
  const lines: number[] = [];
  const shown = container.plugs.length > mostPlugs ? container.plugs.slice(0, mostPlugs - 1) : container.plugs;
  shown.forEach((plug, index) => {
    const middle = row.top + 13 + 20 * index;
    const from = hostPortsOf(plug);
    const to = containerPortsOf(plug);
    const widths = [measure(from, 'mono'), measure(arrow, 'small'), measure(to, 'mono')] as const;
    const width = widths[0] + widths[1] + widths[2] + 4.5 + 16;
    const end = plug.exposure === 'vain' ? edge - 6 : edge;
    const left = Math.floor(end - width);
    plugShapes(sketch, plug, left, middle, edge);
    const traits = { node: plug.key, marks: [plug.exposure] };
    let x = left + 8;
    sketch.text(`${plug.key}:from`, from, 'mono', x, middle + 4, { ...traits, role: 'portlabel' });
    x += widths[0] + 1.5;
    sketch.text(`${plug.key}:arrow`, arrow, 'small', x, middle + 4, traits);
    x += widths[1] + 3;
    sketch.text(`${plug.key}:to`, to, 'mono', x, middle + 4, { ...traits, role: 'portlabel' });
    nodes.push(portNode(container, plug, { x: left, y: middle - 10, width: edge + 13 - left, height: 20 }));
    lines.push(left - 8);
  });
  if (shown.length < count) {
    const middle = row.top + 13 + 20 * shown.length;
    lines.push(drawMore(sketch, container, container.plugs.length - shown.length, middle, edge, words) - 8);
  }
  const said = metrics.narrow ? [] : [...new Set(shown.map((plug) => exposureWord(plug, words, false)))];
  const vain = shown.some((plug) => plug.exposure === 'vain');
  const text = said.filter((word) => word !== '').join(' · ');
  const y = row.top + 33 + 20 * (count - 1);
  const icon = vain ? 18 : 0;
  const wordWidth = measure(text, 'small');
  const fits = text !== '' && plain - wordWidth - icon > metrics.nameX + 60;
  const end = fits ? plain - wordWidth : plain;
  if (fits) sketch.text(`exposure:${container.id}`, text, 'small', plain, y, { anchor: 'end', node: container.key });
  if (vain) {
    const traits = { node: container.key, marks: ['warn'] };
    sketch.icon(`vain:${container.id}`, 'warning', end - 18, y - 11, 14, traits);
  }
  lines.push(end - icon - 8);
  return { lines: [lines[0]!, lines[1] ?? plain], plug: lines[0]! };
}

/** Compact rows: host ports of the farthest reach in one plug, the rest counted. */
export function drawCompactPlugs(
  sketch: Sketch,
  row: PlannedRow,
  metrics: RailsMetrics,
  words: DrawingWords,
  nodes: DrawnNode[],
  room: number,
): RightSide {
  const { container } = row;
  const { edge } = metrics;
  const { measure } = sketch;
  const plain = edge - 7.5;
  if (container.plugs.length === 0) return { lines: [plain] };
  const middle = row.top + 12;
  const farthest = container.plugs.reduce((best, plug) => (reach[plug.exposure] < reach[best.exposure] ? plug : best));
  const alike = container.plugs.filter(
    (plug) => plug.exposure === farthest.exposure && plug.address === farthest.address,
  );
  const space = 7;
  const widths = alike.map((plug) => measure(hostPortsOf(plug), 'mono'));
  let shown = Math.min(mostPlugs, alike.length);
  const total = (count: number): number => widths.slice(0, count).reduce((sum, one) => sum + one + space, 16 - space);
  while (shown > 1 && total(shown) > room) shown--;
  const vain = farthest.exposure === 'vain';
  const left = Math.floor((vain ? edge - 6 : edge) - total(shown));
  plugShapes(sketch, farthest, left, middle, edge);
  let x = left + 8;
  alike.slice(0, shown).forEach((plug, index) => {
    const traits = { node: plug.key, marks: [plug.exposure] };
    sketch.text(`${plug.key}:from`, hostPortsOf(plug), 'mono', x, middle + 4, { ...traits, role: 'portlabel' });
    const start = index === 0 ? left : x - space / 2;
    const end = index === shown - 1 ? edge + 13 : x + widths[index]! + space / 2;
    nodes.push(portNode(container, plug, { x: start, y: row.top, width: end - start, height: 24 }));
    x += widths[index]! + space;
  });
  let end = left - 8;
  const hidden = container.plugs.length - shown;
  const least = edge - room;
  if (hidden > 0) {
    const more = words.more(hidden);
    sketch.text(`more:${container.id}`, more, 'small', end, middle + 4, { anchor: 'end', node: container.key });
    end -= measure(more, 'small') + 8;
  }
  const word = metrics.narrow ? '' : exposureWord(farthest, words, true);
  const width = measure(word, 'small');
  const icon = vain ? 18 : 0;
  const traits = { node: container.key };
  if (word && end - width - icon > least) {
    sketch.text(`exposure:${container.id}`, word, 'small', end, middle + 4, { ...traits, anchor: 'end' });
    end -= width + (vain ? 0 : 8);
  }
  if (vain && end - 26 > least) {
    sketch.icon(`vain:${container.id}`, 'warning', end - 18, middle - 7, 14, { ...traits, marks: ['warn'] });
    end -= 26;
  }
  return { lines: [end], plug: end };
}

function drawMore(
  sketch: Sketch,
  container: GraphContainer,
  hidden: number,
  middle: number,
  edge: number,
  words: DrawingWords,
): number {
  const text = words.more(hidden);
  const width = sketch.measure(text, 'mono') + 16;
  const left = Math.floor(edge - 6 - width);
  const box = { x: left + 0.5, y: middle - 8.5, width: width - 1, height: 17 };
  sketch.rect(`more:${container.id}:body`, 'plug', box, { radius: 4, node: container.key, marks: ['more'] });
  sketch.text(`more:${container.id}`, text, 'mono', left + 8, middle + 4, { node: container.key, role: 'portlabel' });
  return left;
}

function portNode(
  container: GraphContainer,
  plug: Plug,
  box: { x: number; y: number; width: number; height: number },
): DrawnNode {
  const { hostIp, hostPort, port, protocol } = plug.bindings[0]!;
  return {
    key: plug.key,
    kind: 'port',
    ...box,
    containerId: container.id,
    port: { hostIp, hostPort, port, protocol },
    parent: container.key,
  };
}
