/** How a connection goes, in words: routes, the rules behind them, remedies and answers. */
import * as vscode from 'vscode';
import type { Party, Remedy, Route } from '#model/reach';
import type { RemedyId, RuleId } from '#model/reachRules';
import type { Snapshot } from '#model/snapshot';

type Args = Readonly<Record<string, string>>;

/** Why something answers: in the cells of the matrix and in lists. */
export const routeRules: Partial<Record<RuleId, (a: Args) => string>> = {
  'same-network': () => vscode.l10n.t('both are on one network'),
  'same-macvlan': () => vscode.l10n.t('both are on one macvlan network'),
  'same-ipvlan': () => vscode.l10n.t('both are on one ipvlan network'),
  'same-overlay': () => vscode.l10n.t('both are on one overlay network'),
  'shared-stack': () => vscode.l10n.t('they share one network stack: use localhost'),
  'own-address': () => vscode.l10n.t('its own address'),
  'host-stack': () => vscode.l10n.t('both use the host’s network: use localhost'),
  'host-on-bridge': () => vscode.l10n.t('the host has an address on the network'),
  'published-on-host': () => vscode.l10n.t('a published port on the host'),
  'published-through-host': () => vscode.l10n.t('a published port, through the host'),
  'published-to-lan': () => vscode.l10n.t('a published port, from the LAN'),
  'gateway-is-host': () => vscode.l10n.t('the network’s gateway is the host'),
  'host-address': () => vscode.l10n.t('the host’s own address'),
  'masquerade-out': () => vscode.l10n.t('out through the host, masqueraded'),
  'on-the-lan': () => vscode.l10n.t('directly on the LAN'),
  'host-out': () => vscode.l10n.t('the host’s own way out'),
  'host-from-lan': () => vscode.l10n.t('the host’s address on the LAN'),
  'ipv6-unfiltered': () => vscode.l10n.t('over IPv6, which this engine does not filter'),
  'podman-open-bridges': () => vscode.l10n.t('this Podman passes traffic on between these networks'),
  'routed-published': () => vscode.l10n.t('a published port at the container’s own address (gateway mode “routed”)'),
};

export function partyWord(snapshot: Snapshot | undefined, party: Party): string {
  if ('host' in party) return vscode.l10n.t('this machine (the host)');
  if ('outside' in party) return vscode.l10n.t('outside (the LAN)');
  return snapshot?.containers.find(({ id }) => id === party.container)?.name ?? party.container;
}

export function answerWord(answer: 'yes' | 'no' | 'depends'): string {
  if (answer === 'yes') return vscode.l10n.t('Yes');
  return answer === 'no' ? vscode.l10n.t('No') : vscode.l10n.t('It depends');
}

/** The headline: `web reaches db`. */
export function answerSentence(answer: 'yes' | 'no' | 'depends', from: string, to: string): string {
  if (answer === 'yes') return vscode.l10n.t('“{0}” reaches “{1}”.', from, to);
  if (answer === 'no') return vscode.l10n.t('“{0}” does not reach “{1}”.', from, to);
  return vscode.l10n.t('Whether “{0}” reaches “{1}” depends on what the engine does not tell.', from, to);
}

/** What stands between the two ends of a drawn route. */
export function viaWord(route: Route, snapshot: Snapshot): string {
  const name = (id: string): string => snapshot.networks.find((network) => network.id === id)?.name ?? id;
  switch (route.via.kind) {
    case 'network':
      return vscode.l10n.t('network “{0}”', name(route.via.networkId));
    case 'localhost':
      return 'localhost';
    case 'published':
      return vscode.l10n.t('published port {0}', `${route.via.hostIp}:${route.port ?? ''}`);
    case 'gateway':
      return vscode.l10n.t('gateway of “{0}”', name(route.via.networkId));
    case 'host':
      return vscode.l10n.t('the host');
    case 'lan':
      return route.via.networkId === undefined
        ? vscode.l10n.t('the LAN')
        : vscode.l10n.t('LAN of “{0}”', name(route.via.networkId));
    default:
      return route.via satisfies never;
  }
}

const remedyWords: Record<RemedyId, (a: Args) => string> = {
  'connect-source': (a) => vscode.l10n.t('Connect “{container}” to “{network}”…', a),
  'connect-target': (a) => vscode.l10n.t('Connect “{container}” to “{network}”…', a),
  'create-network': (a) =>
    a.other
      ? vscode.l10n.t('Create a network for “{container}” and “{other}”…', a)
      : vscode.l10n.t('Create a network for “{container}”…', a),
  publish: (a) =>
    a.port
      ? vscode.l10n.t('Publish port {port} of “{container}”…', a)
      : vscode.l10n.t('Publish a port of “{container}”…', a),
  'publish-wider': (a) => vscode.l10n.t('Publish port {port} of “{container}” for other machines…', a),
  start: (a) => vscode.l10n.t('Start “{container}”', a),
  unpause: (a) => vscode.l10n.t('Let “{container}” go on: docker unpause', a),
  'use-name': (a) => vscode.l10n.t('Use the name “{name}”.', a),
  'use-address': () => vscode.l10n.t('Use the address.'),
  'use-gateway': () => vscode.l10n.t('Use the gateway’s address.'),
  'use-owner-name': (a) => vscode.l10n.t('Use the name “{name}”.', a),
  'leave-internal': (a) => vscode.l10n.t('Connect “{container}” to “{network}” as well…', a),
  'join-bridge': (a) => vscode.l10n.t('Connect “{container}” to “{network}” as well…', a),
  'recreate-with-network': (a) => vscode.l10n.t('Run “{image}” again, on a network…', a),
  'restart-owner': (a) => vscode.l10n.t('Start “{container}”, then restart what shares its network', a),
};

export function remedyWord(remedy: Remedy): string {
  return remedyWords[remedy.rule as RemedyId]?.(remedy.args) ?? remedy.rule;
}
