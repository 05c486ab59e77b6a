/** Hostile and broken answers: nothing throws, and nothing comes out that did not go in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeContainer, decodeContainers } from '#engine/decodeContainer';
import { NetworkIndex } from '#engine/decodeEndpoint';
import { decodeEngine } from '#engine/decodeEngine';
import { decodeEvent } from '#engine/decodeEvent';
import { decodeNetwork, decodeNetworks } from '#engine/decodeNetwork';
import { decodeServices } from '#engine/decodeService';
import { engines, recorded } from './recorded.ts';

const names = [
  '<img src=x onerror=alert(1)>',
  '[x](command:evil)',
  '🐳🌐',
  '\u202e\u2067drowssap',
  'שלום',
  '네트워크',
  'n'.repeat(4096),
  '__proto__',
  'constructor',
  'a\nb\u0000c',
  '',
];
const kinds = ['docker', 'podman'] as const;
const id = (seed: number): string => seed.toString(16).padStart(64, '0');

/** A value with some parts replaced by null, left out, or of another type. */
function damaged(value: unknown): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(null, undefined, '', 0, -1, [], {}, true, 'x', [null], { a: null }, 1e99);
  if (Array.isArray(value))
    return fc.tuple(
      ...value
        .slice(0, 4)
        .map((item) => fc.oneof({ weight: 9, arbitrary: damaged(item) }, { weight: 1, arbitrary: odd })),
    );
  if (typeof value !== 'object' || value === null)
    return fc.oneof({ weight: 8, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: odd });
  return fc.record(
    Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        fc.oneof({ weight: 9, arbitrary: damaged(item) }, { weight: 1, arbitrary: odd }),
      ]),
    ),
    { requiredKeys: [] },
  );
}

describe('answers with absent, null and mistyped parts', () => {
  it.each(engines)('lists and inspects of %s never throw', (engine) => {
    const kind = engine.startsWith('docker') ? 'docker' : 'podman';
    const answers = fc.record({
      networks: damaged(recorded(engine, 'networks.json')),
      containers: damaged(recorded(engine, 'containers.json')),
      inspect: damaged(recorded(engine, 'ctr_multi.json')),
    });
    fc.assert(
      fc.property(answers, ({ networks: rawNetworks, containers, inspect }) => {
        const networks = decodeNetworks(rawNetworks, kind);
        const index = new NetworkIndex(networks, kind);
        for (const container of decodeContainers(containers, kind, networks)) {
          const complete = completeContainer(inspect, container, kind, index);
          expect(complete.id).toBe(container.id);
          expect(complete.complete).toBe(true);
          expect(JSON.parse(JSON.stringify(complete))).toEqual(complete);
        }
      }),
      { numRuns: 60, seed: 20 },
    );
  });

  it('anything at all never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.constantFrom(...kinds), (one, other, kind) => {
        const networks = decodeNetworks(one, kind);
        decodeContainers(other, kind, networks);
        decodeNetwork(other, kind);
        decodeServices(one, other, one, undefined);
        decodeEngine(one, other, { id: 'x', label: 'x', url: 'unix:///x', source: 'socket' }, 'linux');
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('event lines: any text, any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        decodeEvent(line);
      }),
      { numRuns: 300, seed: 9 },
    );
  });
});

