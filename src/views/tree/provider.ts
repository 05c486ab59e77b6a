/** Feeds the Networks view: rows of every shown engine, refreshed row by row. */
import * as vscode from 'vscode';
import { Emitter } from '#live/emitter';
import type { Disposable, EngineSession, Engines } from '#live/types';
import type { Target } from '#views/target';
import { acceptChange } from '#views/tree/changes';
import { EngineTree } from '#views/tree/engineTree';
import { itemOf } from '#views/tree/items';
import type { Look } from '#views/tree/look';
import { pathOf, type TreeNode } from '#views/tree/nodes';
import { needsRows } from '#views/tree/state';
import { tooltipOf } from '#views/tree/tooltips';

interface Shown {
  readonly session: EngineSession;
  readonly row: TreeNode;
  readonly subscriptions: readonly Disposable[];
  tree: EngineTree | undefined;
  wasOffline: boolean;
}

export class NetworksProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #engines: Engines;
  readonly #look: Look;
  readonly #data = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly #state = new Emitter<void>();
  readonly #shown = new Map<string, Shown>();
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChangeTreeData = this.#data.event;
  /** State, filter or the list of engines changed: title, message and welcome text may differ. */
  readonly onDidChangeState = this.#state.event;

  constructor(engines: Engines, look: Look) {
    this.#engines = engines;
    this.#look = look;
    this.#subscriptions = [engines.onDidChange(() => this.#takeSessions()), look.onDidChange(() => this.#takeLook())];
    this.#takeSessions();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const shown = this.#shown.get(node.engine);
    return shown ? itemOf(node, shown.tree, shown.session) : new vscode.TreeItem('');
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const shown = this.#shown.get(node.engine);
    const tooltip = shown && tooltipOf(node, shown.tree, shown.session);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getChildren(node?: TreeNode): readonly TreeNode[] & TreeNode[] {
    return [...this.#children(node)];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    if (node.parent === undefined) return undefined;
    if (node.parent === pathOf(node.engine)) return this.#isSideBySide ? this.#shown.get(node.engine)?.row : undefined;
    return this.#shown.get(node.engine)?.tree?.book.byId(node.parent);
  }

  /** The row of a target, made if VS Code has not asked for it yet; undefined when it is not shown. */
  rowOf(target: Target): TreeNode | undefined {
    const shown = this.#shown.get(target.engine) ?? this.#shown.get(this.#engines.current?.spec.id ?? '');
    const tree = shown?.tree;
    if (!tree) return undefined;
    switch (target.kind) {
      case 'engine':
        return this.#isSideBySide ? shown.row : undefined;
      case 'network':
        return tree.places.networks.has(target.network) ? tree.network(target.network) : undefined;
      case 'container':
        return tree.container(target.container, target.network);
      case 'port': {
        const parent = tree.container(target.container);
        const rows = parent ? tree.children(parent) : [];
        return rows.find(
          ({ target: other }) =>
            other?.kind === 'port' && other.hostPort === target.hostPort && other.port === target.port,
        );
      }
      case 'service': {
        const network = tree
          .service(target.service)
          ?.networks.find(({ networkId }) => tree.places.networks.has(networkId));
        const rows = network ? tree.children(tree.network(network.networkId)) : [];
        return rows.find((row) => row.kind === 'service' && row.service === target.service);
      }
      default:
        return target satisfies never;
    }
  }

  dispose(): void {
    for (const { subscriptions } of this.#shown.values()) for (const one of subscriptions) one.dispose();
    for (const one of this.#subscriptions) one.dispose();
    this.#data.dispose();
    this.#state.dispose();
  }

  get #isSideBySide(): boolean {
    return this.#shown.size > 1;
  }

  #children(node: TreeNode | undefined): readonly TreeNode[] {
    if (node) {
      const shown = this.#shown.get(node.engine);
      if (node.kind === 'engine' && shown && !shown.tree) return this.#problemRows(shown, true);
      return shown?.tree?.children(node) ?? [];
    }
    if (this.#isSideBySide) return [...this.#shown.values()].map(({ row }) => row);
    const [only] = this.#shown.values();
    if (!only) return [];
    return only.tree ? only.tree.roots() : this.#problemRows(only, false);
  }

  #problemRows({ session, row }: Shown, always: boolean): readonly TreeNode[] {
    const { state } = session;
    if (state.kind !== 'offline' || !(always || needsRows(state.problem))) return [];
    return (['cause', 'remedy', 'retry', 'choose', 'log'] as const).map((line) => ({
      kind: 'problem',
      id: `${row.id}/problem:${line}`,
      parent: row.id,
      engine: row.engine,
      line,
    }));
  }

  #takeSessions(): void {
    const sessions = this.#engines.sessions;
    for (const [id, shown] of this.#shown) {
      if (sessions.includes(shown.session)) continue;
      for (const one of shown.subscriptions) one.dispose();
      this.#shown.delete(id);
    }
    const known = new Map(this.#shown);
    this.#shown.clear();
    for (const session of sessions) this.#shown.set(session.spec.id, known.get(session.spec.id) ?? this.#show(session));
    this.#data.fire(undefined);
    this.#state.fire();
  }

  #show(session: EngineSession): Shown {
    const { id } = session.spec;
    const shown: Shown = {
      session,
      row: { kind: 'engine', id: pathOf(id), parent: undefined, engine: id, target: { kind: 'engine', engine: id } },
      subscriptions: [
        session.onDidChangeSnapshot((change) => {
          if (!shown.tree) {
            shown.tree = new EngineTree(id, change.snapshot, this.#look.value);
            this.#refreshRoots(shown);
            return;
          }
          const refresh = acceptChange(shown.tree, change);
          if (refresh === 'roots') this.#refreshRoots(shown);
          else if (refresh.nodes.length > 0) this.#data.fire([...refresh.nodes]);
        }),
        session.onDidChangeState((state) => {
          const isOffline = state.kind === 'offline';
          // Live rows become dim and back; without rows the trouble itself is shown.
          if (isOffline !== shown.wasOffline || !shown.tree) this.#refreshRoots(shown);
          shown.wasOffline = isOffline;
          this.#state.fire();
        }),
      ],
      tree: session.snapshot && new EngineTree(id, session.snapshot, this.#look.value),
      wasOffline: session.state.kind === 'offline',
    };
    return shown;
  }

  #refreshRoots(shown: Shown): void {
    this.#data.fire(this.#isSideBySide ? shown.row : undefined);
    this.#state.fire();
  }

  #takeLook(): void {
    for (const { tree } of this.#shown.values()) if (tree) tree.look = this.#look.value;
    this.#data.fire(undefined);
    this.#state.fire();
  }
}
