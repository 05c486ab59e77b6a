/** The one builder of TreeItems: rows in, what VS Code draws out. */
import * as vscode from 'vscode';
import { commandIds } from '#contributions';
import type { EngineSession } from '#live/types';
import type { Container, Network } from '#model/snapshot';
import { portItem } from '#views/ports/items';
import { problemWords } from '#views/problems';
import {
  containerDescription,
  containerSentence,
  groupDescription,
  groupLabel,
  isDim,
  networkDescription,
  networkSentence,
  serviceDescription,
} from '#views/tree/describe';
import { dimColor, dimmed } from '#views/tree/dim';
import type { EngineTree } from '#views/tree/engineTree';
import { containerIcon, groupIcon, networkIcon } from '#views/tree/icons';
import { portKey } from '#views/tree/nodeBook';
import type { TreeNode } from '#views/tree/nodes';
import { shortened } from '#views/words';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

type Of<K extends TreeNode['kind']> = TreeNode & { readonly kind: K };

/** The item of a row; a row whose thing is gone (its removal is being drawn) gets a bare one. */
export function itemOf(node: TreeNode, tree: EngineTree | undefined, session: EngineSession): vscode.TreeItem {
  const item = build(node, tree, session);
  item.id = node.id;
  if (session.state.kind !== 'offline') return item;
  item.resourceUri = dimmed(node.id);
  // An old picture has no colours: a green sign would say what nobody knows.
  if (item.iconPath instanceof vscode.ThemeIcon) item.iconPath = new vscode.ThemeIcon(item.iconPath.id, dimColor);
  return item;
}

function build(node: TreeNode, tree: EngineTree | undefined, session: EngineSession): vscode.TreeItem {
  if (node.kind === 'engine') return engineItem(session);
  if (node.kind === 'problem') return problemItem(node, session);
  if (!tree) return new vscode.TreeItem('');
  switch (node.kind) {
    case 'project':
      return made(node.project, Expanded, 'package', vscode.l10n.t('Compose project'), 'project');
    case 'network': {
      const network = tree.places.networks.get(node.network);
      return network ? networkItem(network, tree) : new vscode.TreeItem('');
    }
    case 'group': {
      const item = made(groupLabel(node.group), Collapsed, '', groupDescription(node.group), `group.${node.group}`);
      item.iconPath = groupIcon(node.group);
      return item;
    }
    case 'service': {
      const service = tree.service(node.service);
      if (!service) return new vscode.TreeItem('');
      const state = service.tasks.length > 0 ? Collapsed : None;
      return made(service.name, state, 'server-process', serviceDescription(service, node.network), 'service');
    }
    case 'task':
      return taskItem(node, tree);
    default:
      return inContainer(node, tree);
  }
}

function inContainer(node: Of<'container' | 'port' | 'exposed' | 'alias' | 'link'>, tree: EngineTree): vscode.TreeItem {
  const container = tree.places.containers.get(node.container);
  if (!container) return new vscode.TreeItem('');
  const item = partItem(node, container, tree);
  if (isDim(container)) item.resourceUri = dimmed(node.id);
  return item;
}

function partItem(
  node: Of<'container' | 'port' | 'exposed' | 'alias' | 'link'>,
  container: Container,
  tree: EngineTree,
): vscode.TreeItem {
  switch (node.kind) {
    case 'container':
      return containerItem(container, node.network, tree);
    case 'port': {
      const row = tree.portRows(container).find((one) => portKey(one) === node.key);
      return row ? portItem(row, container, false) : new vscode.TreeItem('');
    }
    case 'exposed': {
      const text =
        container.mode === 'host'
          ? vscode.l10n.t('exposed, on the host itself')
          : vscode.l10n.t('exposed, not published');
      return made(`${node.port}/${node.protocol}`, None, 'circle-outline', text, 'exposed');
    }
    case 'alias': {
      const isService = node.alias === container.compose?.service;
      return made(node.alias, None, 'tag', isService ? vscode.l10n.t('service name') : vscode.l10n.t('alias'), 'alias');
    }
    case 'link': {
      const text =
        node.direction === 'to'
          ? vscode.l10n.t('link to {0}, known here as {1}', node.name, node.alias)
          : vscode.l10n.t('linked from {0}, known there as {1}', node.name, node.alias);
      return made(node.direction === 'to' ? node.alias : node.name, None, 'link', text, 'link');
    }
    default:
      return node satisfies never;
  }
}

