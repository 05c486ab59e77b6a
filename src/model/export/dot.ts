/** The snapshot as a Graphviz graph (https://graphviz.org/doc/info/lang.html). */
import { outlineOf } from '#model/export/outline';
import type { Snapshot } from '#model/snapshot';
import { oneLine } from '#model/topology/widths';

export function exportDot(snapshot: Snapshot): string {
  const outline = outlineOf(snapshot);
  const lines = [
    'digraph "docker networks" {',
    '  graph [rankdir=LR, compound=true, fontname="sans-serif"];',
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
  ];
  for (const box of outline.boxes) {
    lines.push(`  subgraph cluster_${box.id} {`, `    label=${quoted(box.lines)};`);
    if (box.internal) lines.push('    penwidth=3;');
    // A cluster has no place of its own: lines to a network end at this point in it.
    lines.push(`    ${box.id} [shape=point, style=invis];`);
    for (const container of box.containers) {
      const style = container.running ? '' : ', style="rounded,dashed"';
      lines.push(`    ${container.id} [label=${quoted(container.lines)}${style}];`);
    }
    lines.push('  }');
  }
  const boxes = new Set(outline.boxes.map((box) => box.id));
  for (const line of outline.lines) {
    const look = [`label=${quoted([line.label])}`];
    if (line.dashed) look.push('style=dashed');
    else look.push('dir=none');
    if (boxes.has(line.to)) look.push(`lhead=cluster_${line.to}`);
    lines.push(`  ${line.from} -> ${line.to} [${look.join(', ')}];`);
  }
  for (const port of outline.ports) {
    lines.push(`  ${port.id} [shape=cds, style=solid, label=${quoted(port.lines)}];`);
    lines.push(`  ${port.id} -> ${port.to}${port.effective ? '' : ' [style=dotted, arrowhead=none]'};`);
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

/** A quoted DOT string: backslashes are escapes there, so those of a name are doubled. */
function quoted(parts: readonly string[]): string {
  const escaped = parts
    .filter((part) => part !== '')
    .map((part) => oneLine(part).replace(/\\/g, '\\\\').replace(/"/g, '\\"'));
  return `"${escaped.join('\\n')}"`;
}
