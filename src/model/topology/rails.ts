/** The rails: each network a coloured rail on the left, each container a row with a dot on every rail it is on. */

import type { Snapshot } from '#model/snapshot';
import type { Drawing, DrawingWords, DrawnNode, Measure, Slot } from '#model/topology/drawing';
import { buildGraph, type Graph } from '#model/topology/graph';
import { hostKey, outsideKey } from '#model/topology/nodes';
import { drawBand, drawBandText, drawRail } from '#model/topology/railsBand';
import { dotsFrom, drawDots } from '#model/topology/railsDots';
import { drawInvite } from '#model/topology/railsInvite';
import { drawLinks } from '#model/topology/railsLinks';
import {
  bandHeight,
  type PlannedRow,
  planRails,
  type RailsMetrics,
  type RailsPlan,
  railsMetrics,
} from '#model/topology/railsPlan';
import { drawRow, rowFrom, rowsFrom } from '#model/topology/railsRow';
import type { RowScene } from '#model/topology/railsScene';
import { RailsMemo, Sketch } from '#model/topology/railsSketch';

export type Density = 'comfortable' | 'compact';

export interface RailsRequest {
  readonly snapshot: Snapshot;
  /** CSS pixels. */
  readonly width: number;
  readonly measure: Measure;
  readonly words: DrawingWords;
  readonly density: Density;
  /** Slots of the last drawing, so that colours stay. */
  readonly slots?: ReadonlyMap<string, Slot>;
  /** Instead of building it again from the snapshot. */
  readonly graph?: Graph;
  /** Engine state at the right of the host row. */
  readonly status?: { readonly text: string; readonly tone: 'live' | 'bad' | 'waiting' };
  /** Behind the host's name instead of the engine's version: when it was last seen. */
  readonly subtitle?: string;
  /** The sheet is drawn at least this high. */
  readonly minHeight?: number;
  /** Of the last layout, good for the next: `measure` must be another when it gives other widths. */
  readonly memo?: RailsMemo;
}

/** Up to this many containers the rails open comfortable, beyond compact. */
export const comfortableUpTo = 16;

export function layoutRails(request: RailsRequest): Drawing {
  const { snapshot, width, words } = request;
  const graph = request.graph ?? buildGraph(snapshot, request.slots);
  const compact = request.density === 'compact' || width < 360;
  const plan = planRails(graph, compact);
  const metrics = railsMetrics(width, compact, plan.lanes);
  const memo = request.memo ?? new RailsMemo();
  const sketch = new Sketch(request.measure, memo);
  const { nodes } = sketch;
  const rows = plan.bands.flatMap((band) => band.rows);
  const lanes = new Map(
    plan.bands.flatMap((band) => (band.lane === undefined ? [] : [[band.network.id, band.lane] as const])),
  );
  const scene: RowScene = {
    sketch,
    graph,
    metrics,
    words,
    lanes,
    nodes,
    addressX: addressColumn(sketch.measure, metrics, rows),
    passing: (from, to, y) =>
      plan.bands
        .filter((band) => band.lane !== undefined && band.lane > from && band.lane < to)
        .filter((band) => band.top < y && (band.railEnd ?? 0) > y)
        .map((band) => ({ lane: band.lane!, key: band.network.key })),
  };

  memo.begin([request.measure, words, width, compact, plan.lanes, scene.addressX]);

  const sheetIndex = sketch.shapes.length;
  for (const band of plan.bands)
    sketch.part(`band:${band.network.id}`, [band.network, band.top], () => drawBand(sketch, band, metrics));
  for (const band of plan.bands) {
    const from = [band.network, band.top, band.lane, band.railEnd];
    sketch.part(`rail:${band.network.id}`, from, () => drawRail(sketch, band, metrics));
  }
  const runs = memo.rails(plan.bands.flatMap(({ network, top, lane, railEnd }) => [network, top, lane, railEnd]));
  for (const band of plan.bands)
    sketch.part(`dots:${band.network.id}`, [runs, ...band.rows.map(({ container }) => container)], () => {
      for (const row of band.rows) sketch.part(row.container.id, dotsFrom(scene, row), () => drawDots(scene, row));
    });
  drawHost(sketch, request, graph, metrics, nodes);
  for (const band of plan.bands) {
    nodes.push({
      key: band.network.key,
      kind: 'network',
      x: metrics.bandLeft,
      y: band.top,
      width: metrics.bandRight - metrics.bandLeft,
      height: bandHeight,
      networkId: band.network.id,
      parent: hostKey,
    });
    sketch.part(`words:${band.network.id}`, [band.network, band.top], () => drawBandText(sketch, band, metrics, words));
    sketch.part(`rows:${band.network.id}`, rowsFrom(scene, band), () => {
      for (const row of band.rows) sketch.part(row.container.id, rowFrom(scene, row), () => drawRow(scene, row));
    });
  }
  const beside = metrics.edge + 2;
  nodes.push({ key: outsideKey, kind: 'outside', x: beside, y: 12, width: metrics.width - beside - 2, height: 40 });
  drawLinks(sketch, rows, metrics);
  const end = drawEnd(sketch, plan, graph, request, metrics);
  const height = Math.max(end.bottom, request.minHeight ?? 0);
  const sheet = `M-2 8.5H${metrics.edge - 9}Q${metrics.edge} 8.5 ${metrics.edge} 17.5V${height + 2}H-2Z`;
  sketch.shapes.splice(sheetIndex, 0, { kind: 'path', key: 'sheet', role: 'sheet', d: sheet, span: [0, height] });
  return {
    width,
    height,
    shapes: sketch.shapes,
    nodes,
    runs: plan.bands.flatMap(({ network, top, railEnd }) =>
      railEnd === undefined ? [] : [{ key: network.key, name: network.name, slot: network.slot, top, bottom: railEnd }],
    ),
    ...(end.invite ? { invite: end.invite } : {}),
  };
}

