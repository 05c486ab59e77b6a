/** What the page remembers across reloads and shares among its parts. */

import type { Slot } from '#model/topology/drawing';
import type { Filter } from '#model/topology/filter';
import type { MapWarmth } from '#model/topology/map';
import type { Density } from '#model/topology/rails';
import type { FromPage } from '#protocol';

export type Mode = 'rails' | 'map';

export interface Kept {
  /** Undefined until the user switches: then the width decides. */
  readonly mode?: Mode;
  readonly density?: Density;
  readonly selected?: string;
  /** Two nodes, from and to, whose connection is shown; one of them is the selected. */
  readonly pair?: readonly [string, string];
  readonly filter?: Filter;
  readonly search?: string;
  readonly warmth?: MapWarmth;
  readonly slots?: readonly (readonly [string, Slot])[];
  readonly scrollTop?: number;
  readonly zoom?: { readonly x: number; readonly y: number; readonly k: number };
  /** Which picture the rest belongs to: another engine's or a plan's is laid out anew. */
  readonly picture?: string;
}

export interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: Kept): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** Writes to VS Code when things have been still for a moment: scrolling and zooming change it all the time. */
export class PageState {
  readonly #api: VsCodeApi;
  #kept: Kept;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: VsCodeApi) {
    this.#api = api;
    const before = api.getState();
    this.#kept = typeof before === 'object' && before !== null ? (before as Kept) : {};
    window.addEventListener('pagehide', () => this.#write());
  }

  get kept(): Kept {
    return this.#kept;
  }

  change(part: { [K in keyof Kept]?: Kept[K] | undefined }): void {
    const next: Record<string, unknown> = { ...this.#kept, ...part };
    for (const key of Object.keys(next)) if (next[key] === undefined) delete next[key];
    this.#kept = next as Kept;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), 200);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#api.setState(this.#kept);
  }
}

/** Messages to the host: the only way out of the page. */
export type Post = (message: FromPage) => void;
