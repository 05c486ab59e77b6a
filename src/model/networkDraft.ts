/** A network somebody wants: what is wrong with it before an engine is asked, as a rule id, its values and the field. */
import {
  formatAddress,
  formatBlock,
  holdsAddress,
  holdsBlock,
  overlaps,
  parseAddress,
  parseBlock,
  sameAddress,
  usableOf,
} from '#model/addresses';
import type { Network, Snapshot } from '#model/snapshot';
import { conflictsOf } from '#model/subnets';

export interface SubnetDraft {
  readonly subnet: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly reserved?: Readonly<Record<string, string>>;
}

/** The same shape as the engine room's CreateNetworkBody. */
export interface NetworkDraft {
  readonly name: string;
  readonly driver: string;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly ipv6?: boolean;
  readonly subnets: readonly SubnetDraft[];
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface DraftProblem {
  readonly rule: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Names the engines agree on: Docker's RestrictedNamePattern, which Podman uses for networks too. */
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
const predefined = ['bridge', 'host', 'none', 'default', 'container', 'podman', 'ingress'];

const problem = (rule: string, args: Readonly<Record<string, string>> = {}): DraftProblem => ({ rule, args });

export function nameProblem(snapshot: Snapshot, name: string, except?: string): DraftProblem | undefined {
  if (name.trim() === '') return problem('name-empty');
  if (!namePattern.test(name)) return problem('name-syntax', { name });
  if (predefined.includes(name)) return problem('name-predefined', { name });
  if (snapshot.networks.some((network) => network.name === name && network.id !== except))
    return problem('name-taken', { name });
  return undefined;
}

export function driverProblem(snapshot: Snapshot, driver: string): DraftProblem | undefined {
  if (driver === 'host' || driver === 'null' || driver === 'none') return problem('driver-predefined', { driver });
  if (driver === 'overlay' && snapshot.engine.swarm?.active !== true) return problem('overlay-without-swarm');
  return undefined;
}

/** CIDR notation, no host bits, and nobody's range. `''` is fine: the engine chooses. */
export function subnetProblem(
  snapshot: Snapshot,
  text: string,
  driver: string,
  except?: string,
): DraftProblem | undefined {
  if (text.trim() === '') return undefined;
  const block = parseBlock(text);
  if (!block) return problem('subnet-syntax', { subnet: text });
  const address = parseAddress(text.trim().split('/')[0] ?? '');
  if (address && address.value !== block.first)
    return problem('subnet-host-bits', { subnet: text, proposal: formatBlock(block) });
  const [conflict] = conflictsOf(snapshot, text, { driver, ...(except ? { except } : {}) });
  if (!conflict) return undefined;
  const args = { subnet: text, cidr: conflict.cidr };
  switch (conflict.owner.kind) {
    case 'network':
      return problem('subnet-overlaps-network', { ...args, network: conflict.owner.name });
    case 'interface':
      return problem('subnet-overlaps-interface', { ...args, interface: conflict.owner.name });
    case 'route':
      return problem('subnet-overlaps-route', { ...args, device: conflict.owner.device });
  }
}

export function gatewayProblem(subnet: string, text: string): DraftProblem | undefined {
  if (text.trim() === '') return undefined;
  const block = parseBlock(subnet);
  const address = parseAddress(text);
  if (!address) return problem('gateway-syntax', { gateway: text });
  if (!block) return problem('gateway-without-subnet', { gateway: text });
  if (!holdsAddress(block, address)) return problem('gateway-outside', { gateway: text, subnet });
  const usable = usableOf(block);
  if (address.value < usable.first) return problem('gateway-is-network-address', { gateway: text, subnet });
  if (address.value > usable.last) return problem('gateway-is-broadcast', { gateway: text, subnet });
  return undefined;
}

export function ipRangeProblem(subnet: string, text: string): DraftProblem | undefined {
  if (text.trim() === '') return undefined;
  const block = parseBlock(subnet);
  const range = parseBlock(text);
  if (!range) return problem('range-syntax', { range: text });
  if (block && !holdsBlock(block, range)) return problem('range-outside', { range: text, subnet });
  return undefined;
}

export function reservedProblem(config: SubnetDraft): DraftProblem | undefined {
  const block = parseBlock(config.subnet);
  const seen = new Set<string>();
  for (const [name, text] of Object.entries(config.reserved ?? {})) {
    const address = parseAddress(text);
    if (!address) return problem('reserved-syntax', { name, address: text });
    if (block && !holdsAddress(block, address))
      return problem('reserved-outside', { name, address: text, subnet: config.subnet });
    if (sameAddress(config.gateway, text)) return problem('reserved-is-gateway', { name, address: text });
    if (seen.has(formatAddress(address))) return problem('reserved-twice', { name, address: text });
    seen.add(formatAddress(address));
  }
  return undefined;
}

/** The first thing wrong with the whole draft; undefined when only the engine can tell more. `except`: the replaced network. */
export function draftProblem(snapshot: Snapshot, draft: NetworkDraft, except?: string): DraftProblem | undefined {
  const early = nameProblem(snapshot, draft.name, except) ?? driverProblem(snapshot, draft.driver);
  if (early) return early;
  for (const [index, config] of draft.subnets.entries()) {
    if (config.subnet.trim() === '') return problem('subnet-syntax', { subnet: '' });
    const found =
      subnetProblem(snapshot, config.subnet, draft.driver, except) ??
      gatewayProblem(config.subnet, config.gateway ?? '') ??
      ipRangeProblem(config.subnet, config.ipRange ?? '') ??
      reservedProblem(config);
    if (found) return found;
    const block = parseBlock(config.subnet);
    const twin = draft.subnets.slice(0, index).find((other) => {
      const earlier = parseBlock(other.subnet);
      return block && earlier && overlaps(block, earlier);
    });
    if (twin) return problem('subnets-overlap-each-other', { subnet: config.subnet, other: twin.subnet });
    if (block?.family === 'ipv6' && draft.ipv6 === false)
      return problem('subnet-needs-ipv6', { subnet: config.subnet });
  }
  return undefined;
}

/** A draft that would make the same network again, from what the snapshot knows of one. */
export function draftOf(network: Network): NetworkDraft {
  return {
    name: network.name,
    driver: network.driver,
    internal: network.internal,
    attachable: network.attachable,
    ipv6: network.ipv6,
    subnets: network.ipam,
    options: network.options,
    labels: network.labels,
  };
}
