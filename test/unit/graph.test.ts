import { describe, expect, it } from 'vitest';
import { randomSnapshot } from '#harness/randomSnapshot';
import type { Container, Network, Snapshot } from '#model/snapshot';
import { filterSnapshot, search } from '#model/topology/filter';
import { buildGraph, shortGateway } from '#model/topology/graph';
import { plugsOf } from '#model/topology/plugs';
import { relatedKeys } from '#model/topology/related';
import { shorten, tableMeasure } from '#model/topology/widths';

const network = (id: string, more: Partial<Network> = {}): Network => ({
  id,
  name: id,
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
  created: '2026-01-01T00:00:00Z',
  ...more,
});

const container = (id: string, on: readonly string[], more: Partial<Container> = {}): Container => ({
  id,
  name: id,
  image: 'busybox',
  state: 'running',
  mode: 'networks',
  endpoints: on.map((networkId) => ({ networkId, network: networkId, ipv4: '10.0.0.2', staticIp: false })),
  published: [],
  labels: {},
  complete: true,
  ...more,
});

const snapshot = (networks: readonly Network[], containers: readonly Container[]): Snapshot => ({
  ...randomSnapshot(1),
  networks,
  containers,
});

describe('graph', () => {
  it('orders shared networks first, then projects with internal ones last, then others, then built-in ones', () => {
    const label = (project: string) => ({ labels: { 'com.docker.compose.project': project } });
    const graph = buildGraph(
      snapshot(
        [
          network('none', { driver: 'null', builtIn: true }),
          network('bridge', { builtIn: true }),
          network('back', { internal: true, ...label('shop') }),
          network('front', label('shop')),
          network('alone'),
          network('proxy'),
        ],
        [
          container('one', ['proxy', 'front'], { compose: { project: 'shop', service: 'one' } }),
          container('two', ['proxy'], { compose: { project: 'blog', service: 'two' } }),
        ],
      ),
    );
    expect(graph.networks.map((found) => found.id)).toEqual(['proxy', 'front', 'back', 'alone', 'bridge', 'none']);
    expect(graph.containers.get('one')?.railsHome.id).toBe('front');
    expect(graph.containers.get('two')?.mapHome.id).toBe('proxy');
  });

  it('nests sharers and stands alone where the owner is gone or the chain is a circle', () => {
    const shares = (id: string, owner: string) => container(id, [], { mode: 'container', sharesWith: owner });
    const graph = buildGraph(
      snapshot(
        [network('net')],
        [
          container('web', ['net']),
          shares('side', 'web'),
          shares('inner', 'side'),
          shares('lost', 'gone'),
          shares('a', 'b'),
          shares('b', 'a'),
        ],
      ),
    );
    expect(graph.roots.map((root) => root.id).sort()).toEqual(['a', 'b', 'lost', 'web']);
    expect(graph.containers.get('web')?.sharers.map((sharer) => sharer.id)).toEqual(['side']);
    expect(graph.containers.get('side')?.sharers.map((sharer) => sharer.id)).toEqual(['inner']);
  });

  it('gives six networks six hues and a seventh none of its neighbours', () => {
    const networks = Array.from({ length: 14 }, (_, index) => network(`n${String(index).padStart(2, '0')}`));
    const slots = buildGraph(snapshot(networks, [])).networks.map((found) => found.slot);
    expect(new Set(slots.slice(0, 6)).size).toBe(6);
    slots.forEach((slot, index) => {
      if (index > 0) expect(slot).not.toBe(slots[index - 1]);
    });
  });

  it('shortens a gateway to what follows the whole bytes of the prefix', () => {
    expect(shortGateway('192.168.100.0/24', '192.168.100.254')).toBe('.254');
    expect(shortGateway('172.20.0.0/16', '172.20.0.1')).toBe('.0.1');
    expect(shortGateway('10.0.0.0/20', '10.0.0.1')).toBe('.0.1');
    expect(shortGateway('fd00::/64', 'fd00::1')).toBe('fd00::1');
  });
});

