/** The snapshot as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html). */
import { type OutlineNode, outlineOf } from '#model/export/outline';
import type { Snapshot } from '#model/snapshot';
import { oneLine } from '#model/topology/widths';

export function exportMermaid(snapshot: Snapshot): string {
  const outline = outlineOf(snapshot);
  const lines = ['flowchart LR'];
  for (const box of outline.boxes) {
    lines.push(`  subgraph ${box.id}[${text(box)}]`, '    direction TB');
    for (const container of box.containers)
      lines.push(`    ${container.id}[${text(container)}]${container.running ? '' : ':::stopped'}`);
    lines.push('  end');
  }
  for (const line of outline.lines) {
    const arrow = line.dashed ? '-.->' : '---';
    const label = line.label === '' ? '' : `|${quoted([line.label])}|`;
    lines.push(`  ${line.from} ${arrow}${label} ${line.to}`);
  }
  for (const port of outline.ports) {
    lines.push(`  ${port.id}([${text(port)}])`);
    lines.push(`  ${port.id} ${port.effective ? '-->' : '-.-'} ${port.to}`);
  }
  lines.push('  classDef stopped stroke-dasharray: 4 3,opacity: 0.7');
  for (const box of outline.boxes) if (box.internal) lines.push(`  style ${box.id} stroke-width:3px`);
  return `${lines.join('\n')}\n`;
}

const text = (node: OutlineNode): string => quoted(node.lines);

/** Inside quotes Mermaid reads entities and little else: whatever could end the text or be markup becomes one. */
function quoted(parts: readonly string[]): string {
  const escaped = parts
    .filter((part) => part !== '')
    .map((part) => oneLine(part).replace(/[^\p{L}\p{N} .:/\-→*,]/gu, (character) => `#${character.codePointAt(0)};`));
  return `"${escaped.join('<br/>')}"`;
}
