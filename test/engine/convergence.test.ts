import { afterAll, describe, expect, it } from 'vitest';
import { createClient } from '#engine/client';
import { enginesUnderTest, type RealEngine, startEngine, timeShare } from '#harness/engines';
import { differences, differencesToCli, fullRead, specOf } from '#harness/fullRead';
import { Random } from '#harness/random';
import { RandomOperations } from '#harness/randomOperations';
import { Session } from '#live/session';

/** OPERATIONS: how many; SEED: which. `npm run verify` sets 1,000. */
const OPERATIONS = Number(process.env.OPERATIONS ?? 40);
const LEAST = 40;
const SEED = Number(process.env.SEED ?? 7);
const BURSTS_BETWEEN_RESTARTS = OPERATIONS > 100 ? 15 : 6;

const running: RealEngine[] = [];
afterAll(async () => {
  for (const engine of running) await engine.dispose();
});

/** Asks again and again until it holds; on a loaded machine that may take a while. */
async function until(holds: () => Promise<boolean> | boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe.each(enginesUnderTest())('the store and %s', (name) => {
  it(`agree after ${OPERATIONS} random operations with restarts in between`, { timeout: 3_600_000 }, async () => {
    const engine = await startEngine(name, 'live');
    running.push(engine);
    await engine.loadImage();
    const session = new Session(specOf(engine), { connect: createClient });
    session.need();
    const random = new Random(SEED);
    const operations = new RandomOperations(engine, random);
    const log: string[] = [];
    const found: string[] = [];
    let restarts = 0;
    let bursts = 0;
    let byLookOnly = 0;

    /** Counts what events left out, then lets the re-reads do their work and compares with two other witnesses. */
    async function compare(): Promise<void> {
      let missing: readonly string[] = [];
      await until(async () => {
        missing = session.snapshot ? differences(session.snapshot, await fullRead(engine)) : ['nothing read'];
        return missing.length === 0;
      }, 2_000);
      byLookOnly += missing.length;
      await session.complete();
      // An engine may still be at work when its command line has returned: both sides are asked again for a while.
      let left: readonly string[] = [];
      await until(async () => {
        const snapshot = await session.complete();
        left = [...differences(snapshot, await fullRead(engine)), ...(await differencesToCli(engine, snapshot))];
        return left.length === 0;
      }, 10_000);
      for (const line of left) found.push(`after ${log.slice(-8).join('; ')}: ${line}`);
    }

    const isOver = timeShare(0.7);
    while (operations.done < OPERATIONS && (operations.done < LEAST || !isOver())) {
      for (let rest = 1 + random.below(8); rest > 0; rest -= 1) log.push(await operations.one());
      bursts += 1;
      if (bursts % BURSTS_BETWEEN_RESTARTS === 0) {
        restarts += 1;
        log.push('restart');
        await engine.stop();
        expect(await until(() => session.state.kind === 'offline', 10_000), 'offline after the engine stopped').toBe(
          true,
        );
        await engine.restart();
        expect(await until(() => session.state.kind === 'live', 60_000), 'live again without a click').toBe(true);
      }
      await compare();
    }
    session.dispose();
    console.log(
      `${name}: seed ${SEED}, ${operations.done} operations (${operations.refused} refused) in ${bursts} bursts, ` +
        `${restarts} restarts, ${found.length} differences, ${byLookOnly} objects only a re-read found`,
    );
    expect(found).toEqual([]);
    // Were events not heard, nearly every operation would be found by a re-read only.
    expect(byLookOnly).toBeLessThan(operations.done / 2);
  });
});
