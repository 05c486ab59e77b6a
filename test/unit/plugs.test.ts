import { describe, expect, it } from 'vitest';
import { englishWords } from '#harness/drawingWords';
import { randomSnapshot } from '#harness/randomSnapshot';
import { smallSnapshot } from '#harness/smallSnapshot';
import type { PublishedPort, Snapshot } from '#model/snapshot';
import type { Drawing } from '#model/topology/drawing';
import { search } from '#model/topology/filter';
import { buildGraph } from '#model/topology/graph';
import { layoutMap } from '#model/topology/map';
import { containerPortsOf, hostPortsOf, type Plug, plugsOf } from '#model/topology/plugs';
import { layoutRails } from '#model/topology/rails';
import { tableMeasure } from '#model/topology/widths';

const port = (hostPort: number, inside = hostPort, hostIp = '0.0.0.0'): PublishedPort => ({
  hostIp,
  hostPort,
  port: inside,
  protocol: 'tcp',
});

function publishing(published: readonly PublishedPort[]): Snapshot {
  const containers = smallSnapshot.containers.map((one) => (one.id === 'web' ? { ...one, published } : one));
  return { ...smallSnapshot, containers };
}

const plugsOfWeb = (published: readonly PublishedPort[]): readonly Plug[] => {
  const snapshot = publishing(published);
  const web = snapshot.containers.find(({ id }) => id === 'web')!;
  return plugsOf(web, new Map(snapshot.networks.map((network) => [network.id, network])));
};

describe('ranges of published ports', () => {
  it('are one plug from three neighbours on, in both families', () => {
    const both = [8000, 8001, 8002].flatMap((one) => [port(one), port(one, one, '::')]);
    const plugs = plugsOfWeb(both);
    expect(plugs.map((plug) => `${hostPortsOf(plug)} ${containerPortsOf(plug)}`)).toEqual(['8000–8002 8000–8002']);
    expect(plugs[0]?.bindings).toHaveLength(6);
    expect(plugs[0]?.exposure).toBe('all');
  });

  it('are not joined where a port is missing, goes elsewhere, or is only one of two', () => {
    const texts = (published: readonly PublishedPort[]): string[] =>
      plugsOfWeb(published).map((plug) => hostPortsOf(plug));
    expect(texts([port(8000), port(8001)])).toEqual(['8000', '8001']);
    expect(texts([port(8000), port(8001), port(8003)])).toEqual(['8000', '8001', '8003']);
    expect(texts([port(8000, 80), port(8001, 80), port(8002, 80)])).toEqual(['8000', '8001', '8002']);
    expect(texts([port(0, 1), port(0, 2), port(0, 3)])).toEqual(['*', '*', '*']);
    expect(texts([port(8000), port(8001, 8001, '127.0.0.1'), port(8002)])).toEqual(['8000', '8001', '8002']);
  });

  it('are found by each of their ports and drawn in both drawings', () => {
    const snapshot = publishing([port(8000), port(8001), port(8002)]);
    const graph = buildGraph(snapshot);
    expect([...search(graph, ':8001')].length + [...search(graph, '8001')].length).toBeGreaterThan(0);
    const rails = layoutRails({
      snapshot,
      width: 700,
      measure: tableMeasure,
      words: englishWords,
      density: 'comfortable',
    });
    const { drawing } = layoutMap({ graph, width: 1_200, height: 800, measure: tableMeasure, words: englishWords });
    const texts = ({ shapes }: Drawing): string[] =>
      shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
    expect(texts(rails)).toContain('8000–8002');
    expect(texts(drawing)).toContain('8000–8002→8000–8002');
  });
});

describe('a host box docked to the frame', () => {
  it('has no wire or strand of another network passing it, on random snapshots', () => {
    let docked = 0;
    for (let seed = 1; seed <= 120; seed++) {
      const snapshot = randomSnapshot(seed, { containers: 24, networks: 5 });
      const graph = buildGraph(snapshot);
      const { drawing } = layoutMap({ graph, width: 1_200, height: 800, measure: tableMeasure, words: englishWords });
      const dock = drawing.shapes.find((shape) => shape.key.endsWith(':dock'));
      if (dock?.kind !== 'path') continue;
      docked++;
      const [left = 0, top = 0, right = 0, bottom = 0] = (dock.d.match(/-?[\d.]+/g) ?? []).map(Number);
      const own = new Set(
        [...graph.containers.values()]
          .filter((container) => container.mapHome.key === dock.node)
          .flatMap((container) => container.plugs.map((plug) => plug.key)),
      );
      for (const shape of drawing.shapes) {
        if (shape.kind !== 'path' || (shape.role !== 'wire' && shape.role !== 'strand') || own.has(shape.node ?? ''))
          continue;
        const numbers = (shape.d.match(/-?[\d.]+/g) ?? []).map(Number);
        for (let index = 0; index + 3 < numbers.length; index += 2) {
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers.slice(index, index + 4);
          const inside =
            Math.max(x1, x2) > left && Math.min(x1, x2) < right && Math.max(y1, y2) > top && Math.min(y1, y2) < bottom;
          expect(inside, `${seed}: ${shape.key} ${shape.d} through ${dock.d}`).toBe(false);
        }
      }
    }
    expect(docked).toBeGreaterThan(0);
  });
});
