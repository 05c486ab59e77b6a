import { type Print, whole } from '#bench/figure';
import { bytesOfLists, fillingTimes, whenSnapshot } from '#bench/filling';
import { ENGINE_TIME, RecordedEngine, sizes } from '#bench/recordedEngine';

export const name = 'fill';

/** Requests and bytes to fill and complete, and the time to a filled snapshot beside the bare time of the two lists. */
export async function run(print: Print): Promise<void> {
  for (const size of sizes) {
    const of = `${whole(size)} containers`;
    const engine = await RecordedEngine.start(size, ENGINE_TIME);
    await requests(engine, of, print);
    const { ratio, filled } = await fillingTimes(engine.spec);
    await engine.stop();
    print({ what: 'time to a filled snapshot', of, value: whole(filled), unit: 'ms' });
    print({
      what: 'that, to the bare time of the two list calls (the engine taking 0.073 ms a container)',
      of,
      value: ratio.toFixed(2),
      unit: '×',
      goal: 'at most 1.3',
      met: ratio <= 1.3,
    });
    const instant = await RecordedEngine.start(size);
    const worst = await fillingTimes(instant.spec);
    await instant.stop();
    print({ what: 'the same with an engine that takes no time at all', of, value: worst.ratio.toFixed(2), unit: '×' });
  }
}

async function requests(engine: RecordedEngine, of: string, print: Print): Promise<void> {
  const session = engine.session();
  await engine.counts();
  const needed = session.need();
  await whenSnapshot(session, () => true);
  await whenSnapshot(session, () => session.snapshot?.complete === true);
  const all = await engine.counts();
  needed.dispose();
  session.dispose();
  const inspects = session.snapshot?.containers.length ?? 0;
  const fill = all.requests - inspects - 1;
  print({ what: 'requests to fill', of, value: fill, goal: 'at most 4', met: fill <= 4 });
  print({ what: 'inspects to complete', of, value: whole(inspects) });
  const lists = await bytesOfLists(engine.spec);
  print({ what: 'bytes to fill', of, value: whole(lists / 1024), unit: 'kB' });
  print({ what: 'bytes to complete', of, value: whole((all.bytes - lists) / 1024), unit: 'kB' });
}
