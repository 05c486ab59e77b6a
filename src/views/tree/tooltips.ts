/** Tooltips of rows: the facts behind them, each value with its copy link. Built when a row is pointed at, not before. */
import * as vscode from 'vscode';
import { commandIds } from '#contributions';
import type { EngineSession } from '#live/types';
import { containerFacts, type Fact, networkFacts, portFacts, serviceFacts } from '#views/facts';
import { commandLink, factSheet } from '#views/markdown';
import { problemWords } from '#views/problems';
import { groupDescription, groupLabel } from '#views/tree/describe';
import type { EngineTree } from '#views/tree/engineTree';
import { portKey } from '#views/tree/nodeBook';
import type { TreeNode } from '#views/tree/nodes';
import { driverWord, portDescription, portText, stateWords, whereWord } from '#views/words';

export function tooltipOf(
  node: TreeNode,
  tree: EngineTree | undefined,
  session: EngineSession,
): vscode.MarkdownString | undefined {
  if (node.kind === 'engine') return engineTooltip(session);
  if (!tree) return undefined;
  const { snapshot } = tree;
  switch (node.kind) {
    case 'network': {
      const network = tree.places.networks.get(node.network);
      if (!network) return undefined;
      return factSheet(network.name, driverWord(network.driver), networkFacts(snapshot, network.id), linksOf(node));
    }
    case 'container':
    case 'alias':
    case 'exposed':
    case 'link': {
      const container = tree.places.containers.get(node.container);
      if (!container) return undefined;
      const network = node.kind === 'container' || node.kind === 'alias' ? node.network : undefined;
      const facts = containerFacts(snapshot, container.id, network);
      return factSheet(container.name, stateWords(container), facts, linksOf(node));
    }
    case 'port': {
      const container = tree.places.containers.get(node.container);
      const row = container && tree.portRows(container).find((one) => portKey(one) === node.key);
      return row && factSheet(portText(row), portDescription(row), portFacts(snapshot, row), linksOf(node));
    }
    case 'service':
    case 'task': {
      const service = tree.service(node.service);
      return service && factSheet(service.name, vscode.l10n.t('service'), serviceFacts(snapshot, service.id));
    }
    case 'group':
      return factSheet(groupLabel(node.group), groupDescription(node.group), []);
    default:
      return undefined;
  }
}

function linksOf(node: TreeNode): readonly string[] {
  if (!node.target) return [];
  const links = [commandLink(vscode.l10n.t('Show in Topology'), commandIds.revealInTopology, node.target)];
  if (node.kind === 'network' || node.kind === 'container')
    links.push(commandLink(vscode.l10n.t('Inspect'), commandIds.inspect, node.target));
  if (node.kind === 'container')
    links.push(commandLink(vscode.l10n.t('Explain Connection…'), commandIds.explainConnection, node.target));
  return links;
}

/** The engine: version, address, where it runs, and what is wrong if something is. */
export function engineTooltip(session: EngineSession): vscode.MarkdownString {
  const { spec, snapshot, state } = session;
  const facts: Fact[] = [{ label: vscode.l10n.t('Address'), value: spec.url, copy: spec.url }];
  if (snapshot) {
    const { engine } = snapshot;
    const kind = engine.kind === 'podman' ? 'Podman' : 'Docker';
    facts.unshift({ label: vscode.l10n.t('Engine'), value: `${kind} ${engine.version} (API ${engine.apiVersion})` });
    facts.push({ label: vscode.l10n.t('Runs'), value: whereWord(engine.where) });
    if (engine.swarm?.active)
      facts.push({
        label: 'Swarm',
        value: engine.swarm.manager ? vscode.l10n.t('manager') : vscode.l10n.t('worker'),
      });
  }
  if (state.kind !== 'offline') return factSheet(spec.label, '', facts);
  const { cause, remedy } = problemWords(state.problem, spec);
  facts.push({ label: vscode.l10n.t('Problem'), value: cause });
  if (remedy !== '') facts.push({ label: vscode.l10n.t('What helps'), value: remedy });
  if (state.problem.detail !== '') facts.push({ label: vscode.l10n.t('Its own words'), value: state.problem.detail });
  return factSheet(spec.label, '', facts, [
    commandLink(vscode.l10n.t('Try Again'), commandIds.retryConnection, { kind: 'engine', engine: spec.id }),
    commandLink(vscode.l10n.t('Show Log'), commandIds.showLog, undefined),
  ]);
}
