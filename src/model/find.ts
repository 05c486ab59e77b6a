/** "Who has 172.20.0.5?", "what is on 8080?", "where is db?": what a text means in a snapshot. */
import { type Address, formatAddress, holdsAddress, parseAddress, parseBlock, sameAddress } from '#model/addresses';
import { compareNames } from '#model/compare';
import { allPortRows, type PortRow } from '#model/ports';
import { relationsOf } from '#model/relations';
import type { Container, Endpoint, ExposedPort, Network, Service, Snapshot } from '#model/snapshot';

export type Finding =
  /** The container that has the address; `configured`: a stopped one that will have it. */
  | {
      readonly kind: 'endpoint';
      readonly container: Container;
      readonly endpoint: Endpoint;
      readonly address: string;
      readonly configured: boolean;
    }
  | { readonly kind: 'gateway'; readonly network: Network; readonly address: string }
  | { readonly kind: 'reserved'; readonly network: Network; readonly address: string; readonly name: string }
  | { readonly kind: 'virtual-ip'; readonly service: Service; readonly networkId: string; readonly address: string }
  /** Inside a known subnet, and nobody has it. */
  | { readonly kind: 'free'; readonly network: Network; readonly subnet: string; readonly address: string }
  | { readonly kind: 'host-address'; readonly device: string; readonly address: string }
  | { readonly kind: 'subnet'; readonly network: Network; readonly subnet: string }
  | { readonly kind: 'published'; readonly container: Container; readonly row: PortRow }
  | { readonly kind: 'listens'; readonly container: Container; readonly exposed: ExposedPort }
  | { readonly kind: 'network'; readonly network: Network }
  /** By its name, or by the other `name` given here (alias, DNS name, short id, Compose service, image). */
  | { readonly kind: 'container'; readonly container: Container; readonly name?: string }
  | { readonly kind: 'service'; readonly service: Service };

/** At most this many are told for a text that many match: a finder's list, not a dump. */
const mostFindings = 200;

/** Whatever the text means, best first; empty for a text that means nothing here. */
export function find(snapshot: Snapshot, text: string): readonly Finding[] {
  const wanted = subjectOf(text.trim());
  if (wanted === '') return [];
  const address = parseAddress(unbracket(wanted));
  if (address) return findAddress(snapshot, address);
  if (parseBlock(wanted)) return findSubnet(snapshot, wanted);
  const port = portIn(wanted);
  const ports = port === undefined ? [] : findPort(snapshot, port.number, port.protocol);
  return [...ports, ...findName(snapshot, wanted)].slice(0, mostFindings);
}

/** What a sentence asks about: the address or port in "who has 172.20.0.5?"; any other text is its own subject. */
function subjectOf(text: string): string {
  const words = text.replace(/\?$/, '').trim().split(/\s+/);
  if (words.length === 1) return words[0] ?? '';
  const meant = (word: string): boolean =>
    parseAddress(unbracket(word)) !== undefined || parseBlock(word) !== undefined || portIn(word) !== undefined;
  return words.find(meant) ?? text;
}

function unbracket(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
}

/** `8080`, `:8080`, `8080/udp`, `localhost:8080`: the port and, where said, the protocol. */
export function portIn(text: string): { readonly number: number; readonly protocol?: string } | undefined {
  const match = /^(?:[\w.-]*:)?(\d{1,5})(?:\/(tcp|udp|sctp))?$/i.exec(text);
  const number = Number(match?.[1]);
  if (!match || number < 1 || number > 65_535) return undefined;
  const protocol = match[2]?.toLowerCase();
  return protocol === undefined ? { number } : { number, protocol };
}

/** Every holder of one address, in all networks: subnets of two engines, or of macvlan networks, may repeat. */
export function findAddress(snapshot: Snapshot, wanted: Address): readonly Finding[] {
  const address = formatAddress(wanted);
  const is = (text: string | undefined): boolean => sameAddress(text, address);
  const found: Finding[] = [];
  for (const container of snapshot.containers)
    for (const endpoint of container.endpoints) {
      if (is(endpoint.ipv4) || is(endpoint.ipv6))
        found.push({ kind: 'endpoint', container, endpoint, address, configured: false });
      else if (is(endpoint.configuredIpv4) || is(endpoint.configuredIpv6))
        found.push({ kind: 'endpoint', container, endpoint, address, configured: true });
    }
  for (const service of snapshot.services ?? [])
    for (const { networkId, vip } of service.networks)
      if (is(vip)) found.push({ kind: 'virtual-ip', service, networkId, address });
  for (const network of snapshot.networks) found.push(...inNetwork(network, wanted, address, found));
  for (const device of snapshot.host?.addresses ?? [])
    if (is(device.address) && !found.some((one) => one.kind === 'gateway'))
      found.push({ kind: 'host-address', device: device.name, address });
  return found;
}

