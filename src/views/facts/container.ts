import * as vscode from 'vscode';
import { defaultGateway } from '#model/gateway';
import { endpointNames, linksOf } from '#model/names';
import { exposedOnly, portRowsReaching } from '#model/ports';
import { isRunning, namespaceOwner, type Relations, relationsOf } from '#model/relations';
import type { Container, Endpoint, Snapshot } from '#model/snapshot';
import type { Fact } from '#views/facts';
import {
  gatewayRuleWord,
  nameKindWord,
  noNamesSentence,
  portAddress,
  portDescription,
  portText,
  stateWords,
} from '#views/words';

/** Everything known of a container, the network it is looked at on first. Empty when it is gone. */
export function containerFacts(snapshot: Snapshot, containerId: string, networkId?: string): readonly Fact[] {
  const relations = relationsOf(snapshot);
  const container = relations.containers.get(containerId);
  if (!container) return [];
  const owner = namespaceOwner(relations, container);
  const endpoints = [...(owner ?? container).endpoints].sort(
    (left, right) => Number(right.networkId === networkId) - Number(left.networkId === networkId),
  );
  return [
    { label: vscode.l10n.t('Container'), value: container.name, copy: container.name },
    { label: vscode.l10n.t('Image'), value: container.image, copy: container.image },
    { label: vscode.l10n.t('State'), value: stateWords(container) },
    ...modeFacts(container, relations),
    ...endpoints.flatMap((endpoint) => endpointFacts(owner ?? container, endpoint, relations)),
    ...missingVeth(owner ?? container, snapshot),
    ...gatewayFacts(owner ?? container, relations, snapshot),
    ...portsOf(container, relations),
    ...linkFacts(container, snapshot, relations),
    ...composeFacts(container),
    { label: vscode.l10n.t('ID'), value: container.id.slice(0, 12), copy: container.id },
    ...(container.complete ? [] : [{ label: vscode.l10n.t('Names'), value: vscode.l10n.t('still being read') }]),
  ];
}

function modeFacts(container: Container, relations: Relations): readonly Fact[] {
  const label = vscode.l10n.t('Network mode');
  switch (container.mode) {
    case 'networks':
      return [];
    case 'host':
      return [{ label, value: vscode.l10n.t('host: uses the addresses and ports of the host itself') }];
    case 'none':
      return [{ label, value: vscode.l10n.t('none: only its own localhost') }];
    case 'container': {
      const owner = container.sharesWith === undefined ? undefined : relations.containers.get(container.sharesWith);
      const value = owner
        ? vscode.l10n.t('shares the network of {0}', owner.name)
        : vscode.l10n.t('shares the network of a container that is gone');
      return [{ label, value }];
    }
    default:
      return [{ label, value: String(container.mode satisfies never) }];
  }
}

/** One endpoint: address, network, gateway, MAC, names. */
function endpointFacts(container: Container, endpoint: Endpoint, relations: Relations): readonly Fact[] {
  const network = relations.networks.get(endpoint.networkId);
  const facts: Fact[] = [
    {
      label: vscode.l10n.t('Network'),
      value: network ? networkText(network.name, network.driver, network.ipam) : endpoint.network,
      copy: network?.name ?? endpoint.network,
    },
  ];
  const given = endpoint.staticIp ? ` (${vscode.l10n.t('static')})` : '';
  for (const [label, address, prefix] of [
    ['IPv4', endpoint.ipv4, endpoint.ipv4Prefix],
    ['IPv6', endpoint.ipv6, endpoint.ipv6Prefix],
  ] as const)
    if (address !== undefined)
      facts.push({ label, value: `${address}${prefix === undefined ? '' : `/${prefix}`}${given}`, copy: address });
  for (const address of [endpoint.configuredIpv4, endpoint.configuredIpv6])
    if (address !== undefined && address !== endpoint.ipv4 && address !== endpoint.ipv6)
      facts.push({
        label: vscode.l10n.t('Static address'),
        value: vscode.l10n.t('{0} (from its next start)', address),
        copy: address,
      });
  for (const gateway of [endpoint.gateway, endpoint.ipv6Gateway])
    if (gateway !== undefined) facts.push({ label: vscode.l10n.t('Gateway'), value: gateway, copy: gateway });
  if (endpoint.mac !== undefined) facts.push({ label: 'MAC', value: endpoint.mac, copy: endpoint.mac });
  if (endpoint.veth !== undefined)
    facts.push({ label: vscode.l10n.t('Host interface'), value: endpoint.veth, copy: endpoint.veth });
  return [...facts, ...nameFacts(container, endpoint, relations)];
}

