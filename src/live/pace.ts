/** Milliseconds: the first wait after quiet, and the longest in a storm. */
const SHORTEST = 15;
const LONGEST = 500;

/**
 * When to act on events: soon after the first of a burst, and less often the longer a storm lasts, so that 2,000 events
 * in a second make a handful of flushes.
 */
export class Pace {
  readonly #flush: () => void;
  #wait = SHORTEST;
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = 0;

  constructor(flush: () => void) {
    this.#flush = flush;
  }

  event(): void {
    if (this.#timer) return;
    // Quiet for twice the last wait: the storm is over.
    const quiet = Date.now() - this.#flushedAt;
    this.#wait = quiet > this.#wait * 2 + SHORTEST ? SHORTEST : Math.min(LONGEST, this.#wait * 2);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flushedAt = Date.now();
      this.#flush();
    }, this.#wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
