/** The stages of the tests, each with its own counts. A stage in which nothing ran has failed. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt } from '#harness/processes';

export const project = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => join(project, 'node_modules', '.bin', name);

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly notes?: readonly string[];
}

export const add = (left: Counts, right: Counts): Counts => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
});

/** The linter and the three compilations, each counted as one test. */
export async function lint(): Promise<Counts> {
  const checks = [
    ['biome', 'check', '--error-on-warnings', '.'],
    ['tsc', '-p', '.', '--noEmit'],
    ['tsc', '-p', 'src/webview', '--noEmit'],
    ['tsc', '-p', 'test/browser', '--noEmit'],
  ];
  let counts: Counts = { passed: 0, failed: 0 };
  for (const [command = '', ...args] of checks) {
    const { code } = await attempt(bin(command), args, { cwd: project, show: true });
    console.log(`${code === 0 ? '✓' : '✗'} ${command} ${args.join(' ')}`);
    counts = add(counts, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
  return counts;
}

interface VitestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { status: string }[];
  }[];
}

/**
 * Runs one of vitest's projects and reads its JSON report. A file that could not be loaded and a run that ended badly
 * without a failed test count as one failure each.
 * @param timeout milliseconds after which the run is ended and has failed
 */
export async function vitest(
  name: string,
  env: NodeJS.ProcessEnv = {},
  timeout = 3_600_000,
  more: readonly string[] = [],
): Promise<Counts> {
  const folder = join(project, 'out', 'test');
  const report = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await attempt(bin('vitest'), ['run', '--project', name, ...reporters, ...more], {
    cwd: project,
    env: { ...process.env, ...env },
    show: true,
    timeout,
  });
  let counts: VitestReport;
  try {
    counts = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, notes: [`vitest ended with ${code} and left no report`] };
  }
  const unloaded = counts.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const failed = counts.numFailedTests + unloaded;
  const left = counts.numPendingTests + counts.numTodoTests;
  return {
    passed: counts.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    notes: left > 0 ? [`${left} not run`] : [],
  };
}

/** Runs a stage, says how it went, and turns whatever it throws, and an empty run, into a failure. */
export async function stage(title: string, work: () => Promise<Counts>): Promise<Counts> {
  console.log(`\n━━ ${title}`);
  const started = Date.now();
  let counts: Counts;
  try {
    counts = await work();
  } catch (error) {
    console.error(error);
    counts = { passed: 0, failed: 1 };
  }
  if (counts.passed + counts.failed === 0) counts = { passed: 0, failed: 1, notes: ['nothing ran'] };
  const notes = (counts.notes ?? []).map((note) => `, ${note}`).join('');
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`━━ ${title}: ${counts.passed} passed, ${counts.failed} failed${notes} (${seconds} s)`);
  return counts;
}
