/**
 * The drawing for screen readers and the keyboard: a tree that has the focus and says every node in one sentence. Of
 * very large drawings it holds a window around the active node, with the true positions told.
 */
import type { DrawnNode } from '#model/topology/drawing';
import { html, setAttribute } from '#webview/dom';

const whole = 240;
const around = 60;

export class Outline {
  readonly element = html('div', { class: 'outline', role: 'tree', tabindex: 0 });
  #nodes: readonly DrawnNode[] = [];
  #index = new Map<string, number>();
  #levels: readonly number[] = [];
  #active: string | undefined;
  #selected: string | undefined;
  #describe: (node: DrawnNode) => string = () => '';

  constructor(label: string) {
    this.element.setAttribute('aria-label', label);
  }

  get active(): DrawnNode | undefined {
    return this.#active === undefined ? undefined : this.node(this.#active);
  }

  node(key: string): DrawnNode | undefined {
    const index = this.#index.get(key);
    return index === undefined ? undefined : this.#nodes[index];
  }

  get nodes(): readonly DrawnNode[] {
    return this.#nodes;
  }

  show(nodes: readonly DrawnNode[], describe: (node: DrawnNode) => string): void {
    this.#nodes = nodes;
    this.#describe = describe;
    const index = new Map<string, number>();
    const levels: number[] = [];
    for (const { key, parent } of nodes) {
      const above = parent === undefined ? undefined : index.get(parent);
      index.set(key, levels.length);
      levels.push(Math.min(9, (above === undefined ? 0 : (levels[above] ?? 0)) + 1));
    }
    this.#index = index;
    this.#levels = levels;
    if (this.#active !== undefined && !this.#index.has(this.#active)) this.#active = undefined;
    this.#active ??= nodes[0]?.key;
    this.#render();
  }

  /** Makes a node the active one: what arrows start from and screen readers say. */
  activate(key: string): void {
    if (!this.#index.has(key)) return;
    this.#active = key;
    this.#render();
  }

  select(key: string | undefined): void {
    this.#selected = key;
    this.#render();
  }

  #render(): void {
    const at = this.#active === undefined ? 0 : (this.#index.get(this.#active) ?? 0);
    const all = this.#nodes.length <= whole;
    const from = all ? 0 : Math.max(0, at - around);
    const to = all ? this.#nodes.length : Math.min(this.#nodes.length, at + around);
    const items: HTMLElement[] = [];
    for (let index = from; index < to; index++) {
      const node = this.#nodes[index]!;
      const item =
        (this.element.children[index - from] as HTMLElement | undefined) ?? html('div', { role: 'treeitem' });
      setAttribute(item, 'id', `node-${index}`);
      setAttribute(item, 'data-node', node.key);
      setAttribute(item, 'aria-level', this.#levels[index] ?? 1);
      setAttribute(item, 'aria-setsize', this.#nodes.length);
      setAttribute(item, 'aria-posinset', index + 1);
      setAttribute(item, 'aria-selected', String(node.key === this.#selected));
      const sentence = this.#describe(node);
      if (item.textContent !== sentence) item.textContent = sentence;
      items.push(item);
    }
    this.element.replaceChildren(...items);
    setAttribute(this.element, 'aria-activedescendant', this.#active === undefined ? undefined : `node-${at}`);
  }
}
