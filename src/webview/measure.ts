/** Widths of text from the page's own fonts. */
import type { Measure, TextStyle } from '#model/topology/drawing';
import { fonts } from '#model/topology/paint';

const most = 20_000;
/** Space to tilde. */
const first = 32;
const last = 126;
/** What our own texts add to names: as plain as ASCII, for they join with nothing either. */
const signs = '…·→';

/** Measures with a canvas and remembers: the same few thousand texts come again at every layout. */
export class TextMeasure {
  readonly #context = document.createElement('canvas').getContext('2d')!;
  readonly #widths = new Map<string, number>();
  readonly #advances = new Map<TextStyle, Float64Array>();
  #measure: Measure = (text, style) => this.#widthOf(text, style);
  #families = { ui: 'sans-serif', mono: 'monospace' };

  constructor() {
    this.readFonts();
  }

  /** After a change of theme or font. True when something changed, so that the layout runs again. */
  readFonts(): boolean {
    const style = getComputedStyle(document.documentElement);
    const ui = style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif';
    const mono = style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace';
    if (ui === this.#families.ui && mono === this.#families.mono) return false;
    this.#families = { ui, mono };
    this.forget();
    return true;
  }

  /** Forgets what it measured: a font that was still loading is there now. */
  forget(): void {
    this.#widths.clear();
    this.#advances.clear();
    this.#measure = (text, style) => this.#widthOf(text, style);
  }

  /** Another function after fonts changed: what was laid out with the one before is not taken over. */
  get measure(): Measure {
    return this.#measure;
  }

  #widthOf(text: string, style: TextStyle): number {
    // Without kerning and ligatures (media/topology/drawing.css) printable ASCII is the sum of its characters: at thousands of
    // containers asking the canvas for each text would take most of the layout's time.
    const advances = this.#advancesOf(style);
    let width = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= first && code <= last) width += advances[code - first]!;
      else if (signs.includes(text[index]!)) width += this.#whole(text[index]!, style);
      else return this.#whole(text, style);
    }
    return width;
  }

  #whole(text: string, style: TextStyle): number {
    const key = `${style} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const width = this.#ask(text, style);
    if (this.#widths.size > most) this.#widths.clear();
    this.#widths.set(key, width);
    return width;
  }

  #advancesOf(style: TextStyle): Float64Array {
    let advances = this.#advances.get(style);
    if (!advances) {
      advances = new Float64Array(last - first + 1);
      for (let code = first; code <= last; code++) advances[code - first] = this.#ask(String.fromCharCode(code), style);
      this.#advances.set(style, advances);
    }
    return advances;
  }

  #ask(text: string, style: TextStyle): number {
    const { size, weight, mono } = fonts[style];
    this.#context.font = `${weight} ${size}px ${mono ? this.#families.mono : this.#families.ui}`;
    this.#context.fontKerning = 'none';
    return this.#context.measureText(text).width;
  }
}
