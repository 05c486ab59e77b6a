/** Widths of text without a canvas: a table, for the host and for tests. Wide characters (Hangul, CJK, emoji) count too. */
import type { Measure, TextStyle } from '#model/topology/drawing';

/** Advance widths in thousandths of an em of a common UI face (Inter, 400), rounded up; others take 640. */
const advances: Readonly<Record<string, number>> = {};
const classes: readonly (readonly [string, number])[] = [
  ["iIjl|'!.,:;`", 290],
  ['ft()[]{}r-/\\ ', 385],
  ['"*^_Jczskxvy', 575],
  ['abdeghnopqu0123456789?#$+=<>~LFTE', 640],
  ['ABCDGHKNOPQRSUVXYZ&w', 740],
  ['mMW%@', 930],
];
for (const [characters, width] of classes)
  for (const character of characters) (advances as Record<string, number>)[character] = width;

const sizes: Readonly<Record<TextStyle, { size: number; weight: number; mono: boolean }>> = {
  network: { size: 13, weight: 1.07, mono: false },
  name: { size: 13, weight: 1.04, mono: false },
  stopped: { size: 13, weight: 1, mono: false },
  body: { size: 13, weight: 1, mono: false },
  small: { size: 11, weight: 1, mono: false },
  word: { size: 11, weight: 1, mono: false },
  address: { size: 12, weight: 1, mono: true },
  mono: { size: 11, weight: 1, mono: true },
};

/** East Asian wide and emoji, by block: close enough for widths (Unicode TR 11). */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd) ||
    (code >= 0x2600 && code <= 0x27bf)
  );
}

const isMark = (code: number): boolean =>
  (code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200f) || (code >= 0xfe00 && code <= 0xfe0f);

/** Pixels at 100 %; errs on the wide side. */
export const tableMeasure: Measure = (text, style) => {
  const { size, weight, mono } = sizes[style];
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isMark(code)) continue;
    if (isWide(code)) thousandths += mono ? 1_200 : 1_050;
    else if (mono) thousandths += 605;
    else thousandths += advances[character] ?? (code < 0x250 ? 660 : 1_000);
  }
  return (thousandths / 1_000) * size * weight;
};

const shortest = 6;
const ellipsis = '…';

/** Text fit for one line: control characters, which would break or reorder it, become visible replacements. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '\ufffd');
}

/**
 * `text` cut at its end so that it fits `width` pixels, never under 6 characters: then it may be wider, and the caller
 * reserves what `measure` says. Cuts between whole characters (grapheme-ish: surrogates are kept together).
 */
export function shorten(text: string, style: TextStyle, width: number, measure: Measure): string {
  const line = oneLine(text.length > 512 ? text.slice(0, 512) : text);
  if (line.length === text.length && measure(line, style) <= width) return line;
  const characters = [...line];
  let low = Math.min(shortest, characters.length);
  let high = characters.length;
  const cut = (count: number): string => characters.slice(0, count).join('') + ellipsis;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(middle), style) <= width) low = middle;
    else high = middle - 1;
  }
  return low >= characters.length && line.length === text.length ? line : cut(low);
}
