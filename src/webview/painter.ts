/** Draws shapes as SVG: one element a shape, patched by key, only what is in view and of the present level of detail. */
import type { Box, Level, Measure, Shape, TextShape } from '#model/topology/drawing';
import { icons, isIcon } from '#model/topology/icons';
import { paintOf } from '#model/topology/paint';
import { shorten } from '#model/topology/widths';
import { indexOf } from '#webview/bounds';
import { setAttribute, svg } from '#webview/dom';
import { leave, mostMoving, motionWanted, type Shift, shiftOf, slide } from '#webview/motion';

/** Elements of the drawing at any size; what would be beyond is left out, far things first. */
export const mostElements = 1_900;

export interface View {
  /** The part of the drawing that is seen, in its pixels, with some margin. */
  readonly box: Box;
  readonly level: Level | undefined;
  /** Screen pixels per pixel of the drawing. */
  readonly scale: number;
}

interface Painted {
  shape: Shape;
  readonly element: SVGElement;
  scale: number;
}

export class Painter {
  readonly #layer: SVGGElement;
  readonly #measure: Measure;
  readonly #painted = new Map<string, Painted>();
  /** As painted last. */
  #shapes: readonly Shape[] | undefined;
  #fades: (node: string | undefined) => boolean = () => false;

  constructor(layer: SVGGElement, measure: Measure) {
    this.#layer = layer;
    this.#measure = measure;
  }

  get elements(): number {
    return this.#painted.size;
  }

