/** The snapshot as JSON: nothing added, nothing left out, so that it reads back as the same snapshot. */
import type { Snapshot } from '#model/snapshot';

export function exportJson(snapshot: Snapshot): string {
  return `${JSON.stringify(snapshot, undefined, 2)}\n`;
}
