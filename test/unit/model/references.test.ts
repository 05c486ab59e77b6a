/** On a corpus of real-looking files every intended place answers, and no other does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusSnapshot } from '#harness/corpusSnapshot';
import { findReference } from '#model/referenceIndex';
import { scanLine, textKind } from '#model/references';

const directory = join(import.meta.dirname, '../../fixtures/corpus');
/** File → places as [line, column, text], both counted from 1. */
const expected = JSON.parse(readFileSync(join(directory, 'expected.json'), 'utf8')) as Record<
  string,
  [number, number, string][]
>;

const languages: Readonly<Record<string, string>> = {
  ts: 'typescript',
  js: 'javascript',
  py: 'python',
  md: 'markdown',
  txt: 'plaintext',
  log: 'log',
};

/** Every place of a text that a hover would answer. */
function places(name: string, text: string): [number, number, string][] {
  const lines = text.split('\n');
  const kind = textKind(languages[name.split('.').at(-1) ?? ''] ?? '', `/${name}`);
  return lines.flatMap((line, index) =>
    scanLine(line, { kind, above: (count) => lines[index - count] })
      .filter((reference) => findReference(corpusSnapshot, reference) !== undefined)
      .map(({ start, end }): [number, number, string] => [index + 1, start + 1, line.slice(start, end)]),
  );
}

describe('references in text', () => {
  it('have a corpus of at least 40 files', () => {
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.keys(expected))('are found in %s where they are meant, and nowhere else', (name) => {
    expect(places(name, readFileSync(join(directory, 'files', name), 'utf8'))).toEqual(expected[name]);
  });

  it('stay silent on a line of data', () => {
    expect(scanLine(`host=db ${'x'.repeat(5000)}`, { kind: 'code' })).toEqual([]);
  });
});
