import { describe, expect, it, vi } from 'vitest';
import { englishWords } from '#harness/drawingWords';
import { Random, randomSnapshot } from '#harness/randomSnapshot';
import type { Container, Snapshot } from '#model/snapshot';
import type { Drawing, DrawnNode, Level, TextShape } from '#model/topology/drawing';
import { buildGraph } from '#model/topology/graph';
import { layoutMap, type MapWarmth } from '#model/topology/map';
import { tableMeasure } from '#model/topology/widths';

// The full count of cases (`npm run verify`) takes minutes.
vi.setConfig({ testTimeout: 600_000 });

const cases = Number(process.env.CASES ?? 60);
const seeds = Array.from({ length: cases }, (_, index) => index + 1);
const widths = [420, 700, 1_200, 1_400];

function map(snapshot: Snapshot, width = 1_200, warmth?: MapWarmth): { drawing: Drawing; warmth: MapWarmth } {
  const graph = buildGraph(snapshot);
  const size = { width, height: 800, measure: tableMeasure, words: englishWords };
  const layout = layoutMap({ graph, ...size, ...(warmth ? { warmth } : {}) });
  return { drawing: layout.drawing, warmth: layout.warmth };
}

function eachMap(check: (drawing: Drawing, snapshot: Snapshot) => void): void {
  for (const seed of seeds) {
    const snapshot = randomSnapshot(seed);
    check(map(snapshot, widths[seed % widths.length]).drawing, snapshot);
  }
}

const at = (drawing: Drawing, level: Level) =>
  drawing.shapes.filter((shape) => !shape.levels || shape.levels.includes(level));

function overlap(one: DrawnNode, other: DrawnNode): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function textBox(text: TextShape): { left: number; right: number; top: number; bottom: number } {
  const shift = text.anchor === 'end' ? 1 : text.anchor === 'middle' ? 0.5 : 0;
  const left = text.x - text.reserved * shift;
  return { left, right: left + text.reserved, top: text.y - 9, bottom: text.y + 2.5 };
}

type Point = readonly [number, number];

/** The straight pieces of an orthogonal path; a bend counts as its corner's two ends. */
function segments(d: string): readonly (readonly [Point, Point])[] {
  const points: Point[] = [...d.matchAll(/[MLQ]([^MLQ]*)/g)].map(([, rest = '']) => {
    const numbers = rest
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    return [numbers.at(-2)!, numbers.at(-1)!];
  });
  return points.slice(1).map((point, index) => [points[index]!, point]);
}

