/** Draws the place of the first network, where there is none but the built-in ones. */
import type { Box, DrawingWords } from '#model/topology/drawing';
import { bandHeight, type RailsMetrics } from '#model/topology/railsPlan';
import type { Sketch } from '#model/topology/railsSketch';

const buttons = 40;

export function drawInvite(
  sketch: Sketch,
  words: DrawingWords,
  metrics: RailsMetrics,
  top: number,
): { readonly bottom: number; readonly invite: Box } {
  const left = metrics.bandLeft;
  const middle = top + bandHeight / 2;
  const width = metrics.bandRight - left;
  const lines = wrap(sketch, words.firstNetworkWhy.join(' '), metrics.bandRight - metrics.nameX);
  const textTop = top + bandHeight + 16;
  const end = textTop + lines.length * 20 + buttons;
  const x = metrics.laneX(0);
  sketch.rect(
    'invite:band',
    'band',
    { x: left + 0.5, y: top + 0.5, width: width - 1, height: bandHeight - 1 },
    { radius: 4, marks: ['open'] },
  );
  const rail = `M${left} ${middle}H${x + 8}Q${x} ${middle} ${x} ${middle + 8}V${end}`;
  sketch.path('invite:rail', 'rail', rail, [middle, end], { slot: 1, marks: ['waiting'] });
  for (const [index, y] of [textTop + 10, textTop + 50].entries())
    sketch.circle(`invite:dot:${index}`, 'dot', x, y, 4.25, { slot: 1, marks: ['hollow'] });
  sketch.icon('invite:add', 'add', metrics.nameX - 2, top + 6, 16, { marks: ['accent'] });
  const room = metrics.bandRight - metrics.nameX - 28;
  sketch.text('invite:title', words.firstNetworkTitle, 'network', metrics.nameX + 22, top + 18.5, { room });
  lines.forEach((line, index) => {
    sketch.text(`invite:why:${index}`, line, 'body', metrics.nameX, textTop + 15 + index * 20, { marks: ['dim'] });
  });
  const invite = {
    x: metrics.nameX,
    y: textTop + lines.length * 20 + 8,
    width: metrics.bandRight - metrics.nameX,
    height: 26,
  };
  return { bottom: end + 8, invite };
}

/** Breaks at spaces; a word wider than the line stands alone. */
function wrap(sketch: Sketch, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (line && sketch.measure(longer, 'body') > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
