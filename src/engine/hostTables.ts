/** The kernel's own tables of addresses and routes, as `/proc/net` prints them. Pure. */
import type { HostInterface, HostRoute } from '#model/snapshot';

/** A route with what tells a connected one from one over a gateway. */
interface Ipv4Route {
  readonly device: string;
  readonly address: number;
  readonly prefix: number;
  readonly connected: boolean;
}

/** Device, destination, gateway … mask of each line; numbers in hexadecimal, bytes as they lie in memory. */
function ipv4Routes(table: string): readonly Ipv4Route[] {
  const routes: Ipv4Route[] = [];
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [device, destination, gateway] = fields;
    const mask = fields[7];
    if (device === undefined || destination === undefined || gateway === undefined || mask === undefined) continue;
    const prefix = littleEndian(mask).toString(2).replace(/0+$/, '').length;
    routes.push({ device, address: littleEndian(destination), prefix, connected: /^0+$/.test(gateway) });
  }
  return routes;
}

function littleEndian(hex: string): number {
  return Number.parseInt(hex.replace(/(..)(..)(..)(..)/, '$4$3$2$1'), 16) >>> 0;
}

function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

function ipv4Number(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) >>> 0;
}

function isWithin(address: number, route: Ipv4Route): boolean {
  const mask = route.prefix === 0 ? 0 : (0xffffffff << (32 - route.prefix)) >>> 0;
  return (address & mask) >>> 0 === (route.address & mask) >>> 0;
}

/** `/proc/net/route` without the default route and the loopback's. */
export function decodeIpv4Routes(table: string): readonly HostRoute[] {
  return ipv4Routes(table)
    .filter((route) => route.prefix > 0 && route.device !== 'lo')
    .map((route) => ({ destination: `${ipv4Text(route.address)}/${route.prefix}`, device: route.device }));
}

/** Addresses of this machine in `/proc/net/fib_trie` (`|-- 172.17.0.1`, then `/32 host LOCAL`), each once. */
function localIpv4(trie: string): readonly string[] {
  const local = new Set<string>();
  let last = '';
  for (const line of trie.split('\n')) {
    const leaf = /\|-- (\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1];
    if (leaf !== undefined) last = leaf;
    else if (/\/32 host LOCAL/.test(line)) local.add(last);
  }
  return [...local];
}

/**
 * IPv4 addresses with their devices. `os.networkInterfaces()` leaves out a bridge without running containers (no
 * carrier), so addresses and connected routes are joined.
 */
export function decodeIpv4Addresses(trie: string, table: string): readonly HostInterface[] {
  const routes = ipv4Routes(table)
    .filter((route) => route.connected && route.prefix > 0 && route.prefix < 32)
    .sort((a, b) => b.prefix - a.prefix);
  return localIpv4(trie).flatMap((address) => {
    const route = routes.find((candidate) => isWithin(ipv4Number(address), candidate));
    return route === undefined ? [] : [{ name: route.device, address, prefix: route.prefix }];
  });
}

/** `/proc/net/if_inet6`: address, index, prefix length, scope, flags (all hexadecimal), device. */
export function decodeIpv6Addresses(table: string): readonly HostInterface[] {
  return table.split('\n').flatMap((line) => {
    const [address, , prefix, , , name] = line.trim().split(/\s+/);
    if (address === undefined || prefix === undefined || name === undefined || name === 'lo') return [];
    return [{ name, address: ipv6Text(address), prefix: Number.parseInt(prefix, 16) }];
  });
}

const localOrAnycast = 0x80000000 | 0x00100000;

/** `/proc/net/ipv6_route` without the default route, this machine's own addresses, link-local and multicast. */
export function decodeIpv6Routes(table: string): readonly HostRoute[] {
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [destination, prefixText] = fields;
    const flags = Number.parseInt(fields[8] ?? '', 16);
    const device = fields[9];
    if (destination === undefined || prefixText === undefined || device === undefined || device === 'lo') return [];
    const prefix = Number.parseInt(prefixText, 16);
    if (prefix === 0 || /^(fe80|ff)/i.test(destination) || (flags & localOrAnycast) !== 0) return [];
    return [{ destination: `${ipv6Text(destination)}/${prefix}`, device }];
  });
}

/** 32 hexadecimal digits, or any spelling with colons, in the one spelling of RFC 5952. */
export function ipv6Text(text: string): string {
  const colons = text.includes(':') ? text : (text.match(/.{4}/g)?.join(':') ?? text);
  try {
    return new URL(`http://[${colons}]/`).hostname.slice(1, -1);
  } catch {
    // Not an IPv6 address after all: compared as it is.
    return text;
  }
}
