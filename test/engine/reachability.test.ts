/** A small share of `npm run verify:reachability`: the model's predictions against the kernel, at fixed seeds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enginesUnderTest, type RealEngine, startEngine } from '#harness/engines';
import { prepareLab, runLab } from '#harness/lab';

/** Seeds whose topologies together hold internal, dual-stack, macvlan, paused, shared and host-mode parties. */
const seeds = [2, 4];

describe.each([...enginesUnderTest()])('%s', (name) => {
  let engine: RealEngine;
  let sides: { dispose(): void } | undefined;

  beforeAll(async () => {
    engine = await startEngine(name, 'reachtest');
    sides = await prepareLab(engine);
  });

  afterAll(async () => {
    sides?.dispose();
    await engine?.dispose();
  });

  test.each(seeds)('seed %i: every ordered pair as predicted', async (seed) => {
    const result = await runLab(engine, seed);
    const told = result.disagreements.map(
      ({ from, to, url, expected, rule }) => `${from} → ${to} ${url}: predicted ${expected} (${rule})`,
    );
    expect(told).toEqual([]);
    expect(result.pairs).toBeGreaterThan(90);
  });
});
