/** Collects the shapes of the rails while they are laid out, and lays pieces of text on one line. */
import type { Box, DrawnNode, Measure, Shape, Slot, TextStyle } from '#model/topology/drawing';
import { sameItems } from '#model/topology/graphReuse';
import type { IconName } from '#model/topology/icons';
import { oneLine, shorten } from '#model/topology/widths';

/** What every shape may carry besides its geometry. */
export interface Traits {
  readonly slot?: Slot;
  readonly marks?: readonly string[];
  readonly node?: string;
}

export interface TextTraits extends Traits {
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Pixels the text may take: it is cut with an ellipsis beyond. */
  readonly room?: number;
  readonly role?: string;
}

/** Shapes and nodes of one part of the rails, with what they were made from and the parts within. */
interface Part {
  readonly from: readonly unknown[];
  readonly shapes: readonly Shape[];
  readonly nodes: readonly DrawnNode[];
  readonly parts: ReadonlyMap<string, Part>;
}

/** Parts of the last rails, for the next of the same page: what is the same is taken over. */
export class RailsMemo {
  #common: readonly unknown[] = [];
  #rails: readonly unknown[] = [];
  before: ReadonlyMap<string, Part> = new Map();
  now = new Map<string, Part>();

  /** Before a layout. `common`: what all parts are made from; when it differs, nothing is taken over. */
  begin(common: readonly unknown[]): void {
    this.before = sameItems(common, this.#common) ? this.now : new Map();
    this.#common = common;
    this.now = new Map();
  }

  /** The same array as long as its items are the same: what many parts can be made from in one. */
  rails(items: readonly unknown[]): readonly unknown[] {
    if (!sameItems(items, this.#rails)) this.#rails = items;
    return this.#rails;
  }
}

export class Sketch {
  readonly shapes: Shape[] = [];
  readonly nodes: DrawnNode[] = [];
  readonly measure: Measure;
  readonly #memo: RailsMemo;

  constructor(measure: Measure, memo: RailsMemo) {
    this.measure = measure;
    this.#memo = memo;
  }

  /** Draws a part, or takes over the last one when it was made `from` the same; all that differs must be in `from`. */
  part(name: string, from: readonly unknown[], draw: () => void): void {
    const memo = this.#memo;
    const found = memo.before.get(name);
    if (found && sameItems(found.from, from)) {
      for (const shape of found.shapes) this.shapes.push(shape);
      for (const node of found.nodes) this.nodes.push(node);
      memo.now.set(name, found);
      return;
    }
    const { before, now } = memo;
    const [shapes, nodes] = [this.shapes.length, this.nodes.length];
    memo.before = found?.parts ?? new Map();
    memo.now = new Map();
    draw();
    const part = { from, shapes: this.shapes.slice(shapes), nodes: this.nodes.slice(nodes), parts: memo.now };
    now.set(name, part);
    memo.before = before;
    memo.now = now;
  }

  rect(key: string, role: string, box: Box, traits: Traits & { readonly radius?: number } = {}): void {
    const { x, y, width, height } = box;
    this.shapes.push({ kind: 'rect', key, role, x, y, width, height, ...traits });
  }

  path(
    key: string,
    role: string,
    d: string,
    span: readonly [number, number],
    traits: Traits & { readonly textured?: boolean } = {},
  ): void {
    this.shapes.push({ kind: 'path', key, role, d, span, ...traits });
  }

  circle(key: string, role: string, cx: number, cy: number, r: number, traits: Traits = {}): void {
    this.shapes.push({ kind: 'circle', key, role, cx, cy, r, ...traits });
  }

  icon(key: string, icon: IconName, x: number, y: number, size: number, traits: Traits = {}): void {
    this.shapes.push({ kind: 'icon', key, role: 'icon', icon, x, y, size, ...traits });
  }

  /** Draws the text and gives the width it takes. */
  text(key: string, text: string, style: TextStyle, x: number, y: number, traits: TextTraits = {}): number {
    const { room, role, ...rest } = traits;
    const drawn = room === undefined ? oneLine(text) : shorten(text, style, room, this.measure);
    const reserved = this.measure(drawn, style);
    this.shapes.push({
      kind: 'text',
      key,
      role: role ?? 'text',
      x,
      y,
      text: drawn,
      ...(drawn === text ? {} : { full: text }),
      style,
      reserved,
      ...rest,
    });
    return reserved;
  }
}

/** A piece of a line: dropped from the highest `drop` down while the line is too wide; without `drop` it stays. */
export interface Piece {
  readonly name: string;
  readonly width: number;
  readonly drop?: number;
}

/** Names of the pieces that stay when `room` pixels are there. */
export function piecesThatFit(pieces: readonly Piece[], room: number): ReadonlySet<string> {
  const staying = [...pieces];
  const total = (): number => staying.reduce((sum, piece) => sum + piece.width, 0);
  while (total() > room) {
    const droppable = staying.filter((piece) => piece.drop !== undefined);
    if (droppable.length === 0) break;
    const first = droppable.reduce((worst, piece) => (piece.drop! > worst.drop! ? piece : worst));
    staying.splice(staying.indexOf(first), 1);
  }
  return new Set(staying.map((piece) => piece.name));
}
