/** What is kept from one picture to the next never shows: with and without it the result is equal. */
import { describe, expect, it, vi } from 'vitest';
import { englishWords } from '#harness/drawingWords';
import { type Change, randomChange } from '#harness/randomChange';
import { Random, randomSnapshot } from '#harness/randomSnapshot';
import type { TextStyle } from '#model/topology/drawing';
import { buildGraph, type Graph } from '#model/topology/graph';
import { layoutMap, type MapLayout } from '#model/topology/map';
import { tableMeasure } from '#model/topology/widths';

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

const room = { width: 1_200, height: 800, measure: tableMeasure, words: englishWords };

describe('the map with the one before', () => {
  it('equals the map without it, cold and warm', () => {
    eachChange((seed) => {
      let graph: Graph | undefined;
      let last: MapLayout | undefined;
      return ({ snapshot }) => {
        graph = buildGraph(snapshot, graph?.slots, graph);
        // Every third time as if a filter had changed: nothing stays in its place.
        const warmth = last && seed % 3 > 0 ? { warmth: last.warmth } : {};
        const fresh = layoutMap({ graph, ...room, ...warmth });
        const kept = layoutMap({ graph, ...room, ...warmth, ...(last ? { before: last.kept } : {}) });
        expect(kept.drawing).toEqual(fresh.drawing);
        expect(kept.warmth).toEqual(fresh.warmth);
        last = kept;
      };
    });
  });

  it('draws anew in other words and with other widths', () => {
    const graph = buildGraph(randomSnapshot(7));
    const last = layoutMap({ graph, ...room });
    const words = { ...englishWords, stopped: '중지됨' };
    const wider = { ...room, measure: (text: string, style: TextStyle) => tableMeasure(text, style) * 1.2 };
    for (const other of [{ ...room, words }, wider]) {
      const { warmth, kept } = last;
      expect(layoutMap({ graph, ...other, warmth, before: kept }).drawing).toEqual(
        layoutMap({ graph, ...other, warmth }).drawing,
      );
    }
  });

  it('makes few shapes anew at 5,000 containers when one of them changes', () => {
    const snapshot = randomSnapshot(5, { containers: 5_000, networks: 300 });
    const before = buildGraph(snapshot);
    const last = layoutMap({ graph: before, ...room });
    const changed = snapshot.containers[700]!;
    const containers = snapshot.containers.map((one) => (one === changed ? { ...one, image: 'other' } : one));
    const graph = buildGraph({ ...snapshot, containers }, before.slots, before);
    const { drawing } = layoutMap({ graph, ...room, warmth: last.warmth, before: last.kept });
    const old = new Set(last.drawing.shapes);
    expect(drawing.shapes.length).toBeGreaterThan(30_000);
    expect(drawing.shapes.filter((shape) => !old.has(shape)).length).toBeLessThan(100);
  });
});
