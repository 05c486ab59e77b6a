/** Fills templates of words in: the words themselves are the views' work. */
import type { DrawingWords } from '#model/topology/drawing';

/** `{0}`, `{1}` … become the values. */
export function fillIn(template: string, values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (whole, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? whole : String(value);
  });
}

/** A template for each word that stands in a drawing. */
export type DrawingTemplates = {
  readonly [Key in Exclude<keyof DrawingWords, 'firstNetworkWhy' | 'host'>]: string;
} & { readonly firstNetworkWhyOne: string; readonly firstNetworkWhyTwo: string };

/** The drawing's words; `host` is the engine's name. */
export function drawingWords(words: DrawingTemplates, host: string): DrawingWords {
  return {
    ...words,
    host,
    shared: (projects) => fillIn(words.shared, [projects]),
    sharesWith: (name) => fillIn(words.sharesWith, [name]),
    linkTo: (name) => fillIn(words.linkTo, [name]),
    alias: (name) => fillIn(words.alias, [name]),
    inNetwork: (name) => fillIn(words.inNetwork, [name]),
    more: (count) => fillIn(words.more, [count]),
    emptyBuiltIn: (names) => fillIn(words.emptyBuiltIn, [names]),
    firstNetworkWhy: [words.firstNetworkWhyOne, words.firstNetworkWhyTwo],
  };
}
