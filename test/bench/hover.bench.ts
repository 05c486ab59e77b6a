/** How long a hover takes with 1,000 containers: the first one builds the index, every other one asks it. */

import type { Print } from '#bench/figure';
import { median, quantile } from '#bench/figure';
import { manyContainers } from '#bench/reach.bench';
import { findReference } from '#model/referenceIndex';
import { referenceAt } from '#model/references';

export const name = 'hover';

/** Lines as they stand in source files, and the column of the pointer. */
const lines: readonly (readonly [string, number])[] = [
  ['  url: "postgres://app:secret@c42:5432/shop",', 32],
  ['connect to 10.3.1.17 failed', 14],
  ['API=http://localhost:9300/v1', 16],
  ['    subnet: 10.7.0.0/16', 15],
  ['nobody has 10.3.200.200 yet', 15],
  ['const nothing = compute(here, and, there);', 20],
  [`${'minified(a.b.c);'.repeat(120)}`, 900],
];

export async function run(print: Print): Promise<void> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < 20; round++) {
    const snapshot = manyContainers(1000);
    for (const [index, [line, column]] of lines.entries()) {
      const start = performance.now();
      const reference = referenceAt(line, column, { kind: 'code' });
      if (reference) findReference(snapshot, reference);
      (index === 0 ? cold : warm).push(performance.now() - start);
    }
  }
  const of = '1,000 containers';
  const figure = (what: string, value: number): void =>
    print({ what, of, value: value.toFixed(3), unit: 'ms', goal: 'under 5', met: value < 5 });
  figure('hover after a new snapshot, median', median(cold));
  figure('hover, median', median(warm));
  figure('hover, 95th percentile', quantile(warm, 0.95));
}
