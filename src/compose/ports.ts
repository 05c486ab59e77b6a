/** `ports` in short and long form. Source: Compose specification, "ports"; ranges as compose 2.26 takes them apart. */

import { child, itemsOf, type Problem, type Span, type Tree, textOf } from '#compose/tree';
import type { PortSpec } from '#compose/types';
import type { Protocol } from '#model/snapshot';

const range = '(\\d{1,5})(?:-(\\d{1,5}))?';
/** `[IP:][HOST:]CONTAINER[/PROTOCOL]`, the IP with brackets or without. */
const short = new RegExp(
  `^(?:(\\[[^\\]]+\\]|(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F:]*::[0-9a-fA-F:]*):)?(?:(?:${range})?:)?${range}(?:/(\\w+))?$`,
);

/** All entries of a service's `ports`; what cannot be read goes to `problems`. Written twice alike counts once. */
export function readPorts(tree: Tree | undefined, problems: Problem[]): readonly PortSpec[] {
  const ports = new Map<string, PortSpec>();
  for (const item of itemsOf(tree))
    for (const port of item.kind === 'map' ? readLong(item, problems) : readShort(item, problems))
      ports.set(`${port.hostIp ?? ''} ${port.published ?? ''} ${port.target} ${port.protocol}`, port);
  return [...ports.values()];
}

function readShort(item: Tree, problems: Problem[]): readonly PortSpec[] {
  const text = textOf(item);
  if (text === undefined || item.kind !== 'scalar') return [];
  const match = short.exec(text.trim());
  const wrong = (rule: string): readonly PortSpec[] => {
    if (!item.unsure) problems.push({ rule, args: { value: text }, at: item.at });
    return [];
  };
  if (!match) return wrong('port-unreadable');
  const [, ip, from, to, target = '', targetTo, protocol = 'tcp'] = match;
  const kind = protocolOf(protocol);
  const numbers = [from, to, target, targetTo].filter((one) => one !== undefined).map(Number);
  if (kind === undefined || numbers.some((one) => one > 65_535) || Number(target) < 1) return wrong('port-unreadable');
  const first = Number(target);
  const last = Number(targetTo ?? target);
  const hostFirst = from === undefined ? undefined : Number(from);
  const hostLast = hostFirst === undefined ? undefined : Number(to ?? from);
  if (last < first || (hostFirst !== undefined && hostLast! < hostFirst)) return wrong('port-range');
  const base = {
    ...(ip === undefined ? {} : { hostIp: ip.replace(/^\[|\]$/g, '') }),
    protocol: kind,
    mode: 'ingress' as const,
    at: item.at,
    unsure: item.unsure,
  };
  if (first === last) {
    if (hostFirst === undefined) return [{ ...base, target: first }];
    const published = hostLast === hostFirst ? String(hostFirst) : `${hostFirst}-${hostLast}`;
    const publishedAt = hostSpan(item.at, text, ip, published);
    return [{ ...base, target: first, published, ...(publishedAt ? { publishedAt } : {}) }];
  }
  if (hostFirst !== undefined && hostLast! - hostFirst !== last - first) return wrong('port-range');
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    ...base,
    target: first + index,
    ...(hostFirst === undefined ? {} : { published: String(hostFirst + index) }),
  }));
}

/** Where the host port stands within the scalar, when the text in the file is the value itself (no variable, at most quotes). */
function hostSpan(at: Span, text: string, ip: string | undefined, published: string): Span | undefined {
  const length = at.end - at.start;
  const quotes = length === text.length ? 0 : length === text.length + 2 ? 1 : undefined;
  if (quotes === undefined) return undefined;
  const start = at.start + quotes + (ip === undefined ? 0 : ip.length + 1);
  return { file: at.file, start, end: start + published.length };
}

function readLong(item: Tree, problems: Problem[]): readonly PortSpec[] {
  const target = Number(textOf(child(item, 'target')));
  const protocol = protocolOf(textOf(child(item, 'protocol')) ?? 'tcp');
  const publishedTree = child(item, 'published');
  const published = textOf(publishedTree);
  const unsure =
    item.kind === 'map' && [...item.entries.values()].some(({ value }) => value.kind === 'scalar' && value.unsure);
  if (!Number.isInteger(target) || target < 1 || target > 65_535 || protocol === undefined) {
    if (!unsure)
      problems.push({ rule: 'port-unreadable', args: { value: textOf(child(item, 'target')) ?? '' }, at: item.at });
    return [];
  }
  const hostIp = textOf(child(item, 'host_ip'));
  return [
    {
      ...(hostIp === undefined || hostIp === '' ? {} : { hostIp: hostIp.replace(/^\[|\]$/g, '') }),
      ...(published === undefined || published === '' ? {} : { published }),
      target,
      protocol,
      mode: textOf(child(item, 'mode')) === 'host' ? 'host' : 'ingress',
      at: item.at,
      ...(publishedTree === undefined || published === undefined ? {} : { publishedAt: publishedTree.at }),
      unsure,
    },
  ];
}

function protocolOf(text: string): Protocol | undefined {
  const lower = text.toLowerCase();
  return lower === 'tcp' || lower === 'udp' || lower === 'sctp' ? lower : undefined;
}

/** First and last host port of an entry, when it names any. */
export function publishedRange(port: PortSpec): readonly [number, number] | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(port.published ?? '');
  if (!match || Number(match[1]) === 0) return undefined;
  return [Number(match[1]), Number(match[2] ?? match[1])];
}

/** Whether two host addresses would collide on one port: any address collides with all of its family. */
export function sameHostIp(a: string | undefined, b: string | undefined): boolean {
  const wild = (ip: string | undefined): boolean => ip === undefined || ip === '' || ip === '0.0.0.0' || ip === '::';
  const six = (ip: string | undefined): boolean => ip?.includes(':') ?? false;
  const both = (ip: string | undefined): boolean => ip === undefined || ip === '';
  if (!both(a) && !both(b) && six(a) !== six(b)) return false;
  return wild(a) || wild(b) || a === b;
}
