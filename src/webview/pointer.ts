/** The mouse in the drawing: hover, click, double-click, right click, and dragging a container onto a network. */
import type { DrawnNode } from '#model/topology/drawing';
import { html } from '#webview/dom';
import type { Stage } from '#webview/stage';

export interface Gestures {
  /** Topmost node at a point of the drawing. */
  nodeAt(x: number, y: number): DrawnNode | undefined;
  hover(node: DrawnNode | undefined): void;
  /** `second`: with Ctrl, Cmd or Shift held. */
  click(node: DrawnNode | undefined, second: boolean): void;
  open(node: DrawnNode | undefined): void;
  context(node: DrawnNode | undefined): void;
  /** Whether the container may be dropped on the node's network. */
  accepts(container: DrawnNode, onto: DrawnNode | undefined): boolean;
  /** Text beside the pointer while dragging. */
  label(container: DrawnNode, onto: DrawnNode | undefined): string;
  drop(container: DrawnNode, onto: DrawnNode): void;
  draggable(node: DrawnNode): boolean;
}

const dragFrom = 6;

export function listen(stage: Stage, gestures: Gestures): void {
  const { element } = stage;
  const hit = (event: MouseEvent): DrawnNode | undefined => {
    const at = stage.toDrawing(event.clientX, event.clientY);
    return gestures.nodeAt(at.x, at.y);
  };
  let drag: Drag | undefined;
  let suppress = false;
  stage.dragsAt = (event) => {
    const node = event instanceof MouseEvent ? hit(event) : undefined;
    return node !== undefined && gestures.draggable(node);
  };

  element.addEventListener('pointermove', (event) => {
    if (drag) drag.move(event, hit(event));
    else gestures.hover(hit(event));
  });
  element.addEventListener('pointerleave', () => {
    if (!drag) gestures.hover(undefined);
  });
  element.addEventListener('pointerdown', (event) => {
    suppress = false;
    const node = event.button === 0 && event.pointerType === 'mouse' ? hit(event) : undefined;
    if (node && gestures.draggable(node)) drag = new Drag(element, gestures, node, event);
  });
  const end = (event: PointerEvent, dropping: boolean): void => {
    if (!drag) return;
    suppress = drag.end(dropping ? hit(event) : undefined);
    drag = undefined;
  };
  element.addEventListener('pointerup', (event) => end(event, true));
  element.addEventListener('pointercancel', (event) => end(event, false));
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !drag) return;
    suppress = drag.end(undefined);
    drag = undefined;
    event.stopPropagation();
  });
  element.addEventListener('click', (event) => {
    if (suppress || isControl(event)) return;
    gestures.click(hit(event), event.ctrlKey || event.metaKey || event.shiftKey);
  });
  element.addEventListener('dblclick', (event) => {
    if (!isControl(event)) gestures.open(hit(event));
  });
  // Before VS Code's own listener on the document, so that it reads the node under the pointer. One that the keyboard
  // opened has its node set already.
  element.addEventListener(
    'contextmenu',
    (event) => {
      if (event.isTrusted) gestures.context(hit(event));
    },
    { capture: true },
  );
}

/** Buttons that lie over the drawing are not the drawing. */
const isControl = (event: MouseEvent): boolean =>
  event.target instanceof Element && event.target.closest('button') !== null;

class Drag {
  readonly #element: HTMLElement;
  readonly #gestures: Gestures;
  readonly #node: DrawnNode;
  readonly #from: { x: number; y: number };
  readonly #pointer: number;
  #label: HTMLElement | undefined;

  constructor(element: HTMLElement, gestures: Gestures, node: DrawnNode, event: PointerEvent) {
    this.#element = element;
    this.#gestures = gestures;
    this.#node = node;
    this.#from = { x: event.clientX, y: event.clientY };
    this.#pointer = event.pointerId;
  }

  move(event: PointerEvent, over: DrawnNode | undefined): void {
    if (!this.#label) {
      if (Math.hypot(event.clientX - this.#from.x, event.clientY - this.#from.y) < dragFrom) return;
      this.#label = html('div', { class: 'drag-label', 'aria-hidden': 'true' });
      document.body.append(this.#label);
      this.#element.setPointerCapture(this.#pointer);
      this.#element.classList.add('dragging');
    }
    const accepts = this.#gestures.accepts(this.#node, over);
    this.#element.classList.toggle('refused', !accepts);
    this.#label.textContent = this.#gestures.label(this.#node, accepts ? over : undefined);
    this.#label.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    this.#gestures.hover(accepts ? over : this.#node);
  }

  /** True when it was a drag and not a click. */
  end(onto: DrawnNode | undefined): boolean {
    if (!this.#label) return false;
    this.#label.remove();
    this.#element.classList.remove('dragging', 'refused');
    this.#gestures.hover(undefined);
    if (onto && this.#gestures.accepts(this.#node, onto)) this.#gestures.drop(this.#node, onto);
    return true;
  }
}
