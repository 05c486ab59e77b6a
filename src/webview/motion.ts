/** Short motion where a picture changes by itself: rows and boxes slide, what is gone fades, a changed endpoint rings. */
import type { Shape } from '#model/topology/drawing';
import { svg } from '#webview/dom';

const slideFor = 200;
const slideEasing = 'cubic-bezier(.2,0,0,1)';
const leaveFor = 120;
const ringFor = 600;
const glideFor = 240;
const slowestFrame = 48;
/** Beyond this many shapes motion would cost more than it tells. */
export const mostMoving = 300;
const mostRings = 20;

/** Whether neither the system nor VS Code asks for less motion. */
export function motionWanted(): boolean {
  if (document.body.classList.contains('vscode-reduce-motion')) return false;
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export interface Shift {
  readonly element: SVGElement;
  readonly dx: number;
  readonly dy: number;
}

/** How far the shape stood from where it stands now; undefined when it did not move or is not the same shape moved. */
export function shiftOf(element: SVGElement, before: Shape, now: Shape): Shift | undefined {
  const from = placeOf(before);
  const to = placeOf(now);
  if (before.kind !== now.kind || from.length !== to.length) return undefined;
  const [dx, dy] = [(from[0] ?? 0) - (to[0] ?? 0), (from[1] ?? 0) - (to[1] ?? 0)];
  if (dx === 0 && dy === 0) return undefined;
  if (now.kind === 'path' && !isMoved(now.d, from, to, dx, dy)) return undefined;
  // An icon's own transform comes first: what is added to it is in the icon's scale.
  const scale = now.kind === 'icon' ? now.size / 16 : 1;
  return { element, dx: dx / scale, dy: dy / scale };
}

function placeOf(shape: Shape): readonly number[] {
  if (shape.kind === 'circle') return [shape.cx, shape.cy];
  return shape.kind === 'path' ? (shape.d.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number) : [shape.x, shape.y];
}

/** Whether every point of a path moved alike: one that grew or bent cannot slide. Arcs have numbers that are no points. */
function isMoved(d: string, from: readonly number[], to: readonly number[], dx: number, dy: number): boolean {
  if (/[HVA]/.test(d)) return /A/.test(d) ? false : movedLines(d, from, to, dx, dy);
  return to.every((value, index) => Math.abs((from[index] ?? 0) - value - (index % 2 === 0 ? dx : dy)) < 0.01);
}

function movedLines(d: string, from: readonly number[], to: readonly number[], dx: number, dy: number): boolean {
  let index = 0;
  for (const [, command = '', rest = ''] of d.matchAll(/([MLHVQZ])([^MLHVQZ]*)/g)) {
    const count = (rest.match(/-?\d+(?:\.\d+)?/g) ?? []).length;
    for (let part = 0; part < count; part++, index++) {
      const along = command === 'H' ? dx : command === 'V' ? dy : part % 2 === 0 ? dx : dy;
      if (Math.abs((from[index] ?? 0) - (to[index] ?? 0) - along) >= 0.01) return false;
    }
  }
  return true;
}

/** Lets shapes slide from where they stood; too many at once stand where they are. */
export function slide(shifts: readonly Shift[]): void {
  if (shifts.length > mostMoving) return;
  for (const { element, dx, dy } of shifts)
    element.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: 'translate(0px, 0px)' }], {
      duration: slideFor,
      easing: slideEasing,
      composite: 'add',
    });
}

/** Fades an element that is no part of the drawing any more, then takes it away. */
export function leave(element: SVGElement): void {
  element.removeAttribute('data-key');
  element.removeAttribute('data-node');
  const fading = element.animate([{ opacity: 0 }], { duration: leaveFor, easing: 'ease-out' });
  fading.onfinish = () => element.remove();
  fading.oncancel = () => element.remove();
}

/** A ring that spreads once from each place. */
export function ring(layer: SVGGElement, places: readonly { readonly x: number; readonly y: number }[]): void {
  if (places.length > mostRings) return;
  for (const { x, y } of places) {
    const circle = svg('circle', { class: 'ringing', cx: x, cy: y, r: 5 });
    layer.append(circle);
    const spreading = circle.animate(
      [
        { transform: 'scale(1)', opacity: 1 },
        { transform: 'scale(3)', opacity: 0 },
      ],
      { duration: ringFor, easing: 'ease-out' },
    );
    spreading.onfinish = () => circle.remove();
    spreading.oncancel = () => circle.remove();
  }
}

export interface View {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

/** Moves a view to another in 240 ms; the function given back stops it where it is. */
export function glide(from: View, to: View, apply: (view: View) => void): () => void {
  let passed = 0;
  let last = performance.now();
  let frame = requestAnimationFrame(step);
  function step(): void {
    const now = performance.now();
    // A slow frame is not caught up with: a jump is what gliding is to avoid.
    passed += Math.min(slowestFrame, now - last);
    last = now;
    const part = Math.min(1, passed / glideFor);
    const eased = 1 - (1 - part) ** 3;
    const between = (a: number, b: number): number => a + (b - a) * eased;
    apply(part === 1 ? to : { x: between(from.x, to.x), y: between(from.y, to.y), k: between(from.k, to.k) });
    if (part < 1) frame = requestAnimationFrame(step);
  }
  return () => cancelAnimationFrame(frame);
}
