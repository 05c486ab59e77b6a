import * as vscode from 'vscode';
import { type Access, accessFor, targetNetwork } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { keepJournal } from '#commands/editJournals';
import { draftFrom, networkArguments } from '#commands/networkArguments';
import { askNetwork, type NetworkAnswers } from '#commands/networkPrompts';
import { type EditPlan, planEdit } from '#commands/operations/editJournal';
import { editNetwork as edit } from '#commands/operations/editNetwork';
import { Refusal } from '#commands/operations/refusal';
import { resolveNetwork } from '#commands/operations/resolve';
import { confirmModal, pickNetwork, withProgress } from '#commands/pickers';
import type { Command, CommandContext } from '#commands/registry';
import { refusalWords } from '#commands/words';
import { networkCreateLine } from '#model/dockerLine';
import { draftOf, type NetworkDraft } from '#model/networkDraft';
import type { Network } from '#model/snapshot';
import { asTarget } from '#views/target';

/**
 * Makes a network anew with other answers, everyone connected as before:
 * `editNetwork({ engine?, network, name?, driver?, subnets?, …, confirmed? })`; what is not given stays.
 */
export const editNetwork: Command = {
  id: 'editNetwork',
  changes: true,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const script = asScript(argument);
    if (script) {
      const answers = new Answers(script, [...networkArguments, 'network']);
      const network = resolveNetwork(access.snapshot, answers.needText('network'));
      refuseBuiltIn(network);
      const draft = draftFrom(answers, draftOf(network), access.snapshot, network.id);
      return carryOut(context, access, network, draft, answers.flag('confirmed') === true);
    }
    const title = vscode.l10n.t('Edit Network');
    const network =
      targetNetwork(access, asTarget(argument)) ??
      (await pickNetwork(title, access, (candidate) => !candidate.builtIn && !candidate.ingress));
    refuseBuiltIn(network);
    const answers: NetworkAnswers = { draft: draftOf(network), except: network.id, more: false };
    await askNetwork(access, answers, {
      title,
      finish: (name) => vscode.l10n.t('Show what changing {0} means…', name),
    });
    return carryOut(context, access, network, answers.draft, false);
  },
};

function refuseBuiltIn(network: Network): void {
  if (network.builtIn || network.ingress) throw new Refusal('network-built-in', { network: network.name });
}

async function carryOut(
  context: CommandContext,
  access: Access,
  network: Network,
  draft: NetworkDraft,
  confirmed: boolean,
): Promise<{ readonly id: string }> {
  if (networkCreateLine(draft) === networkCreateLine(draftOf(network)))
    throw new Refusal('edit-nothing', { network: network.name });
  const plan = await planEdit(access.client, access.snapshot, network, draft);
  if (!confirmed) await confirm(plan, network);
  const title = vscode.l10n.t('Changing {0}', network.name);
  const outcome = await withProgress(title, (report, signal) => {
    const step = (code: string, args: Readonly<Record<string, string>>): void => report(refusalWords(code, args));
    return edit(access.client, plan.journal, (next) => keepJournal(context, network.id, next), { step, signal });
  });
  if (outcome.gone.length > 0)
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Removed meanwhile, so not connected again: {0}', outcome.gone.join(', ')),
    );
  await access.session.look();
  return { id: outcome.id };
}

async function confirm({ journal, losses }: EditPlan, network: Network): Promise<void> {
  const names = journal.members.map((member) => member.name).join(', ');
  const lines = [
    vscode.l10n.t('Engines cannot change a network, so it is made anew:'),
    ...(names === '' ? [] : [vscode.l10n.t('• disconnect {0}', names)]),
    vscode.l10n.t('• remove “{0}”', network.name),
    `• ${networkCreateLine(journal.new)}`,
    ...(names === '' ? [] : [vscode.l10n.t('• connect {0} again, with static addresses, aliases and links', names)]),
    ...losses.map((loss) => `⚠ ${refusalWords(loss.rule, loss.args)}`),
    vscode.l10n.t('If a step fails, the earlier network is brought back.'),
  ];
  const message = vscode.l10n.t('Change network “{0}”?', network.name);
  await confirmModal(message, lines.join('\n'), vscode.l10n.t('Change'));
}
