/** Ports, from the list's `Ports` and inspect's `Ports`, `PortBindings` and `ExposedPorts`. */
import { asList, asObject, asText, someNumber } from '#engine/raw';
import type { ExposedPort, Protocol, PublishedPort } from '#model/snapshot';

const protocols: ReadonlySet<string> = new Set<Protocol>(['tcp', 'udp', 'sctp']);

function asProtocol(text: string): Protocol | undefined {
  // An absent protocol means TCP, as in the Engine API's port keys ("80" for "80/tcp").
  const lower = text.toLowerCase() || 'tcp';
  return protocols.has(lower) ? (lower as Protocol) : undefined;
}

function isPort(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0 && value < 65536;
}

/** `80/tcp` → port and protocol; undefined for anything else. */
export function decodePortKey(key: string): ExposedPort | undefined {
  const [digits = '', name = ''] = key.split('/');
  const port = /^\d+$/.test(digits) ? Number(digits) : undefined;
  const protocol = asProtocol(name);
  return isPort(port) && protocol !== undefined ? { port, protocol } : undefined;
}

/** Host ports are text; empty or a range (`8000-8010`) when the engine chooses at start: 0. */
function decodeHostPort(value: unknown): number {
  const text = typeof value === 'number' ? String(value) : asText(value);
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  return isPort(port) ? port : 0;
}

/** Podman 4.3 and 5.4 list no IP for a binding on all addresses; Docker's own bindings leave HostIp '' for the same. */
function decodeHostIp(value: unknown): string {
  return asText(value) || '0.0.0.0';
}

/** The published ports of a container as the list tells them. */
export function decodeListedPorts(raw: unknown): readonly PublishedPort[] {
  const published: PublishedPort[] = [];
  for (const entry of asList(raw).map(asObject)) {
    const port = someNumber(entry.PrivatePort);
    const hostPort = someNumber(entry.PublicPort);
    const protocol = asProtocol(asText(entry.Type));
    if (!isPort(port) || protocol === undefined) continue;
    // Without IP and PublicPort (Docker, Podman 5.8) or with `IP: ""` (Podman 6.1): exposed only.
    // Docker 28's `routed` gateway mode gives an IP without PublicPort: published, though on no port of the host.
    if (!isPort(hostPort) && asText(entry.IP) === '') continue;
    published.push({ hostIp: decodeHostIp(entry.IP), hostPort: isPort(hostPort) ? hostPort : 0, port, protocol });
  }
  return sorted(published);
}

/** `NetworkSettings.Ports` or `HostConfig.PortBindings` of inspect: a null list is a port exposed but not published. */
export function decodePortMap(raw: unknown): readonly PublishedPort[] {
  const published: PublishedPort[] = [];
  for (const [key, bindings] of Object.entries(asObject(raw))) {
    const target = decodePortKey(key);
    if (target === undefined) continue;
    for (const binding of asList(bindings).map(asObject))
      published.push({ hostIp: decodeHostIp(binding.HostIp), hostPort: decodeHostPort(binding.HostPort), ...target });
  }
  return sorted(published);
}

/** `Config.ExposedPorts` of inspect. */
export function decodeExposed(raw: unknown): readonly ExposedPort[] {
  return Object.keys(asObject(raw))
    .map(decodePortKey)
    .filter((port) => port !== undefined)
    .sort((a, b) => a.port - b.port || compare(a.protocol, b.protocol));
}

/** What of `more` names a container port that `first` does not. */
export function withoutPortsOf(
  more: readonly PublishedPort[],
  first: readonly PublishedPort[],
): readonly PublishedPort[] {
  return more.filter((one) => !first.some((other) => other.port === one.port && other.protocol === one.protocol));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** By container port, protocol, host IP and host port; each binding once. */
export function sorted(ports: readonly PublishedPort[]): readonly PublishedPort[] {
  const once = new Map(ports.map((one) => [`${one.hostIp} ${one.hostPort} ${one.port} ${one.protocol}`, one]));
  return [...once.values()].sort(
    (a, b) =>
      a.port - b.port || compare(a.protocol, b.protocol) || compare(a.hostIp, b.hostIp) || a.hostPort - b.hostPort,
  );
}
