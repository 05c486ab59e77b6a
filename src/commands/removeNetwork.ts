import * as vscode from 'vscode';
import { type Access, accessFor, proposedNetwork, targetsOf } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { askOnce } from '#commands/multiStep';
import { Refusal } from '#commands/operations/refusal';
import { type Attached, attachedTo, removeNetwork as remove } from '#commands/operations/removeNetwork';
import { resolveNetwork } from '#commands/operations/resolve';
import { confirmModal, networkChoices, withProgress } from '#commands/pickers';
import type { Command } from '#commands/registry';
import { refusalWords } from '#commands/words';
import type { Network } from '#model/snapshot';

interface Candidate {
  readonly network: Network;
  readonly attached: readonly Attached[];
}

/** Removes networks: `removeNetwork({ engine?, network, disconnectFirst?, confirmed? })`; of several rows all of them. */
export const removeNetwork: Command = {
  id: 'removeNetwork',
  changes: true,
  async run(context, argument, selection) {
    const access = await accessFor(context, argument);
    const script = asScript(argument);
    if (script) return removeScripted(access, new Answers(script, ['network', 'disconnectFirst']));
    const rows = targetsOf(argument, selection).flatMap((target) =>
      target.kind === 'network' ? [target.network] : [],
    );
    const networks = rows.length > 0 ? rows.map((id) => resolveNetwork(access.snapshot, id)) : await askWhich(access);
    const builtIn = networks.find((network) => network.builtIn);
    if (builtIn) throw new Refusal('network-built-in', { network: builtIn.name });
    const candidates = await withAttached(access, networks);
    await confirm(candidates);
    await removeAll(access, candidates);
    return { id: networks.map(({ id }) => id).join(',') };
  },
};

async function removeScripted(access: Access, answers: Answers): Promise<{ readonly id: string }> {
  const network = resolveNetwork(access.snapshot, answers.needText('network'));
  if (network.builtIn) throw new Refusal('network-built-in', { network: network.name });
  const candidates = await withAttached(access, [network]);
  const holding = (candidates[0]?.attached ?? []).filter(
    ({ how }) => how !== 'stopped' || access.snapshot.engine.kind === 'podman',
  );
  if (holding.length > 0 && answers.flag('disconnectFirst') !== true)
    throw new Refusal('network-in-use', { network: network.name, containers: namesOf(holding) });
  if (answers.flag('confirmed') !== true) await confirm(candidates);
  const attached = answers.flag('disconnectFirst') === true ? (candidates[0]?.attached ?? []) : [];
  await remove(access.client, network, attached);
  return { id: network.id };
}

async function withAttached({ client, snapshot }: Access, networks: readonly Network[]): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (const network of networks) found.push({ network, attached: await attachedTo(client, snapshot, network) });
  return found;
}

async function askWhich(access: Access): Promise<readonly Network[]> {
  const items = networkChoices(access.snapshot, (network) => !network.builtIn && !network.ingress);
  if (items.length === 0) throw new Refusal('no-networks');
  const placeholder = vscode.l10n.t('Which networks are to be removed?');
  const chosen = await askOnce(vscode.l10n.t('Remove Network')).pickMany({
    placeholder,
    items,
    active: proposedNetwork(access),
  });
  if (chosen.length === 0) throw new vscode.CancellationError();
  return chosen;
}

function namesOf(attached: readonly Attached[]): string {
  return attached
    .map(({ name, how }) => {
      if (how === 'stopped') return vscode.l10n.t('{0} (stopped)', name);
      return how === 'stale' ? vscode.l10n.t('{0} (stale endpoint)', name) : name;
    })
    .join(', ');
}

async function confirm(candidates: readonly Candidate[]): Promise<void> {
  const names = candidates.map(({ network }) => `“${network.name}”`).join(', ');
  const used = candidates.filter(({ attached }) => attached.length > 0);
  const details = used.map(({ network, attached }) =>
    vscode.l10n.t('{0}: {1} will be disconnected first.', network.name, namesOf(attached)),
  );
  const detail = details.length === 0 ? vscode.l10n.t('No container is attached.') : details.join('\n');
  const button = used.length === 0 ? vscode.l10n.t('Remove') : vscode.l10n.t('Disconnect and Remove');
  await confirmModal(vscode.l10n.t('Remove {0}?', names), detail, button);
}

async function removeAll({ client }: Access, candidates: readonly Candidate[]): Promise<void> {
  await withProgress(vscode.l10n.t('Removing networks'), async (report, signal) => {
    for (const { network, attached } of candidates)
      await remove(client, network, attached, { signal, step: (code, args) => report(refusalWords(code, args)) });
  });
}
