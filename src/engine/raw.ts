/**
 * Careful reading of an engine's JSON: every answer is `unknown` until looked at, for the engines leave fields out,
 * send null for empty lists and objects, and `@types/dockerode` promises more than they keep.
 */
export type RawObject = Readonly<Record<string, unknown>>;

const nothing: RawObject = Object.freeze({});

export function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one for null, absent or anything else. */
export function asObject(value: unknown): RawObject {
  return isObject(value) ? value : nothing;
}

/** The list, or an empty one for null, absent or anything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text, or '' for anything else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text, or undefined where the engine says nothing (absent, null or ''). */
export function someText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asTexts(value: unknown): readonly string[] {
  return asList(value).filter((item): item is string => typeof item === 'string');
}

export function someNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Text values of a map such as labels or options; `fromEntries` makes `__proto__` a key like any other. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asObject(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Code-unit order, the same on every machine and in every language. */
export function byNameThenId<T extends { readonly name: string; readonly id: string }>(a: T, b: T): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** `10.0.0.3/24` → `10.0.0.3`. */
export function withoutPrefix(address: string): string {
  const slash = address.indexOf('/');
  return slash < 0 ? address : address.slice(0, slash);
}
