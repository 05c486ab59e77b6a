/**
 * code-server: VS Code's real workbench and Node extension host, as an npm package. Installed into the cache folder when
 * first needed (two minutes, 620 MB), because a desktop build cannot be downloaded everywhere.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cacheFolder, installPackages } from '#harness/packages';
import { attempt, findCommand, Hopeless, run, until } from '#harness/processes';

const version = '4.139.1';
const home = join(cacheFolder, `code-server-${version}`);
const entry = join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

/** Node 24, which code-server wants: this process runs under it (scripts/run.mjs sees to that). */
const nodeFirst = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
});

/** Installs code-server unless it is there, and says so before. */
export async function ensureCodeServer(): Promise<void> {
  const ready = join(home, '.ready');
  if (existsSync(ready)) return;
  const missing: string[] = [];
  if (!existsSync('/usr/include/gssapi/gssapi.h')) missing.push('libkrb5-dev');
  for (const [command, name] of Object.entries({ python3: 'python3', make: 'make', 'g++': 'g++' })) {
    if (!findCommand(command)) missing.push(name);
  }
  if (missing.length > 0) await installPackages(missing, 'code-server compiles parts of itself with them');
  console.log(`Installing code-server ${version} into ${home} (about two minutes, 620 MB) …`);
  mkdirSync(home, { recursive: true });
  const allowScripts = { 'code-server': true, argon2: true };
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, allowScripts }));
  await run('npm', ['install', '--no-audit', '--no-fund', '--save-exact', `code-server@${version}`], {
    cwd: home,
    // Its own install script installs VS Code's parts, some of them native, with an npm that blocks scripts by default.
    env: { ...nodeFirst(), npm_config_dangerously_allow_all_scripts: 'true' },
    timeout: 1_800_000,
  });
  await run(process.execPath, [entry, '--version']);
  writeFileSync(ready, '');
}

/** A TCP port of 127.0.0.1 that nobody uses now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/** Nothing moves, asks or advertises by itself: what a screenshot shows is ours. */
const calm: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'window.commandCenter': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'files.simpleDialog.enable': true,
};

export interface CodeServerOptions {
  /** A VSIX that is installed before the server starts. */
  readonly vsix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** A command with arguments that the server is run through: `setpriv …` takes rights from it. */
  readonly through?: readonly string[];
  /** `ko` makes it Korean as far as extensions are concerned; VS Code's own texts stay English. */
  readonly locale?: string;
  /** Lets the page take extension development and test paths. */
  readonly testDriver?: boolean;
  /** Asks of each folder whether its authors are trusted, as VS Code does; without it all are. */
  readonly trust?: boolean;
  /** Without one, nobody is asked: only for tests, for it is a shell on this machine. */
  readonly password?: string;
  readonly port?: number;
  /** Kept when given, else made and removed. */
  readonly userData?: string;
}

export interface CodeServer {
  readonly port: number;
  readonly url: string;
  readonly userData: string;
  dispose(): Promise<void>;
}

/**
 * Writes the user's settings on top of the calm ones; a running workbench takes them over. The one of machine scope is
 * read where the extension host runs, and wins there.
 */
export function writeSettings(userData: string, settings: Readonly<Record<string, unknown>>): void {
  const endpoint = 'dockerNetworks.endpoint';
  const machine = endpoint in settings ? { [endpoint]: settings[endpoint] } : {};
  for (const [place, values] of Object.entries({ User: { ...calm, ...settings }, Machine: machine })) {
    mkdirSync(join(userData, place), { recursive: true });
    writeFileSync(join(userData, place, 'settings.json'), JSON.stringify(values, null, 2));
  }
}

/** Writes what makes `env.language` another than English: a language pack without translations. */
function writeLanguagePack(userData: string, locale: string): void {
  const translations = join(userData, `${locale}.i18n.json`);
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: `docker-networks-${locale}`,
    label: locale,
    extensions: [{ extensionIdentifier: { id: 'docknet.no-translations' }, version: '1.0.0' }],
    translations: { vscode: translations },
  };
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}

/** Starts a server that a browser can open; ready when this resolves. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  await ensureCodeServer();
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'docker-networks-code-'));
  const extensions = join(userData, 'extensions');
  mkdirSync(extensions, { recursive: true });
  writeSettings(userData, options.settings ?? {});
  if (options.locale) writeLanguagePack(userData, options.locale);
  const port = options.port ?? (await freePort());
  const config = join(userData, 'config.yaml');
  writeFileSync(config, `auth: ${options.password ? 'password' : 'none'}\n`);
  const folders = ['--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
  // code-server keeps logs of its own in the user's data folder, whatever it is told: this one is removed with the rest.
  const environment: NodeJS.ProcessEnv = { ...nodeFirst(), XDG_DATA_HOME: join(userData, 'data'), ...options.env };
  if (options.password) environment.PASSWORD = options.password;
  // A server started from inside VS Code's own terminal would otherwise talk to that window.
  for (const name of Object.keys(environment)) if (name.startsWith('VSCODE_')) delete environment[name];
  if (options.vsix) {
    const installed = await attempt(process.execPath, [entry, ...folders, '--install-extension', options.vsix], {
      env: environment,
    });
    if (installed.code !== 0)
      throw new Error(`installing ${options.vsix} failed: ${installed.stdout}${installed.stderr}`);
  }
  const [command = process.execPath, ...before] = [...(options.through ?? []), process.execPath];
  const child = spawn(
    command,
    [
      ...before,
      entry,
      ...folders,
      ...['--auth', options.password ? 'password' : 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check'],
      ...(options.trust ? [] : ['--disable-workspace-trust']),
      '--disable-getting-started-override',
      ...(options.locale ? ['--locale', options.locale] : []),
      ...(options.testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const log = createWriteStream(join(userData, 'server.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const killOnExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killOnExit);
  const url = `http://127.0.0.1:${port}`;
  const dispose = async () => {
    process.off('exit', killOnExit);
    await endGroup(child);
    log.end();
    if (!options.userData) rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await until(`code-server on port ${port}`, async () => {
      if (child.exitCode !== null) throw new Hopeless(`code-server ended with ${child.exitCode}`);
      return (await fetch(`${url}/healthz`)).ok;
    });
  } catch (error) {
    await dispose();
    throw error;
  }
  return { port, url, userData, dispose };
}

/** The process and everything it started: it was made the leader of a group of its own. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the group is gone already, which is what was wanted
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }
  signalGroup(child, 'SIGKILL');
}
