/** The drawing as a file: an SVG that stands alone, or a PNG of it at twice the size. */
import type { Drawing } from '#model/topology/drawing';
import { exportSvg } from '#model/topology/exportSvg';
import { type Palette, paletteOf, type ThemeKind } from '#model/topology/palette';

/** Browsers refuse larger canvases. */
const mostPixels = 16_000;

export function themeKind(): ThemeKind {
  const { classList } = document.body;
  if (classList.contains('vscode-high-contrast-light')) return 'hc-light';
  if (classList.contains('vscode-high-contrast')) return 'hc';
  return classList.contains('vscode-light') ? 'light' : 'dark';
}

export function pagePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return paletteOf(themeKind(), (name) => style.getPropertyValue(`--vscode-${name}`).trim());
}

export function svgOf(drawing: Drawing, title: string): string {
  return exportSvg(drawing, pagePalette(), title);
}

/** Base64 without the data URL's head; undefined when the browser cannot draw it. */
export async function pngOf(drawing: Drawing, title: string): Promise<string | undefined> {
  const blob = new Blob([svgOf(drawing, title)], { type: 'image/svg+xml' });
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(2, mostPixels / image.naturalWidth, mostPixels / image.naturalHeight);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').split(',')[1];
  } finally {
    URL.revokeObjectURL(url);
  }
}