describe('the map on random snapshots', () => {
  it('has unique keys at every level of detail', () => {
    eachMap((drawing) => {
      const keys = drawing.shapes.map((shape) => shape.key);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    });
  });

  it('draws every endpoint exactly once, a ghost counting as its endpoint', () => {
    eachMap((drawing, snapshot) => {
      const graph = buildGraph(snapshot);
      const wanted = graph.roots.flatMap((root) => root.endpoints.map((endpoint) => endpoint.key));
      const drawn = at(drawing, 'near').map((shape) => shape.key);
      const endpoints = drawn.filter((key) => /^endpoint:[^:]+:[^:]+$/.test(key));
      expect([...endpoints].sort()).toEqual([...wanted].sort());
    });
  });

  it('has a node for every container, every published port and every link', () => {
    eachMap((drawing, snapshot) => {
      const graph = buildGraph(snapshot);
      const containers = drawing.nodes.filter((node) => node.kind === 'container').map((node) => node.containerId);
      expect([...containers].sort()).toEqual(snapshot.containers.map((container) => container.id).sort());
      const plugs = [...graph.containers.values()].flatMap((container) => container.plugs.map((plug) => plug.key));
      const ports = drawing.nodes.filter((node) => node.kind === 'port').map((node) => node.key);
      expect(ports.sort()).toEqual(plugs.sort());
      const links = graph.roots.flatMap((root) => root.links.map((link) => link.key));
      const drawn = drawing.shapes.filter((shape) => shape.role === 'link').map((shape) => shape.key);
      expect([...drawn].sort()).toEqual([...new Set(links)].sort());
    });
  });

  it('lets no two cards overlap, and no two boxes of networks', () => {
    eachMap((drawing) => {
      for (const kinds of [['container', 'ghost'], ['network'], ['port']]) {
        const nodes = drawing.nodes.filter((node) => kinds.includes(node.kind));
        // Targets of ports are 24 high on plugs 22 apart: what is drawn must not overlap.
        const drawn = kinds[0] === 'port' ? nodes.map((node) => ({ ...node, y: node.y + 3, height: 18 })) : nodes;
        drawn.forEach((node, index) => {
          for (const other of drawn.slice(index + 1))
            expect([overlap(node, other), node.key, other.key][0]).toBe(false);
        });
      }
    });
  });

  it('lets no two texts overlap at full detail', () => {
    eachMap((drawing) => {
      const boxes = at(drawing, 'near')
        .filter((shape): shape is TextShape => shape.kind === 'text' && shape.text.trim() !== '')
        .map((text) => ({ key: text.key, ...textBox(text) }))
        .sort((one, other) => one.top - other.top);
      const found: string[] = [];
      boxes.forEach((box, index) => {
        for (const other of boxes.slice(index + 1)) {
          if (other.top >= box.bottom) break;
          if (box.left < other.right - 0.5 && other.left < box.right - 0.5) found.push(`${box.key} | ${other.key}`);
        }
      });
      expect(found).toEqual([]);
    });
  });

  it('lets no line pass through a card', () => {
    eachMap((drawing) => {
      const cards = drawing.nodes.filter((node) => node.kind === 'container' || node.kind === 'ghost');
      const crossed: string[] = [];
      for (const shape of at(drawing, 'near')) {
        if (shape.kind !== 'path' || !['wire', 'strand', 'link'].includes(shape.role)) continue;
        for (const [from, to] of segments(shape.d))
          for (const card of cards)
            if (
              Math.max(from[0], to[0]) > card.x + 2 &&
              Math.min(from[0], to[0]) < card.x + card.width - 2 &&
              Math.max(from[1], to[1]) > card.y + 2 &&
              Math.min(from[1], to[1]) < card.y + card.height - 2
            )
              crossed.push(`${shape.key} through ${card.key}: ${shape.d}`);
      }
      expect(crossed).toEqual([]);
    });
  });

  it('is the same for the same snapshot in another order', () => {
    for (const seed of seeds) {
      const snapshot = randomSnapshot(seed);
      const random = new Random(seed + 10_000);
      const mixed = {
        ...snapshot,
        networks: random.shuffled(snapshot.networks),
        containers: random
          .shuffled(snapshot.containers)
          .map((container) => ({ ...container, endpoints: random.shuffled(container.endpoints) })),
      };
      expect(map(mixed)).toEqual(map(snapshot));
    }
  });

  it('keeps everything in its place, warm: under 5 px on average when one container comes or goes', () => {
    let moved = 0;
    let count = 0;
    for (const seed of seeds) {
      const snapshot = randomSnapshot(seed, { containers: 40, networks: 8 });
      const first = map(snapshot);
      for (const next of [withOneMore(snapshot, seed), withOneLess(snapshot, seed)]) {
        const places = new Map(first.drawing.nodes.map((node) => [node.key, node]));
        for (const node of map(next, 1_200, first.warmth).drawing.nodes) {
          const before = places.get(node.key);
          if (node.kind !== 'container' || before === undefined) continue;
          moved += Math.hypot(node.x - before.x, node.y - before.y);
          count++;
        }
      }
    }
    expect(count).toBeGreaterThan(seeds.length * 40);
    expect(moved / count).toBeLessThan(5);
  });

  it('draws far views of any size with few shapes', () => {
    const snapshot = randomSnapshot(5, { containers: 5_000, networks: 300 });
    expect(at(map(snapshot).drawing, 'far').length).toBeLessThan(2_000);
  });
});

function withOneMore(snapshot: Snapshot, seed: number): Snapshot {
  const random = new Random(seed);
  const network = random.pick(snapshot.networks.filter((found) => found.driver === 'bridge'));
  const added: Container = {
    id: 'e'.repeat(64),
    name: 'newcomer',
    image: 'busybox',
    state: 'running',
    mode: 'networks',
    endpoints: [{ networkId: network.id, network: network.name, ipv4: '10.0.0.99', staticIp: false }],
    published: [],
    labels: {},
    complete: true,
  };
  return { ...snapshot, containers: [...snapshot.containers, added] };
}

function withOneLess(snapshot: Snapshot, seed: number): Snapshot {
  const gone = new Random(seed).pick(snapshot.containers);
  return { ...snapshot, containers: snapshot.containers.filter((container) => container !== gone) };
}
