/** What the Networks view leaves out, and in which order it shows the rest. */
import { parseBlock } from '#model/addresses';
import { byName, compareNames } from '#model/compare';
import { projectOfNetwork } from '#model/projects';
import { isRunning } from '#model/relations';
import type { Container, Network } from '#model/snapshot';

export interface TreeFilter {
  readonly text?: string;
  readonly driver?: string;
  readonly project?: string;
  readonly runningOnly?: boolean;
}

export type TreeSort = 'name' | 'driver' | 'subnet' | 'containers';
export const treeSorts: readonly TreeSort[] = ['name', 'driver', 'subnet', 'containers'];

export function isFiltering(filter: TreeFilter): boolean {
  return (
    filter.runningOnly === true ||
    [filter.text, filter.driver, filter.project].some((part) => part !== undefined && part !== '')
  );
}

/** The part of a filter that asks for running containers. */
export function runningOnly(filter: TreeFilter): TreeFilter {
  return filter.runningOnly === true ? { runningOnly: true } : {};
}

/** Whether a container is shown; `networkMatches`: the text already names its network, so all of its members stay. */
export function showsContainer(filter: TreeFilter, container: Container, networkMatches: boolean): boolean {
  if (filter.runningOnly && !isRunning(container)) return false;
  if (filter.project && container.compose?.project !== filter.project) return false;
  return networkMatches || !filter.text || containerHas(container, filter.text.toLowerCase());
}

/** Whether the text names the network itself. True without a text. */
export function networkMatchesText(filter: TreeFilter, network: Network): boolean {
  if (!filter.text) return true;
  const needle = filter.text.toLowerCase();
  return [network.name, network.driver, ...network.ipam.flatMap(({ subnet, gateway }) => [subnet, gateway ?? ''])].some(
    (text) => text.toLowerCase().includes(needle),
  );
}

/** Whether a network is shown, given how many of its members are. */
export function showsNetwork(filter: TreeFilter, network: Network, shownMembers: number): boolean {
  if (filter.driver && network.driver !== filter.driver) return false;
  if (filter.project && projectOfNetwork(network) !== filter.project && shownMembers === 0) return false;
  return networkMatchesText(filter, network) || shownMembers > 0;
}

function containerHas(container: Container, needle: string): boolean {
  const has = (text: string | undefined): boolean => text?.toLowerCase().includes(needle) === true;
  return (
    has(container.name) ||
    has(container.image) ||
    has(container.compose?.service) ||
    container.endpoints.some(
      (endpoint) =>
        has(endpoint.ipv4) ||
        has(endpoint.ipv6) ||
        has(endpoint.configuredIpv4) ||
        (endpoint.aliases ?? []).some((alias) => has(alias)),
    ) ||
    container.published.some((port) => String(port.hostPort) === needle || String(port.port) === needle)
  );
}

/** Own networks in the wanted order, built-in ones last; names and ids decide between equals. */
export function sortNetworks(
  networks: readonly Network[],
  sort: TreeSort,
  count: (network: Network) => number,
): readonly Network[] {
  const order = orders(count)[sort];
  return [...networks].sort(
    (left, right) => Number(left.builtIn) - Number(right.builtIn) || order(left, right) || byName(left, right),
  );
}

type Order = (left: Network, right: Network) => number;

function orders(count: (network: Network) => number): Readonly<Record<TreeSort, Order>> {
  return {
    name: byName,
    driver: (left, right) => compareNames(left.driver, right.driver),
    subnet: (left, right) => compareSubnets(left.ipam[0]?.subnet, right.ipam[0]?.subnet),
    containers: (left, right) => count(right) - count(left),
  };
}

/** IPv4 before IPv6, then by address: `10.9.0.0` before `10.10.0.0`. Networks without a subnet come after. */
function compareSubnets(left: string | undefined, right: string | undefined): number {
  const one = left === undefined ? undefined : parseBlock(left);
  const other = right === undefined ? undefined : parseBlock(right);
  if (!one || !other) return Number(!one) - Number(!other);
  if (one.family !== other.family) return one.family === 'ipv4' ? -1 : 1;
  if (one.first !== other.first) return one.first < other.first ? -1 : 1;
  return one.prefix - other.prefix;
}
