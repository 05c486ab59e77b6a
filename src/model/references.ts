/**
 * What a line of text refers to on a network: addresses, CIDR blocks, `localhost:8080`, and words that stand where a
 * host stands. Pure text work: whether an engine knows the word is the index's business (#model/referenceIndex).
 */
import { scanAddresses } from '#model/referencesAddresses';
import { scanNames } from '#model/referencesNames';

export type ReferenceKind = 'address' | 'cidr' | 'local' | 'name';

export interface Reference {
  readonly kind: ReferenceKind;
  /** Offsets in the line, end exclusive, of host and port (or prefix) together. */
  readonly start: number;
  readonly end: number;
  /** Address without brackets, or the name as written. */
  readonly host: string;
  readonly port?: number;
  /** Prefix length in bits, of a CIDR block. */
  readonly prefix?: number;
}

/** Prose keeps its words to itself: there only URLs and code spans are looked at for names. */
export type TextKind = 'code' | 'prose' | 'yaml' | 'shell' | 'nginx' | 'ini';

/** The lines around: a YAML value may be named by the line before it, a list item by the key above. */
export interface TextContext {
  readonly kind: TextKind;
  /** Line `above` lines up (1 is the previous one); undefined at the top. */
  readonly above?: (above: number) => string | undefined;
}

/** Longer lines are minified or data: nobody reads an address there, and scanning them would cost. */
const longestLine = 2_000;

/** Every reference of a line, left to right, none inside another. */
export function scanLine(line: string, context: TextContext): readonly Reference[] {
  if (line.length > longestLine) return [];
  const addresses = scanAddresses(line);
  const free = (found: Reference): boolean =>
    !addresses.some((other) => found.start < other.end && other.start < found.end);
  return [...addresses, ...scanNames(line, context).filter(free)].sort((a, b) => a.start - b.start);
}

/** Characters looked at on each side of a column: long lines cost no more than short ones. */
const window = 200;

/** The reference at a column (0-based), if one is there. */
export function referenceAt(line: string, column: number, context: TextContext): Reference | undefined {
  const from = Math.max(0, column - window);
  const to = Math.min(line.length, column + window);
  return scanLine(line.slice(from, to), context)
    .map((found) => ({ ...found, start: found.start + from, end: found.end + from }))
    .find(
      // What touches a cut may go on beyond it.
      ({ start, end }) =>
        start <= column && column <= end && (start > from || from === 0) && (end < to || to === line.length),
    );
}

const kinds: Readonly<Record<string, TextKind>> = {
  markdown: 'prose',
  plaintext: 'prose',
  restructuredtext: 'prose',
  latex: 'prose',
  yaml: 'yaml',
  dockercompose: 'yaml',
  helm: 'yaml',
  shellscript: 'shell',
  bat: 'shell',
  powershell: 'shell',
  dockerfile: 'shell',
  makefile: 'shell',
  nginx: 'nginx',
  properties: 'ini',
  ini: 'ini',
  dotenv: 'ini',
  toml: 'ini',
};

/** How to read a file, from VS Code's language id and the file's name (many nginx and .env files have no language). */
export function textKind(languageId: string, fileName: string): TextKind {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1).toLowerCase();
  if (base.startsWith('.env') || base.endsWith('.env')) return 'ini';
  if (/\.(ya?ml)$/.test(base)) return 'yaml';
  if (/nginx|haproxy|caddyfile|\.vhost$/.test(base) || base.endsWith('.conf')) return 'nginx';
  if (/\.(sh|bash|zsh|ps1)$|^(dockerfile|makefile)/.test(base)) return 'shell';
  if (/\.(properties|ini|cfg|toml)$/.test(base)) return 'ini';
  if (/\.(md|rst|adoc)$/.test(base)) return 'prose';
  // An untitled file or a .txt may hold anything: whole `KEY=value` lines are still taken, by the names scanner.
  return kinds[languageId] ?? (base.endsWith('.txt') ? 'prose' : 'code');
}
