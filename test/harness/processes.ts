/** Child processes without a shell: what was run is in every error, with the end of what it said. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly input?: Buffer | string;
  /** Milliseconds; the process is killed then. Five minutes by default. */
  readonly timeout?: number;
  /** Shows the output as it comes, besides collecting it. */
  readonly show?: boolean;
}

/** Runs to the end and gives what came out; never rejects for an exit code. */
export function attempt(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const spawnOptions: SpawnOptions = {
      stdio: 'pipe',
      timeout: Math.round(options.timeout ?? 300_000),
      killSignal: 'SIGKILL',
    };
    if (options.env) spawnOptions.env = options.env;
    if (options.cwd) spawnOptions.cwd = options.cwd;
    const child = spawn(command, args, spawnOptions);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => {
      out.push(chunk);
      if (options.show) process.stdout.write(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err.push(chunk);
      if (options.show) process.stderr.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? -1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
    // A command that ends without reading its input is not an error of ours.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  });
}

/** Runs to the end and gives the standard output, trimmed at its end; rejects when the exit code is not 0. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await attempt(command, args, options);
  if (code !== 0)
    throw new Error(`${[command, ...args].join(' ')} ended with ${code}\n${(stderr || stdout).slice(-2000)}`);
  return stdout.trimEnd();
}

/** The full path of a command, or undefined when it is not on the path. */
export function findCommand(name: string, path = process.env.PATH ?? ''): string | undefined {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder || '.', name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not in this folder; the next one is looked at
    }
  }
  return undefined;
}

/** What no further asking mends: `until` gives up at once. */
export class Hopeless extends Error {}

/** Asks again until there is an answer other than undefined or false; fails with what was waited for. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  timeout = 60_000,
  pause = 100,
): Promise<T> {
  const end = Date.now() + timeout;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${timeout} ms for ${what}${last ? `; last: ${String(last)}` : ''}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
