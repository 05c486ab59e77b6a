/** Every check of Compose files: found where it must be, mended by its fix, and silent on the test set of real-looking projects. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, diagnose, type Fix } from '#compose/diagnostics';
import { composeFixture, composeText, fixtureNames } from '#harness/composeFixtures';
import type { Container, Network, Snapshot } from '#model/snapshot';

const network = (name: string, subnet: string, labels: Record<string, string> = {}): Network => ({
  id: `id-${name}`,
  name,
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: false,
  ipam: [{ subnet }],
  builtIn: false,
  resolvesNames: true,
  interContainer: true,
  options: {},
  labels,
  created: '',
});
const container = (name: string, more: Partial<Container> = {}): Container => ({
  id: `id-${name}`,
  name,
  image: 'x',
  state: 'running',
  mode: 'networks',
  endpoints: [],
  published: [],
  labels: {},
  complete: true,
  ...more,
});
const engine = (more: Partial<Snapshot> = {}): Snapshot => ({
  engine: { name: 'e', endpoint: 'unix:///e', kind: 'docker', version: '28', apiVersion: '1.48', where: 'this-host' },
  takenAt: 0,
  complete: true,
  networks: [],
  containers: [],
  ...more,
});

async function check(text: string, snapshot?: Snapshot): Promise<readonly Diagnostic[]> {
  const project = await composeText({ 'compose.yaml': text });
  return diagnose({ project, main: true, text: () => text, ...(snapshot ? { snapshot } : {}) });
}

function apply(text: string, fix: Fix): string {
  return [...fix.edits]
    .sort((a, b) => b.at.start - a.at.start)
    .reduce((out, { at, text: piece }) => out.slice(0, at.start) + piece + out.slice(at.end), text);
}

const taken = engine({
  containers: [
    container('squatter', { published: [{ hostIp: '0.0.0.0', hostPort: 8080, port: 80, protocol: 'tcp' }] }),
  ],
  networks: [network('other', '172.30.0.0/16')],
  host: {
    addresses: [{ name: 'eth0', address: '192.168.7.9', prefix: 24 }],
    routes: [{ destination: '10.44.0.0/16', device: 'tun0' }],
  },
});

/** Name, file, rule, the text the diagnostic stands on, the engine; every one is mended by its first fix unless `fixed` is false. */
const cases: readonly (readonly [string, string, string, string, (Snapshot | undefined)?, boolean?])[] = [
  [
    'a port another container has',
    'services:\n  a:\n    image: a\n    ports:\n      - "8080:80"\n',
    'port-taken',
    '"8080:80"',
    taken,
  ],
  [
    'a port in long form',
    'services:\n  a:\n    image: a\n    ports:\n      - target: 80\n        published: 8080\n',
    'port-taken',
    'target: 80\n        published: 8080\n',
    taken,
  ],
  [
    'a port twice in the file',
    'services:\n  a: {image: a, ports: ["81:80"]}\n  b: {image: b, ports: ["81:90"]}\n',
    'port-twice',
    '"81:90"',
  ],
  [
    'a port twice in one service',
    'services:\n  a: {image: a, ports: ["81:80", "127.0.0.1:81:90"]}\n',
    'port-twice',
    '"127.0.0.1:81:90"',
  ],
  [
    'a subnet of the engine',
    'services:\n  a: {image: a, networks: [n]}\nnetworks:\n  n:\n    ipam:\n      config:\n        - subnet: 172.30.5.0/24\n          gateway: 172.30.5.9\n',
    'subnet-overlap-network',
    '172.30.5.0/24',
    taken,
  ],
  [
    'a subnet of the host',
    'services:\n  a: {image: a, networks: [n]}\nnetworks: {n: {ipam: {config: [{subnet: 192.168.7.0/26}]}}}\n',
    'subnet-overlap-interface',
    '192.168.7.0/26',
    taken,
  ],
  [
    'a subnet of a route',
    'services:\n  a: {image: a, networks: [n]}\nnetworks: {n: {ipam: {config: [{subnet: 10.44.1.0/24}]}}}\n',
    'subnet-overlap-route',
    '10.44.1.0/24',
    taken,
  ],
  [
    'a subnet twice in the file',
    'services:\n  a: {image: a, networks: [n, m]}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/16}]}}, m: {ipam: {config: [{subnet: 10.5.1.0/24}]}}}\n',
    'subnet-overlap-file',
    '10.5.1.0/24',
  ],
  [
    'a gateway outside',
    'services:\n  a: {image: a, networks: [n]}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/24, gateway: 10.5.1.1}]}}}\n',
    'gateway-outside',
    '10.5.1.1',
    undefined,
    false,
  ],
  [
    'an address outside',
    'services:\n  a: {image: a, networks: {n: {ipv4_address: 10.6.0.5}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}\n',
    'address-outside',
    '10.6.0.5',
  ],
  [
    'a broadcast address',
    'services:\n  a: {image: a, networks: {n: {ipv4_address: 10.5.0.255}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}\n',
    'address-not-usable',
    '10.5.0.255',
  ],
  [
    'the address of the gateway',
    'services:\n  a: {image: a, networks: {n: {ipv4_address: 10.5.0.1}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}\n',
    'address-is-gateway',
    '10.5.0.1',
  ],
  [
    'one address twice',
    'services:\n  a: {image: a, networks: {n: {ipv4_address: 10.5.0.2}}}\n  b: {image: b, networks: {n: {ipv4_address: 10.5.0.2}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}\n',
    'address-taken',
    '10.5.0.2',
  ],
  [
    'an address without a subnet',
    'services:\n  a: {image: a, networks: {n: {ipv4_address: 10.5.0.2}}}\nnetworks: {n: }\n',
    'address-without-subnet',
    '10.5.0.2',
    undefined,
    false,
  ],
  [
    'a host on no shared network',
    'services:\n  a:\n    image: a\n    environment:\n      DB_HOST: db\n    networks:\n      - front\n  db: {image: db, networks: [back]}\nnetworks: {front: , back: }\n',
    'no-shared-network',
    'db',
  ],
  [
    'a host elsewhere, from the default network',
    'services:\n  a:\n    image: a\n    environment: [DB_HOST=db]\n  db: {image: db, networks: [back]}\nnetworks:\n  back:\n',
    'no-shared-network',
    'DB_HOST=db',
  ],
  [
    'a host elsewhere, flow style',
    'services:\n  a: {image: a, command: "wait-for-it db:5432", networks: {front: }}\n  db: {image: db, networks: [back]}\nnetworks: {front: , back: }\n',
    'no-shared-network',
    '"wait-for-it db:5432"',
  ],
  [
    'a name in host mode',
    'services:\n  a: {image: a, network_mode: host, environment: {DB_URL: "postgres://u@db:5432/x"}}\n  db: {image: d, ports: ["127.0.0.1:15432:5432"]}\n',
    'no-dns-host',
    '"postgres://u@db:5432/x"',
  ],
  [
    'a name on the default bridge',
    'services:\n  a: {image: a, network_mode: bridge, environment: {DB_HOST: db}}\n  db: {image: d, network_mode: bridge}\n',
    'no-dns-default-bridge',
    'db',
    undefined,
    false,
  ],
  [
    'ports in host mode',
    'services:\n  a:\n    image: a\n    ports:\n      - "80:80"\n    network_mode: host\n',
    'ports-in-host-mode',
    '"80:80"',
  ],
  [
    'ports in a shared namespace',
    'services:\n  a: {image: a, network_mode: "service:b", ports: ["80:80"]}\n  b: {image: b}\n',
    'ports-in-shared-mode',
    '"80:80"',
  ],
  [
    'a link that adds nothing',
    'services:\n  a:\n    image: a\n    links:\n      - db\n    restart: always\n  db: {image: d}\n',
    'link-adds-nothing',
    'db',
  ],
  [
    'a link across networks',
    'services:\n  a: {image: a, links: [x, "db:d"], networks: [one]}\n  x: {image: x, networks: [one]}\n  db: {image: d, networks: [two]}\nnetworks: {one: , two: }\n',
    'link-not-shared',
    '"db:d"',
  ],
  ['an undefined network', 'services:\n  a:\n    image: a\n    networks: [back]\n', 'network-undefined', 'back'],
  [
    'an undefined network beside others',
    'services:\n  a:\n    image: a\n    networks: [back, front]\nnetworks:\n  front:\n',
    'network-undefined',
    'back',
  ],
  [
    'an unused network',
    'services:\n  a: {image: a}\nnetworks:\n  old:\n    driver: bridge\n  default:\n',
    'network-unused',
    'old',
  ],
  [
    'a database for all',
    'services:\n  db: {image: "registry:5000/postgres:16", ports: ["5432:5432"]}\n',
    'database-exposed',
    '"5432:5432"',
  ],
  [
    'a port that cannot be',
    'services:\n  a: {image: a, ports: ["80:99999"]}\n',
    'port-unreadable',
    '"80:99999"',
    undefined,
    false,
  ],
  [
    'ranges of two sizes',
    'services:\n  a: {image: a, ports: ["80-90:80-85"]}\n',
    'port-range',
    '"80-90:80-85"',
    undefined,
    false,
  ],
];

