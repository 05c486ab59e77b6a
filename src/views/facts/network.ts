import * as vscode from 'vscode';
import { projectOfNetwork, projectsOn } from '#model/projects';
import { relationsOf } from '#model/relations';
import type { Network, Snapshot } from '#model/snapshot';
import type { Fact } from '#views/facts';
import { containersWord, driverWord } from '#views/words';

/** Everything known of a network. Empty when it is gone. */
export function networkFacts(snapshot: Snapshot, networkId: string): readonly Fact[] {
  const relations = relationsOf(snapshot);
  const network = relations.networks.get(networkId);
  if (!network) return [];
  const members = relations.members.get(networkId) ?? [];
  return [
    { label: vscode.l10n.t('Network'), value: network.name, copy: network.name },
    { label: vscode.l10n.t('Driver'), value: driverWord(network.driver) },
    ...(network.scope === 'local' ? [] : [{ label: vscode.l10n.t('Scope'), value: network.scope }]),
    ...ipamFacts(network),
    ...deviceFacts(network),
    { label: vscode.l10n.t('Containers'), value: containersWord(members.length) },
    ...traitFacts(network),
    ...projectFacts(network, projectsOn(members)),
    ...peerFacts(network),
    { label: vscode.l10n.t('ID'), value: network.id.slice(0, 12), copy: network.id },
  ];
}

function ipamFacts(network: Network): readonly Fact[] {
  return network.ipam.flatMap((config) => {
    const facts: Fact[] = [{ label: vscode.l10n.t('Subnet'), value: config.subnet, copy: config.subnet }];
    if (config.gateway !== undefined)
      facts.push({ label: vscode.l10n.t('Gateway'), value: config.gateway, copy: config.gateway });
    if (config.ipRange !== undefined)
      facts.push({ label: vscode.l10n.t('IP range'), value: config.ipRange, copy: config.ipRange });
    for (const [name, address] of Object.entries(config.reserved ?? {}))
      facts.push({ label: vscode.l10n.t('Reserved'), value: `${address} (${name})`, copy: address });
    return facts;
  });
}

/** What holds the network on the host: its bridge, or the parent interface of a macvlan or ipvlan. */
function deviceFacts(network: Network): readonly Fact[] {
  const facts: Fact[] = [];
  if (network.bridgeName !== undefined)
    facts.push({ label: vscode.l10n.t('Bridge device'), value: network.bridgeName, copy: network.bridgeName });
  const parent = network.options.parent;
  if (parent !== undefined) facts.push({ label: vscode.l10n.t('Parent interface'), value: parent, copy: parent });
  const mode = network.options.macvlan_mode ?? network.options.ipvlan_mode;
  if (mode !== undefined) facts.push({ label: vscode.l10n.t('Mode'), value: mode });
  const gatewayMode = network.options['com.docker.network.bridge.gateway_mode_ipv4'];
  if (gatewayMode !== undefined) facts.push({ label: vscode.l10n.t('Gateway mode'), value: gatewayMode });
  return facts;
}

function traitFacts(network: Network): readonly Fact[] {
  const label = vscode.l10n.t('Note');
  const notes: string[] = [];
  if (network.internal) notes.push(vscode.l10n.t('Internal: no way out, and published ports have no effect here.'));
  if (network.driver === 'bridge' && !network.resolvesNames)
    notes.push(vscode.l10n.t('Names do not resolve on the default bridge, except through links.'));
  if (!network.interContainer)
    notes.push(vscode.l10n.t('Containers do not reach each other here: inter-container communication is off.'));
  if (network.ingress) notes.push(vscode.l10n.t('The routing mesh: published ports of services answer on every node.'));
  if (network.driver === 'overlay' && !network.ingress)
    notes.push(
      network.attachable
        ? vscode.l10n.t('Attachable: plain containers may join, not only services.')
        : vscode.l10n.t('Not attachable: only services join.'),
    );
  if (network.driver === 'host')
    notes.push(vscode.l10n.t('Containers here use the addresses and ports of the host itself.'));
  if (network.driver === 'null') notes.push(vscode.l10n.t('Containers here have only their own localhost.'));
  return notes.map((value) => ({ label, value }));
}

function projectFacts(network: Network, projects: readonly string[]): readonly Fact[] {
  const own = projectOfNetwork(network);
  const facts: Fact[] = own === undefined ? [] : [{ label: vscode.l10n.t('Compose project'), value: own, copy: own }];
  if (projects.length > 1) facts.push({ label: vscode.l10n.t('Shared by projects'), value: projects.join(', ') });
  return facts;
}

function peerFacts(network: Network): readonly Fact[] {
  return (network.peers ?? []).map(({ name, address }) => ({
    label: vscode.l10n.t('Swarm node'),
    value: `${name} · ${address}`,
    copy: address,
  }));
}
