interface Named {
  readonly id: string;
  readonly name: string;
}

/** By name, then id, in code units: the order a snapshot promises. */
export function byName(one: Named, other: Named): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  if (one.id !== other.id) return one.id < other.id ? -1 : 1;
  return 0;
}

/**
 * A sorted copy of `sorted` in which each id of `changed` has the value `current` gives it now (or is left out). Costs a
 * plain copy and a binary search per change, so that one changed row among 10,000 is no dearer than one among 100.
 */
export function patched<T extends Named>(
  sorted: readonly T[],
  changed: ReadonlyMap<string, T | undefined>,
  current: ReadonlyMap<string, T>,
): readonly T[] {
  // Many changes: sorting anew is cheaper than as many moves.
  if (changed.size > 32 && changed.size * 16 > sorted.length) return [...current.values()].sort(byName);
  const result = sorted.slice();
  for (const [id, before] of changed) {
    const now = current.get(id);
    if (before === now) continue;
    if (before && now && before.name === now.name) result[position(result, before)] = now;
    else {
      if (before) result.splice(position(result, before), 1);
      if (now) result.splice(position(result, now), 0, now);
    }
  }
  return result;
}

/** Where `value` is, or would be put. */
function position<T extends Named>(sorted: readonly T[], value: T): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (byName(sorted[middle]!, value) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
