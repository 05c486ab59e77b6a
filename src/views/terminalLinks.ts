/** Addresses and container names in a terminal lead to their row. Works from what is known: no request is made. */
import * as vscode from 'vscode';
import { commandIds, settings } from '#contributions';
import type { Engines } from '#live/types';
import { type Finding, findReference } from '#model/referenceIndex';
import { type Reference, scanLine } from '#model/references';
import type { Snapshot } from '#model/snapshot';
import type { Target } from '#views/target';

export interface NetworkTerminalLink extends vscode.TerminalLink {
  readonly target: Target;
}

export function registerTerminalLinks(context: vscode.ExtensionContext, engines: Engines): void {
  context.subscriptions.push(vscode.window.registerTerminalLinkProvider(terminalLinkProvider(engines)));
}

export function terminalLinkProvider(
  engines: Pick<Engines, 'sessions'>,
): vscode.TerminalLinkProvider<NetworkTerminalLink> {
  return {
    provideTerminalLinks: ({ line }) => {
      if (!vscode.workspace.getConfiguration().get(settings.terminalLinksEnabled, true)) return [];
      const taken: NetworkTerminalLink[] = [];
      for (const { snapshot } of engines.sessions)
        if (snapshot)
          for (const link of terminalLinks(line, snapshot))
            if (!taken.some((other) => overlap(link, other))) taken.push(link);
      return taken;
    },
    handleTerminalLink: async ({ target }) => {
      await vscode.commands.executeCommand(commandIds.revealInTree, target);
    },
  };
}

/** Words that are a container's whole name count anywhere: `docker ps` prints them bare. */
export function terminalLinks(line: string, snapshot: Snapshot): readonly NetworkTerminalLink[] {
  const references: Reference[] = [...scanLine(line, { kind: 'shell' })];
  const words = /(?<![\w./:-])[A-Za-z0-9][A-Za-z0-9_.-]{2,}(?![\w/:-])/g;
  for (const match of line.matchAll(words)) {
    const start = match.index;
    const end = start + match[0].length;
    if (!references.some((other) => start < other.end && other.start < end))
      references.push({ kind: 'name', start, end, host: match[0] });
  }
  return references.flatMap((reference) => {
    const finding = findReference(snapshot, reference);
    // In a terminal's prose an alias such as `web` is a word; a container's name is one too, but an exact one.
    const bare = finding?.kind === 'names' && finding.hits.every(({ origin }) => origin !== 'name');
    const target = finding && !bare ? targetOf(snapshot, finding) : undefined;
    if (!target) return [];
    return [
      {
        startIndex: reference.start,
        length: reference.end - reference.start,
        tooltip: vscode.l10n.t('Show in Networks'),
        target,
      },
    ];
  });
}

function overlap(a: vscode.TerminalLink, b: vscode.TerminalLink): boolean {
  return a.startIndex < b.startIndex + b.length && b.startIndex < a.startIndex + a.length;
}

function targetOf(snapshot: Snapshot, finding: Finding): Target | undefined {
  const engine = snapshot.engine.name;
  switch (finding.kind) {
    case 'containers': {
      const first = finding.holders[0];
      return first && { kind: 'container', engine, container: first.container.id, network: first.endpoint.networkId };
    }
    case 'ports': {
      const first = finding.holders[0];
      return first && { kind: 'container', engine, container: first.container.id };
    }
    case 'names': {
      const first = finding.hits.find(({ origin }) => origin === 'name');
      return (
        first && {
          kind: 'container',
          engine,
          container: first.container.id,
          ...(first.network ? { network: first.network.id } : {}),
        }
      );
    }
    case 'subnets': {
      const first = finding.networks[0];
      return first && { kind: 'network', engine, network: first.network.id };
    }
    case 'gateway':
    case 'vacant':
    case 'reserved':
      return { kind: 'network', engine, network: finding.network.id };
    case 'vip':
      return { kind: 'service', engine, service: finding.service.id };
    case 'host':
      return undefined;
  }
}
