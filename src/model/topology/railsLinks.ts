/** Draws `--link`s: a dashed arrow left of the names, from the row that links to the row linked to. */
import { lineOne, type PlannedRow, type RailsMetrics } from '#model/topology/railsPlan';
import type { Sketch } from '#model/topology/railsSketch';

export function drawLinks(sketch: Sketch, rows: readonly PlannedRow[], metrics: RailsMetrics): void {
  const byId = new Map(rows.map((row) => [row.container.id, row]));
  for (const row of rows)
    for (const link of row.container.links) {
      const target = link.target === undefined ? undefined : byId.get(link.target);
      if (target && target !== row)
        sketch.part(link.key, [row.container.key, row.top, target.top], () =>
          drawLink(sketch, link.key, row, target, metrics),
        );
    }
}

function drawLink(sketch: Sketch, key: string, row: PlannedRow, target: PlannedRow, metrics: RailsMetrics): void {
  const from = lineOne(row, metrics.compact);
  const to = lineOne(target, metrics.compact);
  const turn = to > from ? 3 : -3;
  const x = metrics.nameX - 10;
  const d = `M${x + 6} ${from}H${x + 3}Q${x} ${from} ${x} ${from + turn}V${to - turn}Q${x} ${to} ${x + 3} ${to}H${x + 4}`;
  const span: [number, number] = [Math.min(from, to), Math.max(from, to)];
  const traits = { node: row.container.key };
  sketch.path(key, 'link', d, span, traits);
  const tip = x + 7;
  sketch.path(
    `${key}:arrow`,
    'arrow',
    `M${tip - 5} ${to - 3.5}L${tip} ${to}L${tip - 5} ${to + 3.5}Z`,
    [to - 4, to + 4],
    traits,
  );
}
