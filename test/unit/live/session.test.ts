import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '#engine/errors';
import { container, network } from './fakeEngine.ts';
import { rest, start } from './startSession.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('two stages', () => {
  it('fills the snapshot with one listing, then inspects each container once, eight at a time', async () => {
    const { engine, session, changes } = start(30);
    session.need();
    await rest();
    expect(changes[0]?.snapshot.complete).toBe(false);
    expect(changes[0]?.snapshot.containers).toHaveLength(30);
    expect(changes[0]?.all).toBe(true);
    expect(session.snapshot?.complete).toBe(true);
    expect(session.state.kind).toBe('live');
    expect(engine.count('list')).toBe(1);
    expect(engine.count('describe')).toBe(1);
    expect(engine.count('container')).toBe(30);
    expect(engine.mostAtOnce).toBeLessThanOrEqual(8);
    session.dispose();
  });

  it('asks nothing while nobody needs it, and keeps the last picture', async () => {
    const { engine, session } = start(3);
    await rest(60_000);
    expect(engine.connections).toBe(0);
    const need = session.need();
    await rest();
    need.dispose();
    await rest();
    expect(engine.openStreams).toBe(0);
    expect(session.state.kind).toBe('idle');
    engine.asked = [];
    engine.emit('container', 'start', 'c1');
    await session.look();
    await rest(60_000);
    expect(engine.requests).toEqual([]);
    expect(session.snapshot?.containers).toHaveLength(3);
    session.dispose();
  });

  it('asks nothing in an idle minute', async () => {
    const { engine, session } = start(3);
    session.need();
    await rest();
    engine.asked = [];
    await rest(60_000);
    expect(engine.requests).toEqual([]);
    session.dispose();
  });

  it('reads the lists for a one-off question and rejects when the engine cannot be asked', async () => {
    const { engine, session } = start(3);
    const asked = session.complete();
    await rest(100);
    expect((await asked).complete).toBe(true);
    await rest();
    engine.down = new EngineError('refused', 'no');
    const failing = expect(session.listed()).rejects.toMatchObject({ kind: 'refused' });
    await rest(100);
    await failing;
    session.dispose();
  });
});

describe('events', () => {
  it('re-reads only what an event names, and leaves every other object as it was', async () => {
    const { engine, session, changes, named } = start(20);
    session.need();
    await rest();
    engine.asked = [];
    changes.length = 0;
    const before = session.snapshot!;
    engine.containers.set('c7', container('c7', 'renamed'));
    engine.emit('container', 'rename', 'c7');
    engine.emit('container', 'rename', 'c7');
    await rest();
    expect(engine.requests).toEqual(['container c7']);
    expect(changes).toHaveLength(1);
    expect([...changes[0]!.containers]).toEqual(['c7']);
    expect(changes[0]!.all).toBe(false);
    expect(named('c7')?.name).toBe('renamed');
    expect(session.snapshot?.networks).toBe(before.networks);
    for (const old of before.containers) if (old.id !== 'c7') expect(named(old.id)).toBe(old);
    session.dispose();
  });

  it('publishes nothing when the object says the same', async () => {
    const { engine, session, changes } = start(5);
    session.need();
    await rest();
    changes.length = 0;
    engine.emit('container', 'update', 'c1');
    await rest();
    expect(changes).toEqual([]);
    session.dispose();
  });

  it('takes in a new container, a new network and their removal', async () => {
    const { engine, session } = start(2);
    session.need();
    await rest();
    engine.asked = [];
    engine.networks.set('n2', network('n2'));
    engine.emit('network', 'create', 'n2');
    engine.containers.set('new', container('new', 'a-new'));
    engine.emit('container', 'create', 'new');
    await rest();
    expect(session.snapshot?.containers.map(({ name }) => name)).toEqual(['a-new', 'c0', 'c1']);
    expect(session.snapshot?.networks.map(({ name }) => name)).toEqual(['n1', 'n2']);
    expect([...engine.requests].sort()).toEqual(['container new', 'network n2']);
    engine.networks.delete('n2');
    engine.containers.delete('new');
    engine.emit('network', 'destroy', 'n2');
    engine.emit('container', 'destroy', 'new');
    await rest();
    expect(session.snapshot?.containers.map(({ name }) => name)).toEqual(['c0', 'c1']);
    expect(session.snapshot?.networks.map(({ name }) => name)).toEqual(['n1']);
    session.dispose();
  });

  it('asks a bounded number of requests in a storm of 2,000 events', async () => {
    const { engine, session, changes } = start(60);
    session.need();
    await rest();
    engine.asked = [];
    changes.length = 0;
    for (let index = 0; index < 2_000; index += 1) {
      engine.emit('container', 'start', `c${index % 60}`);
      if (index % 2 === 0) await vi.advanceTimersByTimeAsync(1);
    }
    await rest();
    expect(engine.requests.length).toBeLessThanOrEqual(60 * 8);
    expect(changes.length).toBeLessThanOrEqual(8);
    session.dispose();
  });
});

