import { median, type Print, quantile, whole } from '#bench/figure';
import { whenSnapshot } from '#bench/filling';
import { RecordedEngine, sizes } from '#bench/recordedEngine';
import type { Session } from '#live/session';
import type { SnapshotChange } from '#live/types';

export const name = 'events';

const EVENTS = 100;

/** From the engine's event to the changed snapshot, and what one change costs among many containers. */
export async function run(print: Print): Promise<void> {
  const busy = new Map<number, number>();
  for (const size of sizes) {
    const of = `${whole(size)} containers`;
    const engine = await RecordedEngine.start(size);
    const session = engine.session();
    session.need();
    await whenSnapshot(session, () => session.snapshot?.complete === true);
    const times: number[] = [];
    let most = 0;
    for (let index = 0; index < 20; index += 1) await changed(index % size);
    times.length = 0;
    await engine.counts();
    const before = process.cpuUsage();
    for (let index = 0; index < EVENTS; index += 1) await changed((index * 37) % size);
    const used = process.cpuUsage(before);
    const { requests } = await engine.counts();
    busy.set(size, (used.user + used.system) / 1000 / EVENTS);
    if (size === 1_000) await storm(engine, session, print);
    session.dispose();
    await engine.stop();
    const late = quantile(times, 0.95);
    print({ what: 'event to changed snapshot, median', of, value: median(times).toFixed(1), unit: 'ms' });
    const goal = { goal: 'under 100 ms', met: late < 100 };
    print({ what: 'event to changed snapshot, p95', of, value: late.toFixed(1), unit: 'ms', ...goal });
    print({
      what: 'requests per event',
      of,
      value: (requests / EVENTS).toFixed(2),
      goal: '1',
      met: requests <= EVENTS,
    });
    print({ what: 'rows named as changed per event, at most', of, value: most, goal: '1', met: most === 1 });

    async function changed(index: number): Promise<void> {
      const change = new Promise<SnapshotChange>((resolve) => {
        const listener = session.onDidChangeSnapshot((value) => {
          listener.dispose();
          resolve(value);
        });
      });
      const start = performance.now();
      engine.change(index);
      const { containers, networks, all } = await change;
      times.push(performance.now() - start);
      most = Math.max(most, all ? size : containers.size + networks.size);
      // Apart from each other: a burst would be read together.
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
  }
  const [small = 1, , large = 1] = sizes.map((size) => busy.get(size));
  print({
    what: 'CPU for one change among 10,000, to one among 100',
    value: (large / small).toFixed(2),
    unit: '×',
    goal: 'at most 2',
    met: large / small <= 2,
  });
}

/** 2,000 events of 60 containers within a second or so, as of a large `docker compose up`. */
async function storm(engine: RecordedEngine, session: Session, print: Print): Promise<void> {
  let changes = 0;
  const listener = session.onDidChangeSnapshot(() => {
    changes += 1;
  });
  const start = performance.now();
  await engine.storm(2_000);
  const lasted = performance.now() - start;
  await session.complete();
  listener.dispose();
  // Two of them are the lists of `complete()`.
  const requests = (await engine.counts()).requests - 2;
  const of = `2,000 events of 60 containers in ${(lasted / 1000).toFixed(1)} s`;
  print({ what: 'requests in a storm', of, value: whole(requests), goal: 'at most 600', met: requests <= 600 });
  print({ what: 'snapshots in a storm', of, value: changes, goal: 'at most 20', met: changes <= 20 });
}
