import type { EngineErrorKind } from '#engine/types';

/** What went wrong between us and an engine. `detail` is the engine's (or the system's) own words, never ours. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly detail: string;
  /** HTTP status, when the engine answered. */
  readonly status: number | undefined;

  constructor(kind: EngineErrorKind, detail: string, status?: number) {
    super(detail);
    this.name = 'EngineError';
    this.kind = kind;
    this.detail = detail;
    this.status = status;
  }
}
