/** The Networks view. */
import * as vscode from 'vscode';
import { contextKeys, viewIds } from '#contributions';
import { Emitter } from '#live/emitter';
import type { Engines, Event } from '#live/types';
import { Need } from '#views/need';
import type { TreeSurface } from '#views/surfaces';
import type { Target } from '#views/target';
import { registerDimming } from '#views/tree/dim';
import { ContainerDrag } from '#views/tree/dragAndDrop';
import type { TreeFilter } from '#views/tree/filter';
import { Look } from '#views/tree/look';
import type { TreeNode } from '#views/tree/nodes';
import { NetworksProvider } from '#views/tree/provider';
import { messageOf, viewState } from '#views/tree/state';

export interface NetworksTree extends TreeSurface {
  /** Shows and selects the row, opening the view. Does nothing for what the filter hides or is gone. */
  revealInTree(target: Target): Promise<void>;
  /** Selects the row only while the view is visible: `reveal` would open a hidden side bar. */
  follow(target: Target): Promise<void>;
  /** The first selected row, when it stands for something. */
  readonly onDidSelect: Event<Target>;
  /** The data the view shows, for tests in the extension host. */
  readonly provider: vscode.TreeDataProvider<TreeNode>;
}

/** `discovered` resolves when endpoints were looked for the first time: until then nothing is known to be missing. */
export function registerTree(
  context: Pick<vscode.ExtensionContext, 'subscriptions'>,
  { engines, discovered }: { readonly engines: Engines; readonly discovered: Promise<unknown> },
): NetworksTree {
  const look = new Look();
  const provider = new NetworksProvider(engines, look);
  const selected = new Emitter<Target>();
  const need = new Need(engines);
  const view = vscode.window.createTreeView(viewIds.networks, {
    treeDataProvider: provider,
    dragAndDropController: new ContainerDrag(),
    canSelectMany: true,
    showCollapseAll: true,
  });
  let isDiscovered = false;
  let followed: TreeNode | undefined;
  const tell = (): void => tellState(view, provider, engines, look.filter, isDiscovered);
  const found = (): void => {
    isDiscovered = true;
    tell();
  };
  // A failed search is over as well: what it found is what there is.
  discovered.then(found, found);
  tell();
  need.visible = view.visible;
  context.subscriptions.push(
    view,
    provider,
    look,
    need,
    registerDimming(),
    provider.onDidChangeState(tell),
    view.onDidChangeVisibility(({ visible }) => {
      need.visible = visible;
    }),
    view.onDidChangeSelection(({ selection: [first] }) => {
      // What was selected here because it was selected elsewhere is no news there.
      const isEcho = first !== undefined && first === followed;
      followed = undefined;
      if (first?.target && !isEcho) selected.fire(first.target);
    }),
  );
  const reveal = async (target: Target, focus: boolean): Promise<void> => {
    const row = provider.rowOf(target);
    if (!focus) followed = row;
    if (row) await view.reveal(row, { select: true, focus, expand: row.kind === 'network' });
  };
  return {
    provider,
    onDidSelect: selected.event,
    revealInTree: async (target) => {
      await vscode.commands.executeCommand(`${viewIds.networks}.focus`);
      await reveal(target, true);
    },
    follow: async (target) => {
      if (view.visible) await reveal(target, false);
    },
    selected: () => (view.visible ? view.selection.flatMap(({ target }) => target ?? []) : []),
    filter: () => look.filter,
    setFilter: (filter: TreeFilter) => {
      look.filter = filter;
    },
  };
}

function tellState(
  view: vscode.TreeView<TreeNode>,
  provider: NetworksProvider,
  engines: Engines,
  filter: TreeFilter,
  isDiscovered: boolean,
): void {
  const state = viewState(engines.sessions[0], isDiscovered, filter);
  void vscode.commands.executeCommand('setContext', contextKeys.state, state);
  // A message hides the welcome text, so an empty view gets none.
  const message = provider.getChildren().length > 0 ? messageOf(engines.sessions, filter) : '';
  if (view.message !== message) view.message = message;
  const [session] = engines.sessions;
  const description = session && engines.specs.length > 1 && engines.sessions.length === 1 ? session.spec.label : '';
  if (view.description !== description) view.description = description;
}
