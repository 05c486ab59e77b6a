/** The status bar: which engine is asked and how it is; a click chooses another. */
import * as vscode from 'vscode';
import { commandIds, settings } from '#contributions';
import type { Disposable, EngineSession, Engines } from '#live/types';
import { problemWords } from '#views/problems';
import { engineTooltip } from '#views/tree/tooltips';
import { shortened } from '#views/words';

export function registerStatusBar(
  context: Pick<vscode.ExtensionContext, 'subscriptions'>,
  { engines }: { readonly engines: Engines },
): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('dockerNetworks.engine', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('Docker Networks: engine');
  item.command = commandIds.chooseEngine;
  let subscriptions: readonly Disposable[] = [];
  const show = (): void => {
    const isWanted = vscode.workspace.getConfiguration().get<boolean>(settings.statusBarEnabled) !== false;
    if (isWanted) item.show();
    else item.hide();
    describe(item, engines.current);
  };
  const watch = (): void => {
    for (const one of subscriptions) one.dispose();
    const { current } = engines;
    let known = current?.snapshot?.engine;
    subscriptions = current
      ? [
          current.onDidChangeState(show),
          // Version and place come with the first picture, and again after an upgrade: not with every container.
          current.onDidChangeSnapshot(({ snapshot: { engine } }) => {
            if (engine === known) return;
            known = engine;
            show();
          }),
        ]
      : [];
    show();
  };
  watch();
  context.subscriptions.push(
    item,
    engines.onDidChange(watch),
    { dispose: () => subscriptions.forEach((one) => void one.dispose()) },
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.statusBarEnabled)) show();
    }),
  );
  return item;
}

function describe(item: vscode.StatusBarItem, session: EngineSession | undefined): void {
  const { icon, name, state } = words(session);
  item.text = `$(${icon}) ${name}`;
  item.accessibilityInformation = { label: vscode.l10n.t('Container engine {0}, {1}', name, state) };
  item.tooltip = session
    ? engineTooltip(session)
    : vscode.l10n.t('No container engine was found. Click to choose one.');
}

function words(session: EngineSession | undefined): {
  readonly icon: string;
  readonly name: string;
  readonly state: string;
} {
  if (!session)
    return { icon: 'circle-slash', name: vscode.l10n.t('No engine'), state: vscode.l10n.t('none was found') };
  const engine = session.snapshot?.engine;
  const kind = engine && `${engine.kind === 'podman' ? 'Podman' : 'Docker'} ${engine.version}`;
  const label = shortened(session.spec.label, 30).replace(/\$\(/g, '$ (');
  const name = kind === undefined ? label : `${kind} (${label})`;
  switch (session.state.kind) {
    case 'idle':
      return { icon: 'type-hierarchy', name, state: vscode.l10n.t('not asked yet') };
    case 'connecting':
      return { icon: 'loading~spin', name, state: vscode.l10n.t('connecting') };
    case 'live':
      return { icon: 'type-hierarchy', name, state: vscode.l10n.t('live') };
    case 'offline': {
      const { cause } = problemWords(session.state.problem, session.spec);
      return { icon: 'debug-disconnect', name: vscode.l10n.t('{0}: offline', name), state: cause };
    }
    default:
      return session.state satisfies never;
  }
}
