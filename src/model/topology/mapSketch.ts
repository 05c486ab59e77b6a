/** Collects the shapes and nodes of one map in layers, back to front. */
import type { DrawnNode, Level, Measure, Shape, Slot, TextShape, TextStyle } from '#model/topology/drawing';
import { shorten } from '#model/topology/widths';

const layers = ['sheet', 'boxes', 'wires', 'cards', 'strands', 'plugs', 'texts'] as const;
export type Layer = (typeof layers)[number];

export interface TextOptions {
  readonly key: string;
  readonly role: string;
  readonly x: number;
  readonly y: number;
  readonly style: TextStyle;
  /** Room in pixels; the text is cut to it. */
  readonly room: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly node?: string;
  readonly slot?: Slot;
  readonly marks?: readonly string[];
  readonly levels?: readonly Level[];
}

/** Levels by what is drawn: texts when near, cards and wires until far. */
export const near: readonly Level[] = ['near'];
export const middle: readonly Level[] = ['middle'];
export const close: readonly Level[] = ['near', 'middle'];
export const far: readonly Level[] = ['far'];

export class Sketch {
  readonly measure: Measure;
  readonly nodes: DrawnNode[] = [];
  readonly #layers = new Map<Layer, Shape[]>(layers.map((layer) => [layer, []]));

  constructor(measure: Measure) {
    this.measure = measure;
  }

  add(layer: Layer, ...shapes: readonly Shape[]): void {
    this.#layers.get(layer)?.push(...shapes);
  }

  /** Adds a text cut to its room and returns the width it takes, in pixels. */
  text(text: string, options: TextOptions): number {
    const { room, ...rest } = options;
    const drawn = shorten(text, options.style, room, this.measure);
    const reserved = Math.ceil(this.measure(drawn, options.style));
    const shape: TextShape = {
      kind: 'text',
      ...rest,
      text: drawn,
      reserved,
      ...(drawn === text ? {} : { full: text }),
      // Counter-scaled when it is painted: then the width of its style says nothing.
      ...(options.levels === middle || options.levels === far ? { room } : {}),
    };
    this.add('texts', shape);
    return reserved;
  }

  shapes(): Shape[] {
    return layers.flatMap((layer) => this.#layers.get(layer) ?? []);
  }
}

/** Half-pixel hairlines: a rectangle whose one-pixel stroke is sharp. */
export const crisp = (value: number): number => Math.round(value) + 0.5;

/** An orthogonal path through points with rounded corners (radius in pixels). */
export function roundedPath(points: readonly (readonly [number, number])[], radius: number): string {
  const kept = points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || before[0] !== point[0] || before[1] !== point[1];
  });
  let d = '';
  kept.forEach(([x, y], index) => {
    const before = kept[index - 1];
    const after = kept[index + 1];
    if (before === undefined) {
      d = `M${x} ${y}`;
      return;
    }
    if (after === undefined) {
      d += `L${x} ${y}`;
      return;
    }
    const into = Math.min(radius, Math.hypot(x - before[0], y - before[1]) / 2);
    const out = Math.min(radius, Math.hypot(after[0] - x, after[1] - y) / 2);
    const bend = Math.min(into, out);
    const start = [x - Math.sign(x - before[0]) * bend, y - Math.sign(y - before[1]) * bend];
    const end = [x + Math.sign(after[0] - x) * bend, y + Math.sign(after[1] - y) * bend];
    d += `L${start[0]} ${start[1]}Q${x} ${y} ${end[0]} ${end[1]}`;
  });
  return d;
}
