/** The page's words: templates from the host, filled in here. */
import type { DrawingWords } from '#model/topology/drawing';
import type { PageWordKey, PageWords } from '#protocol';

export class Words {
  readonly #words: PageWords;

  constructor(words: PageWords) {
    this.#words = words;
  }

  say(key: PageWordKey, ...values: readonly (string | number)[]): string {
    return this.#words[key].replace(/\{(\d)\}/g, (whole, index: string) => {
      const value = values[Number(index)];
      return value === undefined ? whole : String(value);
    });
  }

  /** The words that stand in the drawing; `host` is the engine's name. */
  drawing(host: string): DrawingWords {
    const words = this.#words;
    return {
      ...words,
      host,
      shared: (projects) => this.say('shared', projects),
      sharesWith: (name) => this.say('sharesWith', name),
      linkTo: (name) => this.say('linkTo', name),
      alias: (name) => this.say('alias', name),
      inNetwork: (name) => this.say('inNetwork', name),
      more: (count) => this.say('more', count),
      emptyBuiltIn: (names) => this.say('emptyBuiltIn', names),
      firstNetworkWhy: [words.firstNetworkWhyOne, words.firstNetworkWhyTwo],
    };
  }
}
