/**
 * How long to wait before the next try: doubles from `first` to `longest` milliseconds, each with jitter (half to whole),
 * so that many windows do not ask a returning engine at the same instant.
 */
export class Backoff {
  readonly #first: number;
  readonly #longest: number;
  readonly #random: () => number;
  #tries = 0;

  constructor(first = 500, longest = 10_000, random: () => number = Math.random) {
    this.#first = first;
    this.#longest = longest;
    this.#random = random;
  }

  /** Milliseconds until the next try. */
  next(): number {
    const whole = Math.min(this.#longest, this.#first * 2 ** this.#tries);
    if (whole < this.#longest) this.#tries += 1;
    return Math.round(whole / 2 + (whole / 2) * this.#random());
  }

  reset(): void {
    this.#tries = 0;
  }
}
