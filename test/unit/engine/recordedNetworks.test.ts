/** Exact fields of the recorded networks, events, swarm and `/version` of all seven engines. */
import { describe, expect, it } from 'vitest';
import { decodeEngine, decodeKind } from '#engine/decodeEngine';
import { decodeEvent } from '#engine/decodeEvent';
import { decodeNetwork } from '#engine/decodeNetwork';
import { dockers, engines, podmans, recorded, recordedSnapshot, recordedText } from './recorded.ts';

describe.each(engines)('recorded networks of %s', (engine) => {
  const snapshot = recordedSnapshot(engine);

  it('kind and versions', () => {
    const spec = { id: 'x', label: 'x', url: 'unix:///x', source: 'socket' } as const;
    expect(decodeKind(recorded(engine, 'version.json'))).toBe(engine.split('-')[0]);
    const decoded = decodeEngine(recorded(engine, 'version.json'), undefined, spec, 'linux');
    expect(decoded.version.startsWith(engine.split('-')[1] ?? '?')).toBe(true);
    expect(decoded).toMatchObject({ name: 'x', endpoint: 'unix:///x', where: 'unknown' });
    expect(decoded.apiVersion).toMatch(/^1\.\d+$/);
  });

  it('driver, subnet, gateway, flags', () => {
    expect(snapshot.network('front')).toMatchObject({
      driver: 'bridge',
      scope: 'local',
      internal: false,
      builtIn: false,
      resolvesNames: true,
      ipv6: false,
      ipam: [{ subnet: '192.168.100.0/24', gateway: '192.168.100.254' }],
      labels: { 'com.docker.compose.project': 'shop' },
    });
    expect(snapshot.network('inner').internal).toBe(true);
    expect(snapshot.network('dual')).toMatchObject({
      ipv6: true,
      ipam: [
        { subnet: '172.30.0.0/16', gateway: '172.30.0.1' },
        { subnet: 'fd00:30::/64', gateway: 'fd00:30::1' },
      ],
    });
    const names = snapshot.networks.map((network) => network.name);
    expect(names).toEqual([...names].sort());
    expect(snapshot.network(snapshot.kind === 'docker' ? 'bridge' : 'podman')).toMatchObject({
      builtIn: true,
      resolvesNames: false,
      driver: 'bridge',
    });
  });

  it('inspect says what the list said', () => {
    for (const name of ['front', 'back', 'inner', 'dual'])
      expect(decodeNetwork(recorded(engine, `net_${name}.json`), snapshot.kind)).toEqual(snapshot.network(name));
    const usual = decodeNetwork(recorded(engine, 'net_bridge.json'), snapshot.kind);
    expect(usual).toEqual(snapshot.network(usual?.name ?? ''));
  });

  it('every recorded event is decoded or known to be silent', () => {
    const lines = recordedText(engine, 'events.jsonl')
      .split('\n')
      .filter((line) => line.includes('"Action"'));
    const events = lines.map(decodeEvent).filter((event) => event !== undefined);
    expect(events.some((event) => /^exec|^attach|^kill$|^init$/.test(event.action))).toBe(false);
    expect(events.every((event) => /^\d{19}$/.test(event.time))).toBe(true);
    expect(events.some((event) => event.action === 'remove')).toBe(false);
    const actions = new Set(events.filter((event) => event.type === 'container').map((event) => event.action));
    for (const action of ['create', 'start', 'die', 'rename', 'pause', 'unpause', 'destroy'])
      expect(actions).toContain(action);
    const connects = events.filter((event) => event.type === 'network' && event.action === 'connect');
    expect(connects.length).toBeGreaterThan(0);
    for (const connect of connects) expect(connect.container).toMatch(/^[0-9a-f]{64}$/);
    if (snapshot.kind === 'docker') for (const connect of connects) expect(connect.id).toMatch(/^[0-9a-z]{25,64}$/);
    else for (const connect of connects) expect(connect.id).toBe('');
  });
});

describe.each(dockers)('what only Docker has: %s', (engine) => {
  const snapshot = recordedSnapshot(engine);

  it('bridge devices, icc, ranges, reserved addresses, options', () => {
    expect(snapshot.network('bridge').bridgeName).toBe('docker0');
    expect(snapshot.network('front').bridgeName).toBe(`br-${snapshot.network('front').id.slice(0, 12)}`);
    expect(snapshot.network('noicc')).toMatchObject({ interContainer: false });
    expect(snapshot.network('noicc').bridgeName).toMatch(/^br-noicc\d\d$/);
    expect(snapshot.network('ranged').ipam).toEqual([
      { subnet: '172.31.0.0/16', gateway: '172.31.0.1', ipRange: '172.31.5.0/24', reserved: { nas: '172.31.5.9' } },
    ]);
    expect(snapshot.network('mvlan')).toMatchObject({
      driver: 'macvlan',
      options: { parent: 'lan0' },
      resolvesNames: true,
    });
    expect(snapshot.network('mvlan').bridgeName).toBeUndefined();
    expect(snapshot.network('ipvl')).toMatchObject({ driver: 'ipvlan', options: { parent: 'lan0' } });
  });

  it('host and none have no subnets, whether the engine says [] or null', () => {
    for (const name of ['host', 'none'])
      expect(snapshot.network(name)).toMatchObject({ ipam: [], builtIn: true, resolvesNames: false });
  });

  it('swarm: ingress, labels null in lists, peers in the verbose inspect', () => {
    expect(snapshot.network('ingress')).toMatchObject({ ingress: true, builtIn: true, scope: 'swarm', labels: {} });
    expect(snapshot.network('ov1')).toMatchObject({ attachable: true, driver: 'overlay', resolvesNames: true });
    expect(snapshot.network('docker_gwbridge')).toMatchObject({
      builtIn: true,
      resolvesNames: false,
      interContainer: false,
    });
    const verbose = decodeNetwork(recorded(engine, 'netv_ov1.json'), 'docker');
    expect(verbose?.peers).toHaveLength(1);
    expect(verbose?.peers?.[0]?.address).toMatch(/^10\.99\./);
  });
});

describe.each(podmans)('what Podman lacks: %s', (engine) => {
  const snapshot = recordedSnapshot(engine);

  it('host and none networks, options, ranges, names on macvlan', () => {
    expect(snapshot.networks.some((network) => network.name === 'host' || network.name === 'none')).toBe(false);
    expect(snapshot.network('noicc')).toMatchObject({ options: {}, interContainer: true });
    expect(snapshot.network('ranged').ipam).toEqual([{ subnet: '172.31.0.0/16', gateway: '172.31.0.1' }]);
    expect(snapshot.network('mvlan')).toMatchObject({ resolvesNames: false, options: {} });
    expect(snapshot.network('front').bridgeName).toBeUndefined();
  });
});
