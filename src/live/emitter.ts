import type { Disposable, Event } from '#live/types';

/** A minimal event source: listeners are called in the order they came; one that throws does not stop the others. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener): Disposable => {
    // A wrapper of its own, so that one function subscribed twice is called twice and disposed apart.
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  fire(value: T): void {
    const failures: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0)
      queueMicrotask(() => {
        throw failures[0];
      });
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
