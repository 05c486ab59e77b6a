/**
 * `npm run verify -- --minutes 30`: the engine tests on all seven engines with their full counts of generated cases, then
 * the reachability model against real kernels. When the minutes are over no new case is begun, and the counts tell how
 * far it came; the making of the engines' file systems is not counted. The last line is `N passed, N failed`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { enginesUnderTest, sweepEngines } from '#harness/engines';
import { attempt } from '#harness/processes';
import { setUp } from '#harness/setup';
import { add, type Counts, project, stage, vitest } from './stages.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes takes a number above 0, not '${values.minutes}'`);

process.env.ENGINES ??= 'all';
const engines = enginesUnderTest();
/** Of the minutes, the engines' tests get this share, the reachability model the rest. */
const share = 0.6;
/** What a test that is under way when its time is over may still take, in milliseconds. */
const grace = 10 * 60_000;
const full = { CASES: '200', OPERATIONS: '1000', TOPOLOGIES: '30' };

let total: Counts = { passed: 0, failed: 0 };
const summary: string[] = [];
const count = async (title: string, work: () => Promise<Counts>) => {
  const counts = await stage(title, work);
  total = add(total, counts);
  summary.push(`${title}: ${counts.passed} passed, ${counts.failed} failed`);
};

const prepared = await stage('Setting up', async () => {
  await setUp({ engines: [...new Set([...engines, 'docker-28' as const])] });
  return { passed: 1, failed: 0 };
});
if (prepared.failed > 0) total = { passed: 0, failed: 1 };

const begin = Date.now();
await count('The drawings on 500 random snapshots each', () =>
  vitest('unit', { CASES: '500' }, grace, ['test/unit/map.test.ts', 'test/unit/rails.test.ts']),
);
const end = begin + minutes * 60_000;
for (const [index, name] of engines.entries()) {
  const now = Date.now();
  // On a slow machine the tests that are not generated take all the time: what is left out is said, not counted.
  if (now > begin + minutes * 60_000 * share * 1.4) {
    summary.push(`Engine tests on ${name}: not reached in ${minutes} minutes`);
    continue;
  }
  // What one engine leaves of its time goes to the others.
  const until = now + Math.max(0, begin + minutes * 60_000 * share - now) / (engines.length - index);
  const env = { ...full, ...pick(Object.keys(full)), ENGINES: name, VERIFY_UNTIL: String(Math.round(until)) };
  // Those of TLS and SSH start a dockerd and an sshd of their own: once is enough.
  const more = index === 0 ? [] : ['--exclude', 'test/engine/tls.test.ts', '--exclude', 'test/engine/ssh.test.ts'];
  await count(`Engine tests on ${name}`, () => vitest('engine', env, until - now + grace, more));
  // One that had to be ended hard leaves its engine behind.
  await sweepEngines();
}
await count('Reachability against real kernels', async () => {
  const left = Math.max(1, (end - Date.now()) / 60_000);
  // One engine after another within this run's time, each a third of it.
  const kernels = ['docker-20.10', 'docker-28', 'podman-5.4'];
  let counts: Counts = { passed: 0, failed: 0 };
  for (const name of kernels) {
    const args = ['--engines', name, '--topologies', full.TOPOLOGIES, '--minutes', String(left / kernels.length)];
    const { code } = await attempt(process.execPath, [join(project, 'scripts', 'verifyReachability.ts'), ...args], {
      cwd: project,
      show: true,
      timeout: (left / kernels.length) * 60_000 + grace,
    });
    counts = add(counts, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
  return counts;
});

console.log(`\n${summary.join('\n')}\n${((Date.now() - begin) / 60_000).toFixed(1)} of ${minutes} minutes`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** What the caller set wins over the full counts. */
function pick(keys: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(keys.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
}
