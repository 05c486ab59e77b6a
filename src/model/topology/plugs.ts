/** Published ports as the drawing shows them: wildcard bindings of both address families joined into one plug. */
import { shortestRange } from '#model/ports';
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
  /** Last ports of a joined range; without them it is one port. */
  readonly hostPortEnd?: number;
  readonly portEnd?: number;
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
  return joinRanges([...groups.values()].map((bindings) => plugOf(container.id, bindings, reason)));
}

const inOrder = (left: Plug, right: Plug): number =>
  left.hostPort - right.hostPort ||
  left.port - right.port ||
  compareText(left.protocol, right.protocol) ||
  compareText(left.key, right.key);

/** Neighbouring ports published alike as one plug, from three on, as the port rows of the tree join them. */
function joinRanges(plugs: readonly Plug[]): readonly Plug[] {
  const alike = new Map<string, Plug[]>();
  for (const plug of [...plugs].sort(inOrder)) {
    const addresses = plug.bindings.map(({ hostIp }) => hostIp).join(' ');
    const key = `${addresses} ${plug.protocol} ${plug.hostPort - plug.port}`;
    alike.set(key, [...(alike.get(key) ?? []), plug]);
  }
  return [...alike.values()].flatMap(runsOf).sort(inOrder);
}

function runsOf(plugs: readonly Plug[]): readonly Plug[] {
  const runs: Plug[][] = [];
  for (const plug of plugs) {
    const run = runs.at(-1);
    const next = run && plug.hostPort !== 0 && run.at(-1)?.hostPort === plug.hostPort - 1;
    if (next) run.push(plug);
    else runs.push([plug]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    const last = run.at(-1);
    if (!first || !last || run.length < shortestRange) return run;
    return [
      {
        ...first,
        hostPortEnd: last.hostPort,
        portEnd: last.port,
        bindings: run.flatMap(({ bindings }) => bindings),
      },
    ];
  });
}

/** `8000–8002`, or the one port; `none` stands for a port that the engine gives at the next start only. */
export function hostPortsOf(plug: Plug, none = '*'): string {
  if (plug.hostPort === 0) return none;
  return plug.hostPortEnd === undefined ? String(plug.hostPort) : `${plug.hostPort}–${plug.hostPortEnd}`;
}

/** The container's port or ports, with the protocol where it is not TCP. */
export function containerPortsOf(plug: Plug): string {
  const ports = plug.portEnd === undefined ? String(plug.port) : `${plug.port}–${plug.portEnd}`;
  return plug.protocol === 'tcp' ? ports : `${ports}/${plug.protocol}`;
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