function networkItem(network: Network, tree: EngineTree): vscode.TreeItem {
  const hasRows = tree.counts(`network:${network.id}`).shown > 0 || tree.servicesOn(network.id).length > 0;
  const item = made(
    network.name,
    hasRows ? Collapsed : None,
    '',
    networkDescription(tree, network),
    contextOf(network),
  );
  item.iconPath = networkIcon(network);
  item.accessibilityInformation = { label: networkSentence(tree, network) };
  return item;
}

/** `own` may be removed; `bridgeable` takes containers: not host, none, the ingress, or an overlay for services only. */
export function contextOf(network: Network): string {
  const closed =
    network.driver === 'host' ||
    network.driver === 'null' ||
    network.ingress ||
    (network.scope === 'swarm' && !network.attachable);
  return `network.${network.builtIn ? 'builtin' : 'own'}${closed ? '' : '.bridgeable'}`;
}

function containerItem(container: Container, network: string | undefined, tree: EngineTree): vscode.TreeItem {
  const state = tree.hasChildren(container, network) ? Collapsed : None;
  const isAttached = container.mode === 'networks' && tree.places.networks.has(network ?? '');
  const context = `container.${isAttached ? 'attached' : container.mode}.${isDim(container) ? 'stopped' : 'running'}`;
  const item = made(container.name, state, '', containerDescription(tree, container, network), context);
  item.iconPath = containerIcon(container);
  item.accessibilityInformation = { label: containerSentence(tree, container, network) };
  return item;
}

function taskItem(node: Of<'task'>, tree: EngineTree): vscode.TreeItem {
  const task = tree.service(node.service)?.tasks.find(({ id }) => id === node.task);
  if (!task) return new vscode.TreeItem('');
  const address = task.addresses.find(({ networkId }) => networkId === node.network)?.address;
  const where = task.node === undefined ? undefined : vscode.l10n.t('on node {0}', task.node);
  const text = [address, where, task.state].filter((part) => part !== undefined).join(' · ');
  return made(task.name, None, 'server', text, 'task');
}

function engineItem(session: EngineSession): vscode.TreeItem {
  const { state, snapshot, spec } = session;
  const engine = snapshot?.engine;
  const known = engine ? `${engine.kind === 'podman' ? 'Podman' : 'Docker'} ${engine.version}` : spec.url;
  const text = state.kind === 'offline' ? problemWords(state.problem, spec).cause : known;
  return made(
    spec.label,
    Expanded,
    state.kind === 'offline' ? 'debug-disconnect' : 'server-environment',
    text,
    'engine',
  );
}

/** Trouble that the welcome texts do not cover (certificates, SSH): cause, remedy and what helps, as rows. */
function problemItem(node: Of<'problem'>, session: EngineSession): vscode.TreeItem {
  const { state, spec } = session;
  const words = state.kind === 'offline' ? problemWords(state.problem, spec) : undefined;
  const action = (label: string, icon: string, command: string): vscode.TreeItem => {
    const item = made(label, None, icon, '', 'problem');
    item.command = { command, title: label };
    return item;
  };
  switch (node.line) {
    case 'cause': {
      const item = made(words?.cause ?? '', None, 'error', '', 'problem');
      if (state.kind === 'offline') item.tooltip = `${words?.cause}\n\n${shortened(state.problem.detail, 500)}`;
      return item;
    }
    case 'remedy':
      return made(words?.remedy ?? '', None, 'lightbulb', '', 'problem');
    case 'retry':
      return action(vscode.l10n.t('Try Again'), 'refresh', commandIds.retryConnection);
    case 'choose':
      return action(vscode.l10n.t('Choose Engine…'), 'server-environment', commandIds.chooseEngine);
    case 'log':
      return action(vscode.l10n.t('Show Log'), 'output', commandIds.showLog);
    default:
      return node.line satisfies never;
  }
}

function made(
  label: string,
  state: vscode.TreeItemCollapsibleState,
  icon: string,
  description: string,
  context: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(shortened(label), state);
  if (icon !== '') item.iconPath = new vscode.ThemeIcon(icon);
  item.description = shortened(description, 200);
  item.contextValue = context;
  item.accessibilityInformation = { label: description === '' ? label : `${label}, ${description}` };
  return item;
}
