/** Boxes of shapes, so that only what is in view is in the page. */
import type { Box, Level, Shape } from '#model/topology/drawing';
import { clipped } from '#webview/clip';

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Bounds in the drawing's pixels, generous by the stroke's width. */
export function boundsOf(shape: Shape): Bounds {
  switch (shape.kind) {
    case 'rect':
      return grown(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height);
    case 'circle':
      return grown(shape.cx - shape.r, shape.cy - shape.r, shape.cx + shape.r, shape.cy + shape.r);
    case 'icon':
      return grown(shape.x, shape.y, shape.x + shape.size, shape.y + shape.size);
    case 'text': {
      const shift = shape.anchor === 'end' ? 1 : shape.anchor === 'middle' ? 0.5 : 0;
      const left = shape.x - shape.reserved * shift;
      return grown(left, shape.y - 14, left + shape.reserved, shape.y + 5);
    }
    case 'path':
      return pathBounds(shape.d);
  }
}

/**
 * Of a path in absolute commands M, L, H, V, Q, A and Z, as the layouts write them. Read character by character: it is
 * asked for some ten thousand paths at every change of a large drawing.
 */
function pathBounds(d: string): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  let command = '';
  let place = 0;
  let [x, y, radius] = [0, 0, 0];
  const seeX = (value: number): void => {
    if (value < left) left = value;
    if (value > right) right = value;
  };
  const seeY = (value: number): void => {
    if (value < top) top = value;
    if (value > bottom) bottom = value;
  };
  const see = (value: number): void => {
    const at = place++;
    if (command === 'A') {
      // Radii, rotation, two flags, then where it ends: the circle may bulge by its radius from either end.
      if (at % 7 === 0) radius = value;
      else if (at % 7 === 5) {
        for (const end of [x, value]) for (const side of [-radius, radius]) seeX(end + side);
        x = value;
      } else if (at % 7 === 6) {
        for (const end of [y, value]) for (const side of [-radius, radius]) seeY(end + side);
        y = value;
      }
    } else if (command === 'V' || (command !== 'H' && at % 2 === 1)) {
      y = value;
      seeY(value);
    } else {
      x = value;
      seeX(value);
    }
  };
  let from = -1;
  for (let index = 0; index <= d.length; index++) {
    const code = index < d.length ? d.charCodeAt(index) : 32;
    // Digits, point, minus and the `e-` of very small numbers.
    const number = (code >= 48 && code <= 57) || code === 46 || code === 45 || code === 101;
    if (number) {
      if (from < 0) from = index;
      continue;
    }
    if (from >= 0) see(Number(d.slice(from, index)));
    from = -1;
    if (code >= 65 && code <= 90) {
      command = d[index]!;
      place = 0;
    }
  }
  return grown(left, top, right, bottom);
}

function grown(left: number, top: number, right: number, bottom: number): Bounds {
  return { left: left - 3, top: top - 3, right: right + 3, bottom: bottom + 3 };
}

/** How far around its place a shape is looked for, and how often in vain before looking costs more than measuring. */
const around = 100;
const mostInVain = 500;

/**
 * Finds shapes, asked for in painting order, in the list of the drawing before: most stand where they stood, a few
 * places on or back. The same object or none (-1).
 */
function placesIn(old: readonly Shape[]): (shape: Shape) => number {
  let next = 0;
  let vain = 0;
  return (shape) => {
    if (old[next] === shape) return next++;
    if (vain < mostInVain)
      for (let step = 1; step <= around; step++) {
        const place = old[next + step] === shape ? next + step : old[next - step] === shape ? next - step : -1;
        if (place < 0) continue;
        next = place + 1;
        return place;
      }
    vain++;
    next++;
    return -1;
  };
}

/** Lines longer than this, in the drawing's pixels, are cut to what is seen. */
const longest = 4_000;

