/** `subnet-overlap`: with the engine's networks, the host's own, and within the file. */
import type { Diagnostic, DiagnosticInput, Edit, Fix } from '#compose/diagnostics';
import { all, replaceValue } from '#compose/diagnostics/edits';
import type { ComposeNetwork, ComposeProject, IpamSpec, Placed } from '#compose/types';
import { type Block, formatAddress, holdsAddress, overlaps, parseAddress, parseBlock } from '#model/addresses';
import type { Snapshot } from '#model/snapshot';
import { type Conflict, conflictsOf, freeSubnets } from '#model/subnets';

export function subnetDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  return input.project.networks.flatMap((network) =>
    network.external ? [] : network.ipam.flatMap((ipam) => [...unreadable(ipam), ...overlapping(input, network, ipam)]),
  );
}

function unreadable({ subnet }: IpamSpec): readonly Diagnostic[] {
  if (subnet === undefined || subnet.unsure || parseBlock(subnet.value)) return [];
  return [
    {
      code: 'syntax',
      rule: 'subnet-unreadable',
      args: { value: subnet.value },
      at: subnet.at,
      severity: 'error',
      fixes: [],
    },
  ];
}

function overlapping(input: DiagnosticInput, network: ComposeNetwork, ipam: IpamSpec): readonly Diagnostic[] {
  const { subnet } = ipam;
  const block = subnet && !subnet.unsure ? parseBlock(subnet.value) : undefined;
  if (!subnet || !block) return [];
  const own = inFile(input.project, network, subnet, block);
  const engine = own ? undefined : onEngine(input, network, subnet.value);
  if (!own && !engine) return [];
  const args = {
    network: network.key,
    subnet: subnet.value,
    other: own ?? engine?.name ?? '',
    cidr: engine?.cidr ?? '',
  };
  return [
    {
      code: 'subnet-overlap',
      rule: own ? 'subnet-overlap-file' : `subnet-overlap-${engine?.kind}`,
      args,
      at: subnet.at,
      // The engine refuses its own; a route of the host it would accept, and traffic would go astray.
      severity: own || engine?.kind === 'network' ? 'error' : 'warning',
      fixes: freeInstead(input, network, subnet, block),
    },
  ];
}

/** Key of the earlier network of the file that has some of the block. */
function inFile(
  project: ComposeProject,
  network: ComposeNetwork,
  subnet: Placed<string>,
  block: Block,
): string | undefined {
  for (const other of project.networks) {
    for (const { subnet: one } of other.ipam) {
      if (one === subnet) return undefined;
      const taken = one === undefined || one.unsure || other.external ? undefined : parseBlock(one.value);
      if (taken && overlaps(taken, block)) return other.key;
    }
    if (other === network) return undefined;
  }
  return undefined;
}

function onEngine(
  { project, snapshot }: DiagnosticInput,
  network: ComposeNetwork,
  cidr: string,
): { readonly kind: string; readonly name: string; readonly cidr: string } | undefined {
  if (snapshot === undefined) return undefined;
  // The project's own network, made by an earlier `up`, is this very one; its siblings are replaced alike.
  const own = (conflict: Conflict): boolean => {
    if (conflict.owner.kind !== 'network') return false;
    const { networkId, name } = conflict.owner;
    if (name === network.name) return true;
    const known = snapshot.networks.find(({ id }) => id === networkId);
    return known?.labels['com.docker.compose.project'] === project.name;
  };
  const existing = snapshot.networks.find(({ name }) => name === network.name);
  const found = conflictsOf(snapshot, cidr, {
    ...(existing ? { except: existing.id } : {}),
    ...(network.driver === undefined ? {} : { driver: network.driver }),
  }).find((conflict) => !own(conflict));
  if (!found) return undefined;
  const { owner } = found;
  return { kind: owner.kind, name: owner.kind === 'route' ? owner.device : owner.name, cidr: found.cidr };
}

/** Another subnet of the same size; gateway, range and static addresses keep their place in it. */
function freeInstead(
  input: DiagnosticInput,
  network: ComposeNetwork,
  subnet: Placed<string>,
  block: Block,
): readonly Fix[] {
  const free = freeSubnets(withFile(input), { family: block.family, prefix: block.prefix, count: 1 })[0];
  const target = free === undefined ? undefined : parseBlock(free);
  if (free === undefined || target === undefined) return [];
  const moved = (value: string): string | undefined => {
    const [text = '', prefix] = value.split('/');
    const address = parseAddress(text);
    if (!address || !holdsAddress(block, address)) return undefined;
    const there = formatAddress({ family: block.family, value: target.first + (address.value - block.first) });
    return prefix === undefined ? there : `${there}/${prefix}`;
  };
  const statics = input.project.services.flatMap(({ networks }) =>
    networks.filter((one) => one.network === network.key).flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]),
  );
  const edits: (Edit | undefined)[] = [replaceValue(input, subnet.at, subnet.value, free)];
  for (const value of [...network.ipam.flatMap(({ gateway, ipRange }) => [gateway, ipRange]), ...statics]) {
    const there = value === undefined ? undefined : moved(value.value);
    if (value && there !== undefined) edits.push(replaceValue(input, value.at, value.value, there));
  }
  const made = all(...edits);
  return made.length > 0 ? [{ rule: 'use-subnet', args: { subnet: free }, edits: made }] : [];
}

/** What is taken: on the engine (when known) and by the file's other networks. */
function withFile({ project, snapshot }: DiagnosticInput): Snapshot {
  const networks = project.networks.flatMap((network) => {
    const ipam = network.ipam.flatMap(({ subnet }) => (subnet && !subnet.unsure ? [{ subnet: subnet.value }] : []));
    return ipam.length === 0 ? [] : [{ ...emptyNetwork, id: `file:${network.key}`, name: network.name, ipam }];
  });
  const base: Snapshot = snapshot ?? { engine: unknown, takenAt: 0, complete: true, networks: [], containers: [] };
  return { ...base, networks: [...base.networks, ...networks] };
}

const unknown: Snapshot['engine'] = {
  name: '',
  endpoint: '',
  kind: 'docker',
  version: '',
  apiVersion: '',
  where: 'unknown',
};
const emptyNetwork: Snapshot['networks'][number] = {
  id: '',
  name: '',
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: false,
  ipam: [],
  builtIn: false,
  resolvesNames: true,
  interContainer: true,
  options: {},
  labels: {},
  created: '',
};
