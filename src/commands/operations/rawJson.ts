/** Reads the engine's own JSON where a change must carry over what the snapshot does not hold. */
export type Json = Readonly<Record<string, unknown>>;

export function objectAt(value: unknown, ...path: readonly string[]): Json {
  let found: unknown = value;
  for (const key of path) found = isObject(found) ? found[key] : undefined;
  return isObject(found) ? found : {};
}

export function textAt(value: Json, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found : '';
}

/** The texts of a list; [] for null, which engines use for empty lists. */
export function textsAt(value: Json, key: string): readonly string[] {
  const found = value[key];
  return Array.isArray(found) ? found.filter((entry): entry is string => typeof entry === 'string') : [];
}

export function objectsAt(value: Json, key: string): readonly Json[] {
  const found = value[key];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** Entries whose value is text; {} for null. */
export function textMapAt(value: Json, key: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, key));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
