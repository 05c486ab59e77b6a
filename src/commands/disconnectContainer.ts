import * as vscode from 'vscode';
import { accessFor, targetContainer, targetNetwork } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { disconnect } from '#commands/operations/connect';
import { Refusal } from '#commands/operations/refusal';
import { endpointOn, membersOf, resolveContainer, resolveNetwork } from '#commands/operations/resolve';
import { confirmModal, pickContainer, pickNetwork } from '#commands/pickers';
import type { Command } from '#commands/registry';
import type { Container, Network, Snapshot } from '#model/snapshot';
import { asTarget } from '#views/target';

/** Disconnects a container: `disconnectContainer({ engine?, network, container, force?, confirmed? })`. */
export const disconnectContainer: Command = {
  id: 'disconnectContainer',
  changes: true,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const { snapshot } = access;
    const script = asScript(argument);
    let container: Container;
    let network: Network;
    let force = false;
    let confirmed = false;
    if (script) {
      const answers = new Answers(script, ['network', 'container', 'force']);
      network = resolveNetwork(snapshot, answers.needText('network'));
      container = resolveContainer(snapshot, answers.needText('container'));
      force = answers.flag('force') ?? false;
      confirmed = answers.flag('confirmed') ?? false;
    } else {
      const title = vscode.l10n.t('Disconnect Container');
      const target = asTarget(argument);
      const row = targetContainer(access, target);
      const under = targetNetwork(access, target);
      container =
        row ??
        (await pickContainer(title, access, (one) =>
          under ? endpointOn(one, under) !== undefined : one.endpoints.length > 0,
        ));
      network =
        under ?? (await pickNetwork(title, access, (candidate) => endpointOn(container, candidate) !== undefined));
    }
    if (!endpointOn(container, network) && !force)
      throw new Refusal('not-connected', { container: container.name, network: network.name });
    if (!confirmed) force = (await confirm(snapshot, container, network)) || force;
    await disconnect(access.client, network.id, container.id, force);
    return { id: container.id };
  },
};

/** Names what becomes unreachable; gives whether the person wants it by force. */
async function confirm(snapshot: Snapshot, container: Container, network: Network): Promise<boolean> {
  const siblings = membersOf(snapshot, network).filter((other) => other.id !== container.id);
  const cut = siblings.filter((other) => !sharesAnother(container, other, network));
  const remaining = container.endpoints.filter((endpoint) => endpoint.networkId !== network.id);
  const lines = [
    ...(cut.length > 0
      ? [vscode.l10n.t('No longer reached, either way: {0}.', cut.map((other) => other.name).join(', '))]
      : []),
    ...(container.published.length > 0 && remaining.length === 0
      ? [vscode.l10n.t('It has no other network, so its published ports stop answering.')]
      : []),
    ...(remaining.length === 0 && container.published.length === 0 ? [vscode.l10n.t('It has no other network.')] : []),
  ];
  const message = vscode.l10n.t('Disconnect “{0}” from “{1}”?', container.name, network.name);
  const runs = container.state === 'running' || container.state === 'paused';
  if (runs) {
    await confirmModal(message, lines.join('\n'), vscode.l10n.t('Disconnect'));
    return false;
  }
  const plain = vscode.l10n.t('Disconnect');
  const byForce = vscode.l10n.t('Disconnect by Force');
  const answer = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: lines.join('\n') },
    plain,
    byForce,
  );
  if (answer === undefined) throw new vscode.CancellationError();
  return answer === byForce;
}

function sharesAnother(one: Container, other: Container, network: Network): boolean {
  return one.endpoints.some(
    (endpoint) =>
      endpoint.networkId !== network.id && other.endpoints.some((second) => second.networkId === endpoint.networkId),
  );
}
