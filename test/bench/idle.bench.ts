import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Print, whole } from '#bench/figure';
import { whenSnapshot } from '#bench/filling';
import { RecordedEngine, sizes } from '#bench/recordedEngine';

export const name = 'idle';

/** IDLE_SECONDS shortens the minute for a quick look. */
const SECONDS = Number(process.env.IDLE_SECONDS ?? 60);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What a session costs while nothing happens: memory, requests, CPU. */
export async function run(print: Print): Promise<void> {
  for (const size of sizes) {
    const of = `${whole(size)} containers`;
    const engine = await RecordedEngine.start(size);
    // Code and buffers that any first session loads are not counted per container.
    for (let round = 0; round < 2; round += 1) {
      const first = engine.session();
      first.need();
      await whenSnapshot(first, () => first.snapshot?.complete === true);
      first.dispose();
    }
    const before = await held();
    const session = engine.session();
    session.need();
    await whenSnapshot(session, () => session.snapshot?.complete === true);
    const perContainer = ((await held()) - before) / size / 1024;
    const goal = { goal: 'under 4 kB', met: perContainer < 4 };
    print({ what: 'heap held per container', of, value: perContainer.toFixed(2), unit: 'kB', ...goal });
    if (size === 1_000) {
      await engine.counts();
      const start = process.cpuUsage();
      await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
      const used = process.cpuUsage(start);
      const { requests } = await engine.counts();
      print({ what: `requests in ${SECONDS} idle seconds`, of, value: requests, goal: '0', met: requests === 0 });
      print({ what: `CPU in ${SECONDS} idle seconds`, of, value: whole((used.user + used.system) / 1000), unit: 'ms' });
    }
    session.dispose();
    await engine.stop();
  }
}

async function held(): Promise<number> {
  // Twice, with a turn between: what finalizers release goes with the second.
  collect();
  await new Promise((resolve) => setTimeout(resolve, 200));
  collect();
  return process.memoryUsage().heapUsed;
}
