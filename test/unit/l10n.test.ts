/** Every string a person reads exists in English and Korean, and nothing is translated that nobody says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function json(path: string): Record<string, string> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The first argument of every `l10n.t(…)`, which has to be a literal for translators and this test to see it. */
const call = /\bl10n\s*\.\s*t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`|([^\s)]))/g;

interface Said {
  readonly text: string;
  readonly file: string;
}

const said: Said[] = [];
const notLiteral: string[] = [];
for (const file of filesBelow('src', '.ts')) {
  const source = readFileSync(file, 'utf8');
  for (const [whole, single, double, template, other] of source.matchAll(call)) {
    const raw = single ?? double ?? template;
    if (other !== undefined || raw === undefined) notLiteral.push(`${file}: ${whole}`);
    else said.push({ text: unescaped(raw), file });
  }
}

function unescaped(raw: string): string {
  return raw.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, sequence: string) => {
    if (sequence.startsWith('u')) return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
    return sequence === 'n' ? '\n' : sequence;
  });
}

/** The parts the rooms write; the build makes the bundle of them, which may be older than they are. */
const korean: Record<string, string> = {};
const twice: string[] = [];
for (const file of filesBelow('media/l10n/parts', '.ko.json'))
  for (const [english, translation] of Object.entries(json(file))) {
    if (korean[english] !== undefined && korean[english] !== translation) twice.push(english);
    korean[english] = translation;
  }

function placeholders(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}

describe('strings in code', () => {
  it('are literals', () => {
    expect(notLiteral).toEqual([]);
  });

  it('each have a Korean translation', () => {
    const missing = said.filter(({ text }) => korean[text] === undefined || korean[text] === '');
    expect(missing.map(({ text, file }) => `${file.slice(root.length + 1)}: ${text}`)).toEqual([]);
  });

  it('are not translated two ways', () => {
    expect(twice).toEqual([]);
  });

  it('leave no translation unused', () => {
    const used = new Set(said.map(({ text }) => text));
    expect(Object.keys(korean).filter((text) => !used.has(text))).toEqual([]);
  });

  it('keep their placeholders', () => {
    const wrong = Object.entries(korean).filter(
      ([english, translation]) => placeholders(english).join() !== placeholders(translation).join(),
    );
    expect(wrong).toEqual([]);
  });

  it('are Korean where they are words', () => {
    const properNames = new Set(['Docker Networks', 'swarm']);
    const hasLetters = (text: string): boolean => /[A-Za-z]{4,}/.test(text.replace(/\{\d+\}/g, ''));
    const same = Object.entries(korean).filter(
      ([english, translation]) => hasLetters(english) && !properNames.has(english) && english === translation,
    );
    expect(same).toEqual([]);
  });
});

describe('strings in package.json', () => {
  const english = json(join(root, 'package.nls.json'));
  const translated = json(join(root, 'package.nls.ko.json'));
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const used = new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key));

  it('exist in both languages', () => {
    expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort());
    expect(Object.entries(translated).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are the ones package.json names', () => {
    expect(Object.keys(english).sort()).toEqual([...used].sort());
  });

  it('keep their command links', () => {
    const links = (text: string): readonly string[] => (text.match(/\(command:[\w.]+\)/g) ?? []).sort();
    for (const [key, text] of Object.entries(english)) expect(links(translated[key] ?? ''), key).toEqual(links(text));
  });
});
