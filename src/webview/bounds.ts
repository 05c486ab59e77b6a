/** Boxes of shapes, so that only what is in view is in the page. */
import type { Box, Level, Shape } from '#model/topology/drawing';

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

/** Of a path in absolute commands M, L, H, V, Q, A and Z, as the layouts write them. */
function pathBounds(d: string): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  let [x, y] = [0, 0];
  const seeX = (value: number): void => {
    x = value;
    left = Math.min(left, value);
    right = Math.max(right, value);
  };
  const seeY = (value: number): void => {
    y = value;
    top = Math.min(top, value);
    bottom = Math.max(bottom, value);
  };
  for (const [, command = '', rest = ''] of d.matchAll(/([MLHVQAZ])([^MLHVQAZ]*)/g)) {
    const numbers = rest
      .trim()
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    if (command === 'H') for (const value of numbers) seeX(value);
    else if (command === 'V') for (const value of numbers) seeY(value);
    else if (command === 'A') {
      const radius = numbers[0] ?? 0;
      const [toX = x, toY = y] = numbers.slice(5);
      for (const value of [x - radius, x + radius, toX - radius, toX + radius, toX]) seeX(value);
      for (const value of [y - radius, y + radius, toY - radius, toY + radius, toY]) seeY(value);
    } else
      for (let index = 0; index + 1 < numbers.length; index += 2) {
        seeX(numbers[index]!);
        seeY(numbers[index + 1]!);
      }
  }
  return grown(left, top, right, bottom);
}

function grown(left: number, top: number, right: number, bottom: number): Bounds {
  return { left: left - 3, top: top - 3, right: right + 3, bottom: bottom + 3 };
}

/** Finds the shapes of one drawing that a view meets: numbers side by side, for it is asked at every frame of a pan. */
export class ShapeIndex {
  readonly #shapes: readonly Shape[];
  readonly #edges: Float64Array;

  constructor(shapes: readonly Shape[]) {
    this.#shapes = shapes;
    this.#edges = new Float64Array(shapes.length * 4);
    shapes.forEach((shape, index) => {
      const { left, top, right, bottom } = boundsOf(shape);
      this.#edges.set([left, top, right, bottom], index * 4);
    });
  }

  /** In painting order. */
  within(view: Box): Shape[] {
    const found: Shape[] = [];
    const edges = this.#edges;
    const right = view.x + view.width;
    const bottom = view.y + view.height;
    for (let index = 0, at = 0; index < this.#shapes.length; index++, at += 4)
      if (edges[at]! <= right && edges[at + 2]! >= view.x && edges[at + 1]! <= bottom && edges[at + 3]! >= view.y)
        found.push(this.#shapes[index]!);
    return found;
  }
}

const indexes = new WeakMap<readonly Shape[], Map<Level | undefined, ShapeIndex>>();

/** The index of the shapes of one level of detail: the far level of a large map has few. */
export function indexOf(shapes: readonly Shape[], level: Level | undefined): ShapeIndex {
  const levels = indexes.get(shapes) ?? new Map<Level | undefined, ShapeIndex>();
  indexes.set(shapes, levels);
  let index = levels.get(level);
  if (!index) {
    const drawn = level ? shapes.filter((shape) => !shape.levels || shape.levels.includes(level)) : shapes;
    index = new ShapeIndex(drawn);
    levels.set(level, index);
  }
  return index;
}
