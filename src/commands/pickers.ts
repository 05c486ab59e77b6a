/** Asking for a network or a container, when no row says which. */
import * as vscode from 'vscode';
import { type Access, proposedContainer, proposedNetwork } from '#commands/access';
import { askOnce, type Choice } from '#commands/multiStep';
import { Refusal } from '#commands/operations/refusal';
import { membersOf } from '#commands/operations/resolve';
import type { Container, Network, Snapshot } from '#model/snapshot';

export function networkChoices(snapshot: Snapshot, filter: (network: Network) => boolean): readonly Choice<Network>[] {
  return snapshot.networks.filter(filter).map((network) => ({
    label: network.name,
    description: [network.driver, ...network.ipam.map(({ subnet }) => subnet)].join(' · '),
    detail: detailOf(membersOf(snapshot, network)),
    value: network,
  }));
}

function detailOf(members: readonly Container[]): string {
  if (members.length === 0) return vscode.l10n.t('No containers');
  return members.map((container) => container.name).join(', ');
}

export function containerChoices(
  snapshot: Snapshot,
  filter: (container: Container) => boolean,
): readonly Choice<Container>[] {
  return snapshot.containers.filter(filter).map((container) => ({
    label: container.name,
    description: `${container.state} · ${container.image}`,
    detail: container.endpoints.map(({ network, ipv4 }) => (ipv4 ? `${network} ${ipv4}` : network)).join(', '),
    value: container,
  }));
}

/** Asks which network, beginning at the row selected in the view; throws `no-networks` when there is none to choose. */
export function pickNetwork(
  title: string,
  access: Access,
  filter: (network: Network) => boolean = () => true,
): Promise<Network> {
  const items = networkChoices(access.snapshot, filter);
  if (items.length === 0) throw new Refusal('no-networks');
  const placeholder = vscode.l10n.t('Which network?');
  return askOnce(title).pick({ placeholder, items, active: proposedNetwork(access) });
}

/** Asks which container, beginning at the row selected in the view; throws `no-containers` when there is none to choose. */
export function pickContainer(
  title: string,
  access: Access,
  filter: (container: Container) => boolean = () => true,
): Promise<Container> {
  const items = containerChoices(access.snapshot, filter);
  if (items.length === 0) throw new Refusal('no-containers');
  const placeholder = vscode.l10n.t('Which container?');
  return askOnce(title).pick({ placeholder, items, active: proposedContainer(access) });
}

/** A modal question about something destructive; throws a cancellation unless the one button was pressed. */
export async function confirmModal(message: string, detail: string, button: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
  if (answer !== button) throw new vscode.CancellationError();
}

/** Runs a long change with a cancellable notification; steps are put into words by the caller. */
export async function withProgress<T>(
  title: string,
  work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return work((message) => progress.report({ message }), abort.signal);
  });
}
