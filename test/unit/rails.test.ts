import { describe, expect, it } from 'vitest';
import { englishWords } from '#harness/drawingWords';
import { Random, randomSnapshot } from '#harness/randomSnapshot';
import type { Container, Snapshot } from '#model/snapshot';
import type { Drawing, TextShape } from '#model/topology/drawing';
import { buildGraph } from '#model/topology/graph';
import { type Density, layoutRails } from '#model/topology/rails';
import { tableMeasure } from '#model/topology/widths';

const cases = Number(process.env.CASES ?? 60);
const seeds = Array.from({ length: cases }, (_, index) => index + 1);
const widths = [220, 320, 420, 700, 1_400];

function rails(snapshot: Snapshot, width = 420, density: Density = 'comfortable'): Drawing {
  return layoutRails({ snapshot, width, measure: tableMeasure, words: englishWords, density });
}

function eachDrawing(check: (drawing: Drawing, snapshot: Snapshot, width: number, density: Density) => void): void {
  for (const seed of seeds) {
    const snapshot = randomSnapshot(seed);
    const width = widths[seed % widths.length]!;
    const density = seed % 2 === 0 ? 'comfortable' : 'compact';
    check(rails(snapshot, width, density), snapshot, width, density);
  }
}

function boxOf(text: TextShape): { left: number; right: number; top: number; bottom: number } {
  const shift = text.anchor === 'end' ? 1 : text.anchor === 'middle' ? 0.5 : 0;
  const left = text.x - text.reserved * shift;
  return { left, right: left + text.reserved, top: text.y - 9, bottom: text.y + 2.5 };
}

function textsOf(drawing: Drawing): readonly TextShape[] {
  return drawing.shapes.filter((shape): shape is TextShape => shape.kind === 'text' && shape.text.trim() !== '');
}

describe('rails on random snapshots', () => {
  it('draw every endpoint exactly once', () => {
    eachDrawing((drawing, snapshot) => {
      const keys = drawing.shapes.map((shape) => shape.key).filter((key) => /^endpoint:[^:]+:[^:]+$/.test(key));
      const known = new Set(snapshot.networks.map((network) => network.id));
      const graph = buildGraph(snapshot);
      const wanted = snapshot.containers
        .filter((container) => graph.roots.some((root) => root.id === container.id))
        .flatMap((container) => container.endpoints.map((found) => `endpoint:${found.networkId}:${container.id}`));
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of wanted) if (known.has(key.split(':')[1]!)) expect(keys).toContain(key);
    });
  });

  it('show every published port once: as a plug or counted by the one that says how many more', () => {
    eachDrawing((drawing, snapshot, width) => {
      if (width < 240) return;
      const graph = buildGraph(snapshot);
      for (const container of graph.containers.values()) {
        if (container.endpoints[0]?.network.kind === 'host') continue;
        const own = container.plugs.map((plug) => `${plug.key}:from`);
        const drawn = drawing.shapes.filter((shape) => own.includes(shape.key)).length;
        const more = drawing.shapes.find((shape) => shape.key === `more:${container.id}`);
        const counted = more?.kind === 'text' ? Number(more.text.slice(1)) : 0;
        expect(drawn + counted).toBe(container.plugs.length);
        const bindings = container.plugs.flatMap((plug) => plug.bindings);
        expect(bindings).toHaveLength(container.container.published.length);
      }
    });
  });

  it('draw every link to a container that is there exactly once', () => {
    eachDrawing((drawing, snapshot) => {
      const graph = buildGraph(snapshot);
      const wanted = [...graph.containers.values()].flatMap((container) =>
        container.links.filter((link) => link.target !== undefined && link.target !== container.id),
      );
      const drawn = drawing.shapes.filter((shape) => shape.role === 'link').map((shape) => shape.key);
      expect(drawn.sort()).toEqual(wanted.map((link) => link.key).sort());
    });
  });

  it('have a row for every container and unique keys', () => {
    eachDrawing((drawing, snapshot) => {
      const keys = drawing.shapes.map((shape) => shape.key);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      const rows = drawing.nodes.filter((node) => node.kind === 'container').map((node) => node.containerId);
      expect([...rows].sort()).toEqual(snapshot.containers.map((container) => container.id).sort());
    });
  });

  it('never let two texts overlap', () => {
    eachDrawing((drawing, _snapshot, width, density) => {
      const boxes = textsOf(drawing)
        .map((text) => ({ key: text.key, text: text.text, ...boxOf(text) }))
        .sort((left, right) => left.top - right.top);
      const overlaps: string[] = [];
      boxes.forEach((box, index) => {
        for (const other of boxes.slice(index + 1)) {
          if (other.top >= box.bottom) break;
          if (box.left < other.right - 0.5 && other.left < box.right - 0.5)
            overlaps.push(`${width} ${density}: ${box.text} | ${other.text}`);
        }
      });
      expect(overlaps).toEqual([]);
    });
  });

  it('are the same for the same snapshot in another order', () => {
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
      expect(rails(mixed)).toEqual(rails(snapshot));
    }
  });

  it('only move rows below when a container is added to a network', () => {
    for (const seed of seeds) {
      const snapshot = randomSnapshot(seed, { containers: 20, networks: 5 });
      const graph = buildGraph(snapshot);
      const network = snapshot.networks.find((found) => found.driver === 'bridge' && !found.builtIn);
      if (!network || !graph.roots.some((root) => root.railsHome.id === network.id)) continue;
      const added: Container = {
        id: 'd'.repeat(64),
        name: 'new-one',
        image: 'busybox',
        state: 'running',
        mode: 'networks',
        endpoints: [{ networkId: network.id, network: network.name, ipv4: '10.0.0.99', staticIp: false }],
        published: [],
        labels: {},
        complete: true,
      };
      const before = new Map(rails(snapshot).nodes.map((node) => [node.key, node.y]));
      const after = rails({ ...snapshot, containers: [...snapshot.containers, added] });
      const row = after.nodes.find((node) => node.containerId === added.id)!;
      for (const node of after.nodes) {
        const old = before.get(node.key);
        if (old === undefined) continue;
        expect(node.y - old).toBe(old >= row.y ? row.height : 0);
      }
    }
  });

  it('keep the colours of networks when others come and go', () => {
    for (const seed of seeds) {
      const snapshot = randomSnapshot(seed, { containers: 10, networks: 8 });
      const first = buildGraph(snapshot);
      const fewer = { ...snapshot, networks: snapshot.networks.slice(2) };
      const second = buildGraph(fewer, first.slots);
      for (const network of second.networks)
        if (network.network) expect(network.slot).toBe(first.slots.get(network.id));
    }
  });
});
