/** Addresses in a line: IPv4, IPv6, CIDR, and the names this machine has for itself with a port. */
import ipaddr from 'ipaddr.js';
import type { Reference } from '#model/references';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`(?<![\\w.])${octet}(?:\\.${octet}){3}(?![\\w])`, 'g');
const ipv6 = /(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,8}(?:[0-9a-fA-F]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/g;
const local =
  /(?<![\w.@-])(?:localhost|host\.docker\.internal|gateway\.docker\.internal|host\.containers\.internal)(?![\w-]|\.\w)/gi;
const versionBefore =
  /(?:\bv(?:er(?:sion)?)?|version|\brelease|\brevision|\bbuild|\btag|\bfirmware)["'\s]*(?:\w*["'\s]*[:=>]+|\s+)["'\s]*[v^~]?$|[<>~^!=]=\s*["']?$|[~^]$|[<>]\s*$/i;
/** `Chrome/120.0.0.0`, `lib-1.2.3.4.jar`, `## 1.2.3.4`, `https://cdn/lib@1.2.3.4/x.js`: a product and its version. */
const productBefore = /[A-Za-z_]\/$|[\w)]-$|^#{2,}\s*\[?$|:\/\/[^/\s]+\/\S*@$/;

/** Every address of a line. The default port of a URL's scheme stands in where none is written. */
export function scanAddresses(line: string): readonly Reference[] {
  // Most lines hold none: two cheap looks before any expression.
  const found: Reference[] = [];
  if (line.includes('.')) for (const match of line.matchAll(ipv4)) push(found, asIpv4(line, match));
  if (line.includes(':')) for (const match of line.matchAll(ipv6)) push(found, asIpv6(line, match));
  for (const match of line.matchAll(local)) push(found, asLocal(line, match));
  return found;
}

function push(found: Reference[], one: Reference | undefined): void {
  if (one && !found.some((other) => one.start < other.end && other.start < one.end)) found.push(one);
}

function asIpv4(line: string, match: RegExpMatchArray): Reference | undefined {
  const host = match[0];
  const start = match.index!;
  const end = start + host.length;
  const before = line.slice(0, start);
  const after = line.slice(end);
  if (/^\.\w/.test(after)) return undefined; // one part of something longer
  if (/^-/.test(after) && !new RegExp(`^-${octet}(\\.${octet}){3}(?!\\w)`).test(after)) return undefined; // 1.2.3.4-rc1
  if (versionBefore.test(before.slice(-40))) return undefined;
  const afterRange = new RegExp(`${octet}(\\.${octet}){3}-$`).test(before);
  if (!afterRange && productBefore.test(before) && !/:\/\/[^/]*$/.test(before)) return undefined;
  const prefix = /^\/(\d{1,2})(?![\w.:/-])/.exec(after);
  if (prefix && !/:\/\/[^/]*$/.test(before) && Number(prefix[1]) <= 32)
    return { kind: 'cidr', start, end: end + prefix[0].length, host, prefix: Number(prefix[1]) };
  const own = host === '0.0.0.0' || host.startsWith('127.');
  return withPort(line, { kind: own ? 'local' : 'address', start, end, host });
}

function asIpv6(line: string, match: RegExpMatchArray): Reference | undefined {
  const host = match[0];
  if (!ipaddr.IPv6.isValid(host)) return undefined;
  const start = match.index!;
  const end = start + host.length;
  const bracketed = line[start - 1] === '[' && line[end] === ']';
  // `list[::2]` is a slice of a list, no address.
  if (bracketed && /[\w)\]]\[$/.test(line.slice(0, start))) return undefined;
  const own = host === '::' || host === '::1';
  if (bracketed) {
    const whole = withPort(line, { kind: own ? 'local' : 'address', start: start - 1, end: end + 1, host });
    return whole;
  }
  if (own) return undefined; // without a port it names nothing in particular
  const prefix = /^\/(\d{1,3})(?![\w.:])/.exec(line.slice(end));
  if (prefix && Number(prefix[1]) <= 128)
    return { kind: 'cidr', start, end: end + prefix[0].length, host, prefix: Number(prefix[1]) };
  return { kind: 'address', start, end, host };
}

function asLocal(line: string, match: RegExpMatchArray): Reference | undefined {
  const start = match.index!;
  return withPort(line, { kind: 'local', start, end: start + match[0].length, host: match[0].toLowerCase() });
}

/** Adds a written port, or the one the URL's scheme implies; a local name without either names nothing. */
function withPort(line: string, bare: Reference): Reference | undefined {
  const written = /^:(\d{1,5})(?![\w])/.exec(line.slice(bare.end));
  const port = written ? Number(written[1]) : impliedPort(line.slice(0, bare.start));
  if (port === undefined || port < 1 || port > 65_535) return bare.kind === 'local' ? undefined : bare;
  return { ...bare, port, end: bare.end + (written ? written[0].length : 0) };
}

/** Port that `http://` and its kin imply, for the text that stands before a host. */
export function impliedPort(before: string): number | undefined {
  const scheme = /([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@"']*@)?$/i.exec(before)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'ws') return 80;
  return scheme === 'https' || scheme === 'wss' ? 443 : undefined;
}
