/** Collects the shapes and nodes of one map in layers, back to front. */
import type { DrawnNode, Level, Measure, Shape, Slot, TextShape, TextStyle } from '#model/topology/drawing';
import { sameItems } from '#model/topology/graphReuse';
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

/** Shapes and nodes of one part of a map, with what they were made from and the parts within. */
export interface MapPart {
  readonly from: readonly unknown[];
  readonly shapes: ReadonlyMap<Layer, readonly Shape[]>;
  readonly nodes: readonly DrawnNode[];
  readonly parts: MapParts;
}

/** What the next layout of the same map can take over. */
export type MapParts = ReadonlyMap<string, MapPart>;

export class Sketch {
  readonly measure: Measure;
  readonly nodes: DrawnNode[] = [];
  readonly #layers = new Map<Layer, Shape[]>(layers.map((layer) => [layer, []]));
  #before: MapParts;
  #parts = new Map<string, MapPart>();

  constructor(measure: Measure, before: MapParts = new Map()) {
    this.measure = measure;
    this.#before = before;
  }

  get parts(): MapParts {
    return this.#parts;
  }

  /**
   * Draws a part, or takes over the one of the last layout when it was made `from` the same: the same objects and
   * numbers. All that `draw` reads must be in `from`, but for what the whole layout has in common.
   */
  part(name: string, from: readonly unknown[], draw: () => void): void {
    const before = this.#before.get(name);
    if (before && sameItems(before.from, from)) {
      for (const [layer, shapes] of before.shapes) for (const shape of shapes) this.#layers.get(layer)!.push(shape);
      for (const node of before.nodes) this.nodes.push(node);
      this.#parts.set(name, before);
      return;
    }
    const outer = { before: this.#before, parts: this.#parts };
    const starts = layers.map((layer) => this.#layers.get(layer)!.length);
    const nodes = this.nodes.length;
    this.#before = before?.parts ?? new Map();
    this.#parts = new Map();
    draw();
    const shapes = new Map<Layer, readonly Shape[]>();
    layers.forEach((layer, index) => {
      const drawn = this.#layers.get(layer)!;
      if (drawn.length > starts[index]!) shapes.set(layer, drawn.slice(starts[index]));
    });
    outer.parts.set(name, { from, shapes, nodes: this.nodes.slice(nodes), parts: this.#parts });
    this.#before = outer.before;
    this.#parts = outer.parts;
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

  /** What of a layer is drawn by now. */
  layer(name: Layer): readonly Shape[] {
    return this.#layers.get(name) ?? [];
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
