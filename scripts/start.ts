/** `npm start`: builds the extension, finds (or makes) an engine, and opens an editor with both. `--help` explains. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, startCodeServer } from '#harness/codeServer';
import { findCommand, run } from '#harness/processes';
import { Cleanup } from './cleanup.ts';
import { findEngine } from './findEngine.ts';
import { mayStartEngine, startPrivateEngine } from './privateEngine.ts';
import { makeSampleFolder } from './sampleFolder.ts';
import { project } from './stages.ts';

const help = `npm start [-- OPTIONS]

Builds the extension and opens it on an engine of this machine.

The engine is the first that answers of: DOCKER_HOST, the current Docker context, the default sockets, Podman's. Nothing
is changed on it. When none answers, and you are root on Debian or Ubuntu, dockerd is installed if need be (the packages
docker.io, iptables and busybox-static) and started with data, socket and process group of its own, and the topology of
the README is laid out on it. Ctrl-C takes all of that away again; installed packages stay.

The editor is desktop VS Code when the command 'code' is there, with settings and extensions of its own; else code-server,
which is installed into ~/.cache/docker-networks (620 MB, about two minutes, once) and opened in your browser at the
address and with the password that are printed.

  --folder PATH   the folder to open (default: a small sample, removed at the end)
  --port NUMBER   port of code-server on 127.0.0.1 (default: 8484, or a free one when that is taken)
  --browser       code-server even when 'code' is there
  --no-engine     do not make an engine when none answers: shows what the extension says then
  --help          this text
`;

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    port: { type: 'string' },
    browser: { type: 'boolean', default: false },
    'no-engine': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

const cleanup = new Cleanup();
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
});

/** Whether a port of 127.0.0.1 can be had now. */
const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });

async function choosePort(): Promise<number> {
  if (values.port === undefined) return (await isFree(8484)) ? 8484 : freePort();
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`'${values.port}' is no port`);
  if (!(await isFree(port))) throw new Error(`Port ${port} is taken; name another with --port, or none`);
  return port;
}

/** The URL of the engine to show; undefined when the extension is left to say that there is none. */
async function engine(): Promise<string | undefined> {
  const found = await findEngine();
  for (const silent of found.silent) console.log(`No answer from ${silent}`);
  if (found.engine) {
    console.log(
      `Engine: ${found.engine.label} (${found.engine.url}); it was there already, so nothing is changed on it`,
    );
    return undefined;
  }
  if (values['no-engine']) return undefined;
  if (!mayStartEngine()) {
    console.log('No engine answers. Start Docker or Podman, or run this as root on Debian or Ubuntu to be given one.');
    return undefined;
  }
  const url = await startPrivateEngine(cleanup);
  console.log(`Engine: private dockerd (${url}); to look at it yourself: docker -H ${url} ps`);
  return url;
}

async function openDesktop(code: string, folder: string, settings: Record<string, unknown>): Promise<Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'docker-networks-desktop-'));
  cleanup.add('remove the settings of the window', () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(join(home, 'user', 'User'), { recursive: true });
  writeFileSync(join(home, 'user', 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  const own = [`--user-data-dir=${join(home, 'user')}`, `--extensions-dir=${join(home, 'extensions')}`];
  // Electron's sandbox refuses root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = ['--new-window', '--wait', ...sandbox, ...own, `--extensionDevelopmentPath=${project}`, folder];
  const child = spawn(code, args, { stdio: 'inherit' });
  cleanup.add('close the window', () => {
    child.kill();
  });
  console.log('Opened VS Code; this ends when its window is closed, or with Ctrl-C');
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', () => done());
  });
}

async function openBrowser(folder: string, settings: Record<string, unknown>): Promise<void> {
  const port = await choosePort();
  const vsix = (await run(process.execPath, ['scripts/package.ts'], { cwd: project })).split('\n')[0] ?? '';
  const password = randomBytes(12).toString('base64url');
  const server = await startCodeServer({ vsix, settings, password, port });
  cleanup.add('stop code-server', () => server.dispose());
  console.log(`
Open      ${server.url}/?folder=${encodeURIComponent(folder)}
Password  ${password}

Then click the Docker Networks icon at the left. Ctrl-C ends everything.`);
}

async function main(): Promise<void> {
  if (values.folder && !existsSync(values.folder)) throw new Error(`There is no folder ${values.folder}`);
  const folder = values.folder ? resolve(values.folder) : makeSampleFolder();
  if (!values.folder) cleanup.add('remove the sample', () => rmSync(folder, { recursive: true, force: true }));
  console.log('Building the extension …');
  await run(process.execPath, ['esbuild.mjs'], { cwd: project });
  const url = await engine();
  const settings = url ? { 'dockerNetworks.endpoint': url } : {};
  const code = values.browser ? undefined : findCommand('code');
  if (code) await await openDesktop(code, folder, settings);
  else {
    await openBrowser(folder, settings);
    await interrupted;
  }
}

let failed = false;
await Promise.race([main(), interrupted]).catch((error: unknown) => {
  failed = true;
  console.error(error instanceof Error ? error.message : error);
});
console.log('\nCleaning up …');
await cleanup.run();
process.exit(failed ? 1 : 0);
