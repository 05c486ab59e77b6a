/** Fading, hover, selection and focus: what stands out and what steps back. */
import type { DrawnNode } from '#model/topology/drawing';
import { setAttribute, svg } from '#webview/dom';
import type { Painter } from '#webview/painter';
import type { Stage } from '#webview/stage';
import type { Mode } from '#webview/state';

const fadeAfter = 80;
const restoreAfter = 120;

export interface Scene {
  readonly mode: Mode;
  node(key: string): DrawnNode | undefined;
  /** Nodes that stay when the key's node stands out; undefined: all. */
  related(key: string): ReadonlySet<string> | undefined;
  /** Nodes the search found; undefined without search. */
  readonly found: ReadonlySet<string> | undefined;
  /** Two selected nodes, what keeps its colour with them and whose lines are heavier. */
  readonly route?: {
    readonly ends: readonly [string, string];
    readonly kept: ReadonlySet<string>;
    readonly lit: ReadonlySet<string>;
  };
}

export class Highlight {
  readonly #stage: Stage;
  readonly #painter: Painter;
  readonly #hovered = svg('rect', { class: 'hovered', rx: 4 });
  readonly #selected = svg('rect', { class: 'selected-row', rx: 4 });
  readonly #outline = svg('rect', { class: 'selected-outline', rx: 6 });
  readonly #second = svg('rect', { class: 'selected-outline second', rx: 6 });
  readonly #focus = svg('rect', { class: 'focus-ring', rx: 4 });
  #scene: Scene | undefined;
  #hover: string | undefined;
  #pointed: string | undefined;
  #selection: string | undefined;
  #active: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(stage: Stage, painter: Painter) {
    this.#stage = stage;
    this.#painter = painter;
  }

  /** After a new drawing. */
  show(scene: Scene): void {
    this.#scene = scene;
    this.refresh();
  }

  hover(key: string | undefined): void {
    if (key === this.#pointed) return;
    this.#pointed = key;
    this.#place(this.#hovered, key, 'under');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#hover = this.#pointed;
        this.#fade();
      },
      key === undefined ? restoreAfter : fadeAfter,
    );
  }

  select(key: string | undefined): void {
    this.#selection = key;
    this.refresh();
  }

  /** The node that the keyboard is at; its ring shows while the drawing has the focus. */
  focus(key: string | undefined): void {
    this.#active = key;
    this.#place(this.#focus, key, 'over');
  }

  refresh(): void {
    // A row is filled; what has a ground of its own (cards, boxes, bands, plugs) gets a line around it.
    const node = this.#selection === undefined ? undefined : this.#scene?.node(this.#selection);
    const row = this.#scene?.mode !== 'map' && node?.kind === 'container';
    this.#place(this.#selected, row ? this.#selection : undefined, 'under');
    this.#place(this.#outline, row ? undefined : this.#selection, 'over');
    const second = this.#scene?.route?.ends.find((key) => key !== this.#selection);
    this.#place(this.#second, second, 'over');
    this.#place(this.#hovered, this.#pointed, 'under');
    this.#place(this.#focus, this.#active, 'over');
    this.#fade();
  }

  /** The selected node's shapes, painted anew while scrolling, take its colours too. */
  mark(): void {
    for (const element of this.#stage.layers.main.querySelectorAll('.on')) element.classList.remove('on');
    for (const element of this.#stage.layers.main.querySelectorAll('.lit')) element.classList.remove('lit');
    for (const key of this.#scene?.route?.lit ?? [])
      for (const element of this.#stage.layers.main.querySelectorAll(`[data-node="${CSS.escape(key)}"]`))
        element.classList.add('lit');
    if (this.#selection === undefined || this.#scene?.mode === 'map') return;
    const selector = `[data-node="${CSS.escape(this.#selection)}"]`;
    for (const element of this.#stage.layers.main.querySelectorAll(selector)) element.classList.add('on');
  }

  #fade(): void {
    const scene = this.#scene;
    if (!scene) return;
    const key = this.#hover ?? this.#selection;
    const kept = this.#hover === undefined ? scene.route?.kept : undefined;
    const stays = kept ?? (key !== undefined && scene.node(key) ? scene.related(key) : undefined);
    const { found } = scene;
    this.#painter.fade((node) => {
      if (node === undefined || node === 'host') return false;
      if (stays && !stays.has(node)) return true;
      return !stays && found !== undefined && !found.has(node);
    });
    this.mark();
  }

  #place(element: SVGRectElement, key: string | undefined, layer: 'under' | 'over'): void {
    const node = key === undefined ? undefined : this.#scene?.node(key);
    const wide = this.#scene?.mode !== 'map' && node?.kind === 'port' && layer === 'under';
    if (!node || wide || (node.kind === 'host' && layer === 'under')) {
      element.remove();
      return;
    }
    const inset = element === this.#focus ? 1 : 0;
    setAttribute(element, 'x', node.x + inset);
    setAttribute(element, 'y', node.y + inset);
    setAttribute(element, 'width', Math.max(0, node.width - 2 * inset));
    setAttribute(element, 'height', Math.max(0, node.height - 2 * inset));
    if (element.parentNode !== this.#stage.layers[layer]) this.#stage.layers[layer].append(element);
  }
}
