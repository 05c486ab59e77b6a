/** A visible view needs its engines live, and looks again where engines send no event. */
import * as vscode from 'vscode';
import type { Disposable, EngineSession, Engines } from '#live/types';

export class Need implements vscode.Disposable {
  readonly #engines: Engines;
  readonly #held = new Map<EngineSession, Disposable>();
  readonly #subscriptions: readonly Disposable[];
  #isVisible = false;

  constructor(engines: Engines) {
    this.#engines = engines;
    this.#subscriptions = [
      engines.onDidChange(() => this.#hold()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.#isVisible) this.#lookAgain();
      }),
    ];
  }

  set visible(isVisible: boolean) {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    this.#hold();
    if (isVisible) this.#lookAgain();
  }

  dispose(): void {
    this.#isVisible = false;
    this.#hold();
    for (const one of this.#subscriptions) one.dispose();
  }

  #hold(): void {
    const wanted = this.#isVisible ? this.#engines.sessions : [];
    for (const [session, held] of this.#held) {
      if (wanted.includes(session)) continue;
      held.dispose();
      this.#held.delete(session);
    }
    for (const session of wanted) if (!this.#held.has(session)) this.#held.set(session, session.need());
  }

  #lookAgain(): void {
    // Only where a picture exists: the first one is being read anyway.
    for (const session of this.#engines.sessions) if (session.snapshot) void session.look();
  }
}
