/** Snapshots of every shape an engine can have, from a seed: the same seed gives the same snapshot everywhere. */
import type {
  Container,
  ContainerState,
  Endpoint,
  Health,
  Link,
  Network,
  PublishedPort,
  Snapshot,
} from '#model/snapshot';

/** Mulberry32: 32 bits of state are plenty for test data. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  shuffled<T>(values: readonly T[]): T[] {
    const copy = [...values];
    for (let index = copy.length - 1; index > 0; index--) {
      const other = this.below(index + 1);
      [copy[index], copy[other]] = [copy[other]!, copy[index]!];
    }
    return copy;
  }

  hex(length: number): string {
    return Array.from({ length }, () => this.below(16).toString(16)).join('');
  }
}

const words = [
  'web',
  'db',
  'api',
  'cache',
  'queue',
  'worker',
  'proxy',
  '웹서버',
  'mail-relay',
  'node_exporter',
  '🐳box',
  'x',
];
const projects = ['shop', 'blog', 'stats', 'crm'];
const states: readonly ContainerState[] = [
  'running',
  'running',
  'running',
  'running',
  'exited',
  'created',
  'paused',
  'dead',
];

export interface Sizes {
  readonly containers: number;
  readonly networks: number;
}

/** Without sizes: up to 40 containers on up to 12 networks, sometimes none. */
export function randomSnapshot(seed: number, sizes?: Sizes): Snapshot {
  const random = new Random(seed);
  const networkCount = sizes?.networks ?? random.below(12);
  const containerCount = sizes?.containers ?? random.below(40);
  const networks = [
    ...builtIn(random),
    ...Array.from({ length: networkCount }, (_, index) => userNetwork(random, index)),
  ];
  const containers: Container[] = [];
  for (let index = 0; index < containerCount; index++) containers.push(container(random, index, networks, containers));
  return {
    engine: {
      name: 'docker-host',
      endpoint: 'unix:///var/run/docker.sock',
      kind: random.chance(0.8) ? 'docker' : 'podman',
      version: '28.3.1',
      apiVersion: '1.51',
      where: 'this-host',
    },
    takenAt: 1_700_000_000_000,
    complete: true,
    networks: random.shuffled(networks),
    containers: random.shuffled(containers),
  };
}

function network(id: string, name: string, driver: string, more: Partial<Network>): Network {
  return {
    id,
    name,
    driver,
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
    created: '2026-01-01T00:00:00Z',
    ...more,
  };
}

