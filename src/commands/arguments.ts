/** What a command was handed: a row, or one object of a script that answers the prompts. Read strictly, so that a typo is told. */
import { Refusal } from '#commands/operations/refusal';
import { asTarget } from '#views/target';

/** Narrows what VS Code hands over to the object of a script; undefined for rows, documents and nothing at all. */
export function asScript(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || asTarget(value)) return undefined;
  const found = value as Record<string, unknown>;
  // A webview's context menu and an editor's title hand over objects of their own.
  if ('webviewSection' in found || 'webview' in found || 'scheme' in found || 'kind' in found) return undefined;
  return found;
}

/** Whether errors are thrown to the caller instead of shown. `ask: true` gives some answers and has the rest asked. */
export function isScripted(value: unknown): boolean {
  const script = asScript(value);
  return script !== undefined && script.ask !== true;
}

const everywhere = ['engine', 'confirmed', 'ask'];

/** Reads the answers of a script. Throws `argument-missing`, `argument-type` or `argument-unknown`. */
export class Answers {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>, known: readonly string[]) {
    for (const argument of Object.keys(values))
      if (!known.includes(argument) && !everywhere.includes(argument))
        throw new Refusal('argument-unknown', { argument, known: known.join(', ') });
    this.#values = values;
  }

  has(argument: string): boolean {
    return this.#values[argument] !== undefined;
  }

  text(argument: string): string | undefined {
    return this.#typed(argument, 'text', (value): value is string => typeof value === 'string');
  }

  needText(argument: string): string {
    const found = this.text(argument);
    if (found === undefined || found.trim() === '') throw new Refusal('argument-missing', { argument });
    return found;
  }

  flag(argument: string): boolean | undefined {
    return this.#typed(argument, 'true or false', (value): value is boolean => typeof value === 'boolean');
  }

  whole(argument: string): number | undefined {
    return this.#typed(argument, 'a whole number', (value): value is number => Number.isSafeInteger(value));
  }

  texts(argument: string): readonly string[] | undefined {
    return this.#typed(argument, 'a list of texts', (value): value is string[] => isTexts(value));
  }

  map(argument: string): Readonly<Record<string, string>> | undefined {
    return this.#typed(argument, 'an object of texts', (value): value is Record<string, string> => isTextMap(value));
  }

  objects(argument: string): readonly Readonly<Record<string, unknown>>[] | undefined {
    return this.#typed(
      argument,
      'a list of objects',
      (value): value is Record<string, unknown>[] => Array.isArray(value) && value.every((entry) => isObject(entry)),
    );
  }

  any(argument: string): unknown {
    return this.#values[argument];
  }

  #typed<T>(argument: string, expected: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.#values[argument];
    if (value === undefined) return undefined;
    if (!is(value)) throw new Refusal('argument-type', { argument, expected });
    return value;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isTextMap(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((entry) => typeof entry === 'string');
}
