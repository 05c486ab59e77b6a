/** SSH endpoints, through the system's OpenSSH: the user's agent, config and known hosts, one login for all requests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '#engine/errors';
import { decodeSshUrl, explainSsh, sshArguments } from '#engine/sshWords';

export interface Forward {
  /** The local end of the forward. */
  readonly socketPath: string;
  /** A request's failure with OpenSSH's own words, when it has something to say about it. */
  explain(error: EngineError): EngineError;
  dispose(): void;
}

/** Milliseconds for the login: names, keys, agents and jump hosts take their time. */
const loginDeadline = 20_000;
/** Bytes kept of what OpenSSH says. */
const kept = 8 * 1024;

/**
 * Logs in once and forwards a local socket to the engine's. Nothing is asked of the user (BatchMode), and a host whose
 * key is unknown or has changed is refused, as the user's own configuration says.
 * @throws EngineError `ssh` with OpenSSH's words, `missing` when there is no OpenSSH or the URL names no host.
 */
export async function openForward(url: string, log: (line: string) => void): Promise<Forward> {
  const target = decodeSshUrl(url);
  // A folder of its own, closed to other users: whoever reaches the socket reaches the engine.
  const folder = await mkdtemp(join(tmpdir(), 'docker-networks-'));
  const socketPath = join(folder, 'engine.sock');
  const started = performance.now();
  // The words of OpenSSH are matched, so they have to be English.
  const env = { ...process.env, LC_ALL: 'C' };
  const child = spawn('ssh', sshArguments(target, socketPath), { stdio: ['ignore', 'ignore', 'pipe'], env });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-kept);
  });
  const release = (): void => {
    child.kill();
    // The folder is in the system's temporary place: what cannot be removed is removed by the system.
    void rm(folder, { recursive: true, force: true }).catch(() => undefined);
  };
  try {
    await untilReady(child, socketPath, () => words);
    log(`ssh ${target.host} → connected in ${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    log(`ssh ${target.host} → refused in ${Math.round(performance.now() - started)} ms`);
    release();
    throw error;
  }
  return {
    socketPath,
    explain: (error) => {
      const about = error.kind === 'cut-off' || error.kind === 'refused' || error.kind === 'missing';
      return about && words.trim() !== '' ? explainSsh(words) : error;
    },
    dispose: release,
  };
}

/** The forward is ready when its local end accepts: OpenSSH makes the socket after the login. */
function untilReady(child: ChildProcess, socketPath: string, words: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (error?: EngineError): void => {
      clearTimeout(timer);
      clearTimeout(late);
      child.off('error', failed);
      child.off('close', closed);
      if (error === undefined) resolve();
      else reject(error);
    };
    const failed = (error: Error): void => end(new EngineError('missing', error.message));
    const closed = (): void => end(explainSsh(words()));
    const late = setTimeout(() => end(new EngineError('timeout', words().trim())), loginDeadline);
    child.once('error', failed);
    child.once('close', closed);
    const look = (): void => {
      const probe = connect(socketPath);
      probe.once('connect', () => {
        probe.destroy();
        end();
      });
      probe.once('error', () => {
        timer = setTimeout(look, 50);
      });
    };
    look();
  });
}
