/** Lenses above services and networks: state, address, published ports; drawing, connection, plan, drift. */
import * as vscode from 'vscode';
import { driftOf } from '#compose/drift';
import { type ComposeDocuments, isComposeDocument } from '#compose/providers/documents';
import { containersOf, networkOf } from '#compose/providers/locate';
import type { ComposeProject, ComposeService } from '#compose/types';
import { commandIds, settings } from '#contributions';
import { Emitter } from '#live/emitter';
import type { Engines } from '#live/types';
import type { Container, Snapshot } from '#model/snapshot';

export class ComposeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #documents: ComposeDocuments;
  readonly #engines: Engines;
  readonly #changed = new Emitter<void>();

  readonly onDidChangeCodeLenses: vscode.Event<void> = (listener, self, disposables) => {
    const subscription = this.#changed.event(() => listener.call(self));
    const disposable = new vscode.Disposable(() => subscription.dispose());
    disposables?.push(disposable);
    return disposable;
  };

  constructor(documents: ComposeDocuments, engines: Engines) {
    this.#documents = documents;
    this.#engines = engines;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  refresh(): void {
    this.#changed.fire();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const on = vscode.workspace.getConfiguration(undefined, document.uri).get(settings.codeLensEnabled, true);
    if (!on || !isComposeDocument(document)) return [];
    const { project, file } = await this.#documents.project(document.uri);
    const session = this.#engines.current;
    const snapshot = session?.state.kind === 'live' ? session.snapshot : undefined;
    const line = (offset: number): vscode.Range => {
      const start = document.positionAt(offset);
      return new vscode.Range(start.line, 0, start.line, 0);
    };
    const first = project.services.find(({ at }) => at.file === file);
    if (!first) return [];
    const lenses = projectLenses(project, snapshot, document.uri).map(
      (command) => new vscode.CodeLens(line(topOf(document)), command),
    );
    if (!snapshot) return lenses;
    for (const service of project.services)
      if (service.at.file === file)
        for (const command of serviceLenses(project, service, snapshot))
          lenses.push(new vscode.CodeLens(line(service.at.start), command));
    for (const network of project.networks) {
      const known =
        network.declared && network.at.file === file ? networkOf(project, network.key, snapshot) : undefined;
      if (!known) continue;
      const target = { kind: 'network', engine: snapshot.engine.name, network: known.id };
      const subnets = known.ipam.map(({ subnet }) => subnet).join(', ');
      const members = snapshot.containers.filter(({ endpoints }) =>
        endpoints.some(({ networkId }) => networkId === known.id),
      );
      const count =
        members.length === 1 ? vscode.l10n.t('1 container') : vscode.l10n.t('{0} containers', members.length);
      const title = [known.name, subnets, count].filter((part) => part !== '').join(' · ');
      lenses.push(
        new vscode.CodeLens(line(network.at.start), { title, command: commandIds.revealInTree, arguments: [target] }),
      );
      lenses.push(new vscode.CodeLens(line(network.at.start), drawing(target)));
    }
    return lenses;
  }
}

/** The `services:` line. */
function topOf(document: vscode.TextDocument): number {
  return Math.max(0, /^services:/m.exec(document.getText())?.index ?? 0);
}

function projectLenses(project: ComposeProject, snapshot: Snapshot | undefined, uri: vscode.Uri): vscode.Command[] {
  const commands: vscode.Command[] = [
    { title: vscode.l10n.t('Show planned topology'), command: commandIds.showPlannedTopology, arguments: [uri] },
  ];
  const drift = snapshot && driftOf(project, snapshot);
  if (!drift?.running) return commands;
  const count = drift.differences.length;
  const title =
    count === 0
      ? vscode.l10n.t('Engine agrees with this file')
      : count === 1
        ? vscode.l10n.t('1 difference from the engine')
        : vscode.l10n.t('{0} differences from the engine', count);
  return [...commands, { title, command: commandIds.showDrift, arguments: [uri] }];
}

function serviceLenses(project: ComposeProject, service: ComposeService, snapshot: Snapshot): vscode.Command[] {
  const containers = containersOf(project, service, snapshot);
  const container = containers[0];
  if (!container) return [{ title: vscode.l10n.t('no container yet'), command: '' }];
  const target = { kind: 'container', engine: snapshot.engine.name, container: container.id };
  return [
    { title: describe(container, containers.length), command: commandIds.revealInTree, arguments: [target] },
    drawing(target),
    { title: vscode.l10n.t('Explain connection'), command: commandIds.explainConnection, arguments: [target] },
  ];
}

function drawing(target: object): vscode.Command {
  return { title: vscode.l10n.t('Open in topology'), command: commandIds.revealInTopology, arguments: [target] };
}

/** `running · 172.20.0.5 (back) · 8080→80`: engine values as they are, for a lens shows plain text. */
function describe(container: Container, count: number): string {
  const running = container.state === 'running';
  const state = running
    ? vscode.l10n.t('running')
    : container.state === 'paused'
      ? vscode.l10n.t('paused')
      : vscode.l10n.t('stopped');
  const addresses = container.endpoints.flatMap(({ ipv4, ipv6, network }) => {
    const address = ipv4 || ipv6;
    return address ? [`${address} (${network})`] : [];
  });
  const ports = new Set(
    container.published.map(({ hostPort, port, protocol }) =>
      hostPort === 0 ? `→${port}` : `${hostPort}→${port}${protocol === 'tcp' ? '' : `/${protocol}`}`,
    ),
  );
  const parts = [
    count > 1 ? `${state} ×${count}` : state,
    container.mode === 'host' ? vscode.l10n.t('host network') : addresses.slice(0, 3).join(', '),
    [...ports].slice(0, 4).join(', '),
  ];
  // `$(…)` would become an icon: no name of a network can smuggle one in.
  return parts
    .filter((part) => part !== '')
    .join(' · ')
    .replaceAll('$(', '$ (');
}
