/** The picker of engines: every endpoint that was found, with how it is now. */
import * as vscode from 'vscode';
import { asScript } from '#commands/arguments';
import type { Command, CommandContext } from '#commands/registry';
import { settings } from '#contributions';
import type { EndpointSpec } from '#engine/types';
import { asTarget } from '#views/target';

export const chooseEngine: Command = {
  id: 'chooseEngine',
  changes: false,
  run: async (context, argument) => {
    const { engines } = context;
    const named = asTarget(argument)?.engine ?? asScript(argument)?.engine;
    const id = typeof named === 'string' ? engines.find(named).spec.id : await ask(context);
    if (id === undefined) return undefined;
    await engines.choose(id);
    return { id };
  },
};

type Item = vscode.QuickPickItem & { readonly id?: string; readonly action?: 'again' | 'setting' };

async function ask(context: CommandContext): Promise<string | undefined> {
  const { engines } = context;
  await engines.discover();
  for (;;) {
    const items: readonly Item[] = [
      ...engines.specs.map((spec) => itemOf(spec, context)),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: `$(refresh) ${vscode.l10n.t('Look Again')}`, action: 'again' },
      { label: `$(gear) ${vscode.l10n.t('Enter an Address…')}`, action: 'setting' },
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Choose Engine'),
      placeHolder:
        engines.specs.length > 0
          ? vscode.l10n.t('Whose networks are shown and changed')
          : vscode.l10n.t('No engine was found'),
      matchOnDescription: true,
    });
    if (chosen?.action === 'setting') {
      await vscode.commands.executeCommand('workbench.action.openSettings', settings.endpoint);
      return undefined;
    }
    if (chosen?.action !== 'again') return chosen?.id;
    await engines.discover();
  }
}

function itemOf(spec: EndpointSpec, { engines }: CommandContext): Item {
  const isCurrent = engines.current?.spec.id === spec.id;
  return {
    label: `$(${isCurrent ? 'check' : 'server-environment'}) ${spec.label}`,
    description: spec.url,
    detail: sourceWord(spec.source),
    id: spec.id,
  };
}

function sourceWord(source: EndpointSpec['source']): string {
  switch (source) {
    case 'setting':
      return vscode.l10n.t('from the settings');
    case 'environment':
      return vscode.l10n.t('from DOCKER_HOST');
    case 'context':
      return vscode.l10n.t('Docker context');
    case 'socket':
      return vscode.l10n.t('socket found on this machine');
    default:
      return String(source satisfies never);
  }
}
