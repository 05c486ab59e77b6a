import { median, type Print } from '#bench/figure';
import { createClient } from '#engine/client';
import { startEngine } from '#harness/engines';
import { specOf } from '#harness/fullRead';
import { Session } from '#live/session';

export const name = 'external';

const ROUNDS = 10;

/** A real engine: `docker network create` in a terminal, until the store has it. The command line's own time is in it. */
export async function run(print: Print): Promise<void> {
  const engine = await startEngine('docker-28', 'bench');
  const session = new Session(specOf(engine), { connect: createClient });
  try {
    session.need();
    await session.complete();
    const whole: number[] = [];
    const after: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const network = `seen${round}`;
      const there = new Promise<number>((resolve) => {
        const listener = session.onDidChangeSnapshot(({ snapshot }) => {
          if (!snapshot.networks.some((known) => known.name === network)) return;
          listener.dispose();
          resolve(performance.now());
        });
      });
      const start = performance.now();
      await engine.docker('network', 'create', '--subnet', `10.88.${round}.0/24`, network);
      const returned = performance.now();
      const seen = await there;
      whole.push(seen - start);
      after.push(Math.max(0, seen - returned));
    }
    const goal = { goal: 'under 500 ms', met: median(whole) < 500 };
    const of = 'docker-28';
    print({
      what: '`docker network create` to the store, median of 10',
      of,
      value: median(whole).toFixed(0),
      unit: 'ms',
      ...goal,
    });
    print({ what: 'of that, after the command returned', of, value: median(after).toFixed(0), unit: 'ms' });
  } finally {
    session.dispose();
    await engine.dispose();
  }
}
