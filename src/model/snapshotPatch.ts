/**
 * What leads from one snapshot to the next, as plain JSON: a change of one container among thousands is a short message,
 * and whoever takes it in keeps the objects of everything else.
 */
import type { Snapshot } from '#model/snapshot';

export interface ListPatch<T> {
  /** Ids of items that are gone. */
  readonly removed: readonly string[];
  /** New and changed items with their places in the new list, in the order of these places. */
  readonly put: readonly { readonly at: number; readonly item: T }[];
}

export interface SnapshotPatch {
  readonly networks: ListPatch<Snapshot['networks'][number]>;
  readonly containers: ListPatch<Snapshot['containers'][number]>;
  /** Everything else that a snapshot has, but for what `same` names. */
  readonly rest: Omit<Snapshot, 'networks' | 'containers'>;
  readonly same: readonly ('services' | 'host')[];
}

interface Item {
  readonly id: string;
}

/**
 * By identity: snapshots share the objects of what did not change. Undefined where the whole is the better message,
 * since most of it differs, or where what stayed stands in another order.
 */
export function patchBetween(before: Snapshot, after: Snapshot): SnapshotPatch | undefined {
  const networks = listPatch(before.networks, after.networks);
  const containers = listPatch(before.containers, after.containers);
  if (!networks || !containers) return undefined;
  const { networks: _, containers: __, ...whole } = after;
  const same = (['services', 'host'] as const).filter((name) => before[name] === after[name]);
  const rest = Object.fromEntries(Object.entries(whole).filter(([name]) => !same.some((other) => other === name)));
  return { networks, containers, rest: rest as SnapshotPatch['rest'], same };
}

function listPatch<T extends Item>(before: readonly T[], after: readonly T[]): ListPatch<T> | undefined {
  if (before === after) return { removed: [], put: [] };
  const old = new Map(before.map((item, place) => [item.id, place]));
  const put: { at: number; item: T }[] = [];
  const stays = new Set<string>();
  let last = -1;
  for (const [at, item] of after.entries()) {
    if (stays.has(item.id)) return undefined;
    stays.add(item.id);
    const place = old.get(item.id);
    if (place === undefined || before[place] !== item) put.push({ at, item });
    else if (place < last) return undefined;
    else last = place;
  }
  if (put.length > 20 && put.length * 2 > after.length) return undefined;
  return { removed: before.filter(({ id }) => !stays.has(id)).map(({ id }) => id), put };
}

/** The snapshot after the patch; what the patch does not name stays the same object. */
export function patchedSnapshot(before: Snapshot, patch: SnapshotPatch): Snapshot {
  const kept = Object.fromEntries(patch.same.flatMap((name) => (before[name] ? [[name, before[name]]] : [])));
  return {
    ...patch.rest,
    ...kept,
    networks: patchedList(before.networks, patch.networks),
    containers: patchedList(before.containers, patch.containers),
  };
}

function patchedList<T extends Item>(before: readonly T[], { removed, put }: ListPatch<T>): readonly T[] {
  if (removed.length === 0 && put.length === 0) return before;
  const gone = new Set([...removed, ...put.map(({ item }) => item.id)]);
  const stays = before.filter(({ id }) => !gone.has(id));
  const after: T[] = [];
  let taken = 0;
  for (const { at, item } of put) {
    while (after.length < at) after.push(stays[taken++]!);
    after.push(item);
  }
  for (; taken < stays.length; taken++) after.push(stays[taken]!);
  return after;
}
