/** One line of the benchmarks' table. */
export interface Figure {
  readonly what: string;
  /** The input: `1,000 containers`, `docker-28`, … */
  readonly of?: string;
  readonly value: number | string;
  readonly unit?: string;
  /** What it should be, for a person to read: `at most 1.3`. */
  readonly goal?: string;
  /** Whether the goal is met; absent where there is none. */
  readonly met?: boolean;
}

export type Print = (figure: Figure) => void;

/** What each `test/bench/*.bench.ts` exports. */
export interface Bench {
  readonly name: string;
  run(print: Print): Promise<void>;
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** The value below which `part` (0 to 1) of the samples lie. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
