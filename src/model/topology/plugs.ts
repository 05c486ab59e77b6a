/** Published ports as the drawing shows them: wildcard bindings of both address families joined into one plug. */
import type { Container, Network, Protocol, PublishedPort } from '#model/snapshot';

/** `vain`: published, but no network of the container lets it take effect. `one`: bound to one address of the host. */
export type Exposure = 'all' | 'ipv4' | 'local' | 'one' | 'vain';

/** Why a published port has no effect: a rule id for the views. */
export type VainReason = 'internal' | 'macvlan' | 'host-mode' | 'no-network' | 'shares-network';

export interface Plug {
  /** `port:CONTAINER:HOST_IP:HOST_PORT:PORT:PROTOCOL`, of the first binding joined here. */
  readonly key: string;
  /** 0 when the engine gives the port at the next start only. */
  readonly hostPort: number;
  readonly port: number;
  readonly protocol: Protocol;
  readonly exposure: Exposure;
  readonly vainReason?: VainReason;
  /** The bindings joined here: every published port of the container is in exactly one plug. */
  readonly bindings: readonly PublishedPort[];
  /** The host's address, with exposure `one`; IPv6 in brackets. */
  readonly address?: string;
}

const isWildcard = (address: string): boolean => address === '' || address === '0.0.0.0' || address === '::';
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
const hasNoPublishing = (network: Network | undefined): boolean =>
  network !== undefined && (network.internal || ['macvlan', 'ipvlan', 'null', 'host'].includes(network.driver));

/** Key of a published port: the same in rails, map and messages. */
export function portKey(containerId: string, port: PublishedPort): string {
  return `port:${containerId}:${port.hostIp}:${port.hostPort}:${port.port}:${port.protocol}`;
}

/** Plain order of code units: `localeCompare` costs 20 ms at its first call and differs between machines. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Why publishing has no effect here; undefined where it has. Internal networks only block when all of them do (ENGINES). */
export function vainReason(container: Container, networks: ReadonlyMap<string, Network>): VainReason | undefined {
  if (container.mode === 'host') return 'host-mode';
  if (container.mode === 'container') return 'shares-network';
  if (container.mode === 'none' || container.endpoints.length === 0) return 'no-network';
  const joined = container.endpoints.map((endpoint) => networks.get(endpoint.networkId));
  if (!joined.every(hasNoPublishing)) return undefined;
  return joined.some((network) => network?.internal) ? 'internal' : 'macvlan';
}

/** The plugs of a container, sorted by host port, container port, protocol, then address. */
export function plugsOf(container: Container, networks: ReadonlyMap<string, Network>): readonly Plug[] {
  const reason = container.published.length > 0 ? vainReason(container, networks) : undefined;
  const groups = new Map<string, PublishedPort[]>();
  for (const port of container.published) {
    const reach = isWildcard(port.hostIp) ? 'any' : isLoopback(port.hostIp) ? 'loopback' : port.hostIp;
    const group = `${reach} ${port.hostPort} ${port.port} ${port.protocol}`;
    const found = groups.get(group);
    if (found) found.push(port);
    else groups.set(group, [port]);
  }
  return [...groups.values()]
    .map((bindings) => plugOf(container.id, bindings, reason))
    .sort(
      (left, right) =>
        left.hostPort - right.hostPort ||
        left.port - right.port ||
        compareText(left.protocol, right.protocol) ||
        compareText(left.key, right.key),
    );
}

function plugOf(containerId: string, unsorted: readonly PublishedPort[], reason: VainReason | undefined): Plug {
  const bindings = [...unsorted].sort((left, right) => compareText(left.hostIp, right.hostIp));
  const first = bindings[0]!;
  const exposure = reason ? 'vain' : exposureOf(bindings);
  const address = first.hostIp.includes(':') ? `[${first.hostIp}]` : first.hostIp;
  return {
    key: portKey(containerId, first),
    hostPort: first.hostPort,
    port: first.port,
    protocol: first.protocol,
    exposure,
    ...(reason ? { vainReason: reason } : {}),
    bindings,
    ...(exposure === 'one' ? { address } : {}),
  };
}

function exposureOf(bindings: readonly PublishedPort[]): Exposure {
  const addresses = bindings.map((binding) => binding.hostIp);
  if (addresses.every(isLoopback)) return 'local';
  if (!addresses.every(isWildcard)) return 'one';
  const four = addresses.some((address) => address !== '::');
  const six = addresses.some((address) => address !== '0.0.0.0');
  if (four && six) return 'all';
  return four ? 'ipv4' : 'one';
}
