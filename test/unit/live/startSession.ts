/** A session on a fake engine, and time that passes when a test says so. */
import { vi } from 'vitest';
import { Session } from '#live/session';
import type { SnapshotChange } from '#live/types';
import { container, FakeEngine, network, spec } from './fakeEngine.ts';

/** Runs timers and promises until the session has nothing left to do. */
export const rest = (milliseconds = 2_000) => vi.advanceTimersByTimeAsync(milliseconds);

export function start(count: number) {
  const engine = new FakeEngine();
  engine.networks.set('n1', network('n1'));
  for (let index = 0; index < count; index += 1) engine.containers.set(`c${index}`, container(`c${index}`));
  const session = new Session(spec, { connect: engine.connect, linger: 0, random: () => 1 });
  const changes: SnapshotChange[] = [];
  session.onDidChangeSnapshot((change) => changes.push(change));
  const named = (id: string) => session.snapshot?.containers.find((one) => one.id === id);
  return { engine, session, changes, named };
}
