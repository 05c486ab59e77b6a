import { median, type Print } from '#bench/figure';
import { fillingTimes } from '#bench/filling';
import { createClient } from '#engine/client';
import { type RealEngine, startEngine } from '#harness/engines';
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
    await realSize(engine, print);
  } finally {
    session.dispose();
    await engine.dispose();
  }
}

/** REAL_CONTAINERS: how many to make on the real engine. They are created, not started: that is what a list costs. */
async function realSize(engine: RealEngine, print: Print): Promise<void> {
  const count = Number(process.env.REAL_CONTAINERS ?? 100);
  await engine.loadImage();
  for (let made = 0; made < count; made += 1)
    await engine.docker('create', '--network', `seen${made % ROUNDS}`, '-p', '80', `--name=real${made}`, 'tiny:1');
  const { ratio, filled } = await fillingTimes(specOf(engine));
  const of = `docker-28, ${count} containers`;
  print({ what: 'time to a filled snapshot', of, value: filled.toFixed(0), unit: 'ms' });
  const goal = { goal: 'at most 1.3', met: ratio <= 1.3 };
  print({ what: 'that, to the bare time of the two list calls', of, value: ratio.toFixed(2), unit: '×', ...goal });
}
