import type { GraphEndpoint } from '#model/topology/graph';
import { drawDot } from '#model/topology/marks';
import { drawElbow } from '#model/topology/railsDots';
import { lineOne, type PlannedBand, type PlannedRow } from '#model/topology/railsPlan';
import { drawCompactPlugs, drawPlugs, type RightSide } from '#model/topology/railsPlugs';
import { gap, indent, type RowScene } from '#model/topology/railsScene';
import { drawWords, exceptional, type Word } from '#model/topology/railsWords';
import { shorten } from '#model/topology/widths';

/** All that `drawRow` makes it from, but for what all rows have in common. */
export function rowFrom(scene: RowScene, row: PlannedRow): readonly unknown[] {
  const { container, top, depth, owner } = row;
  const from: unknown[] = [container, top, depth];
  if (owner) from.push(owner.container.key, owner.top);
  if (container.sharesWith !== undefined) from.push(scene.graph.containers.get(container.sharesWith)?.name);
  return from;
}

/** The same for all rows of a band: where they stand follows from the band's top and the containers. */
export function rowsFrom(scene: RowScene, { network, top, rows }: PlannedBand): readonly unknown[] {
  const from: unknown[] = [network, top];
  for (const { container } of rows) {
    from.push(container);
    if (container.sharesWith !== undefined) from.push(scene.graph.containers.get(container.sharesWith)?.name);
  }
  return from;
}

export function drawRow(scene: RowScene, row: PlannedRow): void {
  const { sketch, metrics, words, nodes } = scene;
  const { container } = row;
  nodes.push({
    key: container.key,
    kind: 'container',
    x: 4,
    y: row.top,
    width: Math.max(0, metrics.edge - 8),
    height: row.height,
    networkId: container.railsHome.id,
    containerId: container.id,
    parent: row.owner ? row.owner.container.key : container.railsHome.key,
  });
  if (row.depth > 0) drawElbow(scene, row);
  if (container.endpoints[0]?.network.kind === 'host') drawHostMode(scene, row);
  else if (metrics.compact) drawCompact(scene, row);
  else drawComfortable(scene, row, drawPlugs(sketch, row, metrics, words, nodes));
}

function nameOf(scene: RowScene, row: PlannedRow, y: number, room: number): number {
  const { container } = row;
  const style = container.running ? 'name' : 'stopped';
  const x = scene.metrics.nameX + indent * row.depth;
  return x + scene.sketch.text(`name:${container.id}`, container.name, style, x, y, { room, node: container.key });
}

/**
 * Where a row's address begins and how wide its name may be: the column, or further left when the address and what may
 * not be dropped `beside` it are long.
 */
function columns(
  scene: RowScene,
  row: PlannedRow,
  address: string,
  end: number,
  beside = 0,
): { x: number; name: number; fits: boolean } {
  const { sketch, metrics, addressX } = scene;
  const left = metrics.nameX + indent * row.depth;
  if (!address || metrics.tiny) return { x: end, name: end - left - gap, fits: false };
  const width = sketch.measure(address, 'address') + beside;
  const x = Math.min(addressX, Math.floor(end - width));
  const style = row.container.running ? 'name' : 'stopped';
  const least = sketch.measure(shorten(row.container.name, style, 0, sketch.measure), style);
  if (x - 12 - left < least) return { x: end, name: end - left - gap, fits: false };
  return { x, name: x - 12 - left, fits: true };
}

function drawComfortable(scene: RowScene, row: PlannedRow, right: RightSide): void {
  const { sketch, metrics, words } = scene;
  const { container } = row;
  const [endOne = metrics.bandRight, endTwo = metrics.bandRight] = right.lines;
  const traits = { node: container.key };
  const several = container.endpoints.length > 1;
  // The home's endpoint is the last in the order of the rails.
  const [first, second] = [...container.endpoints].reverse();
  const { x, name, fits } = columns(scene, row, first?.address ?? '', endOne);
  const nameEnd = nameOf(scene, row, row.top + 17.5, name);
  let end = nameEnd;
  const stopped = container.running ? [] : ['stopped'];
  const address = (endpoint: GraphEndpoint, y: number, limit: number): number => {
    const key = `address:${endpoint.network.id}:${container.id}`;
    const width = sketch.text(key, endpoint.address!, 'address', x, y, { ...traits, marks: stopped });
    let reached = x + width;
    if (several) {
      const room = limit - reached - 6;
      const label = shorten(endpoint.network.name, 'small', room, sketch.measure);
      if (sketch.measure(label, 'small') <= room)
        reached +=
          6 + sketch.text(`${key}:in`, endpoint.network.name, 'small', reached + 6, y - 0.5, { ...traits, room });
    }
    return reached;
  };
  if (fits && first?.address) end = address(first, row.top + 17.5, endOne);
  drawLeader(scene, row, end, right.plug);

  const lineTwo = row.top + 33;
  let textLimit = endTwo;
  const more = container.endpoints.length - 2;
  if (fits && second?.address && x + sketch.measure(second.address, 'address') <= endTwo) {
    const reached = address(second, lineTwo + 0.5, endTwo - (more > 0 ? 24 : 0));
    if (more > 0) sketch.text(`others:${container.id}`, words.more(more), 'small', reached + 6, lineTwo, traits);
    textLimit = x - gap;
  } else if (fits && first?.staticIp && !second) {
    const width = sketch.measure(words.static, 'small');
    if (x + 16 + width <= endTwo) {
      sketch.icon(`pin:${container.id}`, 'pinned', x - 1, lineTwo - 10, 12, { ...traits, marks: ['dim'] });
      sketch.text(`static:${container.id}`, words.static, 'small', x + 15, lineTwo, traits);
      textLimit = x - gap;
    }
  } else if (!fits && first?.address && !metrics.tiny) {
    // An address too long for its column has the second line for itself.
    const left = metrics.nameX + indent * row.depth;
    if (left + sketch.measure(first.address, 'address') <= endTwo) {
      const key = `address:${first.network.id}:${container.id}`;
      sketch.text(key, first.address, 'address', left, lineTwo + 0.5, { ...traits, marks: stopped });
      return;
    }
  }
  drawWords(scene, row, lineTwo, textLimit);
}

