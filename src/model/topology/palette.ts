/** The theme's values of the colour tokens, mixed as media/topology/tokens.css mixes them: for a picture that stands alone. */
import type { Slot } from '#model/topology/drawing';
import type { Colour } from '#model/topology/paint';

export type ThemeKind = 'dark' | 'light' | 'hc' | 'hc-light';

/** Value of a VS Code theme variable by its name without `--vscode-`; '' where the theme has none. */
export type ThemeValue = (name: string) => string;

type Rgba = readonly [number, number, number, number];

export interface Palette {
  readonly font: string;
  readonly mono: string;
  readonly outside: string;
  colour(colour: Colour, slot?: Slot): string;
}

/** Light Modern, for exports that no page draws. */
export const lightTheme: Readonly<Record<string, string>> = {
  'editor-background': '#ffffff',
  'sideBar-background': '#f8f8f8',
  foreground: '#3b3b3b',
  descriptionForeground: '#3b3b3b',
  'charts-red': '#e51400',
  'charts-blue': '#0063d3',
  'charts-yellow': '#bf8803',
  'charts-green': '#388a34',
  'charts-purple': '#652d90',
  'symbolIcon-classForeground': '#d67e00',
  'terminal-ansiCyan': '#0598bc',
  'terminal-ansiMagenta': '#bc05bc',
  'font-family': 'Inter, "Segoe UI", system-ui, sans-serif',
  'editor-font-family': '"JetBrains Mono", Consolas, monospace',
};

const hues: Readonly<Record<string, string>> = {
  1: 'charts-blue',
  2: 'symbolIcon-classForeground',
  3: 'charts-purple',
  4: 'charts-green',
  5: 'terminal-ansiCyan',
  6: 'terminal-ansiMagenta',
};

export function paletteOf(kind: ThemeKind, value: ThemeValue): Palette {
  const light = kind === 'light';
  const contrast = kind === 'hc' || kind === 'hc-light';
  const raw = (name: string): Rgba => parse(value(name)) ?? parse(lightTheme[name] ?? '') ?? [128, 128, 128, 1];
  const bg = raw('editor-background');
  const fg = raw('foreground');
  const contrastBorder = parse(value('contrastBorder')) ?? fg;
  const over = (top: Rgba, share: number): Rgba => mix(top, bg, share);
  const dim = contrast ? fg : light ? over(raw('descriptionForeground'), 0.78) : raw('descriptionForeground');
  const open = mix(raw('charts-yellow'), fg, 0.85);
  const bad = mix(raw('charts-red'), fg, 0.82);
  const net = (slot: Slot | undefined): Rgba => {
    if (slot === 'host') return fg;
    if (slot === 'bridge') return light ? over(fg, 0.6) : dim;
    return raw(hues[String(slot ?? 1)] ?? 'charts-blue');
  };
  const tokens: Readonly<Record<string, (slot: Slot | undefined) => Rgba | undefined>> = {
    bg: () => bg,
    fg: () => fg,
    dim: () => dim,
    edge: () => (contrast ? contrastBorder : over(fg, light ? 0.58 : 0.46)),
    card: () => (light || contrast ? bg : over(fg, 0.04)),
    cardline: () => over(fg, contrast ? 0.6 : 0.16),
    inner: () => over(fg, 0.06),
    open: () => open,
    openline: () => (light ? open : over(open, 0.75)),
    openfill: () => over(raw('charts-yellow'), 0.08),
    bad: () => bad,
    warn: () => raw('charts-yellow'),
    red: () => raw('charts-red'),
    green: () => raw('charts-green'),
    accent: () => raw('charts-blue'),
    plain: () => over(fg, 0.06),
    dock: () => over(fg, 0.05),
    net,
    nettint: (slot) => (contrast ? bg : over(net(slot), light ? 0.08 : 0.1)),
    netline: (slot) => (contrast ? net(slot) : undefined),
    netbox: (slot) => (contrast ? bg : over(net(slot), 0.06)),
    netcell: (slot) => over(net(slot), 0.55),
  };
  return {
    font: value('font-family') || lightTheme['font-family']!,
    mono: value('editor-font-family') || lightTheme['editor-font-family']!,
    outside: hex(raw('sideBar-background')),
    colour: (colour, slot) => {
      const found = tokens[colour]?.(slot);
      return found ? hex(found) : 'none';
    },
  };
}

function mix(top: Rgba, below: Rgba, share: number): Rgba {
  const part = (index: 0 | 1 | 2): number => {
    const opaque = top[index] * top[3] + below[index] * (1 - top[3]);
    return opaque * share + below[index] * (1 - share);
  };
  return [part(0), part(1), part(2), 1];
}

/** `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` and `rgba(…)`: the forms in which VS Code writes theme colours. */
function parse(text: string): Rgba | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text.trim());
  const full = short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : text.trim();
  const digits = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})([\da-f]{2})?$/i.exec(full);
  const byte = (pair: string | undefined): number => Number.parseInt(pair ?? 'ff', 16);
  if (digits) return [byte(digits[1]), byte(digits[2]), byte(digits[3]), byte(digits[4]) / 255];
  const parts = /^rgba?\(([^)]+)\)$/
    .exec(full)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  if (!parts || parts.length < 3 || parts.some(Number.isNaN)) return undefined;
  return [parts[0]!, parts[1]!, parts[2]!, parts[3] ?? 1];
}

function hex([red, green, blue, alpha]: Rgba): string {
  const pair = (number: number): string => Math.round(number).toString(16).padStart(2, '0');
  return `#${pair(red)}${pair(green)}${pair(blue)}${alpha < 1 ? pair(alpha * 255) : ''}`;
}
