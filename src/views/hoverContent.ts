/** What a hover says of a reference: built from facts, with everything that comes from an engine escaped. */
import * as vscode from 'vscode';
import { commandIds } from '#contributions';
import { portRows } from '#model/ports';
import type { Finding, NameHit, SubnetHit } from '#model/referenceIndex';
import type { Reference } from '#model/references';
import { relationsOf } from '#model/relations';
import type { Container, Network, Snapshot } from '#model/snapshot';
import { containerFacts, type Fact, networkFacts, portFacts, serviceFacts } from '#views/facts';
import { commandLink, factSheet } from '#views/markdown';
import type { Target } from '#views/target';
import { stateWords } from '#views/words';

/** More holders than this are counted, not shown: a hover is read at a glance. */
const most = 3;

/** A link to the Compose service of a container, when the workspace has it. */
export type ServiceLink = (container: Container) => string | undefined;

export interface HoverInput {
  readonly snapshot: Snapshot;
  readonly reference: Reference;
  readonly finding: Finding;
  /** A Compose file's plan, not an engine's state. */
  readonly planned: boolean;
  readonly serviceLink: ServiceLink;
}

export function hoverContent(input: HoverInput): vscode.MarkdownString[] {
  const { finding, snapshot } = input;
  switch (finding.kind) {
    case 'containers':
      return finding.holders
        .slice(0, most)
        .map(({ container, endpoint }) =>
          ofContainer(input, container, endpoint.networkId, more(finding.holders.length)),
        );
    case 'gateway':
      return [ofNetwork(input, finding.network, vscode.l10n.t('gateway of the network {0}', finding.network.name))];
    case 'vacant':
      return [
        ofNetwork(
          input,
          finding.network,
          vscode.l10n.t('Nobody has this address in {0} ({1}).', finding.network.name, finding.subnet),
        ),
      ];
    case 'reserved':
      return [
        ofNetwork(input, finding.network, vscode.l10n.t('reserved for {0} in {1}', finding.name, finding.network.name)),
      ];
    case 'host':
      return [factSheet(input.reference.host, vscode.l10n.t('the host itself, interface {0}', finding.device), [])];
    case 'vip':
      return [
        factSheet(
          finding.service.name,
          vscode.l10n.t('virtual address of the service'),
          serviceFacts(snapshot, finding.service.id),
        ),
      ];
    case 'subnets':
      return finding.networks
        .slice(0, most)
        .map((hit) => ofNetwork(input, hit.network, subnetWords(hit, finding.networks.length)));
    case 'ports':
      return finding.holders.slice(0, most).map(({ container, published }) => {
        const row = portRows(container, relationsOf(snapshot)).find(
          (one) =>
            one.hostPort <= published.hostPort &&
            published.hostPort <= one.hostPortEnd &&
            one.protocol === published.protocol,
        );
        const title = `${input.reference.host}:${published.hostPort} → ${container.name}:${published.port}`;
        const facts = [...(row ? portFacts(snapshot, row) : []), ...shortFacts(input, container)];
        return factSheet(title, subtitle(input, stateWords(container)), facts, links(input, container));
      });
    case 'names':
      return ofNames(input, finding);
  }
}

function more(count: number): readonly Fact[] {
  return count > most ? [{ label: vscode.l10n.t('More'), value: vscode.l10n.t('{0} more have it', count - most) }] : [];
}

function subtitle({ planned }: HoverInput, words: string): string {
  return planned ? vscode.l10n.t('planned by the Compose file') : words;
}

function ofContainer(
  input: HoverInput,
  container: Container,
  networkId: string | undefined,
  extra: readonly Fact[],
): vscode.MarkdownString {
  const facts = containerFacts(input.snapshot, container.id, networkId).filter(({ value }) => value !== '');
  const of = input.snapshot.networks.find(({ id }) => id === networkId);
  return factSheet(
    container.name,
    subtitle(input, stateWords(container)),
    [...extra, ...facts, ...(of ? networkShort(of) : [])],
    links(input, container, networkId),
  );
}

