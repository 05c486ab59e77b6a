/** A change that is not made, by code and values: `#commands/words` puts it into a sentence. Free of VS Code. */
export class Refusal extends Error {
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;

  constructor(code: string, args: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.code = code;
    this.args = args;
  }
}

/** Throws the problem a check of the model found, if any. */
export function refuse(
  problem: { readonly rule: string; readonly args: Readonly<Record<string, string>> } | undefined,
): void {
  if (problem) throw new Refusal(problem.rule, problem.args);
}

/** What an operation of many steps tells while it works. */
export interface Steps {
  /** Called before each step, with a code of `#commands/words`. */
  readonly step?: ((code: string, args: Readonly<Record<string, string>>) => void) | undefined;
  /** Aborting takes effect before the next step, and what was done is rolled back. */
  readonly signal?: AbortSignal | undefined;
}

/** The words of whatever was thrown, for a sentence that quotes them. */
export function detailOf(error: unknown): string {
  if (error instanceof Error && 'detail' in error && typeof error.detail === 'string') return error.detail;
  return error instanceof Error ? error.message : String(error);
}
