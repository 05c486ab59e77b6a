/** The engine that the corpus of references is read against: a shop on two networks, and one old container. */
import type { Container, Endpoint, Network, PublishedPort, Snapshot } from '#model/snapshot';

const network = (id: string, subnets: readonly [string, string][], more: Partial<Network> = {}): Network => ({
  id,
  name: id,
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: subnets.length > 1,
  ipam: subnets.map(([subnet, gateway]) => ({ subnet, gateway })),
  builtIn: false,
  resolvesNames: true,
  interContainer: true,
  options: {},
  labels: {},
  created: '',
  ...more,
});

const on = (id: string, ipv4: string, ...aliases: string[]): Endpoint => ({
  networkId: id,
  network: id,
  ipv4,
  staticIp: false,
  aliases,
  dnsNames: aliases,
});

const container = (
  name: string,
  endpoints: readonly Endpoint[],
  published: readonly PublishedPort[] = [],
): Container => ({
  id: name.padEnd(64, '0'),
  name,
  image: `${name}:1`,
  state: 'running',
  mode: 'networks',
  endpoints,
  published,
  compose: { project: 'shop', service: name },
  labels: {},
  complete: true,
});

const port = (hostPort: number, to: number, hostIp = '0.0.0.0'): PublishedPort => ({
  hostIp,
  hostPort,
  port: to,
  protocol: 'tcp',
});

export const corpusSnapshot: Snapshot = {
  engine: {
    name: 'corpus',
    endpoint: 'unix:///corpus.sock',
    kind: 'docker',
    version: '28.0.0',
    apiVersion: '1.48',
    where: 'this-host',
  },
  takenAt: 0,
  complete: true,
  networks: [
    network('back', [['10.0.3.0/24', '10.0.3.1']]),
    network('bridge', [['172.17.0.0/16', '172.17.0.1']], { builtIn: true, resolvesNames: false }),
    network('shop_default', [
      ['172.20.0.0/16', '172.20.0.1'],
      ['fd00:5::/64', 'fd00:5::1'],
    ]),
  ],
  containers: [
    container('api', [{ ...on('shop_default', '172.20.0.6', 'api'), ipv6: 'fd00:5::6' }], [port(3000, 3000)]),
    container('broker', [on('back', '10.0.3.20', 'broker', 'kafka')], [port(29_092, 29_092)]),
    container('cache', [on('shop_default', '172.20.0.3', 'cache')]),
    container(
      'db',
      [on('shop_default', '172.20.0.2', 'db'), on('back', '10.0.3.7', 'db')],
      [port(5432, 5432, '127.0.0.1')],
    ),
    container('legacy', [on('bridge', '172.17.0.2')], [port(8081, 80)]),
    container('web', [on('shop_default', '172.20.0.5', 'web', 'www')], [port(8080, 80)]),
  ],
};
