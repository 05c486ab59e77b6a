/** The topology page's words in English, read from the host's own table: `vscode.l10n.t('…')` is taken as it stands. */
import { readFileSync } from 'node:fs';
import type { PageWords } from '#protocol';

const source = readFileSync(new URL('../../src/views/topologyWords.ts', import.meta.url), 'utf8');
const found = [...source.matchAll(/^ {4}(\w+): (?:vscode\.l10n\.t\()?'((?:[^'\\]|\\.)*)'/gm)];

export const pageWordsForTests = Object.fromEntries(found.map(([, key, text]) => [key, text])) as unknown as PageWords;
