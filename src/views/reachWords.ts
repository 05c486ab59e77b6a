/** Reachability rules in the user's words: one sentence each, with what the rule needs filled in. */
import * as vscode from 'vscode';
import type { RuleHit } from '#model/reach';
import type { RuleId } from '#model/reachRules';
import { dependsWords } from '#views/reachWordsDepends';
import { routeRules } from '#views/reachWordsRoutes';

type Args = Readonly<Record<string, string>>;
export type Sentence = (a: Args) => string;

/** Reasons against a connection, and names that do not resolve. */
const blockWords: Partial<Record<RuleId, Sentence>> = {
  'source-stopped': (a) => vscode.l10n.t('“{container}” does not run, so it cannot ask anybody.', a),
  'source-paused': (a) => vscode.l10n.t('“{container}” is paused: its processes stand still.', a),
  'target-stopped': (a) =>
    vscode.l10n.t('“{container}” does not run: it has no address, no name and no port until it is started.', a),
  'target-paused': (a) =>
    vscode.l10n.t('“{container}” is paused: connections are accepted, but nothing ever answers.', a),
  'target-restarting': (a) => vscode.l10n.t('“{container}” is restarting and has no address at this moment.', a),
  'mode-none': () => vscode.l10n.t('Network mode “none”: such a container talks only to itself.'),
  'owner-gone': () =>
    vscode.l10n.t(
      'It shares the network of a container that does not run any more, so only its own localhost is left.',
    ),
  'other-network': (a) =>
    vscode.l10n.t('They share no network, and the engine drops traffic from other networks to “{network}”.', a),
  'icc-disabled': (a) =>
    vscode.l10n.t(
      '“{network}” is set to keep its containers apart (enable_icc=false). Names resolve, nothing answers.',
      a,
    ),
  'internal-source': (a) => vscode.l10n.t('“{network}” is internal: there is no way out of it.', a),
  'internal-target': (a) => vscode.l10n.t('“{network}” is internal: nothing gets in from outside of it.', a),
  'published-internal': (a) =>
    vscode.l10n.t('Port {port} is published in vain: all networks of “{container}” are internal.', a),
  'published-gateway-elsewhere': (a) =>
    vscode.l10n.t('Port {port} is published in vain: “{container}” leaves by “{network}”, which is no bridge.', a),
  'replies-elsewhere': (a) =>
    vscode.l10n.t(
      '“{container}” is on that LAN itself and sends its answers there directly, where nobody expects them.',
      a,
    ),
  'published-loopback': (a) =>
    vscode.l10n.t('Port {port} is published on {hostIp} only: nobody but the host itself gets to it.', a),
  'not-published': (a) =>
    a.port
      ? vscode.l10n.t('“{container}” does not publish port {port}.', a)
      : vscode.l10n.t('“{container}” publishes no port.', a),
  'published-elsewhere': (a) =>
    vscode.l10n.t('Port {port} is published at {hostIp}, which cannot be reached from here.', a),
  'internal-to-published': () =>
    vscode.l10n.t('From an internal network published ports of other containers cannot be reached.'),
  'internal-host-address': () =>
    vscode.l10n.t(
      'From an internal network the host answers at the network’s own gateway only, not at other addresses.',
    ),
  'macvlan-host': (a) =>
    a.network
      ? vscode.l10n.t('The kernel keeps containers on “{network}” (macvlan or ipvlan) and their own host apart.', a)
      : vscode.l10n.t('The kernel keeps macvlan and ipvlan containers and their own host apart.'),
  'macvlan-bridge': () =>
    vscode.l10n.t('Nothing is passed on between a macvlan or ipvlan network and a bridge of the same host.'),
  'macvlan-private': (a) =>
    vscode.l10n.t('“{network}” is a macvlan in mode “private”: its members do not see each other.', a),
  'macvlan-no-parent': (a) =>
    vscode.l10n.t('“{network}” has no parent interface, so it is not connected to the LAN.', a),
  'overlay-members-only': (a) => vscode.l10n.t('Addresses on the overlay “{network}” exist for its members only.', a),
  'gateway-isolated': (a) =>
    vscode.l10n.t('“{network}” has gateway mode “isolated”: the host has no address on it.', a),
  'podman-no-hairpin': () =>
    vscode.l10n.t('Podman does not hand a container its own published port back: use localhost.'),
  'podman-no-v6-loopback': () => vscode.l10n.t('Podman publishes nothing on [::1]: use 127.0.0.1.'),
  'no-masquerade': (a) =>
    vscode.l10n.t('“{network}” does not masquerade, and from Docker 28 no answer from outside is let in.', a),
  'outside-no-route': (a) =>
    vscode.l10n.t('Addresses on “{network}” exist on the engine’s host only: other machines have no route to them.', a),
  'rootless-address': () =>
    vscode.l10n.t(
      'The engine is rootless: container addresses live in a namespace of their own that the host cannot see.',
    ),
  'vm-address': () =>
    vscode.l10n.t('The engine runs in a virtual machine: this machine has no route to container addresses.'),
  'remote-address': () =>
    vscode.l10n.t('The engine runs on another machine: this machine has no route to container addresses.'),
  'not-found': (a) => vscode.l10n.t('There is no container “{container}” on this engine.', a),
  'default-bridge-no-names': (a) =>
    vscode.l10n.t('Not by name: the default network “{network}” has no DNS. Names need a network of your own.', a),
  'macvlan-no-names': () =>
    vscode.l10n.t('Not by name: Podman resolves no names on macvlan networks. Use the address.'),
  'host-no-names': (a) =>
    vscode.l10n.t('Not by name: the host does not know “{container}”. Container names exist inside networks only.', a),
  'sharer-no-name': (a) =>
    vscode.l10n.t('Not by its own name: “{container}” shares the network of “{owner}” and is found by that name.', a),
};

/** The sentence for a rule, why it answers or why it does not; the id itself for one a newer model may bring. */
export function ruleSentence(hit: Pick<RuleHit, 'rule' | 'args'>): string {
  const rule = hit.rule as RuleId;
  const words = blockWords[rule] ?? dependsWords[rule] ?? routeRules[rule];
  return words?.(hit.args) ?? hit.rule;
}
