import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '#engine/client';
import { enginesUnderTest, type RealEngine, startEngine } from '#harness/engines';
import { specOf } from '#harness/fullRead';
import { Session } from '#live/session';

/** Waits for what must come; what is late fails with its name. */
async function until(what: string, holds: () => boolean, milliseconds: number): Promise<number> {
  const start = Date.now();
  while (!holds()) {
    if (Date.now() - start > milliseconds) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Date.now() - start;
}

describe.each(enginesUnderTest())('a session with %s', (name) => {
  let engine: RealEngine;
  let session: Session;
  beforeAll(async () => {
    engine = await startEngine(name, 'offline');
    session = new Session(specOf(engine), { connect: createClient });
  });
  afterAll(async () => {
    session?.dispose();
    await engine?.dispose();
  });

  it('shows that the engine went and that it came back, without a click', async () => {
    session.need();
    await session.complete();
    const before = session.snapshot;
    expect(session.state.kind).toBe('live');
    const stopping = engine.stop();
    // Stopping takes the engine a while of its own; what counts is from the closed stream on.
    await until('offline', () => session.state.kind === 'offline', 30_000);
    await stopping;
    expect(session.state).toMatchObject({ kind: 'offline', problem: { kind: expect.any(String) } });
    // The last picture stays, with the time it was taken.
    expect(session.snapshot).toBe(before);
    await expect(session.complete()).rejects.toMatchObject({ name: 'EngineError' });
    await engine.restart();
    await until('live again', () => session.state.kind === 'live', 60_000);
    await engine.docker('network', 'create', '--subnet', '10.121.9.0/24', 'after');
    // Podman 4.3 tells nothing of networks: there a look finds it.
    if (name === 'podman-4.3') await session.look();
    await until('the new network', () => names(session).includes('after'), 30_000);
  });

  it('holds no connection and asks nothing once nobody needs it', async () => {
    const requests: string[] = [];
    const own = new Session(specOf(engine), {
      connect: (spec) => createClient(spec, (line) => requests.push(line)),
      linger: 50,
    });
    const need = own.need();
    await until('live', () => own.state.kind === 'live' && own.snapshot?.complete === true, 30_000);
    need.dispose();
    await until('idle', () => own.state.kind === 'idle', 5_000);
    const asked = requests.length;
    await engine.docker('network', 'create', '--subnet', '10.122.9.0/24', 'unseen');
    await own.look();
    expect(requests.length).toBe(asked);
    expect(names(own)).not.toContain('unseen');
    own.dispose();
  });
});

describe('a session with no engine', () => {
  it('says at once that the socket is missing, and goes on trying while needed', async () => {
    const session = new Session(
      { id: 'socket:/nowhere', label: 'nowhere', url: 'unix:///nowhere/docker.sock', source: 'socket' },
      { connect: createClient, linger: 0 },
    );
    const need = session.need();
    await until('offline', () => session.state.kind === 'offline', 2_000);
    expect(session.state).toMatchObject({ problem: { kind: 'missing', nextTry: expect.any(Number) } });
    need.dispose();
    await until('idle', () => session.state.kind === 'idle', 2_000);
    session.dispose();
  });

  it('gives up one that takes the connection and never answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hung-engine-'));
    const socket = join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((ready) => server.listen(socket, ready));
    const spec = { id: 'hung', label: 'hung', url: `unix://${socket}`, source: 'socket' } as const;
    const session = new Session(spec, { connect: createClient, linger: 0 });
    session.need();
    await expect(session.listed()).rejects.toMatchObject({ kind: 'timeout' });
    expect(session.state).toMatchObject({ kind: 'offline', problem: { kind: 'timeout' } });
    session.dispose();
    server.close();
    rmSync(folder, { recursive: true });
  });
});

const names = (session: Session): readonly string[] => session.snapshot?.networks.map((network) => network.name) ?? [];
