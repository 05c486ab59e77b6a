/** Whether two plain JSON values say the same; a key that holds undefined counts as absent. `ignore` names one key to skip. */
export function equal(one: unknown, other: unknown, ignore?: string): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((value, index) => equal(value, other[index], ignore));
  }
  const left = one as Record<string, unknown>;
  const right = other as Record<string, unknown>;
  for (const key in left) if (key !== ignore && !equal(left[key], right[key], ignore)) return false;
  for (const key in right) if (key !== ignore && right[key] !== undefined && left[key] === undefined) return false;
  return true;
}