function inNetwork(
  network: Network,
  wanted: Address,
  address: string,
  holders: readonly Finding[],
): readonly Finding[] {
  return network.ipam.flatMap((config): readonly Finding[] => {
    const block = parseBlock(config.subnet);
    if (!block || !holdsAddress(block, wanted)) return [];
    if (sameAddress(config.gateway, address)) return [{ kind: 'gateway', network, address }];
    const reserved = Object.entries(config.reserved ?? {}).find(([, taken]) => sameAddress(taken, address));
    if (reserved) return [{ kind: 'reserved', network, address, name: reserved[0] }];
    const held = holders.some(
      (one) =>
        (one.kind === 'endpoint' && one.endpoint.networkId === network.id) ||
        (one.kind === 'virtual-ip' && one.networkId === network.id),
    );
    return held ? [] : [{ kind: 'free', network, subnet: config.subnet, address }];
  });
}

function findSubnet(snapshot: Snapshot, wanted: string): readonly Finding[] {
  const block = parseBlock(wanted);
  if (!block) return [];
  return snapshot.networks.flatMap((network) =>
    network.ipam.flatMap(({ subnet }): readonly Finding[] => {
      const other = parseBlock(subnet);
      const meets = other?.family === block.family && other.first <= block.last && block.first <= other.last;
      return meets ? [{ kind: 'subnet', network, subnet }] : [];
    }),
  );
}

function findPort(snapshot: Snapshot, port: number, protocol: string | undefined): readonly Finding[] {
  const relations = relationsOf(snapshot);
  const speaks = (other: string): boolean => protocol === undefined || protocol === other;
  const published = allPortRows(snapshot.containers, relations)
    .filter((row) => row.hostPort <= port && port <= row.hostPortEnd && row.hostPort > 0 && speaks(row.protocol))
    .flatMap((row): readonly Finding[] => {
      const container = relations.containers.get(row.containerId);
      return container ? [{ kind: 'published', container, row }] : [];
    });
  const listens = snapshot.containers.flatMap((container): readonly Finding[] => {
    const exposed = listening(container).find((one) => one.port === port && speaks(one.protocol));
    return exposed ? [{ kind: 'listens', container, exposed }] : [];
  });
  return [...published, ...listens];
}

function listening(container: Container): readonly ExposedPort[] {
  return [...(container.exposed ?? []), ...container.published];
}

function findName(snapshot: Snapshot, wanted: string): readonly Finding[] {
  const needle = wanted.toLowerCase();
  const ranked: { readonly rank: number; readonly name: string; readonly finding: Finding }[] = [];
  const offer = (name: string, bonus: number, finding: Finding): boolean => {
    const text = name.toLowerCase();
    if (!text.includes(needle)) return false;
    const rank = bonus + (text === needle ? 0 : text.startsWith(needle) ? 1 : 2);
    ranked.push({ rank, name, finding });
    return true;
  };
  for (const network of snapshot.networks)
    if (!offer(network.name, 0, { kind: 'network', network }) && needle.length >= 6 && network.id.startsWith(needle))
      ranked.push({ rank: 3, name: network.name, finding: { kind: 'network', network } });
  for (const container of snapshot.containers) {
    if (offer(container.name, 0, { kind: 'container', container })) continue;
    otherNames(container).some((name) => offer(name, 3, { kind: 'container', container, name }));
  }
  for (const service of snapshot.services ?? []) offer(service.name, 0, { kind: 'service', service });
  return ranked
    .sort((left, right) => left.rank - right.rank || compareNames(left.name, right.name))
    .map(({ finding }) => finding);
}

function otherNames(container: Container): readonly string[] {
  return [
    ...container.endpoints.flatMap((endpoint) => [...(endpoint.aliases ?? []), ...(endpoint.dnsNames ?? [])]),
    ...(container.compose ? [container.compose.service] : []),
    ...(container.hostname === undefined ? [] : [container.hostname]),
    container.image,
    container.id,
  ];
}
