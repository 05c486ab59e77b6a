/** From the host's message to a drawing: filter, graph, then the layout of the chosen kind. */
import type { Drawing, Measure, Shape, Slot } from '#model/topology/drawing';
import { type Filter, filterSnapshot } from '#model/topology/filter';
import { buildGraph, type Graph } from '#model/topology/graph';
import { layoutMap, type MapBefore, type MapWarmth } from '#model/topology/map';
import { comfortableUpTo, type Density, layoutRails } from '#model/topology/rails';
import { RailsMemo } from '#model/topology/railsSketch';
import type { UpdateMessage } from '#protocol';
import type { Mode } from '#webview/state';
import type { Words } from '#webview/words';

export interface Picture {
  readonly graph: Graph;
  readonly drawing: Drawing;
  /** The drawing's shapes: what lies under everything, and the rest. */
  readonly ground: readonly Shape[];
  readonly shapes: readonly Shape[];
  readonly warmth: MapWarmth | undefined;
  /** A filter left nothing. */
  readonly empty: boolean;
  /** What the next picture takes over of this one, where it is the same. */
  readonly whole: Graph;
  readonly map: MapBefore | undefined;
  readonly rails: RailsMemo;
}

export interface Wish {
  readonly mode: Mode;
  readonly width: number;
  readonly height: number;
  readonly density: Density | undefined;
  readonly filter: Filter;
  readonly warmth: MapWarmth | undefined;
  readonly slots: ReadonlyMap<string, Slot>;
  /** The picture that this one replaces. */
  readonly before: Picture | undefined;
}

export function draw(update: UpdateMessage, wish: Wish, measure: Measure, words: Words): Picture | undefined {
  if (!update.snapshot) return undefined;
  const { before } = wish;
  const rails = before?.rails ?? new RailsMemo();
  // Slots by the whole snapshot: a filter must not change colours.
  const whole = buildGraph(update.snapshot, wish.slots, before?.whole);
  const snapshot = filterSnapshot(update.snapshot, wish.filter);
  const graph = snapshot === update.snapshot ? whole : buildGraph(snapshot, whole.slots, before?.graph);
  const { status } = update;
  const drawingWords = words.drawing(update.engineLabel);
  const empty = snapshot !== update.snapshot && snapshot.containers.length === 0 && snapshot.networks.length === 0;
  if (wish.mode === 'map') {
    const { drawing, warmth, kept } = layoutMap({
      graph,
      width: wish.width,
      height: wish.height,
      measure,
      words: drawingWords,
      ...(wish.warmth ? { warmth: wish.warmth } : {}),
      ...(before?.map ? { before: before.map } : {}),
    });
    return { graph, ...layers(drawing), warmth, empty, whole, map: kept, rails };
  }
  const density = wish.density ?? densityFor(update.snapshot.containers.length);
  const drawing = layoutRails({
    snapshot,
    graph,
    width: wish.width,
    measure,
    words: drawingWords,
    density,
    minHeight: wish.height,
    memo: rails,
    ...(update.plan === undefined ? { status: { text: status.text, tone: status.tone } } : {}),
    ...(status.lastSeen === undefined ? {} : { subtitle: status.lastSeen }),
  });
  return { graph, ...layers(drawing), warmth: wish.warmth, empty, whole, map: before?.map, rails };
}

export function densityFor(containers: number): Density {
  return containers <= comfortableUpTo ? 'comfortable' : 'compact';
}

function layers(drawing: Drawing): Pick<Picture, 'drawing' | 'ground' | 'shapes'> {
  // The sheet is what both drawings begin with.
  let first = 0;
  while (drawing.shapes[first]?.role === 'sheet') first++;
  return { drawing, ground: drawing.shapes.slice(0, first), shapes: drawing.shapes.slice(first) };
}