function drawCompact(scene: RowScene, row: PlannedRow): void {
  const { sketch, metrics, words, nodes } = scene;
  const { container } = row;
  const traits = { node: container.key };
  const y = row.top + 16.5;
  const first = container.endpoints.at(-1);
  const left = metrics.nameX + indent * row.depth;
  const address = metrics.tiny ? '' : (first?.address ?? '');
  const said = metrics.tiny ? [] : exceptional(scene, row);
  const beside = said.reduce((sum, word) => sum + (word.spare ? 0 : 6 + sketch.measure(word.text, word.style)), 0);
  const wide = beside + (address ? sketch.measure(address, 'address') : 0);
  const taken = Math.max(scene.addressX + wide, left + 60);
  const right = metrics.tiny
    ? { lines: [metrics.edge - 8] }
    : drawCompactPlugs(sketch, row, metrics, words, nodes, metrics.edge - taken - gap);
  const end = right.lines[0]!;
  const { x, name, fits } = columns(scene, row, address, end, beside);
  const alone = !address && said.length > 0;
  const wordX = Math.min(scene.addressX, Math.floor(end - beside));
  const column = alone ? wordX - 12 - left : name;
  let reached = nameOf(scene, row, y, Math.min(name, column));
  if (fits && first) {
    const key = `address:${first.network.id}:${container.id}`;
    reached =
      x + sketch.text(key, address, 'address', x, y, { ...traits, marks: container.running ? [] : ['stopped'] });
  } else if (alone) reached = Math.max(reached, wordX - 6);
  if (metrics.tiny) return;
  const put = (key: string, text: string, style: Word['style'], marks: readonly string[]): void => {
    const width = sketch.measure(text, style);
    if (reached + 6 + width > end) return;
    reached += 6 + sketch.text(key, text, style, reached + 6, y - 0.5, { ...traits, marks });
  };
  for (const word of said) put(word.key, word.text, word.style, word.marks);
  if (fits && container.endpoints.length > 1)
    put(`others:${container.id}`, words.more(container.endpoints.length - 1), 'small', []);
  else if (fits && first?.staticIp) put(`static:${container.id}`, words.static, 'small', []);
  drawLeader(scene, row, reached, right.plug);
}

/** Dotted line from the address to the plug; left out where it would be shorter than 28 px. */
function drawLeader(scene: RowScene, row: PlannedRow, from: number, plug: number | undefined): void {
  if (plug === undefined || plug - (from + gap) < 28) return;
  const y = lineOne(row, scene.metrics.compact) + 0.5;
  const traits = { node: row.container.key };
  scene.sketch.path(`leader:${row.container.id}`, 'leader', `M${from + gap} ${y}H${plug}`, [y, y], traits);
}

/** Host mode: a line to a square on the host's edge. */
function drawHostMode(scene: RowScene, row: PlannedRow): void {
  const { sketch, metrics, words } = scene;
  const { container } = row;
  const y = lineOne(row, metrics.compact);
  const traits = { node: container.key };
  const left = metrics.nameX;
  const end = nameOf(scene, row, y + 4.5, metrics.edge - 40 - left) + gap;
  const line = `M${end} ${y + 0.5}H${metrics.edge - 7.5}`;
  sketch.path(`leader:${container.id}`, 'leader', line, [y, y + 1], { ...traits, marks: ['solid'] });
  sketch.rect(
    `halo:${container.id}`,
    'halo',
    { x: metrics.edge - 7.5, y: y - 7.5, width: 15, height: 15 },
    { ...traits, radius: 4 },
  );
  const endpoint = container.endpoints[0]!;
  drawDot(sketch, endpoint.key, 'host', container, { x: metrics.edge, y, r: 5.5 }, { ...traits, slot: 'host' });
  if (metrics.compact || metrics.tiny) return;
  const said = exceptional(scene, row);
  let x = left;
  for (const word of said) {
    x += sketch.text(word.key, word.text, word.style, x, row.top + 33, { ...traits, marks: word.marks });
    x += sketch.text(`${word.key}:dot`, ' · ', 'small', x, row.top + 33, traits);
  }
  const room = metrics.edge - 12 - x;
  sketch.text(`mode:${container.id}`, words.hostMode, 'small', x, row.top + 33, { ...traits, room });
}
