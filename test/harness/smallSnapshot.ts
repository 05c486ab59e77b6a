/** A small engine that is always the same, with one of everything that a drawing tells apart: ids are names. */
import type { Container, Endpoint, Network, PublishedPort, Snapshot } from '#model/snapshot';

function network(id: string, subnet: string, more: Partial<Network> = {}): Network {
  return {
    id,
    name: id,
    driver: 'bridge',
    scope: 'local',
    internal: false,
    attachable: false,
    ingress: false,
    ipv6: false,
    builtIn: false,
    resolvesNames: true,
    interContainer: true,
    ipam: subnet === '' ? [] : [{ subnet, gateway: subnet.replace(/0\/\d+$/, '1') }],
    options: {},
    labels: {},
    created: '2026-01-01T00:00:00Z',
    ...more,
  };
}

function on(networkId: string, ipv4: string, more: Partial<Endpoint> = {}): Endpoint {
  return { networkId, network: networkId, ...(ipv4 === '' ? {} : { ipv4 }), staticIp: false, ...more };
}

function container(id: string, endpoints: readonly Endpoint[], more: Partial<Container> = {}): Container {
  return {
    id,
    name: id,
    image: `${id}:1`,
    state: 'running',
    mode: 'networks',
    endpoints,
    published: [],
    labels: {},
    complete: true,
    ...more,
  };
}

const port = (hostIp: string, hostPort: number, inside: number): PublishedPort => ({
  hostIp,
  hostPort,
  port: inside,
  protocol: 'tcp',
});

export const smallSnapshot: Snapshot = {
  engine: {
    kind: 'docker',
    name: 'docker-host',
    endpoint: 'unix:///var/run/docker.sock',
    version: '28.3.0',
    apiVersion: '1.51',
    where: 'this-host',
  },
  takenAt: 1_760_000_000_000,
  complete: true,
  networks: [
    network('bridge', '172.17.0.0/16', { builtIn: true, resolvesNames: false }),
    network('host', '', { builtIn: true, driver: 'host', resolvesNames: false }),
    network('none', '', { builtIn: true, driver: 'null', resolvesNames: false }),
    network('front', '172.20.0.0/24'),
    network('back', '172.21.0.0/24'),
    network('vault', '172.22.0.0/24', { internal: true }),
  ],
  containers: [
    container('web', [on('front', '172.20.0.2'), on('back', '172.21.0.2')], {
      published: [port('0.0.0.0', 8080, 80), port('::', 8080, 80)],
    }),
    container('db', [on('back', '172.21.0.3', { staticIp: true, configuredIpv4: '172.21.0.3' })], {
      published: [port('127.0.0.1', 5432, 5432)],
    }),
    container('helper', [], { mode: 'container', sharesWith: 'db' }),
    container('alone', [on('bridge', '172.17.0.2')], { health: 'unhealthy' }),
    container('secret', [on('vault', '172.22.0.2')], { published: [port('0.0.0.0', 9000, 9000)] }),
    container('old', [on('front', '')], { state: 'exited' }),
    container('metrics', [], { mode: 'host', exposed: [{ port: 9100, protocol: 'tcp' }] }),
    container('island', [], { mode: 'none' }),
  ],
};