describe('silent changes', () => {
  it('finds by a look what no event told, and inspects only that', async () => {
    const { engine, session, changes, named } = start(10);
    session.need();
    await rest();
    engine.asked = [];
    changes.length = 0;
    const quiet = session.look();
    await rest();
    await quiet;
    expect(engine.requests).toEqual(['list']);
    expect(changes).toEqual([]);
    const changed = container('c4', 'c4', { endpoints: [{ networkId: 'n1', network: 'n1', staticIp: true }] });
    engine.containers.set('c4', changed);
    const look = session.look();
    await rest();
    await look;
    expect(named('c4')).toEqual(changed);
    expect(engine.requests).toEqual(['list', 'list', 'container c4']);
    expect([...changes[0]!.containers]).toEqual(['c4']);
    session.dispose();
  });

  it('does not inspect again at a look what an event already told', async () => {
    const { engine, session } = start(10);
    session.need();
    await rest();
    engine.containers.set('c4', container('c4', 'other'));
    engine.emit('container', 'rename', 'c4');
    await rest();
    engine.asked = [];
    const look = session.look();
    await rest();
    await look;
    expect(engine.requests).toEqual(['list']);
    session.dispose();
  });

  it('lists again when a container names a network nobody told of, once', async () => {
    const { engine, session } = start(2);
    session.need();
    await rest();
    engine.asked = [];
    engine.networks.set('n9', network('n9'));
    engine.containers.set(
      'c1',
      container('c1', 'c1', { endpoints: [{ networkId: 'n9', network: 'n9', staticIp: false }] }),
    );
    engine.emit('container', 'start', 'c1');
    await rest();
    expect(session.snapshot?.networks.map(({ id }) => id)).toEqual(['n1', 'n9']);
    expect(engine.count('list')).toBe(1);
    session.dispose();
  });
});

describe('the host the engine runs on', () => {
  it('lays veths over what was read only, and keeps them through lists', async () => {
    const { engine, session, changes, named } = start(5);
    engine.host = { addresses: [], routes: [] };
    session.need();
    await rest();
    expect(session.snapshot?.engine.where).toBe('this-host');
    expect(named('c3')?.endpoints[0]?.veth).toBe('veth-c3');
    engine.asked = [];
    changes.length = 0;
    engine.host = { addresses: [{ name: 'eth0', address: '10.0.0.1', prefix: 24 }], routes: [] };
    engine.emit('container', 'restart', 'c3');
    await rest();
    expect(engine.asked).toEqual(['container c3', 'host c3']);
    // The new address of the host is told, and no row is said to have changed.
    expect(changes.map(({ all, containers }) => [all, containers.size])).toEqual([[false, 0]]);
    expect(session.snapshot?.host?.addresses).toHaveLength(1);
    const look = session.look();
    await rest();
    await look;
    expect(named('c3')?.endpoints[0]?.veth).toBe('veth-c3');
    expect(changes).toHaveLength(1);
    session.dispose();
  });
});
