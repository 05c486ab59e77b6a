/** Counts who needs a connection, and tells when nobody has for a while. */
export class Needs {
  readonly #held = new Set<symbol>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #none: () => void;

  constructor(none: () => void) {
    this.#none = none;
  }

  get any(): boolean {
    return this.#held.size > 0;
  }

  add(): symbol {
    const need = Symbol('need');
    this.#held.add(need);
    return need;
  }

  /** The need ends `after` milliseconds; a second release of the same need does nothing. */
  release(need: symbol, after: number): void {
    if (!this.#held.has(need)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#held.delete(need) && this.#held.size === 0) this.#none();
    }, after);
    // A process that has nothing else to do need not wait for this.
    timer.unref();
    this.#timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#held.clear();
  }
}
