/** Widths of text from the page's own fonts. */
import type { Measure, TextStyle } from '#model/topology/drawing';
import { fonts } from '#model/topology/paint';

const most = 20_000;

/** Measures with a canvas and remembers: the same few thousand texts come again at every layout. */
export class TextMeasure {
  readonly #context = document.createElement('canvas').getContext('2d')!;
  readonly #widths = new Map<string, number>();
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
    this.#widths.clear();
    return true;
  }

  /** Forgets what it measured: a font that was still loading is there now. */
  forget(): void {
    this.#widths.clear();
  }

  readonly measure: Measure = (text: string, style: TextStyle): number => {
    const key = `${style} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const { size, weight, mono } = fonts[style];
    this.#context.font = `${weight} ${size}px ${mono ? this.#families.mono : this.#families.ui}`;
    const width = this.#context.measureText(text).width;
    if (this.#widths.size > most) this.#widths.clear();
    this.#widths.set(key, width);
    return width;
  };
}
