/** Published ports of one service, between file and container. */
import type { Difference } from '#compose/drift';
import { publishedRange } from '#compose/ports';
import type { ComposeService, PortSpec } from '#compose/types';
import type { Container, PublishedPort } from '#model/snapshot';

export function portDrift(service: ComposeService, container: Container): readonly Difference[] {
  // Before a stopped container was inspected its ports are not known, and no list is no statement.
  if (container.state !== 'running' && !container.complete) return [];
  const left = new Set(container.published);
  const missing: PortSpec[] = [];
  for (const port of service.ports) {
    if (port.unsure) continue;
    // Wildcards are listed once for IPv4 and once for IPv6: both belong to the one entry.
    const same = [...left].filter((one) => answers(port, one));
    if (same.length === 0) missing.push(port);
    for (const one of same) left.delete(one);
  }
  const found: Difference[] = [];
  for (const port of missing) {
    const changed = [...left].filter((one) => one.port === port.target && one.protocol === port.protocol);
    for (const one of changed) left.delete(one);
    const file = written(port.hostIp, port.published, port);
    const first = changed[0];
    found.push({
      rule: first ? 'port-changed' : 'port-missing',
      args: { port: file, ...(first ? { engine: written(first.hostIp, String(first.hostPort), first) } : {}) },
      at: port.at,
      containerId: container.id,
    });
  }
  if (!service.ports.some(({ unsure }) => unsure)) {
    const said = new Set<string>();
    for (const one of left) {
      const text = written(isWild(one.hostIp) ? undefined : one.hostIp, String(one.hostPort), one);
      if (said.has(text)) continue;
      said.add(text);
      found.push({ rule: 'port-extra', args: { port: text }, at: service.at, containerId: container.id });
    }
  }
  return found;
}

function answers(port: PortSpec, one: PublishedPort): boolean {
  if (port.target !== one.port || port.protocol !== one.protocol) return false;
  const range = publishedRange(port);
  if (range && one.hostPort !== 0 && (one.hostPort < range[0] || one.hostPort > range[1])) return false;
  if (isWild(port.hostIp ?? ''))
    return isWild(one.hostIp) && (port.hostIp === undefined || sameFamily(port.hostIp, one.hostIp));
  return port.hostIp === one.hostIp;
}

function sameFamily(a: string, b: string): boolean {
  return a === '' || b === '' || a.includes(':') === b.includes(':');
}

function isWild(ip: string): boolean {
  return ip === '' || ip === '0.0.0.0' || ip === '::';
}

function written(
  ip: string | undefined,
  host: string | undefined,
  port: { readonly protocol: string; readonly port?: number; readonly target?: number },
): string {
  const shown = ip === undefined ? '' : ip.includes(':') ? `[${ip}]:` : `${ip}:`;
  return `${shown}${host ?? ''}${host === undefined ? '' : ':'}${port.target ?? port.port}/${port.protocol}`;
}
