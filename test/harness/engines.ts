/** Real container engines, each in a network namespace of its own: a typed face to the script beside this file. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTinyImage } from '#harness/image';
import { cacheFolder, dockerCli } from '#harness/packages';
import { attempt, type Finished, run } from '#harness/processes';

const suites = {
  'docker-20.10': 'bookworm',
  'docker-26': 'trixie',
  'docker-28': 'forky',
  'podman-4.3': 'bookworm',
  'podman-5.4': 'trixie',
  'podman-5.8': 'forky',
  'podman-6.1': 'experimental',
} as const;
export type EngineName = keyof typeof suites;

export const allEngines = Object.keys(suites) as EngineName[];
/** The two that `npm test` uses; `npm run verify` uses all. */
export const quickEngines: readonly EngineName[] = ['docker-28', 'podman-5.4'];

/** The engines this run tests: ENGINES is a comma list of names, or `all`; the quick ones by default. */
export function enginesUnderTest(): readonly EngineName[] {
  const wanted = process.env.ENGINES ?? '';
  if (wanted === '') return quickEngines;
  if (wanted === 'all') return allEngines;
  return wanted.split(',').map((text) => {
    const name = allEngines.find((known) => known === text.trim());
    if (!name) throw new Error(`ENGINES names '${text}'; known are ${allEngines.join(', ')}`);
    return name;
  });
}

/** When generated cases end (milliseconds since the epoch): VERIFY_UNTIL, set by `npm run verify`; without it never. */
export const deadline = (): number => Number(process.env.VERIFY_UNTIL ?? Number.POSITIVE_INFINITY);

/**
 * Tells when a test's generated cases end: after its share of the time that is left when it begins, so that the first
 * test does not take the time of all. The first few cases run whatever the time: see each caller's `least`.
 */
export function timeShare(share: number): () => boolean {
  const now = Date.now();
  const end = now + Math.max(0, deadline() - now) * share;
  return () => Date.now() > end;
}

export interface RealEngine {
  readonly name: EngineName;
  readonly kind: 'docker' | 'podman';
  /** The socket's path. */
  readonly socket: string;
  /** The same as a URL, `unix://…`: what DOCKER_HOST and the setting `dockerNetworks.endpoint` take. */
  readonly url: string;
  /** Network namespaces: the engine's host, and a peer on its LAN. `ip netns exec NAME …` runs something there. */
  readonly hostNamespace: string;
  readonly lanNamespace: string;
  /** The engine's host on its LAN, and the peer. */
  readonly hostAddress: string;
  readonly lanAddress: string;
  /** Runs the docker command against this engine; gives its output without the last line end; rejects when it fails. */
  docker(...args: string[]): Promise<string>;
  /** The same, but gives exit code and both outputs instead of rejecting. */
  tryDocker(...args: string[]): Promise<Finished>;
  /** Runs a command in the host's or the LAN peer's network namespace; never rejects for an exit code. */
  inNamespace(where: 'host' | 'lan', command: string, ...args: string[]): Promise<Finished>;
  /** Imports the image `tiny:1` unless it is there. */
  loadImage(): Promise<void>;
  /** Stops the engine hard or lets it answer again with the same data: for tests of engines that go and come. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it and removes its containers, networks, data, namespaces. */
  dispose(): Promise<void>;
}

const script = fileURLToPath(new URL('./engine', import.meta.url));
const home = join(cacheFolder, 'engines');
const environment = { ...process.env, ENGINES_HOME: home, ENGINE_OWNER: String(process.pid) };
const running = new Map<string, readonly [EngineName, string]>();

const engineScript = (verb: string, ...args: string[]) =>
  run(script, [verb, ...args], { env: environment, timeout: 1_200_000 });

/** Where an engine sees files of this machine: below here, and nowhere else. */
export const sharedWithEngines = home;

/** Makes the root file system that the engine needs; at once when it is there. */
export const buildEngine = (name: EngineName): Promise<string> => engineScript('build', name);

/** Wipes what runs that crashed have left behind. */
export const sweepEngines = (): Promise<string> => engineScript('sweep');

/** So that the tests of two checkouts may run at the same time. */
const checkout = createHash('sha256').update(script).digest('hex').slice(0, 3);

/**
 * Starts an engine without containers. `word` (1 to 12 lower-case letters or digits) tells instances of one engine apart:
 * each test file uses its own word, each checkout its own mark behind it. `more` are arguments of dockerd (without spaces).
 */
export async function startEngine(name: EngineName, word: string, more: readonly string[] = []): Promise<RealEngine> {
  const part = `${word}${checkout}`;
  await buildEngine(name);
  const cli = await dockerCli();
  const instance = `${name}-${part}`;
  await engineScript('wipe', name, part);
  const withArguments = { ...environment, ENGINE_ARGUMENTS: more.join(' ') };
  const up = () => run(script, ['up', name, part], { env: withArguments, timeout: 1_200_000 });
  const url = (await up()).split('\n').at(-1) ?? '';
  running.set(instance, [name, part]);
  const number = name.replace(/^docker-(\d+).*/, '$1').replace(/^podman-(\d)\.(\d)/, '$1$2');
  const bound = ['-H', url];
  // The caller's own DOCKER_HOST or context must not lead the command elsewhere.
  const { DOCKER_HOST: _host, DOCKER_CONTEXT: _context, DOCKER_TLS_VERIFY: _tls, ...env } = process.env;
  const hostNamespace = `engine-${instance}`;
  const lanNamespace = `${hostNamespace}-lan`;
  return {
    name,
    kind: name.startsWith('docker') ? 'docker' : 'podman',
    socket: url.replace('unix://', ''),
    url,
    hostNamespace,
    lanNamespace,
    hostAddress: `10.99.${number}.1`,
    lanAddress: `10.99.${number}.2`,
    // A command that hangs is an answer too: the engine's, not a test without end.
    docker: (...args) => run(cli, [...bound, ...args], { env, timeout: 120_000 }),
    tryDocker: (...args) => attempt(cli, [...bound, ...args], { env, timeout: 120_000 }),
    inNamespace: (where, command, ...args) =>
      attempt('ip', ['netns', 'exec', where === 'host' ? hostNamespace : lanNamespace, command, ...args]),
    loadImage: async () => {
      if ((await attempt(cli, [...bound, 'image', 'inspect', 'tiny:1'], { env })).code === 0) return;
      // Bookworm's busybox crashes in wget where there is no libc beside it: the newest suite's comes first.
      const roots = [...new Set(['forky', 'trixie', suites[name]])];
      await importTinyImage(
        cli,
        bound,
        roots.map((suite) => join(home, `root-${suite}`, 'bin', 'busybox')),
      );
    },
    stop: async () => {
      await engineScript('down', name, part);
    },
    restart: async () => {
      await up();
    },
    dispose: async () => {
      await engineScript('wipe', name, part);
      running.delete(instance);
    },
  };
}

// A test file that throws before its clean-up must not leave an engine behind.
process.on('exit', () => {
  for (const [name, part] of running.values()) spawnSync(script, ['wipe', name, part], { env: environment });
});
