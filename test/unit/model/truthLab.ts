/** The topology that the recorded probes of `truth.json` were made in, as a snapshot; the recordings hold no lists of it. */
import { readFileSync } from 'node:fs';
import type { Container, Endpoint, Network, Snapshot } from '#model/snapshot';

export interface Truth {
  readonly rule: string;
  readonly obs: 'ok' | 'no';
  readonly src: string;
  readonly kind: string;
  readonly tgt: string;
}

export function truthOf(engine: string): readonly Truth[] {
  const file = new URL(`../../fixtures/engine-answers/${engine}/truth.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Truth[];
}

const bridge = 'com.docker.network.bridge';

function network(name: string, number: number, more: Partial<Network> = {}): Network {
  const subnet = `192.168.${number}`;
  return {
    id: `id-${name}`,
    name,
    driver: 'bridge',
    scope: 'local',
    internal: false,
    attachable: false,
    ingress: false,
    ipv6: false,
    ipam: [{ subnet: `${subnet}.0/24`, gateway: `${subnet}.254` }],
    builtIn: false,
    resolvesNames: true,
    interContainer: true,
    options: { isolate: 'true' },
    labels: {},
    created: '',
    ...more,
  };
}

const on = (name: string, ipv4: string, more: Partial<Endpoint> = {}): Endpoint => ({
  networkId: `id-${name}`,
  network: name,
  ipv4,
  staticIp: true,
  aliases: [],
  ...more,
});

function container(name: string, endpoints: readonly Endpoint[], more: Partial<Container> = {}): Container {
  return {
    id: `${name}-id`,
    name: `eng-${name}`,
    image: 'tiny:1',
    state: 'running',
    mode: 'networks',
    endpoints,
    published: [],
    links: [],
    labels: {},
    complete: true,
    ...more,
  };
}

/** `number` tells the engines' LANs apart: 20 for docker-20.10, 54 for podman-5.4. */
export function truthSnapshot(engine: string, truths: readonly Truth[]): Snapshot {
  const kind = engine.startsWith('docker') ? 'docker' : 'podman';
  const number = engine.replace(/^docker-(\d+).*/, '$1').replace(/^podman-(\d)\.(\d)/, '$1$2');
  const base = 21_000 + Number(number) * 10;
  const at = (rule: string): string => truths.find((truth) => truth.rule === rule)?.tgt ?? '';
  const plain = at('default bridge, by IP');
  const publish = (offset: number, hostIps = ['0.0.0.0', '::']): Pick<Container, 'published'> => ({
    published: hostIps.map((hostIp) => ({ hostIp, hostPort: base + offset, port: 80, protocol: 'tcp' })),
  });
  const default4 = plain.replace(/\d+$/, '1');
  return {
    engine: {
      name: engine,
      endpoint: '',
      kind,
      version: engine.replace(/^\w+-/, ''),
      apiVersion: '',
      where: 'this-host',
    },
    takenAt: 0,
    complete: true,
    networks: [
      network('bridge', 0, {
        builtIn: true,
        resolvesNames: false,
        options: {},
        ipam: [{ subnet: `${default4.replace(/\.\d+\.\d+$/, '')}.0.0/16`, gateway: default4 }],
      }),
      network('a', 101),
      network('b', 102),
      network('c', 107, {
        ipv6: true,
        ipam: [
          { subnet: '192.168.107.0/24', gateway: '192.168.107.254' },
          { subnet: 'fd00:107::/64', gateway: 'fd00:107::fe' },
        ],
      }),
      network('i', 103, { internal: true }),
      network('i-other', 104, { internal: true }),
      network('mv', 0, {
        driver: 'macvlan',
        ipam: [{ subnet: `10.97.${number}.0/24`, gateway: `10.97.${number}.2` }],
        options: { parent: 'mv0' },
      }),
      network('n', 105, kind === 'docker' ? { interContainer: false } : {}),
      network('nm', 106, { options: { isolate: 'true', [`${bridge}.enable_ip_masquerade`]: 'false' } }),
    ],
    containers: [
      container('a1', [on('a', '192.168.101.100')], {
        id: at('same user bridge, by 12-char id'),
        hostname: 'a1host',
        ...publish(0),
      }),
      container('a2', [on('a', '192.168.101.102', { aliases: ['a2alias'] })]),
      container('ab', [on('a', '192.168.101.110'), on('b', '192.168.102.110', { aliases: ['abalias'] })]),
      container('b1', [on('b', '192.168.102.100')]),
      container('c1', [on('c', '192.168.107.11', { ipv6: 'fd00:107::11' })], publish(6)),
      container('c2', [on('c', '192.168.107.12', { ipv6: 'fd00:107::12' })]),
      container('d1', [on('bridge', plain)], { id: at('default bridge by 12-char id') }),
      container('d2', [on('bridge', default4.replace(/1$/, '240'))]),
      container('d3', [on('bridge', default4.replace(/1$/, '241'))], {
        links: [{ container: 'eng-d1', alias: 'lnk' }],
      }),
      container('h1', [], { mode: 'host' }),
      container('i1', [on('i', '192.168.103.11')], publish(7)),
      container('i2', [on('i', '192.168.103.12')]),
      container('ia', [on('a', '192.168.101.120'), on('i', '192.168.103.20')]),
      container('io', [on('i-other', '192.168.104.11')]),
      container('l2', [on('a', '192.168.101.121')], { links: [{ container: 'eng-a1', alias: 'ulnk' }] }),
      container('lo1', [on('a', '192.168.101.140')], publish(5, ['127.0.0.1'])),
      container('m1', [on('mv', `10.97.${number}.65`)]),
      container('m2', [on('mv', `10.97.${number}.66`)]),
      container('n1', [on('n', '192.168.105.11')], publish(2)),
      container('n2', [on('n', '192.168.105.12')]),
      container('n3', [on('n', '192.168.105.13')], { links: [{ container: 'eng-n1', alias: 'n1link' }] }),
      container('nm1', [on('nm', '192.168.106.11')]),
      container('none1', [], { mode: 'none' }),
      container('p1', [on('a', '192.168.101.130')], { state: 'paused', ...publish(8) }),
      container('s1', [], { mode: 'container', sharesWith: at('same user bridge, by 12-char id') }),
      container('st1', [on('a', '')], { state: 'exited', ...publish(9) }),
    ],
    host: {
      addresses: [
        { name: 'lo', address: '127.0.0.1', prefix: 8 },
        { name: 'lan0', address: `10.99.${number}.1`, prefix: 24 },
        { name: 'lan0', address: `fd99:${number}::1`, prefix: 64 },
        { name: 'mv0', address: `10.97.${number}.1`, prefix: 24 },
      ],
      routes: [],
    },
  };
}
