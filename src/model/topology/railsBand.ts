/** Draws a network's header band and its rail. */
import type { DrawingWords } from '#model/topology/drawing';
import type { GraphNetwork } from '#model/topology/graph';
import { bandHeight, type PlannedBand, type RailsMetrics } from '#model/topology/railsPlan';
import { type Piece, piecesThatFit, type Sketch } from '#model/topology/railsSketch';
import { shorten } from '#model/topology/widths';

export function drawBand(sketch: Sketch, band: PlannedBand, metrics: RailsMetrics): void {
  const { network, top } = band;
  const { bandLeft: left, bandRight: right, edge } = metrics;
  const traits = { node: network.key, slot: network.slot };
  const span: [number, number] = [top, top + bandHeight];
  const bottom = top + bandHeight - 0.5;
  if (network.kind === 'host') {
    const d = `M${edge - 0.5} ${top + 0.5}H${left + 4}Q${left} ${top + 0.5} ${left} ${top + 4.5}V${bottom - 4}Q${left} ${bottom} ${left + 4} ${bottom}H${edge - 0.5}Z`;
    sketch.path(`band:${network.id}`, 'band', d, span, { ...traits, marks: ['plain'] });
    return;
  }
  const box = { x: left, y: top, width: right - left, height: bandHeight };
  if (network.kind === 'none') {
    const inner = { x: left + 0.5, y: top + 0.5, width: box.width - 1, height: bandHeight - 1 };
    sketch.rect(`band:${network.id}`, 'band', inner, { ...traits, radius: 4, marks: ['open'] });
    return;
  }
  sketch.rect(`band:${network.id}`, 'band', box, { ...traits, radius: 4 });
  if (network.internal)
    sketch.rect(
      `wall:${network.id}`,
      'wall',
      { x: right - 4, y: top, width: 4, height: bandHeight },
      { ...traits, marks: ['internal'] },
    );
}

export function drawRail(sketch: Sketch, band: PlannedBand, metrics: RailsMetrics): void {
  if (band.lane === undefined || band.railEnd === undefined) return;
  const { network, top, railEnd } = band;
  const x = metrics.laneX(band.lane);
  const y = top + bandHeight / 2;
  const d = `M${metrics.bandLeft} ${y}H${x + 8}Q${x} ${y} ${x} ${y + 8}V${railEnd}`;
  const traits = { node: network.key, slot: network.slot };
  const span: [number, number] = [y - 3, railEnd];
  const thin = metrics.pitch < 8 ? ['thin'] : [];
  if (network.texture === 'double') {
    sketch.path(`rail:${network.id}`, 'rail', d, span, { ...traits, marks: ['wide', ...thin] });
    sketch.path(`railcore:${network.id}`, 'rail', d, span, { ...traits, marks: ['core', ...thin] });
  } else sketch.path(`rail:${network.id}`, 'rail', d, span, { ...traits, marks: thin, textured: true });
}

const gap = 10;
const iconWidth = 16;

export function drawBandText(sketch: Sketch, band: PlannedBand, metrics: RailsMetrics, words: DrawingWords): void {
  const { network, top } = band;
  const { measure } = sketch;
  const node = network.key;
  const left = metrics.nameX;
  const right = metrics.bandRight - 8 - (network.internal ? 4 : 0);
  const extra = extraWords(network, words);
  const driver = driverWord(network, words);
  const gateway =
    network.gatewayShort && !network.internal && !metrics.narrow ? `${words.gateway} ${network.gatewayShort}` : '';
  const width = (text: string, style: 'small' | 'mono'): number => (text ? measure(text, style) + gap : 0);
  const nameWidth = measure(shorten(network.name, 'network', 10_000, measure), 'network');
  const nameLeast = Math.min(nameWidth, measure(shorten(network.name, 'network', 0, measure), 'network'));
  // The name counts whole at first: words give way before it is cut.
  const pieces: Piece[] = [
    { name: 'name', width: nameWidth },
    { name: 'extra', width: extra ? measure(` · ${extra}`, 'small') : 0, drop: 5 },
    { name: 'internal', width: network.internal ? measure(words.internal, 'small') : 0, drop: 4 },
    { name: 'gateway', width: width(gateway, 'mono'), drop: 3 },
    { name: 'driver', width: width(driver, 'small'), drop: 2 },
    { name: 'lock', width: network.internal ? gap + iconWidth : 0 },
    { name: 'subnet', width: width(network.subnet ?? '', 'mono') },
  ];
  const staying = metrics.tiny ? new Set(['name']) : piecesThatFit(pieces, right - left);
  const fixed = pieces.filter((piece) => piece.name !== 'name' && staying.has(piece.name));
  let rest = right - left - fixed.reduce((sum, piece) => sum + piece.width, 0);
  let subnet = metrics.tiny ? '' : (network.subnet ?? '');
  if (rest < nameLeast && subnet) {
    rest += width(subnet, 'mono');
    subnet = '';
  }
  const traits = { node };
  let x = left;
  x += sketch.text(`name:${network.id}`, network.name, 'network', x, top + 18.5, { ...traits, room: rest });
  if (staying.has('driver') && driver) {
    const all = staying.has('extra') && extra ? `${driver} · ${extra}` : driver;
    x += gap + sketch.text(`driver:${network.id}`, all, 'small', x + gap, top + 18, traits);
  }
  if (staying.has('lock') && network.internal) {
    sketch.icon(`lock:${network.id}`, 'lock', x + gap - 1, top + 7, 14, { ...traits, marks: ['dim'] });
    if (staying.has('internal'))
      sketch.text(`internal:${network.id}`, words.internal, 'small', x + gap + iconWidth - 1, top + 18, traits);
  }
  let end = right;
  if (staying.has('gateway') && gateway) {
    sketch.text(`gateway:${network.id}`, gateway, 'mono', end, top + 18, { ...traits, anchor: 'end', role: 'dim' });
    end -= measure(gateway, 'mono') + 8;
  }
  if (subnet)
    sketch.text(`subnet:${network.id}`, subnet, 'mono', end, top + 18, { ...traits, anchor: 'end', role: 'dim' });
}

function driverWord(network: GraphNetwork, words: DrawingWords): string {
  if (network.kind === 'host') return words.hostNetwork;
  if (network.kind === 'none') return words.noNetwork;
  return network.driver;
}

function extraWords(network: GraphNetwork, words: DrawingWords): string {
  if (network.kind === 'host' || network.kind === 'none') return '';
  const found: string[] = [];
  if (network.builtIn && network.kind === 'bridge') found.push(words.defaultNetwork);
  if (network.network?.scope === 'swarm') found.push(words.swarm);
  if (network.parent) found.push(network.parent);
  if (network.shared) found.push(words.shared(network.projects.length));
  return found.join(' · ');
}
