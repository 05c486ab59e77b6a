import { median, type Print, quantile, whole } from '#bench/figure';
import { whenSnapshot } from '#bench/filling';
import { containerId } from '#bench/recordedAnswers';
import { RecordedEngine, sizes } from '#bench/recordedEngine';
import type { Session } from '#live/session';
import type { SnapshotChange } from '#live/types';
import type { Snapshot } from '#model/snapshot';
import { TopologyFeed } from '#views/topologyFeed';
import { acceptChange } from '#views/tree/changes';
import { EngineTree } from '#views/tree/engineTree';

export const name = 'rows';

const CHANGES = 60;

/**
 * From the engine's event to the changed row of the tree and to the message for the drawing. What VS Code itself adds is
 * not in it: the rows and the message are ours, the widgets are not. The drawing's own time is measured by `drawing`.
 */
export async function run(print: Print): Promise<void> {
  const cost = new Map<number, { row: number; message: number }>();
  for (const size of sizes) {
    const of = `${whole(size)} containers`;
    const engine = await RecordedEngine.start(size);
    const session = engine.session();
    session.need();
    await whenSnapshot(session, () => session.snapshot?.complete === true);
    const snapshot = session.snapshot;
    if (!snapshot) throw new Error('no snapshot');
    const times = await changes(engine, session, snapshot, size).finally(async () => {
      session.dispose();
      await engine.stop();
    });
    cost.set(size, { row: median(times.row), message: median(times.message) });
    const goal = (late: number) => (size === 1_000 ? { goal: 'under 100 ms', met: late < 100 } : {});
    for (const [what, samples] of [
      ['event to the changed row', times.toRow],
      ['event to the message for the drawing', times.toMessage],
    ] as const) {
      const late = quantile(samples, 0.95);
      print({ what: `${what}, median`, of, value: median(samples).toFixed(1), unit: 'ms' });
      print({ what: `${what}, p95`, of, value: late.toFixed(1), unit: 'ms', ...goal(late) });
    }
    print({ what: 'of that, finding the rows', of, value: median(times.row).toFixed(2), unit: 'ms' });
    print({ what: 'of that, writing the message', of, value: median(times.message).toFixed(2), unit: 'ms' });
    print({ what: 'rows drawn anew, at most', of, value: times.most, goal: 'at most 3', met: times.most <= 3 });
  }
  const [few = { row: 1, message: 1 }, , many = few] = sizes.map((size) => cost.get(size));
  const ratio = many.row / few.row;
  print({ what: 'finding the rows among 10,000, to among 100', value: ratio.toFixed(1), unit: '×' });
  print({
    what: 'writing the message of 10,000, to that of 100',
    value: (many.message / few.message).toFixed(1),
    unit: '×',
  });
}

interface Times {
  readonly toRow: number[];
  readonly toMessage: number[];
  readonly row: number[];
  readonly message: number[];
  most: number;
}

/** Renames one container after the other, apart from each other. */
async function changes(engine: RecordedEngine, session: Session, first: Snapshot, size: number): Promise<Times> {
  const look = { sort: 'name', grouped: false, filter: {} } as const;
  const tree = new EngineTree(engine.spec.id, first, look);
  // What is unfolded in the view: all that a change may have to find again.
  for (const root of tree.roots()) tree.children(root);
  const feed = new TopologyFeed();
  const status = { tone: 'live', text: 'Live' } as const;
  const head = { kind: 'update', engine: engine.spec.id, engineLabel: 'bench', status } as const;
  feed.next({ ...head, snapshot: first });
  const times: Times = { toRow: [], toMessage: [], row: [], message: [], most: 0 };
  for (let index = 0; index < CHANGES; index += 1) {
    const changed = (index * 37) % size;
    const arrived = new Promise<SnapshotChange>((resolve) => {
      const listener = session.onDidChangeSnapshot((change) => {
        listener.dispose();
        resolve(change);
      });
    });
    const start = performance.now();
    engine.change(changed);
    const change = await arrived;
    const seen = performance.now();
    const refresh = acceptChange(tree, change);
    const rows = refresh === 'roots' ? tree.roots() : refresh.nodes;
    const found = performance.now();
    // As VS Code sends it to the page: JSON.
    JSON.stringify(feed.next({ ...head, snapshot: change.snapshot }));
    const written = performance.now();
    // A renamed container may move among its network's rows: then the network is drawn anew with what is below it.
    if (rows.length === 0) throw new Error(`no row is drawn anew for ${containerId(changed).slice(0, 12)}`);
    times.row.push(found - seen);
    times.message.push(written - found);
    times.toRow.push(found - start);
    // The panel waits 16 ms for more, so that bursts are one message.
    times.toMessage.push(seen - start + 16 + written - found);
    times.most = Math.max(times.most, rows.length);
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  return times;
}
