/** Seeded random topologies with every network mode and option that reachability knows: a plan, before any engine. */
import type { RealEngine } from '#harness/engines';

/** Mulberry32: small, seeded, the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface PlannedNetwork {
  readonly name: string;
  /** Arguments of `docker network create`, without the name. */
  readonly args: readonly string[];
  readonly kind: string;
  /** First three numbers of its IPv4 subnet. */
  readonly prefix: string;
}

export interface PlannedContainer {
  readonly name: string;
  /** The port its server listens on, its own in the whole topology. */
  readonly port: number;
  /** Arguments of `docker run`, without name, image and command. */
  readonly args: readonly string[];
  /** Networks connected after the start, with their arguments. */
  readonly joins: readonly { readonly network: string; readonly args: readonly string[] }[];
  /** What is done to it when everything runs. */
  readonly fate: 'nothing' | 'pause' | 'stop';
}

export interface LabPlan {
  readonly seed: number;
  readonly networks: readonly PlannedNetwork[];
  readonly containers: readonly PlannedContainer[];
}

const bridge = 'com.docker.network.bridge';
const kindsOf = (engine: RealEngine): string[] => {
  const common = ['internal', 'dual', 'macvlan', 'internal', 'plain'];
  if (engine.kind === 'podman') return common;
  const docker = [...common, 'icc', 'nomasq'];
  return engine.name === 'docker-28' ? [...docker, 'routed', 'unprotected', 'isolated'] : docker;
};

/** The arguments that make a network of a kind; `number` gives it a subnet of its own. */
function networkArgs(kind: string, number: number, engine: RealEngine): { args: string[]; prefix: string } {
  const prefix = `10.60.${number}`;
  const subnet = ['--subnet', `${prefix}.0/24`, '--gateway', `${prefix}.1`];
  switch (kind) {
    case 'internal':
      return { prefix, args: [...subnet, '--internal'] };
    case 'dual':
      return { prefix, args: [...subnet, '--ipv6', '--subnet', `fd60:${number}::/64`] };
    case 'icc':
      return { prefix, args: [...subnet, '-o', `${bridge}.enable_icc=false`] };
    case 'nomasq':
      return { prefix, args: [...subnet, '-o', `${bridge}.enable_ip_masquerade=false`] };
    case 'routed':
    case 'unprotected':
      return {
        prefix,
        args: [...subnet, '-o', `${bridge}.gateway_mode_ipv4=${kind === 'routed' ? kind : 'nat-unprotected'}`],
      };
    case 'isolated':
      return {
        prefix,
        args: ['--subnet', `${prefix}.0/24`, '--internal', '-o', `${bridge}.gateway_mode_ipv4=isolated`],
      };
    case 'macvlan': {
      const lan = engine.hostAddress.replace(/\.\d+$/, '');
      const range = ['--subnet', `${lan}.0/24`, '--gateway', engine.lanAddress, '--ip-range', `${lan}.128/25`];
      return { prefix: lan, args: ['-d', 'macvlan', ...range, '-o', 'parent=lan0'] };
    }
    default:
      return { prefix, args: subnet };
  }
}

export function planLab(seed: number, engine: RealEngine): LabPlan {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const kinds = ['plain', 'plain'];
  const others = kindsOf(engine);
  while (kinds.length < 5) kinds.push(...others.splice(Math.floor(random() * others.length), 1));
  const networks = kinds.map((kind, index): PlannedNetwork => {
    const number = index + 1;
    // Names in random order, because the default route goes by name.
    return { name: `${pick(['a', 'm', 'z'])}${number}-${kind}`, kind, ...networkArgs(kind, number, engine) };
  });
  const containers: PlannedContainer[] = [];
  for (let index = 0; index < 9; index += 1) containers.push(planContainer(index, containers, networks));
  return { seed, networks, containers };

  function planContainer(
    index: number,
    before: readonly PlannedContainer[],
    all: readonly PlannedNetwork[],
  ): PlannedContainer {
    const name = `c${index}`;
    const port = 8000 + index;
    const mode =
      index < 2 ? 'networks' : pick(['networks', 'networks', 'networks', 'default', 'host', 'none', 'share']);
    const owners = before.filter(({ args }) => !args.some((text) => /^(container:|host$|none$)/.test(text)));
    const fate = index > 3 && chance(0.15) ? pick(['pause', 'stop'] as const) : 'nothing';
    const base = { name, port, joins: [], fate } as const;
    if (mode === 'host' || mode === 'none') return { ...base, args: ['--network', mode] };
    if (mode === 'share' && owners.length > 0)
      return { ...base, args: ['--network', `container:${pick(owners).name}`], fate: 'nothing' };
    const publish = publishArgs(index, port);
    if (mode === 'default') return { ...base, args: [...publish, ...linkArgs(before)] };
    const first = pick(all);
    const second = chance(0.4) ? pick(all.filter((network) => network !== first)) : undefined;
    const joins =
      second === undefined ? [] : [{ network: second.name, args: chance(0.5) ? ['--alias', `also${index}`] : [] }];
    return {
      ...base,
      joins,
      args: ['--network', first.name, ...staticArgs(first, index), ...aliasArgs(index), ...publish],
    };
  }

  function publishArgs(index: number, port: number): string[] {
    const host = 9000 + index;
    const forms = [
      [],
      [],
      ['-p', `${host}:${port}`],
      ['-p', `127.0.0.1:${host}:${port}`],
      ['-p', `${engine.hostAddress}:${host}:${port}`],
    ];
    return pick(forms);
  }
  function staticArgs(network: PlannedNetwork, index: number): string[] {
    return chance(0.3) ? ['--ip', `${network.prefix}.${200 + index}`] : [];
  }
  function aliasArgs(index: number): string[] {
    return chance(0.3) ? ['--network-alias', pick(['shared', `alias${index}`])] : [];
  }
  function linkArgs(before: readonly PlannedContainer[]): string[] {
    const others = before.filter(({ args }) => !args.includes('--network'));
    if (engine.kind === 'podman' || others.length === 0 || !chance(0.6)) return [];
    return ['--link', `${pick(others).name}:linked`];
  }
}
