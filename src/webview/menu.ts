/** Hands nodes to VS Code's own context menus: `data-vscode-context` is what its menus and commands receive. */
import type { DrawnNode } from '#model/topology/drawing';

/** What a command is about: the fields of a `Target` (src/views/target.ts). */
export function targetOf(node: DrawnNode, engine: string): Record<string, unknown> | undefined {
  if (node.kind === 'host' || node.kind === 'outside') return { kind: 'engine', engine };
  if (node.kind === 'network') return { kind: 'network', engine, network: node.networkId };
  if (node.kind === 'port') return { kind: 'port', engine, container: node.containerId, ...node.port };
  const target = { kind: 'container', engine, container: node.containerId };
  return node.networkId === undefined ? target : { ...target, network: node.networkId };
}

/** Stand-ins for host mode and no network are no networks of the engine: they have no menu. */
function sectionOf(node: DrawnNode): string | undefined {
  if (node.kind === 'ghost') return 'container';
  if (node.kind === 'network' && (node.networkId === 'host-mode' || node.networkId === 'no-network')) return undefined;
  return node.kind === 'host' || node.kind === 'outside' ? undefined : node.kind;
}

/** The JSON for `data-vscode-context`; without a node nothing but VS Code's own entries is taken away. */
/** `pair`: what “Explain Connection” of a node that is one of two selected asks about. */
export function menuContext(node: DrawnNode | undefined, engine: string, planned: boolean, pair?: unknown): string {
  const section = node && !planned ? sectionOf(node) : undefined;
  const plain = { preventDefaultContextMenuItems: true };
  if (!node || !section) return JSON.stringify(plain);
  return JSON.stringify({ webviewSection: section, ...targetOf(node, engine), ...(pair ? { pair } : {}), ...plain });
}

/** Opens the menu as a right click at a point of the window does. */
export function openMenu(element: Element, at: { readonly x: number; readonly y: number }): void {
  const event = new MouseEvent('contextmenu', {
    bubbles: true,
    cancelable: true,
    composed: true,
    button: 2,
    clientX: at.x,
    clientY: at.y,
  });
  element.dispatchEvent(event);
}
