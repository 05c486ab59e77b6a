/**
 * What each engine can and cannot do or tell, asked of the engine itself. A `no` that starts to work fails here, and so
 * does a `yes` that stops: the decode step and the words of the views rest on this table.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { enginesUnderTest, startEngine } from '#harness/engines';
import { capabilityChecks, laidOut } from './capabilityChecks.ts';
import { capabilityTable, capabilityText } from './capabilityTable.ts';

afterAll(() => console.log(capabilityText()));

it('every row has a question, every question a row, every no its evidence', () => {
  expect(capabilityTable.map((row) => row.feature).toSorted()).toEqual(Object.keys(capabilityChecks).toSorted());
  for (const row of capabilityTable) expect(row.evidence, row.feature).not.toBe('');
});

describe.each(enginesUnderTest())('%s', (name) => {
  it('can what the table says, and nothing else', { timeout: 300_000 }, async () => {
    const engine = await startEngine(name, 'caps');
    try {
      const answers = await laidOut(engine);
      const found: string[] = [];
      for (const row of capabilityTable)
        if (await capabilityChecks[row.feature]?.(engine, answers)) found.push(row.feature);
      expect(found).toEqual(capabilityTable.filter((row) => row.can(name)).map((row) => row.feature));
    } finally {
      await engine.dispose();
    }
  });
});
