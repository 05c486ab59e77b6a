/** What a row says beside its label, and the same as a sentence for a screen reader. */
import * as vscode from 'vscode';
import { isRunning, namespaceOwner } from '#model/relations';
import type { Container, Endpoint, Network, Service } from '#model/snapshot';
import type { EngineTree } from '#views/tree/engineTree';
import type { GroupKind } from '#views/tree/nodes';
import { containersWord, driverWord, stateWords, subnetsText } from '#views/words';

const joined = (parts: readonly (string | undefined | false)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join(' · ');

export function networkDescription(tree: EngineTree, network: Network): string {
  const { shown, all } = tree.counts(`network:${network.id}`);
  return joined([
    driverWord(network.driver),
    network.internal && vscode.l10n.t('internal'),
    subnetsText(network),
    (all > 0 || network.driver !== 'overlay') && containersWord(all, shown),
  ]);
}

export function networkSentence(tree: EngineTree, network: Network): string {
  const { shown, all } = tree.counts(`network:${network.id}`);
  const subnets = subnetsText(network);
  const where = subnets === '' ? vscode.l10n.t('no subnet') : vscode.l10n.t('subnet {0}', subnets);
  const traits = network.internal ? vscode.l10n.t('{0}, internal', network.driver) : network.driver;
  return vscode.l10n.t('Network {0}, driver {1}, {2}, {3}', network.name, traits, where, containersWord(all, shown));
}

/** The endpoint a row is about: on its network, or the only one there is. */
function endpointOf(container: Container, network: string | undefined): Endpoint | undefined {
  return container.endpoints.find(({ networkId }) => networkId === network) ?? container.endpoints[0];
}

/** The address now, or the one it will have; undefined where it has none of its own. */
export function addressOf(container: Container, network: string | undefined): string | undefined {
  const endpoint = endpointOf(container, network);
  if (!endpoint) return undefined;
  const now = endpoint.ipv4 ?? endpoint.ipv6;
  if (now !== undefined) return now;
  const later = endpoint.configuredIpv4 ?? endpoint.configuredIpv6;
  return later === undefined ? undefined : vscode.l10n.t('{0} (from its next start)', later);
}

export function containerDescription(tree: EngineTree, container: Container, network: string | undefined): string {
  if (container.mode === 'container') {
    const owner = namespaceOwner(tree.places, container);
    return joined([sharing(tree, container), owner && addressOf(owner, network), stateWords(container)]);
  }
  const endpoint = endpointOf(container, network);
  const parts = [
    addressOf(container, network),
    endpoint?.staticIp === true && endpoint.ipv4 !== undefined && vscode.l10n.t('static'),
    container.compose?.service !== container.name && container.compose?.service,
  ];
  // Of a row that is cut at the right, the word for why it is dim is the last to go.
  return isDim(container) ? joined([stateWords(container), ...parts]) : joined([...parts, stateWords(container)]);
}

function sharing(tree: EngineTree, container: Container): string {
  const owner = container.sharesWith === undefined ? undefined : tree.places.containers.get(container.sharesWith);
  return owner
    ? vscode.l10n.t('shares the network of {0}', owner.name)
    : vscode.l10n.t('shares the network of a container that is gone');
}

export function containerSentence(tree: EngineTree, container: Container, network: string | undefined): string {
  const where = tree.places.networks.get(network ?? '')?.name;
  const address = container.mode === 'container' ? sharing(tree, container) : addressOf(container, network);
  const ports = tree.portRows(container).length;
  const published = ports === 1 ? vscode.l10n.t('1 published port') : vscode.l10n.t('{0} published ports', ports);
  return [
    vscode.l10n.t('Container {0}', container.name),
    stateWords(container),
    address !== undefined && where !== undefined && container.mode !== 'container'
      ? vscode.l10n.t('address {0} on network {1}', address, where)
      : address,
    ports > 0 ? published : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

export function groupLabel(group: GroupKind): string {
  switch (group) {
    case 'host':
      return 'host';
    case 'none':
      return 'none';
    case 'gone':
      return vscode.l10n.t('Network gone');
    case 'loose':
      return vscode.l10n.t('Not connected');
    default:
      return String(group satisfies never);
  }
}

export function groupDescription(group: GroupKind): string {
  switch (group) {
    case 'host':
      return vscode.l10n.t('the network of the host itself');
    case 'none':
      return vscode.l10n.t('no networking');
    case 'gone':
      return vscode.l10n.t('the network they were on was removed');
    case 'loose':
      return vscode.l10n.t('on no network');
    default:
      return String(group satisfies never);
  }
}

export function serviceDescription(service: Service, network: string): string {
  const vip = service.networks.find(({ networkId }) => networkId === network)?.vip;
  const tasks = service.tasks.length;
  return joined([
    vscode.l10n.t('service'),
    vip === undefined ? undefined : `VIP ${vip}`,
    tasks === 1 ? vscode.l10n.t('1 task') : vscode.l10n.t('{0} tasks', tasks),
    service.published.map(({ hostPort, port, protocol }) => `${hostPort} → ${port}/${protocol}`).join(', '),
  ]);
}

/** Rows that are not in force now are dimmed. */
export function isDim(container: Container): boolean {
  return !isRunning(container) && container.state !== 'restarting';
}
