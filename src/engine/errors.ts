import type { EngineErrorKind } from '#engine/types';

/** What went wrong between us and an engine. `detail` is the engine's (or the system's) own words, never ours. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly detail: string;
  /** HTTP status, when the engine answered. */
  readonly status: number | undefined;

  /** The client's bundle, loaded when first needed, has a class of its own: both are told by their name. */
  static override [Symbol.hasInstance](value: unknown): value is EngineError {
    return value instanceof Error && value.name === 'EngineError';
  }

  constructor(kind: EngineErrorKind, detail: string, status?: number) {
    super(detail);
    this.name = 'EngineError';
    this.kind = kind;
    this.detail = detail;
    this.status = status;
  }
}
