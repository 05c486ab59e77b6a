/**
 * Cuts long lines to the part of the drawing that is seen. A line across a drawing of thousands of containers is 30,000
 * pixels long, and the browser strokes (and dashes) all of it for the few that show: seconds a frame without a GPU.
 */
import type { Box } from '#model/topology/drawing';

type Point = readonly [number, number];

/** Whether a path is made of what `clipped` can cut: an open line of M, L, H, V and Q. */
const cuttable = /^[MLHVQ\d\s.,-]+$/;

/** The parts of an open path that meet the box; '' where none does. Other paths come back as they are. */
export function clipped(d: string, box: Box): string {
  if (!cuttable.test(d)) return d;
  let out = '';
  let at: Point = [0, 0];
  let drawnTo: Point | undefined;
  const segment = (control: Point | undefined, to: Point): void => {
    const from = at;
    at = to;
    const kept = control ? (meets(box, from, to) ? ([from, to] as const) : undefined) : cut(box, from, to);
    if (!kept) return;
    const [start, end] = kept;
    if (!drawnTo || drawnTo[0] !== start[0] || drawnTo[1] !== start[1]) out += `M${start[0]} ${start[1]}`;
    out += control ? `Q${control[0]} ${control[1]} ${end[0]} ${end[1]}` : `L${end[0]} ${end[1]}`;
    drawnTo = end;
  };
  for (const [, command = '', rest = ''] of d.matchAll(/([MLHVQ])([^MLHVQ]*)/g)) {
    const [one = 0, two = 0, three = 0, four = 0] = rest
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (command === 'M') at = [one, two];
    else if (command === 'L') segment(undefined, [one, two]);
    else if (command === 'H') segment(undefined, [one, at[1]]);
    else if (command === 'V') segment(undefined, [at[0], one]);
    else segment([one, two], [three, four]);
  }
  return out;
}

function meets(box: Box, from: Point, to: Point): boolean {
  return (
    Math.min(from[0], to[0]) <= box.x + box.width &&
    Math.max(from[0], to[0]) >= box.x &&
    Math.min(from[1], to[1]) <= box.y + box.height &&
    Math.max(from[1], to[1]) >= box.y
  );
}

/** A line along an axis is cut at the box's edges; a slanted one, which is short, is kept whole. */
function cut(box: Box, from: Point, to: Point): readonly [Point, Point] | undefined {
  if (!meets(box, from, to)) return undefined;
  if (from[0] !== to[0] && from[1] !== to[1]) return [from, to];
  const inside = ([x, y]: Point): Point => [
    Math.min(Math.max(x, box.x), box.x + box.width),
    Math.min(Math.max(y, box.y), box.y + box.height),
  ];
  return [inside(from), inside(to)];
}