describe('diagnostics of Compose files', () => {
  const named = cases.map(([name, text, rule, place, snapshot, fixed]) => ({
    name,
    text,
    rule,
    place,
    snapshot,
    fixed,
  }));
  it.each(named)('finds $name', async ({ text, rule, place, snapshot, fixed }) => {
    const found = (await check(text, snapshot)).filter((one) => one.rule === rule);
    expect(found.map(({ at }) => text.slice(at.start, at.end))).toEqual([place]);
    if (fixed === false) {
      expect(found[0]?.fixes).toEqual([]);
      return;
    }
    const fix = found[0]?.fixes[0];
    expect(fix).toBeDefined();
    const mended = apply(text, fix!);
    const left = await check(mended, snapshot);
    expect(
      left.filter((one) => one.rule === rule || one.code === 'syntax'),
      mended,
    ).toEqual([]);
  });

  it("says nothing of ports and networks that are the project's own", async () => {
    const own = engine({
      containers: [
        container('project-a-1', {
          compose: { project: 'project', service: 'a' },
          published: [{ hostIp: '0.0.0.0', hostPort: 8080, port: 80, protocol: 'tcp' }],
        }),
      ],
      networks: [
        network('project_n', '10.5.0.0/24', {
          'com.docker.compose.project': 'project',
          'com.docker.compose.network': 'n',
        }),
      ],
    });
    const text =
      'services:\n  a: {image: a, ports: ["8080:80"], networks: {n: {ipv4_address: 10.5.0.7}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}\n';
    expect(await check(text, own)).toEqual([]);
  });

  it('relies on no value whose variable is not set', async () => {
    const text =
      'services:\n  a: {image: a, ports: ["$P:80", "$P:81"], networks: {n: {ipv4_address: "$IP"}}}\nnetworks: {n: {ipam: {config: [{subnet: $NET}]}}}\n';
    expect(await check(text, taken)).toEqual([]);
  });

  it('survives a file half written', async () => {
    for (const text of [
      '',
      'services:',
      'services:\n  a:',
      'services: [1, 2]',
      'services:\n  a:\n    ports:\n      -',
      'networks:\n  n: {ipam: {config: [{subnet: ',
    ]) {
      const found = await check(text, taken);
      expect(found.every(({ code }) => code === 'syntax')).toBe(true);
    }
  });

  /** What the test set has that is worth a word: hints and information, wanted and no alarm. */
  const wanted: Readonly<Record<string, readonly string[]>> = {
    cloud: ['link-adds-nothing'],
    links: ['link-adds-nothing'],
    // What extends another service publishes its ports as well: both cannot run.
    extends: ['port-twice', 'port-twice'],
  };
  it.each(fixtureNames())('raises no false alarm on %s', async (name) => {
    const project = await composeFixture(name);
    const text = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
    const found = diagnose({ project, snapshot: engine(), text, main: true });
    expect(found.map(({ rule }) => rule)).toEqual(wanted[name] ?? []);
  });
});
