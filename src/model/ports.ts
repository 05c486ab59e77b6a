/** Published ports as a person reads them: families joined into one row, ranges joined, scope and effect told. */
import { isRunning, type Joins, namespaceOwner } from '#model/relations';
import type { Container, ExposedPort, Protocol, PublishedPort } from '#model/snapshot';

/** Who gets as far as the port: `all` both families, or one address of the host. */
export type PortScope = 'all' | 'all-ipv4' | 'all-ipv6' | 'this-machine' | 'address';

/** Why a published port leads nowhere now. */
export type PortNoEffect = 'internal-only' | 'stopped' | 'host-mode' | 'no-network' | 'owner-gone';

export interface PortRow {
  /** The container that published it: with `container:X` that is X, not the sharer. */
  readonly containerId: string;
  /** `['0.0.0.0', '::']` for both families in one row. */
  readonly hostIps: readonly string[];
  /** 0 when the engine gives the port at start only, or publishes without a host port (gateway mode `routed`). */
  readonly hostPort: number;
  /** Last port of a range; equal to `hostPort` for a single one. */
  readonly hostPortEnd: number;
  readonly port: number;
  readonly portEnd: number;
  readonly protocol: Protocol;
  readonly scope: PortScope;
  readonly noEffect?: PortNoEffect;
  /** Running, and published without a host port: reached at the container's own address. */
  readonly routed?: true;
}

/** A run of neighbouring ports is told as a range from this length on: two alone are two ports. */
export const shortestRange = 3;

/** Rows of one container's own published ports, sorted by host port. */
export function portRows(container: Container, relations: Joins): readonly PortRow[] {
  const noEffect = whyNoEffect(container, relations);
  const joined = joinFamilies(container.published);
  return joinRanges(joined).map((row) => ({
    ...row,
    containerId: container.id,
    scope: scopeOf(row.hostIps),
    ...(noEffect ? { noEffect } : {}),
    ...(row.hostPort === 0 && isRunning(container) ? { routed: true as const } : {}),
  }));
}

/** The rows that lead to a container: its own, or those of the one whose namespace it shares. */
export function portRowsReaching(container: Container, relations: Joins): readonly PortRow[] {
  const owner = namespaceOwner(relations, container);
  return owner ? portRows(owner, relations) : [];
}

/** Every published port of the engine, sorted by host port, then protocol, then host address. */
export function allPortRows(containers: readonly Container[], relations: Joins): readonly PortRow[] {
  return containers
    .filter((container) => container.published.length > 0 && container.mode !== 'container')
    .flatMap((container) => portRows(container, relations))
    .sort(byHostPort);
}

/** Ports the image EXPOSEs that are not published: reached from the container's networks only. Undefined before inspect. */
export function exposedOnly(container: Container): readonly ExposedPort[] | undefined {
  return container.exposed?.filter(
    (exposed) => !container.published.some((port) => port.port === exposed.port && port.protocol === exposed.protocol),
  );
}

/** `0.0.0.0` and `::` as one row where port and protocol agree; Docker 20.10 may give them different random ports. */
function joinFamilies(published: readonly PublishedPort[]): readonly Row[] {
  const rows = new Map<string, PublishedPort & { hostIps: string[] }>();
  for (const port of published) {
    const wild = isWild(port.hostIp);
    const key = `${wild ? '*' : port.hostIp}|${port.hostPort}|${port.port}|${port.protocol}`;
    const row = rows.get(key);
    if (!row) rows.set(key, { ...port, hostIps: [port.hostIp] });
    else if (!row.hostIps.includes(port.hostIp)) row.hostIps.push(port.hostIp);
  }
  return [...rows.values()].map(({ hostIps, hostPort, port, protocol }) => ({
    hostIps: [...hostIps].sort(),
    hostPort,
    hostPortEnd: hostPort,
    port,
    portEnd: port,
    protocol,
  }));
}

type Row = Pick<PortRow, 'hostIps' | 'hostPort' | 'hostPortEnd' | 'port' | 'portEnd' | 'protocol'>;

function joinRanges(rows: readonly Row[]): readonly Row[] {
  const sorted = [...rows].sort(byHostPort);
  const groups = new Map<string, Row[]>();
  for (const row of sorted) {
    const key = `${row.hostIps.join(',')}|${row.protocol}|${row.hostPort - row.port}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap(runsOf).sort(byHostPort);
}

function runsOf(rows: readonly Row[]): readonly Row[] {
  const result: Row[] = [];
  let run: Row[] = [];
  const close = (): void => {
    const first = run[0];
    const last = run.at(-1);
    if (first && last && run.length >= shortestRange)
      result.push({ ...first, hostPortEnd: last.hostPort, portEnd: last.port });
    else result.push(...run);
    run = [];
  };
  for (const row of rows) {
    const last = run.at(-1);
    if (last && (row.hostPort === 0 || row.hostPort !== last.hostPort + 1)) close();
    run.push(row);
  }
  close();
  return result;
}

function byHostPort(left: Row, right: Row): number {
  return (
    left.hostPort - right.hostPort ||
    left.port - right.port ||
    order(left.protocol, right.protocol) ||
    order(left.hostIps.join(), right.hostIps.join())
  );
}

function order(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Whether the engine listens on every interface of a family. Podman 4.3 and 5.4 list the empty text for it. */
export function isWild(hostIp: string): boolean {
  return hostIp === '0.0.0.0' || hostIp === '::' || hostIp === '';
}

function scopeOf(hostIps: readonly string[]): PortScope {
  const four = hostIps.includes('0.0.0.0') || hostIps.includes('');
  const six = hostIps.includes('::');
  if (four && six) return 'all';
  if (four) return 'all-ipv4';
  if (six) return 'all-ipv6';
  return hostIps.every((address) => address.startsWith('127.') || address === '::1') ? 'this-machine' : 'address';
}

function whyNoEffect(container: Container, relations: Joins): PortNoEffect | undefined {
  if (container.mode === 'host') return 'host-mode';
  if (container.mode === 'none') return 'no-network';
  if (container.mode === 'container' && !namespaceOwner(relations, container)) return 'owner-gone';
  if (!isRunning(container)) return 'stopped';
  if (container.endpoints.length === 0) return 'no-network';
  // Seen on every engine of the recorded answers: one network that is not internal is enough for the port to answer.
  const internal = container.endpoints.every(
    (endpoint) => relations.networks.get(endpoint.networkId)?.internal === true,
  );
  return internal ? 'internal-only' : undefined;
}