describe('names as they are', () => {
  it.each(names)('network and container named %j', (name) => {
    for (const kind of kinds) {
      const rawNetwork = {
        Id: id(1),
        Name: name,
        Driver: 'vendor/driver:latest',
        Labels: { [name]: name },
        IPAM: { Config: [{ Subnet: name }] },
      };
      const [network] = decodeNetworks([rawNetwork], kind);
      expect(network?.name).toBe(name);
      expect(network?.driver).toBe('vendor/driver:latest');
      expect(Object.entries(network?.labels ?? {})).toEqual([[name, name]]);
      if (!network) throw new Error('no network');
      const raw = {
        Id: id(2),
        Names: [`/${name}`],
        State: 'running',
        Labels: { [name]: name },
        NetworkSettings: { Networks: { [name]: { NetworkID: id(1), IPAddress: '10.0.0.2', Aliases: [name] } } },
      };
      const [container] = decodeContainers([raw], kind, [network]);
      expect(container?.name).toBe(name.includes('/') ? container?.name : name === '' ? id(2).slice(0, 12) : name);
      // `__proto__` as a key in JSON is a key; written here as a literal it is one too, for it is computed.
      expect(container?.endpoints.map((one) => [one.network, one.ipv4])).toEqual([[name, '10.0.0.2']]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
  });

  it('a driver and a state nobody has heard of', () => {
    const [network] = decodeNetworks([{ Id: id(1), Name: 'n', Driver: 'weave' }], 'docker');
    expect(network).toMatchObject({ driver: 'weave', resolvesNames: true, builtIn: false, ipam: [] });
    const [container] = decodeContainers([{ Id: id(2), State: 'hibernating' }], 'docker', []);
    expect(container).toMatchObject({ state: 'exited', name: id(2).slice(0, 12), endpoints: [] });
  });
});

describe('shapes', () => {
  const container = (networks: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    Id: id(9),
    Names: ['/c'],
    State: 'running',
    ...more,
    NetworkSettings: { Networks: networks },
  });

  it('two networks of one name (Docker 20.10): ids tell them apart, a name alone does not', () => {
    const networks = decodeNetworks(
      [
        { Id: id(1), Name: 'twin', Driver: 'bridge' },
        { Id: id(2), Name: 'twin', Driver: 'bridge' },
      ],
      'docker',
    );
    expect(networks.map((network) => network.id)).toEqual([id(1), id(2)]);
    const [running] = decodeContainers(
      [container({ twin: { NetworkID: id(2), IPAddress: '10.0.0.2' } })],
      'docker',
      networks,
    );
    expect(running?.endpoints[0]?.networkId).toBe(id(2));
    const [created] = decodeContainers(
      [container({ twin: { NetworkID: '' } }, { State: 'created' })],
      'docker',
      networks,
    );
    expect(created?.endpoints[0]).toMatchObject({ networkId: '', network: 'twin' });
  });

  it('no networks at all, and a container on 30', () => {
    expect(decodeNetworks([], 'docker')).toEqual([]);
    expect(decodeContainers([container({})], 'docker', [])[0]?.endpoints).toEqual([]);
    const networks = decodeNetworks(
      Array.from({ length: 30 }, (_, n) => ({ Id: id(n + 1), Name: `n${n}`, Driver: 'bridge' })),
      'docker',
    );
    const joined = Object.fromEntries(
      networks.map((network, n) => [network.name, { NetworkID: network.id, IPAddress: `10.0.${n}.2` }]),
    );
    expect(decodeContainers([container(joined)], 'docker', networks)[0]?.endpoints).toHaveLength(30);
  });

  it('an exited container of an engine that was killed hard keeps IP and ports: not believed', () => {
    const raw = container(
      { n: { NetworkID: id(1), IPAddress: '10.0.0.2', MacAddress: '02:42:0a:00:00:02', Gateway: '10.0.0.1' } },
      { State: 'exited', Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }] },
    );
    const [exited] = decodeContainers([raw], 'docker', []);
    expect(exited?.published).toEqual([]);
    expect(exited?.endpoints[0]).toEqual({ networkId: id(1), network: 'n', staticIp: false });
  });

  it('a mode gone stale: endpoints are believed', () => {
    const mode = (networks: Record<string, unknown>, networkMode: string) =>
      decodeContainers([container(networks, { HostConfig: { NetworkMode: networkMode } })], 'docker', [])[0]?.mode;
    expect(mode({ back: { NetworkID: id(1) } }, 'none')).toBe('networks');
    expect(mode({ none: { NetworkID: id(1) } }, 'back')).toBe('none');
    expect(mode({}, 'back')).toBe('networks');
    expect(mode({ back: { NetworkID: id(1) } }, id(1))).toBe('networks');
    expect(mode({ bridge: { NetworkID: id(1) } }, 'default')).toBe('networks');
    expect(mode({}, 'host')).toBe('host');
  });

  it('a sharer whose owner is gone keeps the dangling id', () => {
    const raw = container({}, { HostConfig: { NetworkMode: `container:${id(77)}` } });
    expect(decodeContainers([raw], 'docker', [])[0]).toMatchObject({ mode: 'container', sharesWith: id(77) });
  });

  it('Docker 29 (API 1.52): no top-level address, empty host ports, SCTP', () => {
    const [listed] = decodeContainers([container({ n: { NetworkID: id(1), IPAddress: '10.0.0.2' } })], 'docker', []);
    if (!listed) throw new Error('no container');
    const complete = completeContainer(
      {
        Name: '/c',
        State: { Status: 'running' },
        Config: { ExposedPorts: { '80/tcp': {}, '90/sctp': {} } },
        HostConfig: {
          NetworkMode: 'n',
          PortBindings: { '80/tcp': [{ HostPort: '' }], '90/sctp': [{ HostIp: '::1', HostPort: '91' }] },
        },
        NetworkSettings: {
          Ports: {
            '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '32768' }],
            '90/sctp': [{ HostIp: '::1', HostPort: '91' }],
          },
          Networks: { n: { NetworkID: id(1), IPAddress: '10.0.0.2', DNSNames: ['c'] } },
        },
      },
      listed,
      'docker',
      new NetworkIndex([], 'docker'),
    );
    expect(complete.published).toEqual([
      { hostIp: '0.0.0.0', hostPort: 32768, port: 80, protocol: 'tcp' },
      { hostIp: '::1', hostPort: 91, port: 90, protocol: 'sctp' },
    ]);
    expect(complete.exposed).toEqual([
      { port: 80, protocol: 'tcp' },
      { port: 90, protocol: 'sctp' },
    ]);
    // Without status, id and from, which API 1.52 drops.
    expect(
      decodeEvent(
        `{"Type":"container","Action":"die","Actor":{"ID":"${id(9)}","Attributes":{"name":"c"}},"timeNano":1795472971153023936}`,
      ),
    ).toEqual({ type: 'container', action: 'die', id: id(9), name: 'c', time: '1795472971153023936' });
  });
});