/** Names take what the longest needs, between 96 px and what the width leaves. */
function addressColumn(measure: Measure, metrics: RailsMetrics, rows: readonly PlannedRow[]): number {
  const most = metrics.narrow ? 84 : Math.max(108, metrics.width - 312);
  const least = metrics.narrow ? 60 : 96;
  let widest = least;
  for (const row of rows) {
    if (widest >= most) break;
    widest = Math.max(widest, measure(row.container.name, 'name') + 20 * row.depth);
  }
  return Math.round(metrics.nameX + Math.min(widest, most) + 12);
}

function drawHost(
  sketch: Sketch,
  request: RailsRequest,
  graph: Graph,
  metrics: RailsMetrics,
  nodes: DrawnNode[],
): void {
  const { engine } = graph.snapshot;
  const { words, status } = request;
  const node = hostKey;
  let end = metrics.edge - 11.5;
  if (status) {
    const marks = [status.tone];
    sketch.text('host:status', status.text, 'small', end, 33, { anchor: 'end', node, marks });
    end -= sketch.measure(status.text, 'small') + 7.5;
    sketch.circle('host:live', 'live', end - 3, 29, 3, { node, marks });
    end -= 14;
  }
  sketch.icon('host:icon', 'vm', 12, 21, 16, { node });
  const room = end - 36;
  const name = sketch.text('host:name', words.host, 'network', 36, 33, { node, room });
  const subtitle =
    request.subtitle ?? `${engine.kind === 'podman' ? 'Podman' : 'Docker'} ${shortVersion(engine.version)}`;
  const left = 36 + name + 9;
  if (!metrics.narrow && left + sketch.measure(subtitle, 'small') <= end)
    sketch.text('host:version', subtitle, 'small', left, 33, { node });
  const gutter = (metrics.edge + 0.5 + metrics.width) / 2;
  sketch.icon('lan:icon', 'globe', gutter - 8, 19, 16, { marks: ['dim'] });
  if (!metrics.narrow) sketch.text('lan', words.lan, 'small', gutter, 48, { anchor: 'middle', room: 34 });
  nodes.push({ key: hostKey, kind: 'host', x: 4, y: 12, width: metrics.edge - 8, height: 36 });
}

const shortVersion = (version: string): string => version.split('.').slice(0, 2).join('.');

function drawEnd(
  sketch: Sketch,
  plan: RailsPlan,
  graph: Graph,
  request: RailsRequest,
  metrics: RailsMetrics,
): { bottom: number; invite?: { x: number; y: number; width: number; height: number } } {
  let bottom = plan.bottom;
  const hasOwn = graph.networks.some((network) => !network.builtIn);
  const result = hasOwn ? undefined : drawInvite(sketch, request.words, metrics, bottom);
  if (result) bottom = result.bottom;
  if (plan.emptyBuiltIn.length > 0) {
    const names = plan.emptyBuiltIn.map((network) => network.name).join(', ');
    const text = request.words.emptyBuiltIn(names);
    const room = metrics.edge - 12 - metrics.nameX;
    sketch.text('empty-built-in', text, 'small', metrics.nameX, bottom + 20, { room });
    bottom += 32;
  }
  return { bottom: bottom + 12, ...(result ? { invite: result.invite } : {}) };
}
