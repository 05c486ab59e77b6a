/** What is kept from one picture to the next never shows: with and without it the result is equal. */
import { describe, expect, it, vi } from 'vitest';
import { type Change, randomChange } from '#harness/randomChange';
import { Random, randomSnapshot } from '#harness/randomSnapshot';
import { buildGraph } from '#model/topology/graph';

vi.setConfig({ testTimeout: 600_000 });

const cases = Number(process.env.CASES ?? 60);

/** Snapshots by seed, each with twelve changes in a row. */
function eachChange(begin: (seed: number) => (change: Change) => void): void {
  for (let seed = 1; seed <= cases; seed++) {
    const random = new Random(seed + 70_000);
    let snapshot = randomSnapshot(seed);
    const check = begin(seed);
    check({ snapshot, containers: new Set(), networks: new Set() });
    for (let step = 0; step < 12; step++) {
      const change = randomChange(random, snapshot);
      snapshot = change.snapshot;
      check(change);
    }
  }
}

describe('the graph with the one before', () => {
  it('equals the graph without it', () => {
    eachChange(() => {
      let before: ReturnType<typeof buildGraph> | undefined;
      return ({ snapshot }) => {
        const fresh = buildGraph(snapshot, before?.slots);
        before = buildGraph(snapshot, before?.slots, before);
        expect(before).toEqual(fresh);
      };
    });
  });

  it('keeps the objects of what did not change', () => {
    const snapshot = randomSnapshot(5, { containers: 2_000, networks: 100 });
    const before = buildGraph(snapshot);
    const changed = snapshot.containers[700]!;
    const containers = snapshot.containers.map((one) => (one === changed ? { ...one, name: `${one.name}-2` } : one));
    const after = buildGraph({ ...snapshot, containers }, before.slots, before);
    const renewed = [...after.containers.values()].filter((one) => before.containers.get(one.id) !== one);
    // The container and, if it shares another's network or a link names it, those that say its name.
    expect(renewed.map(({ id }) => id)).toContain(changed.id);
    expect(renewed.length).toBeLessThan(5);
    expect(after.networks.every((network, index) => network === before.networks[index])).toBe(true);
  });
});
