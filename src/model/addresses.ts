/** Addresses and CIDR blocks as numbers that compare, on top of ipaddr.js, which parses and formats but does not order. */
import ipaddr from 'ipaddr.js';

export type Family = 'ipv4' | 'ipv6';

export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** A CIDR block; `first` and `last` are its lowest and highest address, host bits cleared. */
export interface Block {
  readonly family: Family;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** Bits of an address: 32 or 128. */
export function bitsOf(family: Family): number {
  return family === 'ipv4' ? 32 : 128;
}

/** Reads one address in its usual form (`10.0.0.1`, `fd00::1`); undefined for anything else, zones and short IPv4 forms too. */
export function parseAddress(text: string): Address | undefined {
  const trimmed = text.trim();
  if (ipaddr.IPv4.isValidFourPartDecimal(trimmed))
    return { family: 'ipv4', value: numberOf(ipaddr.IPv4.parse(trimmed).toByteArray()) };
  if (trimmed.includes(':') && !trimmed.includes('%') && ipaddr.IPv6.isValid(trimmed))
    return { family: 'ipv6', value: numberOf(ipaddr.IPv6.parse(trimmed).toByteArray()) };
  return undefined;
}

/** Reads `address/prefix`; host bits may be set and are cleared. Undefined when it is no CIDR notation. */
export function parseBlock(text: string): Block | undefined {
  const match = /^(.+)\/(\d{1,3})$/.exec(text.trim());
  const address = parseAddress(match?.[1] ?? '');
  const prefix = Number(match?.[2]);
  if (address === undefined || prefix > bitsOf(address.family)) return undefined;
  return blockAt(address, prefix);
}

/** The block of the given prefix length that holds the address. */
export function blockAt(address: Address, prefix: number): Block {
  const size = 1n << BigInt(bitsOf(address.family) - prefix);
  const first = address.value - (address.value % size);
  return { family: address.family, prefix, first, last: first + size - 1n };
}

/** The canonical text of an address (RFC 5952 for IPv6). */
export function formatAddress(address: Address): string {
  const length = bitsOf(address.family) / 8;
  const bytes = Array.from({ length }, (_, index) =>
    Number((address.value >> BigInt((length - 1 - index) * 8)) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** The canonical text of a block: `172.20.0.0/16`. */
export function formatBlock(block: Block): string {
  return `${formatAddress({ family: block.family, value: block.first })}/${block.prefix}`;
}

export function overlaps(one: Block, other: Block): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** Whether `outer` holds all of `inner`. */
export function holdsBlock(outer: Block, inner: Block): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function holdsAddress(block: Block, address: Address): boolean {
  return block.family === address.family && block.first <= address.value && address.value <= block.last;
}

/** Whether two texts name one address, however they are written. False when either is none. */
export function sameAddress(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const left = parseAddress(one);
  const right = parseAddress(other);
  return left !== undefined && left.family === right?.family && left.value === right.value;
}

/** First and last address a machine may have: without network and broadcast address, except in /31, /32, /127 and /128. */
export function usableOf(block: Block): { readonly first: bigint; readonly last: bigint } {
  if (block.prefix >= bitsOf(block.family) - 1) return { first: block.first, last: block.last };
  return { first: block.first + 1n, last: block.family === 'ipv4' ? block.last - 1n : block.last };
}

/** The gateway engines take when none is asked for: the first usable address. Undefined when the text is no CIDR notation. */
export function firstUsable(subnet: string): string | undefined {
  const block = parseBlock(subnet);
  return block && formatAddress({ family: block.family, value: usableOf(block).first });
}

function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
