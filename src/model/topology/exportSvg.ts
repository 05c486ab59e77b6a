/** A drawing as an SVG file that stands alone: colours resolved, no style sheet, no script, text escaped. */
import type { Drawing, Shape } from '#model/topology/drawing';
import { icons, isIcon } from '#model/topology/icons';
import { fonts, paintOf } from '#model/topology/paint';
import type { Palette } from '#model/topology/palette';

const margin = 8;

/** `title` is the picture's accessible name. Shapes of the map's nearest level are drawn. */
export function exportSvg(drawing: Drawing, palette: Palette, title: string): string {
  const width = Math.ceil(drawing.width + 2 * margin);
  const height = Math.ceil(drawing.height + 2 * margin);
  const shapes = drawing.shapes.filter((shape) => !shape.levels || shape.levels.includes('near'));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escapeXml(palette.font)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.outside}"/>`,
    `<g transform="translate(${margin} ${margin})">`,
    ...shapes.map((shape) => element(shape, palette)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Text fit for XML 1.0: markup escaped, characters it forbids replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

function element(shape: Shape, palette: Palette): string {
  const paint = paintOf(shape);
  const look = [`fill="${palette.colour(paint.fill, shape.slot)}"`];
  if (paint.stroke) {
    look.push(`stroke="${palette.colour(paint.stroke, shape.slot)}"`, `stroke-width="${paint.width ?? 1}"`);
    if (paint.dash) look.push(`stroke-dasharray="${paint.dash}"`);
    if (paint.round) look.push('stroke-linecap="round" stroke-linejoin="round"');
  }
  if (paint.opacity !== undefined) look.push(`opacity="${paint.opacity}"`);
  const style = look.join(' ');
  switch (shape.kind) {
    case 'rect': {
      const radius = shape.radius ? ` rx="${shape.radius}"` : '';
      return `<rect x="${n(shape.x)}" y="${n(shape.y)}" width="${n(shape.width)}" height="${n(shape.height)}"${radius} ${style}/>`;
    }
    case 'circle':
      return `<circle cx="${n(shape.cx)}" cy="${n(shape.cy)}" r="${n(shape.r)}" ${style}/>`;
    case 'path':
      return `<path d="${shape.d}" ${style}/>`;
    case 'icon': {
      if (!isIcon(shape.icon)) return '';
      const place = `translate(${n(shape.x)} ${n(shape.y)}) scale(${n(shape.size / 16)})`;
      return `<path d="${icons[shape.icon]}" fill-rule="evenodd" transform="${place}" ${style}/>`;
    }
    case 'text': {
      const font = fonts[shape.style];
      const family = font.mono ? ` font-family="${escapeXml(palette.mono)}"` : '';
      const weight = font.weight === 400 ? '' : ` font-weight="${font.weight}"`;
      const anchor = shape.anchor && shape.anchor !== 'start' ? ` text-anchor="${shape.anchor}"` : '';
      const full = shape.full === undefined ? '' : `<title>${escapeXml(shape.full.slice(0, 1_000))}</title>`;
      return `<text x="${n(shape.x)}" y="${n(shape.y)}" font-size="${font.size}"${weight}${family}${anchor} xml:space="preserve" ${style}>${escapeXml(shape.text)}${full}</text>`;
    }
  }
}

const n = (value: number): string => String(Math.round(value * 100) / 100);