function builtIn(random: Random): Network[] {
  const ipam = [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1' }];
  const all = [
    network('b'.repeat(64), 'bridge', 'bridge', { builtIn: true, ipam, resolvesNames: false }),
    network('f'.repeat(64), 'host', 'host', { builtIn: true, resolvesNames: false }),
    network('e'.repeat(64), 'none', 'null', { builtIn: true, resolvesNames: false }),
  ];
  return random.chance(0.9) ? all : all.slice(0, 1);
}

function userNetwork(random: Random, index: number): Network {
  const driver = random.pick([
    'bridge',
    'bridge',
    'bridge',
    'bridge',
    'overlay',
    'macvlan',
    'ipvlan',
    'plugin/weave:2',
  ]);
  const long = random.chance(0.1);
  const project = random.chance(0.5) ? random.pick(projects) : undefined;
  const name = `${project ?? random.pick(words)}_${random.pick(words)}${long ? '_with_a_very_long_name'.repeat(3) : ''}`;
  const ipam = [{ subnet: `10.${index}.0.0/${random.pick([16, 20, 24])}`, gateway: `10.${index}.0.1` }];
  if (random.chance(0.15)) ipam.push({ subnet: `fd00:${index}::/64`, gateway: `fd00:${index}::1` });
  return network(random.hex(64), name, driver, {
    scope: driver === 'overlay' ? 'swarm' : 'local',
    internal: random.chance(0.15),
    ipam: random.chance(0.05) ? [] : random.chance(0.05) ? ipam.slice(1) : ipam,
    options: driver === 'macvlan' ? { parent: 'eth0' } : {},
    labels: project === undefined ? {} : { 'com.docker.compose.project': project },
    created: `2026-01-${String(1 + random.below(28)).padStart(2, '0')}T00:00:00Z`,
  });
}

function container(
  random: Random,
  index: number,
  networks: readonly Network[],
  before: readonly Container[],
): Container {
  const id = random.hex(64);
  const project = random.chance(0.6) ? random.pick(projects) : undefined;
  const long = random.chance(0.1);
  const name = `${project ? `${project}-` : ''}${random.pick(words)}-${index}${long ? '-and_a_much_longer_tail'.repeat(2) : ''}`;
  const state = random.pick(states);
  const health: Health | undefined = random.chance(0.1) ? 'unhealthy' : undefined;
  const kind = random.next();
  const base = {
    id,
    name,
    image: `registry.example/${random.pick(words)}:${random.below(20)}`,
    state,
    ...(health ? { health } : {}),
    labels: {},
    complete: true,
    ...(project ? { compose: { project, service: random.pick(words) } } : {}),
    published: published(random),
    links: links(random, before),
  };
  if (kind < 0.05) return { ...base, mode: 'host', endpoints: [] };
  if (kind < 0.1) return { ...base, mode: 'none', endpoints: [] };
  if (kind < 0.2) {
    const owner = random.chance(0.1) || before.length === 0 ? random.hex(64) : random.pick(before).id;
    return { ...base, mode: 'container', sharesWith: owner, endpoints: [] };
  }
  const open = networks.filter((found) => found.driver !== 'host' && found.driver !== 'null');
  const count = random.chance(0.05) ? 0 : random.chance(0.2) ? 1 + random.below(3) : 1;
  const joined = random.shuffled(open).slice(0, count);
  return { ...base, mode: 'networks', endpoints: joined.map((found) => endpoint(random, index, found, state)) };
}

function endpoint(random: Random, index: number, on: Network, state: ContainerState): Endpoint {
  const subnet = on.ipam.find((found) => !found.subnet.includes(':'))?.subnet;
  const prefix = subnet?.split('.').slice(0, 2).join('.') ?? '10.250';
  const staticIp = random.chance(0.15);
  const stopped = ['exited', 'created', 'dead'].includes(state);
  const ipv4 = `${prefix}.${Math.floor(index / 250)}.${2 + (index % 250)}`;
  const six = random.chance(0.1);
  return {
    networkId: on.id,
    network: on.name,
    staticIp,
    ...(stopped ? (staticIp ? { configuredIpv4: ipv4 } : {}) : subnet === undefined ? {} : { ipv4 }),
    ...(six || subnet === undefined ? { ipv6: `fd00:dead:beef:1234:5678:9abc:def0:${(index + 16).toString(16)}` } : {}),
    aliases: random.chance(0.3) ? [random.pick(words)] : [],
  };
}

function published(random: Random): PublishedPort[] {
  if (!random.chance(0.3)) return [];
  const ports: PublishedPort[] = [];
  for (let count = 1 + random.below(5); count > 0; count--) {
    const port = 1 + random.below(9_999);
    const protocol = random.pick(['tcp', 'tcp', 'tcp', 'udp', 'sctp'] as const);
    const hostPort = random.chance(0.1) ? 0 : 1 + random.below(65_535);
    const addresses = random.pick([
      ['0.0.0.0', '::'],
      ['0.0.0.0', '::'],
      ['0.0.0.0'],
      ['127.0.0.1'],
      ['192.168.1.20'],
      ['::'],
    ]);
    for (const hostIp of addresses) ports.push({ hostIp, hostPort, port, protocol });
  }
  return ports;
}

function links(random: Random, before: readonly Container[]): Link[] {
  if (!random.chance(0.08) || before.length === 0) return [];
  return [{ container: random.chance(0.9) ? random.pick(before).name : 'gone', alias: random.pick(words) }];
}
