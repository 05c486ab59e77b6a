/** The benchmark's engines: the same for our drawing and for those it is compared with. */
import { Random } from '#harness/randomSnapshot';
import type { Container, Endpoint, Network, Snapshot } from '#model/snapshot';
import { compareText } from '#model/topology/plugs';

/** Containers and the networks they are on. */
export const drawnSizes: readonly (readonly [containers: number, networks: number])[] = [
  [20, 10],
  [200, 30],
  [1_000, 100],
  [5_000, 300],
  [10_000, 400],
];

/** 15 % of the containers on two networks, 3 % on three, 25 % publish a port; from one seed, so always the same. */
export function drawnSnapshot(containers: number, networks: number): Snapshot {
  const random = new Random(containers);
  return {
    engine: {
      name: 'bench',
      endpoint: 'unix:///bench.sock',
      kind: 'docker',
      version: '28.3.1',
      apiVersion: '1.51',
      where: 'this-host',
    },
    takenAt: 1_700_000_000_000,
    complete: true,
    networks: Array.from({ length: networks }, (_, index) => network(index)).sort(inOrder),
    containers: Array.from({ length: containers }, (_, index) => container(random, index, networks)).sort(inOrder),
  };
}

/** As a snapshot's lists are: by name, then id. */
export const inOrder = (one: Network | Container, other: Network | Container): number =>
  compareText(one.name, other.name) || compareText(one.id, other.id);

const base = (index: number): string => `10.${index >> 8}.${index & 255}`;

function network(index: number): Network {
  return {
    id: `b${index.toString(16).padStart(63, '0')}`,
    name: `project${index}_default`,
    driver: 'bridge',
    scope: 'local',
    internal: false,
    attachable: false,
    ingress: false,
    ipv6: false,
    ipam: [{ subnet: `${base(index)}.0/24`, gateway: `${base(index)}.1` }],
    builtIn: false,
    resolvesNames: true,
    interContainer: true,
    options: {},
    labels: { 'com.docker.compose.project': `project${index}` },
    created: '2026-01-01T00:00:00Z',
  };
}

function container(random: Random, index: number, networks: number): Container {
  const kind = random.next();
  const home = random.below(networks);
  const on = new Set([home]);
  for (let wanted = kind < 0.03 ? 3 : kind < 0.18 ? 2 : 1; on.size < wanted; ) on.add(random.below(networks));
  const publishes = random.chance(0.25);
  return {
    id: `c${index.toString(16).padStart(63, '0')}`,
    name: `project${home}-service${index}-1`,
    image: `registry.example/service:${index % 20}`,
    state: index % 17 === 16 ? 'exited' : 'running',
    mode: 'networks',
    endpoints: [...on].map((place) => endpoint(index, place)),
    published: publishes ? [{ hostIp: '0.0.0.0', hostPort: 20_000 + index, port: 80, protocol: 'tcp' }] : [],
    exposed: [],
    links: [],
    compose: { project: `project${home}`, service: `service${index}` },
    labels: { 'com.docker.compose.project': `project${home}` },
    complete: true,
  };
}

function endpoint(index: number, place: number): Endpoint {
  return {
    networkId: `b${place.toString(16).padStart(63, '0')}`,
    network: `project${place}_default`,
    ipv4: `${base(place)}.${2 + (index % 250)}`,
    ipv4Prefix: 24,
    mac: '02:42:0a:00:00:02',
    gateway: `${base(place)}.1`,
    staticIp: false,
    aliases: [`service${index}`],
    dnsNames: [`project-service${index}-1`],
  };
}
