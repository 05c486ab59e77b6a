/** The page's words: templates from the host, filled in here. */
import type { DrawingWords } from '#model/topology/drawing';
import { drawingWords, fillIn } from '#model/topology/words';
import type { PageWordKey, PageWords } from '#protocol';

export class Words {
  readonly #words: PageWords;
  #drawing: { readonly host: string; readonly words: DrawingWords } | undefined;

  constructor(words: PageWords) {
    this.#words = words;
  }

  say(key: PageWordKey, ...values: readonly (string | number)[]): string {
    return fillIn(this.#words[key], values);
  }

  /** The words that stand in the drawing; `host` is the engine's name. The same object for the same name. */
  drawing(host: string): DrawingWords {
    if (this.#drawing?.host !== host) this.#drawing = { host, words: drawingWords(this.#words, host) };
    return this.#drawing.words;
  }
}
