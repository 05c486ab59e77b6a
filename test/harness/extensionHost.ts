/**
 * Runs test/vscode inside the real extension host through `@vscode/test-electron`: in desktop VS Code where it can be
 * downloaded, else in code-server. The extension is the working copy's dist/, the engine a real one with the tutorial.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import { build } from 'esbuild';
import { writeContext } from '#harness/dockerContext';
import { type EngineName, startEngine } from '#harness/engines';
import { dockerCli } from '#harness/packages';
import { layOutTutorial } from '#harness/tutorial';

const project = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const out = join(project, 'out', 'vscode');

export interface HostResults {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  /** What it ran in. */
  readonly host: string;
}

/** Bundles the test modules, each to a file of its own, and the runner beside them. */
async function bundleTests(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  const files = readdirSync(join(project, 'test', 'vscode')).filter((name) => name.endsWith('.ts'));
  await build({
    entryPoints: files.map((name) => join(project, 'test', 'vscode', name)),
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    // The harness finds its own files by this; in a CommonJS bundle it must be said.
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
}

/** Desktop VS Code, when there is a screen and it can be downloaded soon; undefined when not. */
async function desktop(): Promise<string | undefined> {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  if (process.platform === 'linux' && !process.env.DISPLAY) return undefined;
  try {
    await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal: AbortSignal.timeout(5_000) });
    return await downloadAndUnzipVSCode({ timeout: 30_000, reporter: new SilentReporter() });
  } catch (error) {
    console.log(`Desktop VS Code cannot be downloaded here (${String(error)})`);
    return undefined;
  }
}

/** Starts the engine, lays out the tutorial and runs the tests; `grep` chooses some by title. */
export async function runInExtensionHost(engineName: EngineName = 'docker-28', grep = ''): Promise<HostResults> {
  await bundleTests();
  const executable = await desktop();
  const host = executable ? 'desktop VS Code' : 'code-server';
  const temporary = mkdtempSync(join(tmpdir(), 'docker-networks-host-'));
  const engine = await startEngine(engineName, 'exthost');
  const second = await startEngine(engineName.startsWith('docker') ? 'podman-5.4' : 'docker-28', 'exthost');
  try {
    await engine.loadImage();
    await layOutTutorial(engine.docker, engine);
    const userData = join(temporary, 'user-data');
    const folder = join(temporary, 'folder');
    mkdirSync(join(userData, 'User'), { recursive: true });
    mkdirSync(folder);
    // A workspace file, though it names one folder: only such a window takes another folder without starting anew.
    const workspace = join(temporary, 'one.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'folder' }] }));
    const settings = { 'dockerNetworks.endpoint': engine.url, 'telemetry.telemetryLevel': 'off' };
    writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings));
    const docker = join(temporary, 'docker');
    writeContext(docker, 'second', second.url);
    const results = join(temporary, 'results.json');
    const problem = await runTests({
      vscodeExecutablePath: executable ?? join(project, 'test', 'harness', 'vscodeShim.ts'),
      extensionDevelopmentPath: project,
      extensionTestsPath: join(out, 'index.cjs'),
      launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${join(temporary, 'extensions')}`],
      extensionTestsEnv: {
        TEST_ENGINE_URL: engine.url,
        TEST_SECOND_URL: second.url,
        DOCKER_CONFIG: docker,
        TEST_DOCKER: await dockerCli(),
        TEST_RESULTS: results,
        TEST_FOLDER: folder,
        TEST_GREP: grep,
        // A contrary one: the chosen endpoint must win over it.
        DOCKER_HOST: 'tcp://127.0.0.1:1',
      },
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    return { ...readResults(results, problem), host };
  } finally {
    await engine.dispose();
    await second.dispose();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function readResults(file: string, problem: unknown): Omit<HostResults, 'host'> {
  try {
    const results: Omit<HostResults, 'host'> = JSON.parse(readFileSync(file, 'utf8'));
    return results;
  } catch (error) {
    const message = `The tests left no results: ${String(problem ?? error)}`;
    return { passed: 0, failed: 1, failures: [{ title: 'extension host', message }] };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, failures, host } = await runInExtensionHost('docker-28', process.argv[2]);
  for (const { title, message } of failures) console.log(`FAILED ${title}\n${message}`);
  console.log(`Extension host: ${host}\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
