/** What the parts of a row's drawing share. */
import type { DrawingWords, DrawnNode } from '#model/topology/drawing';
import type { Graph } from '#model/topology/graph';
import type { RailsMetrics } from '#model/topology/railsPlan';
import type { Sketch } from '#model/topology/railsSketch';

export interface RowScene {
  readonly sketch: Sketch;
  readonly graph: Graph;
  readonly metrics: RailsMetrics;
  readonly words: DrawingWords;
  readonly addressX: number;
  readonly lanes: ReadonlyMap<string, number>;
  /** Rails by lane, for those that pass a capsule. */
  readonly passing: (from: number, to: number, y: number) => readonly { lane: number; key: string }[];
  readonly nodes: DrawnNode[];
}

/** Between what stands side by side in a row, in pixels. */
export const gap = 8;
/** Of a container under the one whose network it shares, in pixels. */
export const indent = 20;
