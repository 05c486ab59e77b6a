/** What is kept from one picture to the next never shows: with and without it the result is equal. */
import { describe, expect, it, vi } from 'vitest';
import { englishWords } from '#harness/drawingWords';
import { type Change, randomChange } from '#harness/randomChange';
import { Random, randomSnapshot } from '#harness/randomSnapshot';
import type { Snapshot } from '#model/snapshot';
import { patchBetween, patchedSnapshot } from '#model/snapshotPatch';
import type { TextStyle } from '#model/topology/drawing';
import { buildGraph, type Graph } from '#model/topology/graph';
import { layoutMap, type MapLayout } from '#model/topology/map';
import { layoutRails } from '#model/topology/rails';
import { RailsMemo } from '#model/topology/railsSketch';
import { tableMeasure } from '#model/topology/widths';
import type { UpdateMessage } from '#protocol';
import { TopologyFeed } from '#views/topologyFeed';
import { indexOf } from '#webview/bounds';
import { Received } from '#webview/received';

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

describe('a patch between snapshots', () => {
  it('makes the next of the last, as JSON, and keeps the objects of what did not change', () => {
    let patches = 0;
    eachChange(() => {
      let sent: Snapshot | undefined;
      let received: Snapshot | undefined;
      return ({ snapshot, containers }) => {
        const patch = sent && patchBetween(sent, snapshot);
        if (patch && received) {
          const before = new Map(received.containers.map((container) => [container.id, container]));
          received = patchedSnapshot(received, JSON.parse(JSON.stringify(patch)));
          patches++;
          for (const container of received.containers)
            if (!containers.has(container.id)) expect(container).toBe(before.get(container.id));
        } else received = JSON.parse(JSON.stringify(snapshot)) as Snapshot;
        sent = snapshot;
        expect(received).toEqual(snapshot);
      };
    });
    expect(patches).toBeGreaterThan(cases * 11);
  });

  it('is none where what stayed stands in another order or most of it differs', () => {
    const snapshot = randomSnapshot(9, { containers: 100, networks: 5 });
    const turned = { ...snapshot, containers: snapshot.containers.toReversed() };
    expect(patchBetween(snapshot, turned)).toBeUndefined();
    expect(patchBetween(snapshot, JSON.parse(JSON.stringify(snapshot)) as Snapshot)).toBeUndefined();
  });

  it('carries what comes and goes beside the lists', () => {
    const plain = randomSnapshot(3);
    const host = { addresses: [], routes: [] };
    for (const [from, to] of [
      [plain, { ...plain, host }],
      [{ ...plain, host }, plain],
      [
        { ...plain, host },
        { ...plain, host, complete: false, services: [] },
      ],
    ] as const)
      expect(patchedSnapshot(from, patchBetween(from, to)!)).toEqual(to);
  });
});

describe('the messages to the page', () => {
  const update = (snapshot: Snapshot): UpdateMessage => ({
    kind: 'update',
    engine: 'e',
    engineLabel: 'host',
    status: { tone: 'live', text: `seen ${snapshot.takenAt}` },
    snapshot,
  });

  it('bring every page to the whole picture; one that missed some finds out and gets all', () => {
    let asked = 0;
    eachChange((seed) => {
      const random = new Random(seed);
      const feed = new TopologyFeed();
      const page = new Received();
      return ({ snapshot }) => {
        const sent = feed.next(update(snapshot));
        if (random.chance(0.2)) return;
        let shown = sent.kind === 'update' ? page.whole(sent) : page.patched(sent);
        if (!shown) {
          asked++;
          feed.forget();
          const again = feed.next(update(snapshot));
          expect(again.kind).toBe('update');
          shown = page.whole(again as UpdateMessage);
        }
        expect({ ...shown, sequence: 0 }).toEqual({ ...update(snapshot), sequence: 0 });
      };
    });
    expect(asked).toBeGreaterThan(cases / 2);
  });

  it('are whole for another engine and for a plan', () => {
    const feed = new TopologyFeed();
    const first = update(randomSnapshot(4));
    expect([feed.next(first), feed.next(first)].map(({ kind }) => kind)).toEqual(['update', 'patch']);
    expect(feed.next({ ...first, engine: 'other' }).kind).toBe('update');
    expect(feed.next({ ...first, engine: 'other', plan: 'compose.yaml' }).kind).toBe('update');
    expect(feed.next({ ...first, engine: 'other' }).kind).toBe('update');
  });
});

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

const views = [
  { x: 0, y: 0, width: 500, height: 400 },
  { x: 400, y: 300, width: 700, height: 900 },
  { x: -1_000, y: -1_000, width: 9_000, height: 9_000 },
];
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
        for (const level of ['near', 'middle', 'far'] as const) {
          const index = indexOf(kept.drawing.shapes, level, last?.drawing.shapes);
          const alone = indexOf(fresh.drawing.shapes, level, undefined);
          for (const box of views) expect(index.within(box)).toEqual(alone.within(box));
        }
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

describe('the rails with those before', () => {
  it('equal the rails without them', () => {
    eachChange((seed) => {
      let graph: Graph | undefined;
      const memo = new RailsMemo();
      return ({ snapshot }) => {
        graph = buildGraph(snapshot, graph?.slots, graph);
        const width = [220, 320, 420, 700, 1_400][seed % 5]!;
        const density = seed % 2 === 0 ? ('comfortable' as const) : ('compact' as const);
        const request = { snapshot, graph, width, measure: tableMeasure, words: englishWords, density };
        expect(layoutRails({ ...request, memo })).toEqual(layoutRails(request));
        if (seed % 4 > 0) return;
        // As if the page became wider, then as wide as before.
        const wide = { ...request, width: 900, words: { ...englishWords, stopped: '중지됨' } };
        expect(layoutRails({ ...wide, memo })).toEqual(layoutRails(wide));
      };
    });
  });

  it('are few shapes anew at 5,000 containers when one of them changes', () => {
    const snapshot = randomSnapshot(5, { containers: 5_000, networks: 300 });
    const before = buildGraph(snapshot);
    const request = { width: 1_200, measure: tableMeasure, words: englishWords, density: 'compact' } as const;
    const memo = new RailsMemo();
    const last = layoutRails({ ...request, snapshot, graph: before, memo });
    const changed = snapshot.containers[700]!;
    const containers = snapshot.containers.map((one) => (one === changed ? { ...one, image: 'other' } : one));
    const next = { ...snapshot, containers };
    const { shapes } = layoutRails({ ...request, snapshot: next, graph: buildGraph(next, before.slots, before), memo });
    const old = new Set(last.shapes);
    expect(shapes.length).toBeGreaterThan(20_000);
    expect(shapes.filter((shape) => !old.has(shape)).length).toBeLessThan(100);
  });
});
