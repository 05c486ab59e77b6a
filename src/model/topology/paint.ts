/**
 * How each role of shape is painted, in colour tokens: the page maps a token to a CSS variable of media/topology/tokens.css,
 * an exported SVG to the theme's value. One place, so that the two look the same.
 */
import type { Shape, Slot, TextStyle } from '#model/topology/drawing';

/** `net` and what begins with it depend on the shape's slot. */
export type Colour =
  | 'none'
  | 'bg'
  | 'fg'
  | 'dim'
  | 'edge'
  | 'card'
  | 'cardline'
  | 'inner'
  | 'open'
  | 'openline'
  | 'openfill'
  | 'bad'
  | 'warn'
  | 'red'
  | 'green'
  | 'accent'
  | 'plain'
  | 'dock'
  | 'net'
  | 'nettint'
  | 'netline'
  | 'netbox'
  | 'netcell';

export interface Paint {
  readonly fill: Colour;
  readonly stroke?: Colour;
  readonly width?: number;
  readonly dash?: string;
  readonly opacity?: number;
  readonly round?: boolean;
}

const dashes: Readonly<Record<string, string>> = { 5: '7 3', 6: '2.5 2.5' };
const dashOf = (slot: Slot | undefined): { dash?: string } => {
  const dash = slot === undefined ? undefined : dashes[String(slot)];
  return dash === undefined ? {} : { dash };
};

export function paintOf(shape: Shape): Paint {
  const has = (mark: string): boolean => shape.marks?.includes(mark) ?? false;
  if (shape.kind === 'text') return { fill: textColour(shape.role, shape.style, has) };
  if (shape.kind === 'icon') return { fill: iconColour(shape.role, has) };
  switch (shape.role) {
    case 'sheet':
      return { fill: 'bg', stroke: 'edge', width: 1 };
    case 'band':
      if (has('open')) return { fill: 'none', stroke: 'edge', width: 1, dash: '4 3' };
      return has('plain') ? { fill: 'plain' } : { fill: 'nettint', stroke: 'netline', width: 1 };
    case 'wall':
      return { fill: 'net' };
    case 'rail':
      return railPaint(shape, has);
    case 'under':
      return { fill: 'none', stroke: 'bg', width: 6 };
    case 'capsule':
      return { fill: 'bg', stroke: 'fg', width: 1.25 };
    case 'halo':
      return { fill: has('oncard') ? 'card' : 'bg' };
    case 'alarm':
      return { fill: shape.levels === undefined ? 'bg' : 'card', stroke: 'red', width: 1.5 };
    case 'dot':
      return has('hollow') ? { fill: 'bg', stroke: 'net', width: 1.5, round: true } : { fill: 'net', round: true };
    case 'void':
      return { fill: 'none', stroke: 'dim', width: 1.25 };
    case 'elbow':
      return { fill: 'none', stroke: 'edge', width: 1 };
    case 'leader':
      if (has('solid')) return { fill: 'none', stroke: 'fg', width: 1, opacity: 0.5 };
      return { fill: 'none', stroke: 'edge', width: 1, dash: '1 3', round: true };
    case 'link':
      return { fill: 'none', stroke: 'fg', width: 1.25, dash: '3 2.5', opacity: 0.75 };
    case 'arrow':
      return { fill: 'fg', opacity: 0.85 };
    case 'live':
      return { fill: has('live') ? 'green' : has('bad') ? 'bad' : 'dim' };
    case 'plug':
      return plugPaint(has);
    case 'tip':
      return has('one') ? { fill: 'bg', stroke: 'openline', width: 1 } : { fill: 'open' };
    case 'bar':
      return { fill: 'fg' };
    default:
      return mapPaint(shape, has);
  }
}

function railPaint(shape: Shape, has: (mark: string) => boolean): Paint {
  if (has('core')) return { fill: 'none', stroke: 'bg', width: 1.5 };
  if (has('waiting')) return { fill: 'none', stroke: 'net', width: 2, dash: '3 4' };
  if (has('wide')) return { fill: 'none', stroke: 'net', width: has('thin') ? 4 : 5 };
  const textured = shape.kind === 'path' && shape.textured ? dashOf(shape.slot) : {};
  return { fill: 'none', stroke: 'net', width: has('thin') ? 2 : 2.5, ...textured };
}

function plugPaint(has: (mark: string) => boolean): Paint {
  if (has('vain')) return { fill: 'none', stroke: 'edge', width: 1, dash: '3 2' };
  if (has('all') || has('ipv4')) return { fill: 'openfill', stroke: 'openline', width: 1 };
  if (has('one')) return { fill: 'bg', stroke: 'openline', width: 1 };
  return { fill: 'bg', stroke: 'edge', width: 1 };
}

