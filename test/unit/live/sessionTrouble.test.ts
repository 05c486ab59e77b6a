import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '#engine/errors';
import { container } from './fakeEngine.ts';
import { rest, start } from './startSession.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the order problem', () => {
  it('reads again what an event names while it is read', async () => {
    const { engine, session, named } = start(3);
    session.need();
    await rest();
    engine.holds = (request) => request === 'container c1';
    engine.containers.set('c1', container('c1', 'second'));
    engine.emit('container', 'rename', 'c1');
    await rest(100);
    // The answer under way holds the state of before.
    engine.containers.set('c1', container('c1', 'third'));
    engine.emit('container', 'rename', 'c1');
    await rest(100);
    engine.release();
    await rest();
    expect(named('c1')?.name).toBe('third');
    session.dispose();
  });

  it('does not let an inspect that answers late bring back a destroyed container', async () => {
    const { engine, session, named } = start(3);
    session.need();
    await rest();
    engine.holds = (request) => request === 'container c1';
    engine.emit('container', 'start', 'c1');
    await rest(100);
    engine.containers.delete('c1');
    engine.emit('container', 'destroy', 'c1');
    await rest(400);
    expect(named('c1')).toBeUndefined();
    engine.release();
    await rest();
    expect(named('c1')).toBeUndefined();
    expect(session.snapshot?.complete).toBe(true);
    session.dispose();
  });

  it('does not let a list that answers late bring back what was destroyed, or hide what was made', async () => {
    const { engine, session, named } = start(3);
    session.need();
    await rest();
    engine.holds = (request) => request === 'list';
    const look = session.look();
    await rest(100);
    engine.containers.delete('c1');
    engine.emit('container', 'destroy', 'c1');
    engine.networks.delete('n1');
    engine.emit('network', 'destroy', 'n1');
    engine.containers.set('new', container('new'));
    engine.emit('container', 'create', 'new');
    await rest(100);
    engine.release();
    await rest();
    await look;
    expect(named('c1')).toBeUndefined();
    expect(named('new')).toBeDefined();
    expect(session.snapshot?.networks).toEqual([]);
    session.dispose();
  });

  it('forgets a container that vanished between the event and the read', async () => {
    const { engine, session, named } = start(3);
    session.need();
    await rest();
    engine.containers.delete('c2');
    engine.emit('container', 'die', 'c2');
    await rest();
    expect(named('c2')).toBeUndefined();
    session.dispose();
  });

  it('asks for a list that failed because of one object once more', async () => {
    const { engine, session } = start(3);
    session.need();
    await rest();
    engine.holds = (request) => request === 'list';
    const look = session.look();
    await rest(10);
    engine.down = new EngineError('server', 'container vanished', 500);
    engine.release();
    await vi.advanceTimersByTimeAsync(0);
    engine.down = undefined;
    await rest();
    await look;
    expect(session.state.kind).toBe('live');
    expect(engine.count('list')).toBe(3);
    session.dispose();
  });

  it('tries an object that answers with an error once more, then stays live but not complete', async () => {
    const { engine, session } = start(3);
    engine.broken.set('c1', new EngineError('server', 'oops', 500));
    session.need();
    await rest();
    expect(engine.count('container c1')).toBe(2);
    expect(session.state.kind).toBe('live');
    expect(session.snapshot?.complete).toBe(false);
    const complete = expect(session.complete()).rejects.toMatchObject({ kind: 'server' });
    await rest();
    await complete;
    engine.broken.clear();
    engine.emit('container', 'start', 'c1');
    await rest();
    expect(session.snapshot?.complete).toBe(true);
    session.dispose();
  });
});

describe('offline', () => {
  it('keeps the last picture, backs off with doubling waits, and is live again without a click', async () => {
    const { engine, session } = start(4);
    session.need();
    await rest();
    const before = session.snapshot!;
    const states: string[] = [];
    session.onDidChangeState(({ kind }) => states.push(kind));
    engine.die();
    expect(session.state.kind).toBe('offline');
    expect(session.snapshot).toBe(before);
    const tries: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const { state } = session;
      if (state.kind !== 'offline') throw new Error(state.kind);
      const wait = state.problem.nextTry! - Date.now();
      tries.push(wait);
      await rest(wait);
    }
    expect(tries).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
    engine.down = undefined;
    engine.containers.delete('c3');
    await rest(5_100);
    expect(session.state.kind).toBe('live');
    expect(session.snapshot?.containers).toHaveLength(3);
    expect(session.snapshot?.complete).toBe(true);
    expect(states.filter((kind) => kind !== 'offline')).toEqual(['live']);
    // What the engine says as before is the same object as before.
    expect(session.snapshot?.containers[0]).toBe(before.containers[0]);
    session.dispose();
  });

  it('stops trying when nobody needs it, and tries at once when asked', async () => {
    const { engine, session } = start(1);
    engine.down = new EngineError('missing', 'ENOENT');
    const need = session.need();
    await rest(100);
    expect(session.state).toMatchObject({ kind: 'offline', problem: { kind: 'missing', detail: 'ENOENT' } });
    const connections = engine.connections;
    void session.retry();
    await rest(50);
    expect(engine.connections).toBe(connections + 1);
    need.dispose();
    await rest(100);
    const afterwards = engine.connections;
    await rest(60_000);
    expect(engine.connections).toBe(afterwards);
    expect(session.state.kind).toBe('idle');
    session.dispose();
  });

  it('goes offline when a read runs into its deadline, and rejects whoever waits', async () => {
    const { engine, session } = start(2);
    session.need();
    await rest();
    engine.down = new EngineError('timeout', '5 s');
    const complete = expect(session.complete()).rejects.toMatchObject({ kind: 'timeout' });
    await rest(100);
    await complete;
    expect(session.state).toMatchObject({ kind: 'offline', problem: { kind: 'timeout' } });
    session.dispose();
  });

  it('tells the time since when it is offline, through failed tries', async () => {
    const { engine, session } = start(1);
    session.need();
    await rest();
    engine.die();
    const since = session.state.kind === 'offline' ? session.state.problem.since : 0;
    await rest(10_000);
    expect(session.state.kind === 'offline' && session.state.problem.since).toBe(since);
    session.dispose();
  });
});
