import * as vscode from 'vscode';
import { accessFor } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { askOnce } from '#commands/multiStep';
import { type Pruned, pruneNetworks as prune, type Unused, unusedNetworks } from '#commands/operations/prune';
import { Refusal } from '#commands/operations/refusal';
import { resolveNetwork } from '#commands/operations/resolve';
import { confirmModal } from '#commands/pickers';
import type { Command } from '#commands/registry';

/**
 * Removes networks nobody uses, after showing which: `pruneNetworks({ engine?, networks?, confirmed? })`; with
 * `networks` only those, without all that have no container at all. Gives `{ removed, kept }`.
 */
export const pruneNetworks: Command = {
  id: 'pruneNetworks',
  changes: true,
  async run(context, argument) {
    const { client, session, snapshot } = await accessFor(context, argument);
    const unused = unusedNetworks(snapshot);
    const script = asScript(argument);
    let chosen: readonly Unused[];
    let confirmed = false;
    if (script) {
      const answers = new Answers(script, ['networks']);
      const named = answers.texts('networks')?.map((name) => resolveNetwork(snapshot, name).id);
      chosen = unused.filter((one) => (named ? named.includes(one.network.id) : one.stopped.length === 0));
      confirmed = answers.flag('confirmed') === true;
      if (chosen.length === 0) return { removed: [], kept: [] };
    } else chosen = await askWhich(unused);
    if (!confirmed) await confirm(chosen);
    const outcome = await prune(client, chosen, await session.complete());
    if (!script) await tell(outcome);
    return outcome;
  },
};

async function askWhich(unused: readonly Unused[]): Promise<readonly Unused[]> {
  if (unused.length === 0) throw new Refusal('nothing-to-prune');
  const items = unused.map((one) => ({
    label: one.network.name,
    description: [one.network.driver, ...one.network.ipam.map(({ subnet }) => subnet)].join(' · '),
    ...(one.stopped.length > 0 ? { detail: vscode.l10n.t('Belongs to stopped {0}', one.stopped.join(', ')) } : {}),
    // A stopped container would not start again without its network: that is for the person to choose.
    picked: one.stopped.length === 0,
    value: one,
  }));
  const placeholder = vscode.l10n.t('Ticked networks are removed; untick the ones to keep');
  const chosen = await askOnce(vscode.l10n.t('Prune Unused Networks')).pickMany({ placeholder, items });
  if (chosen.length === 0) throw new vscode.CancellationError();
  return chosen;
}

async function confirm(chosen: readonly Unused[]): Promise<void> {
  const names = chosen.map(({ network }) => network.name).join(', ');
  const message = vscode.l10n.t('Remove these unused networks ({0})?', chosen.length);
  await confirmModal(message, names, vscode.l10n.t('Remove'));
}

async function tell({ removed, kept }: Pruned): Promise<void> {
  if (kept.length === 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Removed: {0}', removed.join(', ')), 5000);
    return;
  }
  const list = kept.map(({ name, detail }) => `${name} (${detail})`).join(', ');
  void vscode.window.showWarningMessage(vscode.l10n.t('Kept, because somebody uses them: {0}', list));
}
