import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { HostTimes } from '#bench/activationInHost';
import { median, type Print } from '#bench/figure';
import { RequestCounter } from '#bench/requestCounter';
import { type RealEngine, startEngine } from '#harness/engines';
import { run as runCommand } from '#harness/processes';
import { setUp } from '#harness/setup';
import { layOutTutorial } from '#harness/tutorial';

export const name = 'activation';

const project = fileURLToPath(new URL('../../', import.meta.url));
const out = join(project, 'out', 'bench');
const ROUNDS = Number(process.env.ACTIVATION_ROUNDS ?? 3);
/** IDLE_SECONDS shortens the minute for a quick look. */
const SECONDS = Number(process.env.IDLE_SECONDS ?? 60);

/** Inside the real extension host (code-server's): the production bundle, a real engine. */
export async function run(print: Print): Promise<void> {
  await setUp({ engines: ['docker-28'], browser: true, codeServer: true });
  const extension = await copyOfExtension();
  const tests = await bundleForHost();
  const temporary = mkdtempSync(join(tmpdir(), 'activation-'));
  const engine = await startEngine('docker-28', 'bch');
  try {
    await engine.loadImage();
    await layOutTutorial(engine.docker, engine);
    const start = (endpoint: string, idle?: number) => inHost(extension, tests, temporary, endpoint, idle);
    const without: number[] = [];
    const within: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      without.push((await start(`unix://${temporary}/nobody.sock`)).activation);
      within.push((await start(engine.url)).activation);
    }
    for (const [of, times] of [
      ['without an engine', without],
      ['with an engine', within],
    ] as const) {
      const time = median(times);
      const goal = { goal: 'under 50 ms', met: time < 50 };
      print({ what: `activation, median of ${ROUNDS}`, of, value: time.toFixed(1), unit: 'ms', ...goal });
    }
    await requests(engine, temporary, start, print);
  } finally {
    await engine.dispose();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function requests(
  engine: RealEngine,
  temporary: string,
  start: (endpoint: string, idle: number) => Promise<HostTimes>,
  print: Print,
): Promise<void> {
  const counter = await RequestCounter.start(join(temporary, 'counted.sock'), engine.socket);
  const times = await start(counter.url, SECONDS);
  counter.stop();
  const { startAt, tree = 0, completeAt = 0, idleAt = 0, endAt = 0 } = times;
  const of = 'docker-28, the tutorial, the Networks view open';
  print({ what: 'activation to rows in the tree', of, value: tree.toFixed(0), unit: 'ms' });
  const filling = counter.between(startAt, completeAt);
  const inspects = filling.filter(
    (path) => /^\/(containers|networks)\/[^/]+(\/json)?$/.test(path) && path !== '/containers/json',
  );
  const streams = filling.filter((path) => path === '/events');
  const fill = filling.length - inspects.length - streams.length;
  print({ what: 'requests to fill', of, value: fill, goal: 'at most 4', met: fill <= 4 });
  print({ what: 'inspects to complete', of, value: inspects.length });
  print({ what: 'requests of a refresh', of, value: counter.between(completeAt, idleAt).length });
  const idle = counter.between(idleAt, endAt).length;
  print({ what: `requests in ${SECONDS} idle seconds`, of, value: idle, goal: '0', met: idle === 0 });
}

/** The production bundle with everything that activates it by itself taken away, so that the activation can be timed. */
async function copyOfExtension(): Promise<string> {
  await runCommand(process.execPath, ['esbuild.mjs', '--production'], { cwd: project });
  const copy = join(out, 'extension');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const part of ['dist', 'media', 'package.nls.json', 'package.nls.ko.json'])
    cpSync(join(project, part), join(copy, part), { recursive: true });
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  return copy;
}

async function bundleForHost(): Promise<string> {
  const outfile = join(out, 'activationInHost.cjs');
  await build({
    entryPoints: [join(project, 'test', 'bench', 'activationInHost.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'error',
  });
  return outfile;
}

async function inHost(
  extension: string,
  tests: string,
  temporary: string,
  endpoint: string,
  idle: number | undefined,
): Promise<HostTimes> {
  const home = mkdtempSync(join(temporary, 'host-'));
  const userData = join(home, 'user-data');
  const folder = join(home, 'folder');
  const results = join(home, 'results.json');
  mkdirSync(join(userData, 'User'), { recursive: true });
  mkdirSync(folder);
  writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify({ 'dockerNetworks.endpoint': endpoint }));
  // What `@vscode/test-electron` would start, without the workbench's own chatter among the figures.
  await runCommand(
    process.execPath,
    [
      join(project, 'test', 'harness', 'vscodeShim.ts'),
      folder,
      `--extensionDevelopmentPath=${extension}`,
      `--extensionTestsPath=${tests}`,
      `--user-data-dir=${userData}`,
    ],
    {
      cwd: project,
      timeout: 300_000 + SECONDS * 1_000,
      env: {
        ...process.env,
        BENCH_RESULTS: results,
        BENCH_IDLE: idle === undefined ? '' : `${idle}`,
      },
    },
  );
  const times: HostTimes = JSON.parse(readFileSync(results, 'utf8'));
  return times;
}
