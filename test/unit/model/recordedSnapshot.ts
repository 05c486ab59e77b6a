/** A whole snapshot from the recorded answers, for tests of what is derived from one. */
import type { Container, Network, Snapshot } from '#model/snapshot';
import { type RecordedEngine, recordedSnapshot } from '../engine/recorded.ts';

const made = new Map<RecordedEngine, Snapshot>();

export function snapshotOf(engine: RecordedEngine): Snapshot {
  const known = made.get(engine);
  if (known) return known;
  const { kind, networks, complete } = recordedSnapshot(engine);
  const snapshot = snapshotWith(networks, complete, kind);
  made.set(engine, snapshot);
  return snapshot;
}

export function snapshotWith(
  networks: readonly Network[],
  containers: readonly Container[],
  kind: 'docker' | 'podman' = 'docker',
): Snapshot {
  return {
    engine: { name: 'test', endpoint: 'unix:///test', kind, version: '', apiVersion: '', where: 'unknown' },
    takenAt: 0,
    complete: true,
    networks,
    containers,
  };
}

export function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((one) => one.name === name);
  if (!found) throw new Error(`no '${name}'`);
  return found;
}
