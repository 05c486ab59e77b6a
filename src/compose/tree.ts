/** A YAML document as plain values that know where they stand: anchors followed, merge keys merged, variables filled in. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { interpolate, type Variables } from '#compose/interpolate';

/** Offsets (end exclusive) in a file; `file` is whatever the reader knows it by (a URI or a path). */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface ScalarTree {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly at: Span;
  /** A variable in it has no value here: what it will be is not known. */
  readonly unsure: boolean;
  readonly tag?: Tag;
}
export interface Entry {
  readonly key: Span;
  readonly value: Tree;
}
export interface MapTree {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly at: Span;
  readonly tag?: Tag;
}
export interface ListTree {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly at: Span;
  readonly tag?: Tag;
}
export type Tree = ScalarTree | MapTree | ListTree;
/** Compose's `!reset` and `!override`: how a file's value takes the place of an earlier file's. */
type Tag = 'reset' | 'override';

/** Something in a file that cannot be read as Compose: `rule` and `args` are put into words by the providers. */
export interface Problem {
  readonly rule: string;
  readonly args: Readonly<Record<string, string>>;
  readonly at: Span;
}

/** More nesting than this is an attack or a loop of anchors. */
const deepest = 100;
/** Anchors that repeat each other can blow a small file up: this many values are the end. */
const mostValues = 200_000;

/** Parses one document; what cannot be read is told in `problems`, what can be is in the tree. */
export function parseTree(text: string, file: string, variables: Variables, problems: Problem[]): MapTree {
  const document = parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: true, logLevel: 'silent' });
  for (const error of document.errors)
    problems.push({
      rule: 'yaml',
      args: { message: error.message.split('\n')[0]!.replace(/ at line.*$/, '') },
      at: { file, start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1) },
    });
  let values = 0;

  const span = (node: Node): Span => ({ file, start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 });
  const tagOf = (node: Node): { tag?: Tag } =>
    node.tag === '!reset' ? { tag: 'reset' } : node.tag === '!override' ? { tag: 'override' } : {};

  const convert = (node: unknown, depth: number, where: Span): Tree => {
    if (++values > mostValues || depth > deepest) return { kind: 'scalar', value: null, at: where, unsure: true };
    if (isAlias(node)) {
      const target = node.resolve(document);
      // The place is where the alias stands: that is the line a person would change for this service only.
      return convert(target, depth + 1, span(node));
    }
    if (isMap(node)) {
      const entries = new Map<string, Entry>();
      const merged: [string, Entry][] = [];
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? pair.key : undefined;
        if (!key) continue;
        const value = convert(pair.value, depth + 1, span(key));
        if (key.value === '<<') {
          for (const source of value.kind === 'list' ? value.items : [value])
            if (source.kind === 'map') merged.push(...source.entries);
        } else entries.set(String(key.value ?? ''), { key: span(key), value });
      }
      for (const [name, entry] of merged) if (!entries.has(name)) entries.set(name, entry);
      return { kind: 'map', entries, at: span(node), ...tagOf(node) };
    }
    if (isSeq(node))
      return {
        kind: 'list',
        items: node.items.map((item) => convert(item, depth + 1, where)),
        at: span(node),
        ...tagOf(node),
      };
    if (isScalar(node)) {
      const raw = node.value;
      const at = node.range ? span(node) : where;
      if (typeof raw === 'string' && raw.includes('$')) {
        const filled = interpolate(raw, variables);
        return { kind: 'scalar', value: filled.text, at, unsure: filled.unset.length > 0, ...tagOf(node) };
      }
      const plain = raw === null || ['string', 'number', 'boolean'].includes(typeof raw) ? raw : String(raw);
      // Docker reads `10` and `010` as written: the source is kept where the number would lose it.
      const value =
        typeof plain === 'number' && node.source !== undefined && node.source !== String(plain) ? node.source : plain;
      return { kind: 'scalar', value: value as ScalarTree['value'], at, unsure: false, ...tagOf(node) };
    }
    return { kind: 'scalar', value: null, at: where, unsure: false };
  };

  const root = convert(document.contents, 0, { file, start: 0, end: 0 });
  if (root.kind === 'map') return root;
  if (root.kind === 'list' || (root.kind === 'scalar' && root.value !== null))
    problems.push({ rule: 'not-a-mapping', args: { what: 'file' }, at: root.at });
  return { kind: 'map', entries: new Map(), at: { file, start: 0, end: text.length } };
}

export function child(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.kind === 'map' ? tree.entries.get(key)?.value : undefined;
}

/** The text of a scalar; undefined for null, maps and lists. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && tree.value !== null ? String(tree.value) : undefined;
}

/** YAML 1.1's words too: Compose files and `.env` values use them. */
export function flagOf(tree: Tree | undefined): boolean {
  return ['true', 'yes', 'on', '1', 'y'].includes(textOf(tree)?.toLowerCase() ?? '');
}

export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

export function entriesOf(tree: Tree | undefined): readonly (readonly [string, Entry])[] {
  return tree?.kind === 'map' ? [...tree.entries] : [];
}

/** `KEY=value` lists and maps alike, as Compose takes `environment`, `labels` and `driver_opts`. */
export function pairsOf(tree: Tree | undefined, separator = '='): ReadonlyMap<string, ScalarTree> {
  const pairs = new Map<string, ScalarTree>();
  for (const item of itemsOf(tree)) {
    const text = textOf(item);
    if (text === undefined || item.kind !== 'scalar') continue;
    const cut = text.indexOf(separator);
    if (cut < 0) pairs.set(text, { ...item, value: null });
    else pairs.set(text.slice(0, cut), { ...item, value: text.slice(cut + 1) });
  }
  for (const [key, { value }] of entriesOf(tree)) if (value.kind === 'scalar') pairs.set(key, value);
  return pairs;
}
