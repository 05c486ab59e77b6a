import { describe, expect, it } from 'vitest';
import { englishWords } from '#harness/drawingWords';
import { randomSnapshot } from '#harness/randomSnapshot';
import { exportDot } from '#model/export/dot';
import { exportJson } from '#model/export/json';
import { exportMermaid } from '#model/export/mermaid';
import type { Snapshot } from '#model/snapshot';
import { exportSvg } from '#model/topology/exportSvg';
import { lightTheme, paletteOf } from '#model/topology/palette';
import { layoutRails } from '#model/topology/rails';
import { tableMeasure } from '#model/topology/widths';

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
const hostile = [
  '"];\nend\n',
  '</text><script>alert(1)</script>',
  'a\\',
  '`#]|%%{init}',
  "'><img onerror=x>",
  '\u0000\ud800',
];

function hostileSnapshot(): Snapshot {
  const base = randomSnapshot(11, { containers: 24, networks: 6 });
  return {
    ...base,
    containers: base.containers.map((container, index) => ({
      ...container,
      name: `${hostile[index % hostile.length]}${index}`,
    })),
    networks: base.networks.map((network, index) => ({
      ...network,
      name: `${hostile[index % hostile.length]}${index}`,
    })),
  };
}

describe('exports', () => {
  it('read back from JSON as the same snapshot', () => {
    for (const seed of seeds) {
      const snapshot = randomSnapshot(seed);
      expect(JSON.parse(exportJson(snapshot))).toEqual(snapshot);
    }
  });

  it('name every container once in Mermaid and DOT, and no line breaks out of its quotes', () => {
    for (const snapshot of [...seeds.map((seed) => randomSnapshot(seed)), hostileSnapshot()]) {
      const mermaid = exportMermaid(snapshot).split('\n');
      const dot = exportDot(snapshot).split('\n');
      const containers = snapshot.containers.length;
      expect(mermaid.filter((line) => /^ {4}c\d+\["/.test(line))).toHaveLength(containers);
      expect(dot.filter((line) => /^ {4}c\d+ \[label="/.test(line))).toHaveLength(containers);
      for (const line of mermaid) expect((line.match(/"/g) ?? []).length % 2).toBe(0);
      for (const line of dot) expect(line.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toContain('"');
      expect(mermaid.join('\n')).not.toMatch(/<(?!br\/>)/);
    }
  });

  it('escape everything in an SVG and use no style sheet, script or variable', () => {
    const drawing = layoutRails({
      snapshot: hostileSnapshot(),
      width: 700,
      measure: tableMeasure,
      words: englishWords,
      density: 'comfortable',
    });
    const svg = exportSvg(
      drawing,
      paletteOf('light', (name) => lightTheme[name] ?? ''),
      'host <1>',
    );
    expect(svg).not.toMatch(/<(?!\/?(svg|g|title|rect|path|circle|text)[\s>/])/);
    expect(svg).not.toMatch(/var\(|<style|NaN|undefined/);
    expect(svg).toContain('<title>host &lt;1&gt;</title>');
  });

  it('mix the colours of every theme kind without gaps', () => {
    for (const kind of ['dark', 'light', 'hc', 'hc-light'] as const) {
      const palette = paletteOf(kind, (name) => lightTheme[name] ?? '');
      for (const colour of [
        'bg',
        'fg',
        'dim',
        'edge',
        'card',
        'open',
        'openline',
        'bad',
        'net',
        'nettint',
        'netcell',
      ] as const)
        expect(palette.colour(colour, 3)).toMatch(/^#[\da-f]{6}$/);
      expect(palette.colour('none')).toBe('none');
    }
  });
});
