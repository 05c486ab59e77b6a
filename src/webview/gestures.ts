/** Connects mouse and keyboard to the page. */
import type { DrawnNode } from '#model/topology/drawing';
import { containerOf } from '#model/topology/related';
import { describe } from '#webview/describe';
import { pressed } from '#webview/keyboard';
import { menuContext, openMenu } from '#webview/menu';
import { nameOf, nodeAt } from '#webview/nodes';
import type { Page } from '#webview/page';
import { listen } from '#webview/pointer';

/** Containers connect to networks of these drivers, and to whatever a plugin brings. */
const closed = new Set(['host', 'none']);

/** The host and what is outside are no things of their own: they only end a pair. */
const selectable = (node: DrawnNode | undefined): string | undefined =>
  !node || node.kind === 'host' || node.kind === 'outside' ? undefined : node.key;

export function connectGestures(page: Page): void {
  const { board } = page;
  const { stage, outline } = board;
  const context = (node: DrawnNode | undefined): void => {
    stage.element.dataset.vscodeContext = menuContext(node, page.engine, page.planned, page.pairTarget(node));
  };
  const activate = (node: DrawnNode): void => {
    outline.activate(node.key);
    board.highlight.focus(node.key);
    stage.reveal(node);
  };
  const open = (node: DrawnNode | undefined): void => {
    if (!node) return;
    if (stage.element.classList.contains('map')) stage.zoomTo(node);
    else if (node.kind === 'network' && node.networkId !== undefined) page.focusNetwork(node.networkId);
  };
  const draggable = (node: DrawnNode): boolean =>
    !page.planned && (node.kind === 'container' || node.kind === 'ghost') && board.message?.status.tone === 'live';
  const accepts = (container: DrawnNode, onto: DrawnNode | undefined): boolean => {
    const graph = board.picture?.graph;
    const dragged = graph && containerOf(graph, container.key);
    const network =
      onto?.networkId === undefined ? undefined : graph?.networks.find((found) => found.id === onto.networkId);
    if (!dragged || !network?.network || closed.has(network.kind) || dragged.container.mode === 'container')
      return false;
    return !dragged.endpoints.some((endpoint) => endpoint.network === network);
  };

  listen(stage, {
    nodeAt: (x, y) => board.picture && nodeAt(board.picture.drawing, x, y),
    hover: (node) => {
      board.highlight.hover(node?.key);
      stage.svg.style.cursor = selectable(node) === undefined ? '' : 'pointer';
      stage.element.title =
        node && board.picture ? describe(node, board.picture.graph, page.words, board.message?.engineLabel ?? '') : '';
    },
    click: (node, second) => {
      if (second && node && page.selectSecond(node)) return;
      const key = selectable(node);
      if (key !== undefined || page.state.kept.selected !== undefined) page.select(key, true);
      outline.element.focus({ preventScroll: true });
    },
    open,
    context: (node) => {
      context(node);
      const { pair } = page.state.kept;
      if (node && !pair?.includes(node.key)) page.select(selectable(node), false);
    },
    draggable,
    accepts,
    label: (container, onto) => {
      const graph = board.picture?.graph;
      const name = (graph && containerOf(graph, container.key)?.name) ?? '';
      const network = graph?.networks.find((found) => found.id === onto?.networkId);
      return network ? page.words.say('dropHint', name.slice(0, 60), network.name.slice(0, 60)) : name.slice(0, 60);
    },
    drop: (container, onto) => {
      if (container.containerId !== undefined && onto.networkId !== undefined)
        page.post({ kind: 'connect', container: container.containerId, network: onto.networkId });
    },
  });

  outline.element.addEventListener('focus', () => board.highlight.focus(outline.active?.key));
  outline.element.addEventListener('keydown', (event) =>
    pressed(event, {
      nodes: outline.nodes,
      active: outline.active,
      activate,
      select: (node) => page.select(selectable(node), true),
      selectSecond: (node) => {
        if (!page.selectSecond(node)) page.select(selectable(node), true);
      },
      leave: () => page.leave(),
      search: () => page.toolbar.focusSearch(),
      menu: (node) => {
        context(node);
        activate(node);
        openMenu(stage.element, stage.toWindow(node.x + Math.min(40, node.width / 2), node.y + node.height / 2));
      },
      zoom: (factor) => {
        if (factor === 'fit') page.fit();
        else if (stage.element.classList.contains('map')) stage.zoomBy(factor);
      },
      open,
      nameOf: (node) => (board.picture ? nameOf(node, board.picture.graph) : ''),
    }),
  );
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches('input, select, textarea')) return;
    page.toolbar.focusSearch();
    event.preventDefault();
  });
}