/** Driver, subnet and gateway of the network the address is on: what tells one bridge from another. */
function networkShort(network: Network): readonly Fact[] {
  const subnets = network.ipam.map(({ subnet, gateway }) => (gateway === undefined ? subnet : `${subnet}, ${gateway}`));
  return [{ label: vscode.l10n.t('Its network'), value: [network.name, network.driver, ...subnets].join(' · ') }];
}

function shortFacts(input: HoverInput, container: Container): readonly Fact[] {
  return input.snapshot.networks
    .filter(({ id }) => container.endpoints.some(({ networkId }) => networkId === id))
    .flatMap(networkShort);
}

function ofNetwork(input: HoverInput, network: Network, words: string): vscode.MarkdownString {
  const target: Target = { kind: 'network', engine: input.snapshot.engine.name, network: network.id };
  const prefix = input.reference.prefix === undefined ? '' : `/${input.reference.prefix}`;
  return factSheet(
    `${input.reference.host}${prefix}`,
    input.planned ? `${words} · ${subtitle(input, '')}` : words,
    networkFacts(input.snapshot, network.id),
    input.planned ? [] : nodeLinks(target),
  );
}

function subnetWords({ network, relation }: SubnetHit, count: number): string {
  switch (relation) {
    case 'equal':
      return vscode.l10n.t('subnet of the network {0}', network.name);
    case 'inside':
      return vscode.l10n.t('part of the network {0}', network.name);
    case 'contains':
      return count === 1
        ? vscode.l10n.t('holds the network {0}', network.name)
        : vscode.l10n.t('holds {0} networks, among them {1}', count, network.name);
  }
}

function ofNames(
  input: HoverInput,
  { hits, services, name }: Extract<Finding, { kind: 'names' }>,
): vscode.MarkdownString[] {
  // One container may answer to the name on several networks: one sheet, every place named.
  const byContainer = new Map<string, NameHit[]>();
  for (const hit of hits) byContainer.set(hit.container.id, [...(byContainer.get(hit.container.id) ?? []), hit]);
  const sheets = [...byContainer.values()].slice(0, most).map((own) => {
    const first = own[0]!;
    const extra = [
      { label: vscode.l10n.t('Resolves'), value: own.map((hit) => whence(input.snapshot, hit)).join('; ') },
    ];
    return ofContainer(input, first.container, first.network?.id, [...extra, ...more(byContainer.size)]);
  });
  const ofServices = services
    .slice(0, most)
    .map(({ id }) => factSheet(name, vscode.l10n.t('swarm service'), serviceFacts(input.snapshot, id)));
  return [...sheets, ...ofServices];
}

/** From where a name resolves. */
function whence(snapshot: Snapshot, hit: NameHit): string {
  if (hit.onlyFrom) return vscode.l10n.t('from {0} only, by its link', hit.onlyFrom.name);
  if (!hit.network) return vscode.l10n.t('nowhere: it is on no network that answers names');
  const { id, name } = hit.network;
  const others = snapshot.containers.filter(
    (container) => container.id !== hit.container.id && container.endpoints.some(({ networkId }) => networkId === id),
  );
  if (others.length === 0) return vscode.l10n.t('on {0}, where nobody else is', name);
  const named = others
    .slice(0, 4)
    .map((container) => container.name)
    .join(', ');
  return others.length > 4
    ? vscode.l10n.t('on {0}, from {1} and {2} more', name, named, others.length - 4)
    : vscode.l10n.t('on {0}, from {1}', name, named);
}

function links(input: HoverInput, container: Container, networkId?: string): readonly string[] {
  const service = input.serviceLink(container);
  const target: Target = {
    kind: 'container',
    engine: input.snapshot.engine.name,
    container: container.id,
    ...(networkId === undefined ? {} : { network: networkId }),
  };
  const own = input.planned
    ? []
    : [...nodeLinks(target), commandLink(vscode.l10n.t('Explain connection'), commandIds.explainConnection, target)];
  return [...own, ...(service === undefined ? [] : [service])];
}

function nodeLinks(target: Target): readonly string[] {
  return [
    commandLink(vscode.l10n.t('Show in Networks'), commandIds.revealInTree, target),
    commandLink(vscode.l10n.t('Open in topology'), commandIds.revealInTopology, target),
  ];
}
