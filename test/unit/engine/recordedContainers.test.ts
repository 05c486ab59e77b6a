/** Exact fields of the recorded containers of all seven engines: what ENGINES differ in is the same once decoded. */
import { describe, expect, it } from 'vitest';
import { dockers, engines, podmans, recordedSnapshot } from './recorded.ts';

const numbers = {
  'docker-20.10': 120,
  'docker-26': 126,
  'docker-28': 128,
  'podman-4.3': 143,
  'podman-5.4': 154,
  'podman-5.8': 158,
  'podman-6.1': 161,
};
/** The host port the recording used: the engine's number, then two digits. */
const hostPort = (engine: (typeof engines)[number], digits: number): number => numbers[engine] * 100 + digits;

describe.each(engines)('recorded containers of %s', (engine) => {
  const snapshot = recordedSnapshot(engine);
  const docker = snapshot.kind === 'docker';

  it('are completed, each once, sorted by name', () => {
    const names = snapshot.complete.map((container) => container.name);
    expect(names).toEqual([...names].sort());
    expect(new Set(snapshot.complete.map((container) => container.id)).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(30);
    expect(snapshot.listed.every((container) => !container.complete && container.exposed === undefined)).toBe(true);
    expect(snapshot.listed.flatMap((container) => container.endpoints).every((one) => one.aliases === undefined)).toBe(
      true,
    );
  });

  it('name, address, gateway and static address of one on a user bridge', () => {
    const web = snapshot.one('web');
    const front = snapshot.network('front');
    expect(web.state).toBe('running');
    expect(web.mode).toBe('networks');
    expect(web.compose).toEqual({ project: 'shop', service: 'web' });
    expect(web.endpoints).toHaveLength(1);
    expect(web.endpoints[0]).toMatchObject({
      networkId: front.id,
      network: 'front',
      ipv4: '192.168.100.100',
      ipv4Prefix: 24,
      gateway: '192.168.100.254',
      // Podman gives null for IPAMConfig, even in inspect.
      staticIp: docker,
      aliases: [],
      dnsNames: ['web', web.id.slice(0, 12)],
    });
    expect(web.endpoints[0]?.mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
    expect(web.endpoints[0]).not.toHaveProperty('configuredIpv4');
    expect(web.endpoints[0]?.gatewayPriority).toBe(engine === 'docker-28' ? 0 : undefined);
  });

  it('aliases and DNS names apart, on each network its own', () => {
    const multi = snapshot.one('multi');
    const id = multi.id.slice(0, 12);
    // Podman 4.3 does not answer the hostname.
    const hostname = engine === 'podman-4.3' ? [] : ['multihost'];
    expect(multi.endpoints.map((one) => [one.network, one.aliases, one.dnsNames])).toEqual([
      ['back', ['api-back', 'svc'], ['multi', 'api-back', 'svc', id, ...hostname]],
      ['front', ['api'], ['multi', 'api', id, ...hostname]],
    ]);
    expect(multi.hostname).toBe('multihost');
  });

  it('published ports: fixed, random, ranges, UDP, one address, both families', () => {
    const both = (at: number, port: number, protocol: 'tcp' | 'udp' = 'tcp') =>
      (docker ? ['0.0.0.0', '::'] : ['0.0.0.0']).map((hostIp) => ({
        hostIp,
        hostPort: hostPort(engine, at),
        port,
        protocol,
      }));
    expect(snapshot.one('web').published).toEqual(both(0, 80));
    expect(snapshot.one('range1').published).toEqual([...both(10, 8000), ...both(11, 8001), ...both(12, 8002)]);
    expect(snapshot.one('udp1').published).toEqual([...both(1, 53), ...both(1, 53, 'udp')]);
    const [fixed, random, ...others] = snapshot.one('local1').published;
    expect(fixed).toEqual({ hostIp: '127.0.0.1', hostPort: hostPort(engine, 2), port: 80, protocol: 'tcp' });
    expect(random).toMatchObject({ hostIp: '127.0.0.1', port: 81 });
    expect(random?.hostPort).toBeGreaterThan(1024);
    expect(others).toEqual([]);
    expect(snapshot.one('range1').exposed?.map((one) => one.port)).toEqual([80, 8000, 8001, 8002]);
  });

  it('a stopped container keeps its network, its static address to be and the ports it will bind', () => {
    const stopped = snapshot.one('stopped1');
    expect(stopped.state).toBe('exited');
    expect(stopped.endpoints).toHaveLength(1);
    const [endpoint] = stopped.endpoints;
    expect(endpoint).toMatchObject({ networkId: snapshot.network('front').id, network: 'front', aliases: ['st'] });
    for (const gone of ['ipv4', 'ipv4Prefix', 'mac', 'gateway']) expect(endpoint).not.toHaveProperty(gone);
    expect(endpoint?.configuredIpv4).toBe(docker ? '192.168.100.77' : undefined);
    expect(stopped.published).toEqual([
      { hostIp: '0.0.0.0', hostPort: hostPort(engine, 7), port: 80, protocol: 'tcp' },
    ]);
  });

  it('one created and never started is joined to its network by name', () => {
    const created = snapshot.one('created1');
    expect(created.state).toBe('created');
    expect(created.endpoints.map((one) => one.networkId)).toEqual([snapshot.network('back').id]);
    expect(snapshot.listedOne('created1').endpoints.map((one) => one.networkId)).toEqual([snapshot.network('back').id]);
    expect(created.endpoints[0]?.aliases).toEqual(['cr']);
    expect(created.published).toHaveLength(1);
  });

  it('host, none, and a container whose last network was taken', () => {
    expect(snapshot.one('host1').mode).toBe('host');
    expect(snapshot.one('none1').mode).toBe('none');
    expect(snapshot.one('nonetd')).toMatchObject({ mode: 'networks', endpoints: [], published: [] });
    // Podman has no such networks, Docker has.
    expect(snapshot.one('host1').endpoints.map((one) => one.network)).toEqual(docker ? ['host'] : []);
    expect(snapshot.one('none1').endpoints.map((one) => one.network)).toEqual(docker ? ['none'] : []);
    // Podman 4.3 drops what a host-mode container exposes.
    expect(snapshot.one('host1').exposed?.map((one) => one.port)).toEqual(engine === 'podman-4.3' ? [] : [80, 7777]);
  });

  it.each(['share1', 'createdshare'])(
    '%s shares the namespace of web and has nothing of its own, in the list already',
    (name) => {
      const expected = { mode: 'container', sharesWith: snapshot.one('web').id, endpoints: [], published: [] };
      expect(snapshot.listedOne(name)).toMatchObject(expected);
      expect(snapshot.one(name)).toMatchObject(expected);
    },
  );

  it('addresses of both families', () => {
    expect(snapshot.one('dual1').endpoints[0]).toMatchObject({
      ipv4: '172.30.0.50',
      ipv4Prefix: 16,
      ipv6: 'fd00:30::50',
      ipv6Prefix: 64,
      gateway: '172.30.0.1',
      ipv6Gateway: 'fd00:30::1',
    });
  });

  it('what was published on an internal network stays visible', () => {
    expect(snapshot.one('int1').published).toEqual([
      { hostIp: '0.0.0.0', hostPort: hostPort(engine, 50), port: 80, protocol: 'tcp' },
    ]);
  });

  it('the default bridge resolves no names', () => {
    const plain = snapshot.one('rnd');
    expect(plain.endpoints).toHaveLength(1);
    expect(plain.endpoints[0]).toMatchObject({ network: docker ? 'bridge' : 'podman', aliases: [], dnsNames: [] });
    expect(snapshot.networks.find((network) => network.id === plain.endpoints[0]?.networkId)?.builtIn).toBe(true);
    // Podman 4.3 does not tell `-P`.
    expect(plain.publishAll).toBe(engine !== 'podman-4.3');
  });
});

describe.each(dockers)('what only Docker has: %s', (engine) => {
  const snapshot = recordedSnapshot(engine);

  it('links: the name is the one with a single slash, the alias is the link’s', () => {
    expect(snapshot.one('rnd').name).toBe('rnd');
    expect(snapshot.one('legacy').links).toEqual([{ container: 'rnd', alias: 'rndalias' }]);
    expect(snapshot.one('ulink').links).toEqual([{ container: 'db', alias: 'mydb' }]);
  });

  it('a stopped container of a removed network keeps the dead network, on which nothing resolves', () => {
    const [endpoint] = snapshot.one('orphan').endpoints;
    expect(endpoint?.network).toBe('doomed');
    expect(endpoint?.networkId).toMatch(/^[0-9a-f]{64}$/);
    expect(snapshot.networks.some((network) => network.id === endpoint?.networkId)).toBe(false);
    expect(endpoint?.dnsNames).toEqual([]);
  });

  it('restarting: no address for the moment', () => {
    const loop = snapshot.one('crashloop');
    expect(loop.state).toBe('restarting');
    expect(loop.endpoints).toHaveLength(1);
    expect(loop.endpoints[0]?.ipv4).toBeUndefined();
  });

  it('health from the text of Status', () => {
    expect(snapshot.listedOne('health1').health).toBe('healthy');
    expect(snapshot.listedOne('sick1').health).toBe('unhealthy');
    expect(snapshot.listedOne('web').health).toBeUndefined();
    expect(snapshot.listedOne('paused1').state).toBe('paused');
  });

  it('on a swarm network nobody asked for an address', () => {
    expect(snapshot.one('ovc').endpoints[0]).toMatchObject({ network: 'ov1', ipv4: '10.77.0.2', staticIp: false });
    const tasks = snapshot.complete.filter((container) => container.name.startsWith('svc1.'));
    expect(tasks).toHaveLength(2);
    for (const task of tasks) {
      expect(task.endpoints.map((one) => one.network)).toEqual(['ingress', 'ov1']);
      expect(task.endpoints.some((one) => one.staticIp)).toBe(false);
      expect(task.endpoints[0]?.dnsNames).toEqual([]);
      // The routing mesh's port is the service's, not the task's.
      expect(task.published).toEqual([]);
    }
  });
});

describe('what single versions have', () => {
  it('28: a gateway priority, and a port without host port in routed mode', () => {
    const snapshot = recordedSnapshot('docker-28');
    expect(snapshot.one('gw2').endpoints.map((one) => [one.network, one.gatewayPriority])).toEqual([
      ['back', 100],
      ['front', 0],
    ]);
    const routed = snapshot.one('gm-routed').published;
    expect(routed.find((one) => one.hostIp === '0.0.0.0')?.hostPort).toBe(0);
    expect(snapshot.listedOne('gm-routed').published.find((one) => one.hostIp === '0.0.0.0')?.hostPort).toBe(0);
  });

  it('20.10 and 26: the two families may have different random ports', () => {
    const ports = recordedSnapshot('docker-20.10')
      .one('randhost')
      .published.map((one) => one.hostPort);
    expect(new Set(ports).size).toBe(2);
  });

  it.each(podmans)('%s: no DNS on macvlan', (engine) => {
    expect(recordedSnapshot(engine).one('mv1').endpoints[0]?.dnsNames).toEqual([]);
  });
});
