/** The Ports view: what is bound on the host, sorted by port. */
import * as vscode from 'vscode';
import { viewIds } from '#contributions';
import type { Disposable, EngineSession, Engines, SnapshotChange } from '#live/types';
import { relationsOf } from '#model/relations';
import { portFacts, serviceFacts } from '#views/facts';
import { factSheet } from '#views/markdown';
import { Need } from '#views/need';
import { portItem } from '#views/ports/items';
import { type PortNode, portNodes } from '#views/ports/rows';
import { dimmed } from '#views/tree/dim';
import { portDescription, portText, shortened } from '#views/words';

export function registerPorts(
  context: Pick<vscode.ExtensionContext, 'subscriptions'>,
  { engines }: { readonly engines: Engines },
): { readonly provider: vscode.TreeDataProvider<PortNode> } {
  const provider = new PortsProvider(engines);
  const need = new Need(engines);
  const view = vscode.window.createTreeView(viewIds.ports, { treeDataProvider: provider, canSelectMany: true });
  need.visible = view.visible;
  context.subscriptions.push(
    view,
    provider,
    need,
    view.onDidChangeVisibility(({ visible }) => {
      need.visible = visible;
    }),
  );
  return { provider };
}

class PortsProvider implements vscode.TreeDataProvider<PortNode>, vscode.Disposable {
  readonly #engines: Engines;
  readonly #data = new vscode.EventEmitter<undefined>();
  readonly #engineChanges: Disposable;
  #sessions: readonly Disposable[] = [];
  /** Containers that had a row when rows were last asked for: their changes matter, those of others do not. */
  #shown: ReadonlySet<string> = new Set();

  readonly onDidChangeTreeData = this.#data.event;

  constructor(engines: Engines) {
    this.#engines = engines;
    this.#engineChanges = engines.onDidChange(() => this.#subscribe());
    this.#subscribe();
  }

  getChildren(parent?: PortNode): PortNode[] {
    if (parent) return [];
    const nodes = this.#engines.sessions.flatMap(({ spec, snapshot }) =>
      snapshot ? portNodes(spec.id, snapshot) : [],
    );
    this.#shown = new Set(nodes.flatMap((node) => (node.kind === 'port' ? [node.row.containerId] : [])));
    return nodes;
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(node: PortNode): vscode.TreeItem {
    const session = this.#session(node);
    const item = session ? build(node, session) : new vscode.TreeItem('');
    item.id = node.id;
    const isDim = session?.state.kind === 'offline' || (node.kind === 'port' && node.row.noEffect !== undefined);
    if (isDim) item.resourceUri = dimmed(`ports/${node.id}`);
    if (this.#engines.sessions.length > 1 && session) item.description = `${item.description} · ${session.spec.label}`;
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: PortNode): vscode.TreeItem {
    const snapshot = this.#session(node)?.snapshot;
    if (!snapshot) return item;
    if (node.kind === 'port')
      item.tooltip = factSheet(portText(node.row), portDescription(node.row), portFacts(snapshot, node.row));
    else item.tooltip = factSheet(String(item.label), '', serviceFacts(snapshot, node.service));
    return item;
  }

  dispose(): void {
    for (const one of this.#sessions) one.dispose();
    this.#engineChanges.dispose();
    this.#data.dispose();
  }

  #session({ engine }: PortNode): EngineSession | undefined {
    return this.#engines.sessions.find(({ spec }) => spec.id === engine);
  }

  #subscribe(): void {
    for (const one of this.#sessions) one.dispose();
    this.#sessions = this.#engines.sessions.flatMap((session) => [
      session.onDidChangeSnapshot((change) => {
        if (this.#matters(change)) this.#data.fire(undefined);
      }),
      session.onDidChangeState(() => this.#data.fire(undefined)),
    ]);
    this.#data.fire(undefined);
  }

  #matters({ all, networks, containers, snapshot }: SnapshotChange): boolean {
    if (all || networks.size > 0 || snapshot.services !== undefined) return true;
    if ([...containers].some((id) => this.#shown.has(id))) return true;
    return snapshot.containers.some(({ id, published }) => published.length > 0 && containers.has(id));
  }
}

function build(node: PortNode, { snapshot }: EngineSession): vscode.TreeItem {
  if (!snapshot) return new vscode.TreeItem('');
  const relations = relationsOf(snapshot);
  if (node.kind === 'port') {
    const container = relations.containers.get(node.row.containerId);
    return container ? portItem(node.row, container, true) : new vscode.TreeItem('');
  }
  const name = shortened(relations.services.get(node.service)?.name ?? '');
  const item = new vscode.TreeItem(`${node.hostPort} → ${node.port}/${node.protocol}`);
  item.description = vscode.l10n.t('{0} · service, on every node', name);
  item.iconPath = new vscode.ThemeIcon('layers');
  item.contextValue = 'port';
  item.accessibilityInformation = {
    label: vscode.l10n.t('Published port {0} of service {1}, on every node', item.label as string, name),
  };
  return item;
}
