/**
 * The subnet planner: what is occupied, by whom, and what is free. Pure, from one snapshot.
 *
 * An engine refuses a subnet that overlaps one of its own networks. It accepts one that overlaps an interface or a route
 * of its host, and then the host's routing sends the traffic one way or the other: `certain` tells the two apart.
 */
import {
  type Address,
  type Block,
  bitsOf,
  blockAt,
  type Family,
  formatAddress,
  formatBlock,
  overlaps,
  parseAddress,
  parseBlock,
} from '#model/addresses';
import type { Network, Snapshot } from '#model/snapshot';

export type SubnetOwner =
  | { readonly kind: 'network'; readonly networkId: string; readonly name: string }
  | { readonly kind: 'interface'; readonly name: string; readonly address: string }
  | { readonly kind: 'route'; readonly device: string };

export interface Conflict {
  /** The occupied block, in CIDR form. */
  readonly cidr: string;
  readonly owner: SubnetOwner;
  /** Whether the engine itself refuses; false: it accepts, and the host's routing is ambiguous afterwards. */
  readonly certain: boolean;
}

export interface FreeSubnetsQuestion {
  /** Prefix length in bits of the wanted subnets. */
  readonly prefix: number;
  readonly family: Family;
  readonly count: number;
  /** CIDR blocks to take from, in this order; without it the engine's defaults, then the private ranges of RFC 1918. */
  readonly pools?: readonly string[];
}

export interface ConflictOptions {
  /** A network that is about to be replaced: its own subnets, bridge and routes are free. */
  readonly except?: string;
  /** macvlan and ipvlan share the host's own network on purpose: interfaces and routes are no conflict there. */
  readonly driver?: string;
}

/**
 * Pools of the engines' own sources: Docker's ipamutils `localScopeDefaultNetworks`, Podman's containers-common
 * `default_subnet_pools`. The private ranges follow, for when those are used up.
 */
const dockerPools = [
  '172.17.0.0/16',
  '172.18.0.0/15',
  '172.20.0.0/14',
  '172.24.0.0/13',
  '192.168.0.0/16',
  '10.0.0.0/8',
];
const podmanPools = [
  '10.89.0.0/16',
  '10.90.0.0/15',
  '10.92.0.0/14',
  '10.96.0.0/11',
  '10.128.0.0/9',
  '172.16.0.0/12',
  '192.168.0.0/16',
];

/** Never proposed, whoever asks: this-network, shared (carrier) space, loopback, link-local, multicast, reserved. */
const special = [
  '0.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/3',
  'fe80::/10',
  'ff00::/8',
];

/** Every block somebody has, with its owner. Bridges and routes that belong to a network of the engine are that network's. */
export function occupiedSubnets(snapshot: Snapshot, options: ConflictOptions = {}): readonly Conflict[] {
  const found: Conflict[] = [];
  for (const network of snapshot.networks) {
    if (network.id === options.except) continue;
    for (const { subnet } of network.ipam) {
      const block = parseBlock(subnet);
      if (!block) continue;
      const owner = { kind: 'network', networkId: network.id, name: network.name } as const;
      found.push({ cidr: formatBlock(block), owner, certain: true });
    }
  }
  const onHostLan = options.driver === 'macvlan' || options.driver === 'ipvlan';
  return onHostLan ? found : [...found, ...occupiedByHost(snapshot)];
}

function occupiedByHost(snapshot: Snapshot): readonly Conflict[] {
  const bridges = new Map<string, Network>();
  for (const network of snapshot.networks) if (network.bridgeName) bridges.set(network.bridgeName, network);
  const found: Conflict[] = [];
  const seen = new Set<string>();
  const add = (block: Block | undefined, device: string, owner: SubnetOwner): void => {
    if (!block || isDefaultRoute(block) || bridges.has(device)) return;
    const key = `${formatBlock(block)} ${device}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ cidr: formatBlock(block), owner, certain: false });
  };
  for (const { name, address, prefix } of snapshot.host?.addresses ?? []) {
    const parsed = parseAddress(address);
    if (!parsed || prefix > bitsOf(parsed.family)) continue;
    add(blockAt(parsed, prefix), name, { kind: 'interface', name, address });
  }
  for (const { destination, device } of snapshot.host?.routes ?? [])
    add(parseBlock(destination), device, { kind: 'route', device });
  return found;
}

/** A VPN often splits the default route in two halves: like the default route, they say nothing about who has what. */
function isDefaultRoute(block: Block): boolean {
  return block.prefix <= 1;
}

/** Everything the block overlaps, networks of the engine first. Empty when the text is no CIDR notation. */
export function conflictsOf(snapshot: Snapshot, cidr: string, options: ConflictOptions = {}): readonly Conflict[] {
  const block = parseBlock(cidr);
  if (!block) return [];
  return occupiedSubnets(snapshot, options).filter((conflict) => {
    const other = parseBlock(conflict.cidr);
    return other !== undefined && overlaps(block, other);
  });
}

/** Up to `count` subnets, in CIDR form, that overlap nothing known and not each other. */
export function freeSubnets(snapshot: Snapshot, question: FreeSubnetsQuestion): readonly string[] {
  const { family, prefix, count } = question;
  const bits = bitsOf(family);
  if (!Number.isInteger(prefix) || prefix < 1 || prefix > bits - 2) return [];
  const blocked = blockedBlocks(snapshot, family);
  const size = 1n << BigInt(bits - prefix);
  const found: string[] = [];
  for (const pool of question.pools ?? poolsOf(snapshot, family)) {
    const block = parseBlock(pool);
    if (block?.family !== family || prefix < block.prefix) continue;
    let first = block.first;
    while (found.length < count && first + size - 1n <= block.last) {
      const candidate: Block = { family, prefix, first, last: first + size - 1n };
      const obstacle = blocked.find((other) => overlaps(candidate, other));
      if (obstacle) {
        // Jump behind the obstacle, to the next aligned block: a /8 is passed in one step, not in 65,536.
        const behind = obstacle.last + 1n;
        first = behind % size === 0n ? behind : behind - (behind % size) + size;
        continue;
      }
      found.push(formatBlock(candidate));
      blocked.push(candidate);
      first += size;
    }
  }
  return found;
}

function blockedBlocks(snapshot: Snapshot, family: Family): Block[] {
  const texts = [...special, ...occupiedSubnets(snapshot).map((conflict) => conflict.cidr)];
  return texts.map(parseBlock).filter((block): block is Block => block?.family === family);
}

/** Where proposals come from: the engine's default pools; for IPv6 one unique local /48 (RFC 4193) of this engine. */
export function poolsOf(snapshot: Snapshot, family: Family): readonly string[] {
  if (family === 'ipv6') return [uniqueLocalPool(`${snapshot.engine.endpoint} ${snapshot.engine.name}`)];
  return snapshot.engine.kind === 'podman' ? podmanPools : dockerPools;
}

/**
 * The unique local /48 that goes with a text: `fd` and a 40-bit global id drawn from its FNV-1a hash, so that one engine
 * is proposed the same prefix each time and two machines hardly ever share one.
 */
export function uniqueLocalPool(seed: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of seed)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  const address: Address = { family: 'ipv6', value: (0xfdn << 120n) | ((hash >> 24n) << 80n) };
  return `${formatAddress(address)}/48`;
}