function mapPaint(shape: Shape, has: (mark: string) => boolean): Paint {
  switch (shape.role) {
    case 'box':
      return { fill: has('nothing') ? 'none' : 'netbox' };
    case 'rim':
      if (has('nothing')) return { fill: 'none', stroke: 'edge', width: 1, dash: '4 3' };
      if (has('behind')) return { fill: 'none', stroke: 'net', width: 1.25, opacity: 0.5, ...dashOf(shape.slot) };
      if (has('inside')) return { fill: 'none', stroke: 'net', width: 1, opacity: 0.45 };
      return { fill: 'none', stroke: 'net', width: 1.25, ...dashOf(shape.slot) };
    case 'hatched':
      return { fill: 'none', stroke: 'net', width: 5, dash: '2 4', opacity: 0.45 };
    case 'card':
      if (has('ghost')) return { fill: 'none', stroke: 'edge', width: 1, dash: '4 3' };
      return { fill: 'card', stroke: 'cardline', width: 1 };
    case 'inner':
      return { fill: 'inner' };
    case 'strand': {
      if (has('core')) return { fill: 'none', stroke: 'bg', width: 1.5 };
      if (has('t3')) return { fill: 'none', stroke: 'net', width: 4.5 };
      return { fill: 'none', stroke: 'net', width: 2, ...dashOf(shape.slot) };
    }
    case 'wire':
      if (has('vain')) return { fill: 'none', stroke: 'edge', width: 1, dash: '3 2' };
      return { fill: 'none', stroke: has('all') || has('ipv4') || has('one') ? 'openline' : 'edge', width: 1 };
    case 'outgate':
      return { fill: 'bg', stroke: 'net', width: 1.5 };
    case 'outtip':
      return { fill: 'net' };
    case 'cell':
      if (has('bad')) return { fill: 'bad' };
      return has('empty') ? { fill: 'none', stroke: 'netcell', width: 3 } : { fill: 'netcell' };
    case 'routeline':
      if (has('yes')) return { fill: 'none', stroke: 'net', width: 5, round: true };
      return { fill: 'none', stroke: has('no') ? 'red' : 'fg', width: 1.75, dash: '5 3' };
    case 'routering':
      return { fill: 'none', stroke: 'net', width: 2 };
    case 'routebreak':
      return { fill: 'bg', stroke: has('no') ? 'red' : 'fg', width: 1.5 };
    case 'routesign':
      return { fill: 'none', stroke: has('no') ? 'red' : 'fg', width: 2, round: true };
    case 'dock':
      return { fill: 'dock', stroke: 'edge', width: 1 };
    default:
      return { fill: 'none', stroke: 'edge', width: 1 };
  }
}

function textColour(role: string, style: TextStyle, has: (mark: string) => boolean): Colour {
  if (role === 'bad' || has('bad')) return 'bad';
  if (role === 'warn') return 'warn';
  if (role === 'strong' || has('strong') || role === 'plain') return 'fg';
  if (role === 'dim' || has('dim')) return 'dim';
  if (role === 'portlabel' || role === 'middleport') return has('vain') ? 'dim' : 'fg';
  if (role === 'middle' || role === 'name') return has('stopped') ? 'dim' : 'fg';
  if (role.endsWith('title')) return 'fg';
  if (style === 'stopped' || style === 'small' || style === 'mono') return 'dim';
  return style === 'address' && has('stopped') ? 'dim' : 'fg';
}

function iconColour(role: string, has: (mark: string) => boolean): Colour {
  if (role === 'warn' || has('warn')) return 'warn';
  if (has('accent')) return 'accent';
  return role === 'dim' || has('dim') ? 'dim' : 'fg';
}

/** Font of a text style: the page and an exported SVG set the same. Sizes in CSS pixels. */
export const fonts: Readonly<
  Record<TextStyle, { readonly size: number; readonly weight: number; readonly mono: boolean }>
> = {
  network: { size: 13, weight: 600, mono: false },
  name: { size: 13, weight: 500, mono: false },
  stopped: { size: 13, weight: 400, mono: false },
  body: { size: 13, weight: 400, mono: false },
  small: { size: 11, weight: 400, mono: false },
  word: { size: 11, weight: 400, mono: false },
  address: { size: 12, weight: 400, mono: true },
  mono: { size: 11, weight: 400, mono: true },
};
