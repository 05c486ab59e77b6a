/** What an answer hangs on, in words: things no engine tells. */
import * as vscode from 'vscode';
import type { RuleId } from '#model/reachRules';

type Args = Readonly<Record<string, string>>;

export const dependsWords: Partial<Record<RuleId, (a: Args) => string>> = {
  'lan-direct-route': (a) =>
    vscode.l10n.t(
      'A machine on the LAN that routes {subnet} through this host gets in by the container’s own address.',
      a,
    ),
  'podman-isolation-unknown': (a) =>
    vscode.l10n.t('Whether “{network}” is isolated from other networks is not told by this Podman.', a),
  'podman-first-network': (a) =>
    vscode.l10n.t(
      'Podman passes port {port} on to the network that “{container}” was started with, and does not tell which.',
      a,
    ),
  'podman-default-route': () =>
    vscode.l10n.t('The container is on several networks, and Podman does not tell by which of them it leaves.'),
  'where-unknown': () =>
    vscode.l10n.t(
      'Where the engine runs is not known: on this machine it would answer, in a virtual machine perhaps not.',
    ),
  'vm-forwarding': () => vscode.l10n.t('It depends on what the engine’s virtual machine forwards to this machine.'),
  'remote-forwarding': () =>
    vscode.l10n.t('The engine runs on another machine: a firewall or a missing route between here and there decides.'),
  'rootless-host': () =>
    vscode.l10n.t(
      'How a rootless engine lets containers reach this machine depends on its set-up (slirp4netns, pasta).',
    ),
  'lan-switch': (a) =>
    vscode.l10n.t('It depends on the switch or router outside that “{network}” hands its traffic to.', a),
  'link-opens-exposed': (a) =>
    vscode.l10n.t('“{network}” keeps its containers apart, and a link opens only the ports that the image exposes.', a),
  'no-masquerade-return': (a) =>
    vscode.l10n.t('“{network}” does not masquerade: outside must know a route back to its addresses.', a),
  'driver-unknown': (a) => vscode.l10n.t('What the network driver “{driver}” lets through is not known.', a),
  'routing-mesh': (a) =>
    vscode.l10n.t(
      'The routing mesh leads port {hostPort} of every node to the tasks of “{service}” in turn, of which this is one.',
      a,
    ),
  'private-stack': () =>
    vscode.l10n.t('This container has a network of its own of which the engine tells nothing (pasta, slirp4netns).'),
};
