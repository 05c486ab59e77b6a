/** The wire from a published port's plug to its card, on a way that crosses no card. */
import type { Box } from '#model/topology/drawing';
import type { PlugInput, Sides } from '#model/topology/mapPlugs';
import { close, roundedPath, type Sketch } from '#model/topology/mapSketch';

/** Straight where it may be; else down the gutter beside the card, along the gap below the row, and up the side channel. */
export function drawWire(
  sketch: Sketch,
  side: 'left' | 'right',
  input: PlugInput,
  centre: number,
  plug: Box,
  sides: Sides,
  order: number,
): void {
  const { card, cardWidth } = input;
  const out = side === 'left' ? -1 : 1;
  const start = side === 'left' ? card.x : card.x + cardWidth;
  const end = side === 'left' ? plug.x + plug.width : plug.x;
  const lane = (order % 4) * 4 + 8;
  const channel = side === 'left' ? sides.left + sides.channelLeft - lane : sides.right - sides.channelRight + lane;
  const anchor = input.anchor;
  const points: (readonly [number, number])[] = input.straight
    ? centre === anchor
      ? [
          [start, anchor],
          [end, anchor],
        ]
      : [
          [start, anchor],
          [channel, anchor],
          [channel, centre],
          [end, centre],
        ]
    : routed();
  sketch.add('wires', {
    kind: 'path',
    key: `${input.plug.key}:wire`,
    role: 'wire',
    marks: [input.plug.exposure],
    node: input.plug.key,
    levels: close,
    d: roundedPath(
      points.map(([x, y]) => [Math.round(x) + 0.5, Math.round(y) + 0.5]),
      4,
    ),
  });

  function routed(): (readonly [number, number])[] {
    const gutter = start + 4 * out;
    const gap = sides.rowBottom(input.box.row) + 6 + (order % 3) * 4;
    return gap === centre
      ? [
          [start, anchor],
          [gutter, anchor],
          [gutter, gap],
          [end, gap],
        ]
      : [
          [start, anchor],
          [gutter, anchor],
          [gutter, gap],
          [channel, gap],
          [channel, centre],
          [end, centre],
        ];
  }
}
