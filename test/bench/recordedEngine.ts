import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Counts, Orders } from '#bench/recordedServer';
import { createClient } from '#engine/client';
import type { EndpointSpec } from '#engine/types';
import { Session } from '#live/session';

export const sizes: readonly number[] = [100, 1_000, 10_000];

/**
 * What a real Docker Engine takes to list its containers, in milliseconds each: 37 ms for 507 on Docker 20.10.24.
 * The recorded engine's own answer is ready at once; without this the comparison would be with an engine nobody has.
 */
export const ENGINE_TIME = 0.073;

/** An HTTP server on a unix socket, in a process of its own, that answers as Docker 28 does, with as many containers as asked. */
export class RecordedEngine {
  readonly spec: EndpointSpec;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string, socket: string) {
    this.#child = child;
    this.#folder = folder;
    this.spec = { id: `socket:${socket}`, label: 'recorded', url: `unix://${socket}`, source: 'socket' };
  }

  static async start(containers: number, millisecondsEach = 0): Promise<RecordedEngine> {
    const folder = mkdtempSync(join(tmpdir(), 'recorded-engine-'));
    const socket = join(folder, 'socket');
    const script = fileURLToPath(new URL('./recordedServer.ts', import.meta.url));
    const child = fork(script, [socket, `${containers}`, `${millisecondsEach}`]);
    await once(child, 'message');
    return new RecordedEngine(child, folder, socket);
  }

  /** Requests and bytes of answers since the last call. */
  async counts(): Promise<Counts> {
    const answer = once(this.#child, 'message');
    this.#child.send({ counts: true } satisfies Orders);
    const [counts] = (await answer) as [Counts];
    return counts;
  }

  /** Changes one container and sends its event. */
  change(index: number): void {
    this.#child.send({ change: index } satisfies Orders);
  }

  /** So many events within a second, of the first 60 containers; resolves when the last was sent. */
  async storm(events: number): Promise<void> {
    const over = once(this.#child, 'message');
    this.#child.send({ storm: events } satisfies Orders);
    await over;
  }

  session(): Session {
    return new Session(this.spec, { connect: createClient, linger: 0 });
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