  /** Whether shapes of a node are faded, for those painted from now on and those there already. */
  fade(fades: (node: string | undefined) => boolean): void {
    this.#fades = fades;
    for (const { shape, element } of this.#painted.values()) element.classList.toggle('faded', fades(shape.node));
  }

  /** Brings the page in step with the shapes and the view. `changed`: what came, moved or went shows it by motion. */
  paint(shapes: readonly Shape[], view: View, changed = false): void {
    const wanted = indexOf(shapes, view.level, this.#shapes).within(view.box).slice(0, mostElements);
    this.#shapes = shapes;
    const keys = new Set(wanted.map((shape) => shape.key));
    const moves = changed && motionWanted();
    const gone: SVGElement[] = [];
    for (const [key, painted] of this.#painted)
      if (!keys.has(key)) {
        this.#painted.delete(key);
        gone.push(painted.element);
      }
    // Above what is left while it fades, so that the order of the rest is not disturbed.
    const fades = moves && gone.length <= mostMoving;
    for (const element of gone)
      if (fades) {
        this.#layer.append(element);
        leave(element);
      } else element.remove();
    const shifts: Shift[] = [];
    let before: ChildNode | null = this.#layer.firstChild;
    for (const shape of wanted) {
      const old = this.#painted.get(shape.key);
      const isNew = changed && !old;
      const stood = old?.shape;
      // An element of another kind takes its place: what is to come next stands behind it.
      if (old && old.element === before && tagOf(old.shape) !== tagOf(shape)) before = before.nextSibling;
      const element = this.#element(shape, view);
      if (isNew) element.classList.add('appears');
      // What stays may be inserted elsewhere: it must not appear once more.
      else if (changed) element.classList.remove('appears');
      const shift = moves && stood && stood !== shape ? shiftOf(element, stood, shape) : undefined;
      if (shift) shifts.push(shift);
      if (element === before) before = before.nextSibling;
      else this.#layer.insertBefore(element, before);
    }
    slide(shifts);
  }

  clear(): void {
    this.#painted.clear();
    this.#layer.replaceChildren();
  }

  #element(shape: Shape, view: View): SVGElement {
    let painted = this.#painted.get(shape.key);
    if (painted && tagOf(painted.shape) !== tagOf(shape)) {
      painted.element.remove();
      painted = undefined;
    }
    if (!painted) {
      painted = { shape, element: svg(tagOf(shape)), scale: Number.NaN };
      this.#painted.set(shape.key, painted);
    } else if (painted.shape === shape && (painted.scale === view.scale || !scales(shape))) return painted.element;
    painted.shape = shape;
    painted.scale = view.scale;
    this.#dress(shape, painted.element, view.scale);
    return painted.element;
  }

  #dress(shape: Shape, element: SVGElement, scale: number): void {
    const marks = shape.marks ? ` ${shape.marks.join(' ')}` : '';
    const slot = shape.slot === undefined ? '' : ` s-${shape.slot}`;
    const style = shape.kind === 'text' ? ` t-${shape.style}` : '';
    const faded = this.#fades(shape.node) ? ' faded' : '';
    setAttribute(element, 'class', `r-${shape.role}${slot}${style}${marks}${faded}`);
    setAttribute(element, 'data-key', shape.key);
    setAttribute(element, 'data-node', shape.node);
    const paint = paintOf(shape);
    setAttribute(element, 'fill', `var(--c-${paint.fill})`);
    setAttribute(element, 'stroke', paint.stroke && `var(--c-${paint.stroke})`);
    setAttribute(element, 'stroke-width', paint.stroke && (paint.width ?? 1));
    setAttribute(element, 'stroke-dasharray', paint.dash);
    setAttribute(element, 'opacity', paint.opacity);
    setAttribute(element, 'stroke-linecap', paint.round && 'round');
    setAttribute(element, 'stroke-linejoin', paint.round && 'round');
    switch (shape.kind) {
      case 'rect':
        setAttribute(element, 'x', shape.x);
        setAttribute(element, 'y', shape.y);
        setAttribute(element, 'width', Math.max(0, shape.width));
        setAttribute(element, 'height', Math.max(0, shape.height));
        setAttribute(element, 'rx', shape.radius);
        return;
      case 'circle':
        setAttribute(element, 'cx', shape.cx);
        setAttribute(element, 'cy', shape.cy);
        setAttribute(element, 'r', shape.r);
        return;
      case 'path':
        setAttribute(element, 'd', shape.d);
        return;
      case 'icon':
        setAttribute(element, 'd', isIcon(shape.icon) ? icons[shape.icon] : '');
        setAttribute(element, 'fill-rule', 'evenodd');
        setAttribute(element, 'transform', `translate(${shape.x} ${shape.y}) scale(${shape.size / 16})`);
        return;
      case 'text':
        this.#dressText(shape, element, scale);
    }
  }

  #dressText(shape: TextShape, element: SVGElement, scale: number): void {
    setAttribute(element, 'x', shape.x);
    setAttribute(element, 'y', shape.y);
    setAttribute(element, 'data-reserved', shape.reserved);
    setAttribute(element, 'text-anchor', shape.anchor && shape.anchor !== 'start' ? shape.anchor : undefined);
    let text = shape.text;
    if (scales(shape)) {
      // Counter-scaled: 11 px on the screen whatever the zoom, cut to what the layout reserved.
      element.style.fontSize = `${11 / scale}px`;
      text = scaledText(shape, scale, this.#measure);
    }
    if (element.firstChild?.nodeValue !== text || element.childNodes.length !== (shape.full === undefined ? 1 : 2)) {
      element.replaceChildren(text);
      if (shape.full !== undefined) element.append(svg('title', {}, shape.full.slice(0, 1_000)));
    }
  }
}

/** What fits of a counter-scaled text; '' where not even six characters do. */
function scaledText(shape: TextShape, scale: number, measure: Measure): string {
  const far = shape.role === 'fartitle';
  // Titles are semibold: about a tenth wider than the style that is measured.
  const room = ((shape.room ?? shape.reserved) * scale - (far ? 4 : 0)) / (shape.role.endsWith('title') ? 1.1 : 1);
  const style = shape.style === 'mono' ? 'mono' : 'small';
  const text = shorten(shape.full ?? shape.text, style, room, measure);
  // Too small a box far away has no name: names of neighbours would run into each other.
  return measure(text, style) > room || (far && room < 54) ? '' : text;
}

/** Texts of the middle and far levels keep their size on the screen. */
function scales(shape: Shape): boolean {
  return shape.kind === 'text' && (shape.role.startsWith('middle') || shape.role.startsWith('far'));
}

function tagOf(shape: Shape): 'rect' | 'circle' | 'path' | 'text' {
  return shape.kind === 'icon' ? 'path' : shape.kind;
}