/** Finds the shapes of one drawing that a view meets: numbers side by side, for it is asked at every frame of a pan. */
export class ShapeIndex {
  readonly #shapes: readonly Shape[];
  readonly #edges: Float64Array;
  /** What long lines are cut to: the last view and half of it on every side, so that most frames of a pan cut nothing. */
  #area: Box = { x: 0, y: 0, width: 0, height: 0 };
  readonly #cut = new Map<number, Shape | undefined>();

  /** `before`: the index of the last drawing; shapes that stand in both are not measured again. */
  constructor(shapes: readonly Shape[], before?: ShapeIndex) {
    this.#shapes = shapes;
    const edges = new Float64Array(shapes.length * 4);
    this.#edges = edges;
    const places = before ? placesIn(before.#shapes) : () => -1;
    for (let index = 0; index < shapes.length; index++) {
      const at = index * 4;
      const place = places(shapes[index]!);
      if (before && place >= 0) {
        const old = before.#edges;
        const from = place * 4;
        edges[at] = old[from]!;
        edges[at + 1] = old[from + 1]!;
        edges[at + 2] = old[from + 2]!;
        edges[at + 3] = old[from + 3]!;
        continue;
      }
      const { left, top, right, bottom } = boundsOf(shapes[index]!);
      edges[at] = left;
      edges[at + 1] = top;
      edges[at + 2] = right;
      edges[at + 3] = bottom;
    }
  }

  /** In painting order. */
  within(view: Box): Shape[] {
    const found: Shape[] = [];
    const edges = this.#edges;
    const right = view.x + view.width;
    const bottom = view.y + view.height;
    this.#follow(view);
    for (let index = 0, at = 0; index < this.#shapes.length; index++, at += 4)
      if (edges[at]! <= right && edges[at + 2]! >= view.x && edges[at + 1]! <= bottom && edges[at + 3]! >= view.y) {
        const shape = this.#shapes[index]!;
        const long = shape.kind === 'path' && Math.max(edges[at + 2]! - edges[at]!, edges[at + 3]! - edges[at + 1]!);
        const seen = long && long > longest ? this.#cutShape(index, shape) : shape;
        if (seen) found.push(seen);
      }
    return found;
  }

  #follow(view: Box): void {
    const { x, y, width, height } = this.#area;
    const inside = view.x >= x && view.y >= y && view.x + view.width <= x + width && view.y + view.height <= y + height;
    // After zooming in, the area is far larger than what is seen.
    if (inside && width <= view.width * 4) return;
    this.#area = {
      x: view.x - view.width / 2,
      y: view.y - view.height / 2,
      width: view.width * 2,
      height: view.height * 2,
    };
    this.#cut.clear();
  }

  /** The same object until the area changes, so that what is painted stays; undefined where nothing of it is seen. */
  #cutShape(index: number, shape: Shape): Shape | undefined {
    if (shape.kind !== 'path') return shape;
    if (this.#cut.has(index)) return this.#cut.get(index);
    const d = clipped(shape.d, this.#area);
    const seen = d === shape.d ? shape : d === '' ? undefined : { ...shape, d };
    this.#cut.set(index, seen);
    return seen;
  }
}

const indexes = new WeakMap<readonly Shape[], Map<Level | undefined, ShapeIndex>>();

/**
 * The index of the shapes of one level of detail: the far level of a large map has few. `before`: the shapes of the
 * drawing that these replace.
 */
export function indexOf(
  shapes: readonly Shape[],
  level: Level | undefined,
  before: readonly Shape[] | undefined,
): ShapeIndex {
  const levels = indexes.get(shapes) ?? new Map<Level | undefined, ShapeIndex>();
  indexes.set(shapes, levels);
  let index = levels.get(level);
  if (!index) {
    const drawn = level ? shapes.filter((shape) => !shape.levels || shape.levels.includes(level)) : shapes;
    index = new ShapeIndex(drawn, before && indexes.get(before)?.get(level));
    levels.set(level, index);
  }
  return index;
}
