/** `address-outside`, `address-taken`, `address-without-subnet`: gateways and static addresses. */
import type { Diagnostic, DiagnosticInput, Fix } from '#compose/diagnostics';
import { all, replaceValue } from '#compose/diagnostics/edits';
import { together } from '#compose/diagnostics/ports';
import type { ComposeNetwork, ComposeService, Placed } from '#compose/types';
import {
  type Block,
  firstUsable,
  formatAddress,
  holdsAddress,
  holdsBlock,
  parseAddress,
  parseBlock,
  sameAddress,
  usableOf,
} from '#model/addresses';
import type { IpamConfig } from '#model/snapshot';

interface Static {
  readonly service: ComposeService;
  readonly address: Placed<string>;
}

export function addressDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  return input.project.networks.flatMap((network) => {
    const statics = input.project.services.flatMap((service): Static[] =>
      service.networks
        .filter((one) => one.network === network.key)
        .flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6])
        .filter((address) => address !== undefined && !address.unsure)
        .map((address) => ({ service, address: address as Placed<string> })),
    );
    return [...gateways(network), ...statics.flatMap((one) => ofStatic(input, network, one, statics))];
  });
}

function gateways(network: ComposeNetwork): readonly Diagnostic[] {
  return network.ipam.flatMap(({ subnet, gateway, ipRange }): Diagnostic[] => {
    const block = subnet && !subnet.unsure ? parseBlock(subnet.value) : undefined;
    if (!block || !subnet) return [];
    const found: Diagnostic[] = [];
    const args = { network: network.key, subnet: subnet.value };
    const say = (rule: string, place: Placed<string>): void => {
      found.push({
        code: 'address-outside',
        rule,
        args: { ...args, address: place.value },
        at: place.at,
        severity: 'error',
        fixes: [],
      });
    };
    const address = gateway && !gateway.unsure ? parseAddress(gateway.value) : undefined;
    if (gateway && address && !holdsAddress(block, address)) say('gateway-outside', gateway);
    const range = ipRange && !ipRange.unsure ? parseBlock(ipRange.value) : undefined;
    if (ipRange && range && !holdsBlock(block, range)) say('range-outside', ipRange);
    return found;
  });
}

function ofStatic(
  input: DiagnosticInput,
  network: ComposeNetwork,
  one: Static,
  statics: readonly Static[],
): readonly Diagnostic[] {
  const address = parseAddress(one.address.value);
  const args = { service: one.service.name, network: network.key, address: one.address.value };
  const say = (
    code: Diagnostic['code'],
    rule: string,
    more: Record<string, string>,
    fixes: readonly Fix[],
  ): Diagnostic[] => [{ code, rule, args: { ...args, ...more }, at: one.address.at, severity: 'error', fixes }];
  if (!address) return say('syntax', 'address-unreadable', { value: one.address.value }, []);
  const configs = configsOf(input, network);
  if (configs === undefined) return [];
  const ofFamily = configs.filter(({ subnet }) => parseBlock(subnet)?.family === address.family);
  if (ofFamily.length === 0)
    return withoutSubnet(input, network) ? say('address-without-subnet', 'address-without-subnet', {}, []) : [];
  const home = ofFamily.find(({ subnet }) => holdsAddress(parseBlock(subnet)!, address));
  const fixes = (): readonly Fix[] => freeInstead(input, one, home ?? ofFamily[0]!, statics);
  const subnets = ofFamily.map(({ subnet }) => subnet).join(', ');
  if (!home) return say('address-outside', 'address-outside', { subnet: subnets }, fixes());
  const usable = usableOf(parseBlock(home.subnet)!);
  if (address.family === 'ipv4' && (address.value < usable.first || address.value > usable.last))
    return say('address-outside', 'address-not-usable', { subnet: home.subnet }, fixes());
  const holder = takenBy(input, network, one, home, statics);
  return holder ? say('address-taken', holder.rule, { holder: holder.name }, fixes()) : [];
}

/** The network's subnets: as declared, or for an external one as the engine has it; undefined when nobody knows. */
function configsOf({ snapshot }: DiagnosticInput, network: ComposeNetwork): readonly IpamConfig[] | undefined {
  if (network.external) return snapshot?.networks.find(({ name }) => name === network.name)?.ipam;
  if (network.ipam.some(({ subnet }) => subnet?.unsure)) return undefined;
  return network.ipam.flatMap(({ subnet, gateway, reserved }) =>
    subnet && parseBlock(subnet.value)
      ? [
          {
            subnet: subnet.value,
            ...(gateway === undefined || gateway.unsure ? {} : { gateway: gateway.value }),
            reserved,
          },
        ]
      : [],
  );
}

/** Docker 29 (API 1.52) takes a static address without a configured subnet. */
function withoutSubnet({ snapshot }: DiagnosticInput, network: ComposeNetwork): boolean {
  const [major = 0, minor = 0] = (snapshot?.engine.apiVersion ?? '').split('.').map(Number);
  return !network.external && !(major > 1 || (major === 1 && minor >= 52));
}

function takenBy(
  { project, snapshot }: DiagnosticInput,
  network: ComposeNetwork,
  one: Static,
  home: IpamConfig,
  statics: readonly Static[],
): { readonly rule: string; readonly name: string } | undefined {
  const same = (text: string | undefined): boolean => sameAddress(text, one.address.value);
  // Without a gateway named, a bridge takes its subnet's first address.
  const bridge = network.driver === undefined || network.driver === 'bridge';
  if (same(home.gateway ?? (bridge ? firstUsable(home.subnet) : undefined)))
    return { rule: 'address-is-gateway', name: '' };
  const reserved = Object.entries(home.reserved ?? {}).find(([, taken]) => same(taken));
  if (reserved) return { rule: 'address-reserved', name: reserved[0] };
  const earlier = statics
    .slice(0, statics.indexOf(one))
    .find((other) => same(other.address.value) && together(other.service, one.service));
  if (earlier) return { rule: 'address-taken', name: earlier.service.name };
  const holder = snapshot?.containers.find(
    (container) =>
      container.compose?.project !== project.name &&
      container.endpoints.some(
        (endpoint) => endpoint.network === network.name && (same(endpoint.ipv4) || same(endpoint.ipv6)),
      ),
  );
  return holder ? { rule: 'address-taken', name: holder.name } : undefined;
}

function freeInstead(
  input: DiagnosticInput,
  one: Static,
  home: IpamConfig,
  statics: readonly Static[],
): readonly Fix[] {
  const block: Block = parseBlock(home.subnet)!;
  const taken = new Set<bigint>();
  const take = (text: string | undefined): void => {
    const address = text === undefined ? undefined : parseAddress(text);
    if (address) taken.add(address.value);
  };
  for (const text of [home.gateway ?? firstUsable(home.subnet), ...Object.values(home.reserved ?? {})]) take(text);
  for (const other of statics) if (other !== one) take(other.address.value);
  for (const container of input.snapshot?.containers ?? [])
    for (const endpoint of container.endpoints) for (const text of [endpoint.ipv4, endpoint.ipv6]) take(text);
  const { first, last } = usableOf(block);
  for (let value = first; value <= last && value < first + 65_536n; value++) {
    if (taken.has(value)) continue;
    const address = formatAddress({ family: block.family, value });
    const edits = all(replaceValue(input, one.address.at, one.address.value, address));
    return edits.length > 0 ? [{ rule: 'use-address', args: { address }, edits }] : [];
  }
  return [];
}
