/** The keyboard in the drawing: arrows follow its structure, Enter selects, the menu key opens VS Code's own menu. */
import type { DrawnNode } from '#model/topology/drawing';

export interface Keys {
  readonly nodes: readonly DrawnNode[];
  readonly active: DrawnNode | undefined;
  activate(node: DrawnNode): void;
  select(node: DrawnNode): void;
  /** As the second of a pair. */
  selectSecond(node: DrawnNode): void;
  leave(): void;
  search(): void;
  menu(node: DrawnNode): void;
  zoom(factor: number | 'fit'): void;
  open(node: DrawnNode): void;
  /** What typing a letter compares with. */
  nameOf(node: DrawnNode): string;
}

/** Where an arrow leads: up and down along the reading order, left to the parent, right to the first child. */
export function neighbour(nodes: readonly DrawnNode[], from: DrawnNode, key: string): DrawnNode | undefined {
  const index = nodes.findIndex((node) => node.key === from.key);
  switch (key) {
    case 'ArrowDown':
      return nodes[index + 1];
    case 'ArrowUp':
      return nodes[index - 1];
    case 'ArrowLeft':
      return from.parent === undefined ? undefined : nodes.find((node) => node.key === from.parent);
    case 'ArrowRight':
      return nodes.find((node) => node.parent === from.key);
    case 'Home':
      return nodes[0];
    case 'End':
      return nodes.at(-1);
    case 'PageDown':
      return nodes[Math.min(nodes.length - 1, index + 10)];
    case 'PageUp':
      return nodes[Math.max(0, index - 10)];
    default:
      return undefined;
  }
}

const moving = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageDown', 'PageUp']);

/** Handles a key pressed in the drawing. */
export function pressed(event: KeyboardEvent, keys: Keys): void {
  const { active } = keys;
  const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
  if (menu) {
    if (active) keys.menu(active);
  } else if (event.key === 'Enter' && !event.altKey && (event.ctrlKey || event.metaKey || event.shiftKey)) {
    if (active) keys.selectSecond(active);
  } else if (event.ctrlKey || event.metaKey || event.altKey) return;
  else if (moving.has(event.key)) {
    const to = active ? neighbour(keys.nodes, active, event.key) : keys.nodes[0];
    if (to) keys.activate(to);
  } else if (event.key === 'Enter' || event.key === ' ') {
    if (active) keys.select(active);
  } else if (event.key === '/') keys.search();
  else if (event.key === 'Escape') keys.leave();
  else if (event.key === '+' || event.key === '=') keys.zoom(1.25);
  else if (event.key === '-') keys.zoom(0.8);
  else if (event.key === '0') keys.zoom('fit');
  else if (event.key === 'z' && active) keys.open(active);
  else if (event.key.length === 1 && /\S/u.test(event.key)) typed(event.key, keys);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** A letter goes to the next node whose name begins with it: as in a tree. */
function typed(letter: string, keys: Keys): void {
  const from = keys.active ? keys.nodes.findIndex((node) => node.key === keys.active?.key) : -1;
  const wanted = letter.toLowerCase();
  const ordered = [...keys.nodes.slice(from + 1), ...keys.nodes.slice(0, from + 1)];
  const next = ordered.find((node) => keys.nameOf(node).toLowerCase().startsWith(wanted));
  if (next) keys.activate(next);
}
