/** Addresses inside one network: which is free next, and why one cannot be had. Pure, from one snapshot. */
import {
  type Address,
  type Block,
  type Family,
  formatAddress,
  holdsAddress,
  parseAddress,
  parseBlock,
  usableOf,
} from '#model/addresses';
import type { IpamConfig, Network, Snapshot } from '#model/snapshot';

export type AddressRule =
  | 'not-an-address' // { address }
  | 'wrong-family' // { address, network }: the network has no subnet of this family
  | 'outside' // { address, subnets }
  | 'network-address' // { address, subnet }
  | 'broadcast-address' // { address, subnet }
  | 'gateway' // { address, subnet }: the gateway itself, listed or the one the engine takes by itself
  | 'reserved' // { address, name }
  | 'host' // { address, name }: an interface of the host (macvlan, ipvlan)
  | 'taken' // { address, container }
  | 'taken-when-started'; // { address, container }: a stopped container will ask for it

export interface AddressProblem {
  readonly rule: AddressRule;
  readonly args: Readonly<Record<string, string>>;
  /** Whether the engine refuses now; false: it accepts, and another container will not start later. */
  readonly certain: boolean;
}

interface Taken {
  readonly address: Address;
  readonly problem: Omit<AddressProblem, 'args'> & { readonly args: Readonly<Record<string, string>> };
}

/**
 * The lowest address of the network nobody has or will ask for, inside its IP range when it has one.
 * Undefined when the network is unknown, has no subnet of the family, or is full.
 */
export function freeAddress(
  snapshot: Snapshot,
  networkId: string,
  family: Family,
  except: { readonly containerId?: string; readonly also?: readonly string[] } = {},
): string | undefined {
  const network = snapshot.networks.find((candidate) => candidate.id === networkId);
  if (!network) return undefined;
  const taken = new Set(takenIn(snapshot, network, except.containerId).map(({ address }) => address.value));
  for (const text of except.also ?? []) {
    const parsed = parseAddress(text);
    if (parsed?.family === family) taken.add(parsed.value);
  }
  for (const config of network.ipam) {
    const subnet = parseBlock(config.subnet);
    if (subnet?.family !== family) continue;
    const usable = usableOf(subnet);
    const range = (config.ipRange ? parseBlock(config.ipRange) : undefined) ?? subnet;
    const last = range.last < usable.last ? range.last : usable.last;
    // A set as large as the taken addresses bounds this walk, whatever the size of the subnet.
    for (let value = range.first > usable.first ? range.first : usable.first; value <= last; value++)
      if (!taken.has(value)) return formatAddress({ family, value });
  }
  return undefined;
}

/** Why this address cannot (or should not) be given to a container on this network; undefined when it can. */
export function addressProblem(
  snapshot: Snapshot,
  networkId: string,
  text: string,
  except: { readonly containerId?: string } = {},
): AddressProblem | undefined {
  const network = snapshot.networks.find((candidate) => candidate.id === networkId);
  const address = parseAddress(text);
  if (!address) return { rule: 'not-an-address', args: { address: text }, certain: true };
  if (!network) return undefined;
  const blocks = network.ipam.map((config) => parseBlock(config.subnet)).filter((block) => block !== undefined);
  // A network that lists no subnet at all (null IPAM, host) is the engine's to judge.
  if (blocks.length === 0) return undefined;
  const family = blocks.filter((block) => block.family === address.family);
  const args = { address: text.trim(), network: network.name };
  if (family.length === 0) return { rule: 'wrong-family', args, certain: true };
  const home = family.find((block) => holdsAddress(block, address));
  const subnets = network.ipam.map((config) => config.subnet).join(', ');
  if (!home) return { rule: 'outside', args: { ...args, subnets }, certain: true };
  const edge = edgeProblem(home, address, args);
  // Podman (netavark) gives network and broadcast address when asked for them; whether they work is another matter.
  if (edge) return { ...edge, certain: snapshot.engine.kind !== 'podman' };
  return holderProblem(snapshot, network, address, args, except.containerId);
}

function edgeProblem(
  home: Block,
  address: Address,
  args: Readonly<Record<string, string>>,
): AddressProblem | undefined {
  const usable = usableOf(home);
  if (address.value < usable.first) return { rule: 'network-address', args, certain: true };
  if (address.value > usable.last) return { rule: 'broadcast-address', args, certain: true };
  return undefined;
}

function holderProblem(
  snapshot: Snapshot,
  network: Network,
  address: Address,
  args: Readonly<Record<string, string>>,
  containerId: string | undefined,
): AddressProblem | undefined {
  const holders = takenIn(snapshot, network, containerId).filter(
    (taken) => taken.address.family === address.family && taken.address.value === address.value,
  );
  const first = holders.find((taken) => taken.problem.certain) ?? holders[0];
  return first && { ...first.problem, args: { ...args, ...first.problem.args } };
}

/** Everything that has, or will ask for, an address on this network. `containerId` is left out: it may keep its own. */
function takenIn(snapshot: Snapshot, network: Network, containerId: string | undefined): readonly Taken[] {
  const found: Taken[] = [];
  const add = (
    text: string | undefined,
    rule: AddressRule,
    certain: boolean,
    args: Record<string, string> = {},
  ): void => {
    const address = text ? parseAddress(text) : undefined;
    if (address) found.push({ address, problem: { rule, certain, args } });
  };
  for (const config of network.ipam) {
    for (const gateway of gatewaysOf(config)) add(gateway, 'gateway', true, { subnet: config.subnet });
    for (const [name, address] of Object.entries(config.reserved ?? {})) add(address, 'reserved', true, { name });
  }
  for (const container of snapshot.containers) {
    if (container.id === containerId) continue;
    const args = { container: container.name };
    for (const endpoint of container.endpoints) {
      if (endpoint.networkId !== network.id && !(endpoint.networkId === '' && endpoint.network === network.name))
        continue;
      add(endpoint.ipv4, 'taken', true, args);
      add(endpoint.ipv6, 'taken', true, args);
      add(endpoint.configuredIpv4, 'taken-when-started', false, args);
      add(endpoint.configuredIpv6, 'taken-when-started', false, args);
    }
  }
  for (const service of snapshot.services ?? []) {
    for (const { networkId, vip } of service.networks)
      if (networkId === network.id) add(vip, 'taken', true, { container: service.name });
    for (const task of service.tasks)
      for (const { networkId, address } of task.addresses)
        if (networkId === network.id) add(address, 'taken', true, { container: task.name });
  }
  if (network.driver === 'macvlan' || network.driver === 'ipvlan')
    for (const { name, address } of snapshot.host?.addresses ?? []) add(address, 'host', true, { name });
  return found;
}

/**
 * The gateways of a subnet. Docker 20.10 lists none when none was asked for, though the bridge has one: the first
 * address of the IP range, or of the subnet.
 */
function gatewaysOf(config: IpamConfig): readonly string[] {
  if (config.gateway) return [config.gateway];
  return [config.subnet, config.ipRange].flatMap((text, index) => {
    const block = text ? parseBlock(text) : undefined;
    if (!block) return [];
    const usable = usableOf(block);
    const values = index === 0 ? [usable.first] : [block.first, usable.first];
    return values.map((value) => formatAddress({ family: block.family, value }));
  });
}