/** Why no host-side interface is told, where there should be one: a reason instead of a blank. */
function missingVeth(container: Container, { engine, host }: Snapshot): readonly Fact[] {
  const expected = isRunning(container) && container.endpoints.some(({ mac }) => mac !== undefined);
  if (!expected || container.endpoints.some(({ veth }) => veth !== undefined)) return [];
  const label = vscode.l10n.t('Host interface');
  if (engine.where !== 'this-host')
    return [{ label, value: vscode.l10n.t('known only when the engine runs on this machine') }];
  return host?.vethUnavailable === undefined ? [] : [{ label, value: vethReason(host.vethUnavailable) }];
}

/** The engine room's reason (`permission` or `processes`) in words. */
function vethReason(reason: string): string {
  if (reason === 'permission') return vscode.l10n.t('not readable for this user: only root sees into containers');
  return vscode.l10n.t('not found: the engine’s processes cannot be seen from here');
}

function networkText(name: string, driver: string, ipam: readonly { readonly subnet: string }[]): string {
  return [name, driver, ...ipam.map(({ subnet }) => subnet)].join(' · ');
}

function nameFacts(container: Container, endpoint: Endpoint, relations: Relations): readonly Fact[] {
  const answered = endpointNames(container, endpoint, relations.networks.get(endpoint.networkId));
  const names = answered.names.map(({ text, kind }) => ({
    label: vscode.l10n.t('DNS name'),
    value: kind === 'name' ? text : `${text} (${nameKindWord(kind)})`,
    copy: text,
  }));
  if (answered.reason === undefined) return names;
  return [...names, { label: vscode.l10n.t('Names'), value: noNamesSentence(answered.reason) }];
}

function gatewayFacts(container: Container, relations: Relations, snapshot: Snapshot): readonly Fact[] {
  const found = container.endpoints.length > 1 && defaultGateway(container, relations.networks, snapshot.engine);
  if (!found) return [];
  const value = `${found.endpoint.network} (${gatewayRuleWord(found.rule)})`;
  return [{ label: vscode.l10n.t('Default gateway'), value }];
}

function portsOf(container: Container, relations: Relations): readonly Fact[] {
  const published = portRowsReaching(container, relations).map((row) => {
    const copy = portAddress(row);
    const value = `${portText(row)} (${portDescription(row)})`;
    return { label: vscode.l10n.t('Published port'), value, ...(copy === undefined ? {} : { copy }) };
  });
  const exposed = exposedOnly(container) ?? [];
  if (exposed.length === 0) return published;
  const label = container.mode === 'host' ? vscode.l10n.t('Exposed on the host') : vscode.l10n.t('Exposed only');
  return [...published, { label, value: exposed.map(({ port, protocol }) => `${port}/${protocol}`).join(', ') }];
}

function linkFacts(container: Container, snapshot: Snapshot, relations: Relations): readonly Fact[] {
  const { to, from } = linksOf(container, snapshot.containers, relations);
  return [
    ...to.map(({ name, alias }) => ({
      label: vscode.l10n.t('Link to'),
      value: vscode.l10n.t('{0} as {1}', name, alias),
      copy: alias,
    })),
    ...from.map(({ name, alias }) => ({
      label: vscode.l10n.t('Linked from'),
      value: vscode.l10n.t('{0} as {1}', name, alias),
    })),
  ];
}

function composeFacts(container: Container): readonly Fact[] {
  if (!container.compose) return [];
  const { project, service } = container.compose;
  return [
    { label: vscode.l10n.t('Compose project'), value: project, copy: project },
    { label: vscode.l10n.t('Compose service'), value: service, copy: service },
  ];
}
