/** What must be undone at the end, last first; a step that fails is said and does not keep the others from being done. */
export class Cleanup {
  readonly #steps: { readonly what: string; readonly undo: () => Promise<void> | void }[] = [];
  #running: Promise<void> | undefined;

  add(what: string, undo: () => Promise<void> | void): void {
    this.#steps.push({ what, undo });
  }

  /** Undoes everything once, however often it is called. */
  run(): Promise<void> {
    this.#running ??= this.#all();
    return this.#running;
  }

  async #all(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.undo();
      } catch (error) {
        console.error(`Could not ${step.what}: ${String(error)}`);
      }
    }
  }
}