describe('plugs', () => {
  const publish = (...hostIps: string[]) =>
    hostIps.map((hostIp) => ({ hostIp, hostPort: 80, port: 8_080, protocol: 'tcp' as const }));
  const exposureOf = (one: Container, networks: readonly Network[] = [network('net')]) =>
    plugsOf(one, new Map(networks.map((found) => [found.id, found]))).map((plug) => plug.exposure);

  it('join both families of a wildcard and tell loopback and single addresses apart', () => {
    expect(exposureOf(container('c', ['net'], { published: publish('0.0.0.0', '::') }))).toEqual(['all']);
    expect(exposureOf(container('c', ['net'], { published: publish('0.0.0.0') }))).toEqual(['ipv4']);
    expect(exposureOf(container('c', ['net'], { published: publish('127.0.0.1', '::1') }))).toEqual(['local']);
    expect(exposureOf(container('c', ['net'], { published: publish('192.168.1.5') }))).toEqual(['one']);
  });

  it('have no effect only when every network is closed', () => {
    const inner = network('inner', { internal: true });
    expect(exposureOf(container('c', ['inner'], { published: publish('0.0.0.0') }), [inner])).toEqual(['vain']);
    expect(
      exposureOf(container('c', ['inner', 'net'], { published: publish('0.0.0.0') }), [inner, network('net')]),
    ).toEqual(['ipv4']);
    expect(exposureOf(container('c', [], { mode: 'host', published: publish('0.0.0.0') }))).toEqual(['vain']);
  });
});

describe('related', () => {
  it('are networks, running members, ports and sharers, not what is stopped or elsewhere', () => {
    const graph = buildGraph(
      snapshot(
        [network('one'), network('two')],
        [
          container('web', ['one']),
          container('db', ['one']),
          container('off', ['one'], { state: 'exited' }),
          container('far', ['two']),
          container('side', [], { mode: 'container', sharesWith: 'web' }),
        ],
      ),
    );
    const related = relatedKeys(graph, 'container:web')!;
    expect([...related].filter((key) => !key.startsWith('ghost:')).sort()).toEqual([
      'container:db',
      'container:side',
      'container:web',
      'network:one',
    ]);
    expect(relatedKeys(graph, 'container:side')?.has('network:one')).toBe(true);
  });
});

describe('filter and search', () => {
  const all = snapshot(
    [network('one'), network('two', { driver: 'overlay' })],
    [
      container('web', ['one'], { published: [{ hostIp: '0.0.0.0', hostPort: 8_080, port: 80, protocol: 'tcp' }] }),
      container('off', ['two'], { state: 'exited' }),
      container('side', [], { mode: 'container', sharesWith: 'off' }),
    ],
  );

  it('keep what matches with its networks and owners', () => {
    const names = (filter: Parameters<typeof filterSnapshot>[1]) =>
      filterSnapshot(all, filter).containers.map((found) => found.id);
    expect(names({ runningOnly: true })).toEqual(['web', 'off', 'side']);
    expect(names({ driver: 'bridge' })).toEqual(['web']);
    expect(names({ network: 'two' })).toEqual(['off', 'side']);
    expect(filterSnapshot(all, {})).toBe(all);
  });

  it('find names and addresses by part, ports whole', () => {
    const graph = buildGraph(all);
    expect(search(graph, 'WE').has('container:web')).toBe(true);
    expect(search(graph, '10.0.0.2').has('container:web')).toBe(true);
    expect(search(graph, '8080').has('port:web:0.0.0.0:8080:80:tcp')).toBe(true);
    expect(search(graph, '808').size).toBe(0);
  });
});

describe('shorten', () => {
  it('cuts at the end, keeps six characters and makes control characters visible', () => {
    expect(shorten('short', 'name', 500, tableMeasure)).toBe('short');
    expect(shorten('a-very-long-name-indeed', 'name', 80, tableMeasure)).toMatch(/^a-very.*…$/);
    expect(shorten('abcdefghijkl', 'name', 1, tableMeasure)).toBe('abcdef…');
    expect(shorten('a\u202eb\n', 'name', 500, tableMeasure)).not.toMatch(/[\u202e\n]/);
    expect([...shorten('🐳🐳🐳🐳🐳🐳🐳🐳🐳', 'name', 1, tableMeasure)].slice(0, 6).join('')).toBe('🐳🐳🐳🐳🐳🐳');
  });
});
