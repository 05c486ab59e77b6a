/** How a later Compose file changes an earlier one, and an extending service its base. Source: Compose specification, "Merge". */
import { type Entry, entriesOf, type ListTree, type MapTree, pairsOf, type Tree, textOf } from '#compose/tree';

/** Keys of a service whose value is replaced, not appended to. */
const replaced = new Set(['command', 'entrypoint', 'test']);
/** Keys that may be written as list or map, and merge by key. */
const paired = new Set(['environment', 'labels', 'extra_hosts', 'sysctls', 'annotations', 'args', 'driver_opts']);

/** `over` onto `base`; `key` is the key both stand under. */
export function mergeTrees(base: Tree, over: Tree, key: string, under = ''): Tree {
  if (over.tag === 'reset') return { kind: 'scalar', value: null, at: over.at, unsure: false };
  if (over.tag === 'override') return over;
  // A key with nothing after it changes nothing.
  if (over.kind === 'scalar' && over.value === null) return base;
  if (base.kind === 'scalar' && base.value === null) return over;
  if (replaced.has(key)) return over;
  if (paired.has(key)) return mergeMaps(pairMap(base, key), pairMap(over, key), key);
  if (key === 'networks' && under !== '') return mergeMaps(namedMap(base), namedMap(over), key);
  if (key === 'depends_on') return mergeMaps(namedMap(base), namedMap(over), key);
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(base, over, key);
  if (base.kind === 'list' && over.kind === 'list') return mergeLists(base, over);
  return over;
}

/** Top-level merge of two files. */
export function mergeMaps(base: MapTree, over: MapTree, key = ''): MapTree {
  const entries = new Map<string, Entry>(base.entries);
  for (const [name, entry] of over.entries) {
    const known = entries.get(name);
    if (!known) entries.set(name, entry);
    else if (entry.value.tag === 'reset') entries.delete(name);
    else entries.set(name, { key: known.key, value: mergeTrees(known.value, entry.value, name, key) });
  }
  return { kind: 'map', entries, at: base.at };
}

/** Compose appends, and keeps one of what is written twice alike. */
function mergeLists(base: ListTree, over: ListTree): ListTree {
  const said = new Set<string>();
  const items = [...base.items, ...over.items].filter((item) => {
    const text = textOf(item);
    if (text === undefined) return true;
    return !said.has(text) && Boolean(said.add(text));
  });
  return { kind: 'list', items, at: base.at };
}

/** `[a, b]` as `{a: , b: }`. */
export function namedMap(tree: Tree): MapTree {
  if (tree.kind === 'map') return tree;
  const entries = new Map<string, Entry>();
  for (const item of tree.kind === 'list' ? tree.items : []) {
    const name = textOf(item);
    if (name !== undefined)
      entries.set(name, { key: item.at, value: { kind: 'scalar', value: null, at: item.at, unsure: false } });
  }
  return { kind: 'map', entries, at: tree.at };
}

function pairMap(tree: Tree, key: string): MapTree {
  if (tree.kind === 'map') return tree;
  const separator = key === 'extra_hosts' && entriesOf(tree).length === 0 && mostlyColons(tree) ? ':' : '=';
  const entries = new Map<string, Entry>();
  for (const [name, value] of pairsOf(tree, separator)) entries.set(name, { key: value.at, value });
  return { kind: 'map', entries, at: tree.at };
}

function mostlyColons(tree: Tree): boolean {
  return tree.kind === 'list' && tree.items.every((item) => !(textOf(item) ?? '').includes('='));
}
