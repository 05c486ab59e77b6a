/** A real dockerd over a real sshd: one login, and every refusal with its cause. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient } from '#engine/client';
import { SshError } from '#engine/sshWords';
import type { EngineClient } from '#engine/types';
import { type RealEngine, startEngine } from '#harness/engines';
import { ensureCommand, installPackages } from '#harness/packages';
import { findCommand, run, until } from '#harness/processes';

let folder: string;
let port: number;
let sshd: ChildProcess;
let engine: RealEngine;
let client: EngineClient | undefined;
const logged: string[] = [];

const file = (name: string): string => join(folder, name);
const key = (name: string): Promise<string> => run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function sshdCommand(): Promise<string> {
  const found = () => findCommand('sshd', ['/usr/sbin', '/usr/local/sbin'].join(delimiter)) ?? findCommand('sshd');
  if (!found()) await installPackages(['openssh-server'], 'the SSH tests log in to a real sshd');
  const command = found();
  if (!command) throw new Error('openssh-server brought no sshd');
  return command;
}

/** The user's own configuration, as far as OpenSSH lets a test have one: `-F` of a wrapper that comes first on the PATH. */
function configure(identity: string, knownHosts: string): void {
  const lines = [
    'Host *',
    `  IdentityFile ${file(identity)}`,
    '  IdentitiesOnly yes',
    '  IdentityAgent none',
    `  UserKnownHostsFile ${file(knownHosts)}`,
    '  GlobalKnownHostsFile /dev/null',
  ];
  writeFileSync(file('config'), `${lines.join('\n')}\n`);
}

const url = (socket = engine.socket, host = '127.0.0.1'): string =>
  `ssh://${userInfo().username}@${host}:${port}${socket}`;
const connect = (endpoint = url()) =>
  createClient({ id: 'ssh', label: 'ssh', url: endpoint, source: 'setting' }, (line) => logged.push(line));
async function refusal(endpoint = url()): Promise<SshError> {
  const error: unknown = await connect(endpoint)
    .then(async (opened) => {
      client = opened;
      await opened.describe();
    })
    .catch((reason: unknown) => reason);
  if (error instanceof SshError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

beforeAll(async () => {
  await ensureCommand('ssh', 'openssh-client', 'the SSH tests log in with it');
  const server = await sshdCommand();
  folder = mkdtempSync(join(tmpdir(), 'ssh-test-'));
  port = await freePort();
  for (const name of ['host', 'other-host', 'user', 'stranger']) await key(name);
  writeFileSync(file('authorized'), readFileSync(file('user.pub')));
  const known = (name: string): string => `[127.0.0.1]:${port} ${readFileSync(file(`${name}.pub`), 'utf8')}`;
  writeFileSync(file('known'), known('host'));
  writeFileSync(file('changed'), known('other-host'));
  writeFileSync(file('empty'), '');
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${file('host')}`,
    `AuthorizedKeysFile ${file('authorized')}`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'PidFile none',
    'PermitRootLogin prohibit-password',
  ];
  writeFileSync(file('sshd'), `${settings.join('\n')}\n`);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const said: string[] = [];
  sshd = spawn(server, ['-D', '-e', '-f', file('sshd')], { stdio: ['ignore', 'ignore', 'pipe'] });
  sshd.stderr?.on('data', (chunk: Buffer) => {
    said.push(chunk.toString());
    logged.push(
      ...chunk
        .toString()
        .split('\n')
        .filter((line) => /Accepted publickey/.test(line)),
    );
  });
  await until(`sshd to listen: ${said.join('')}`, () => said.join('').includes('Server listening'), 20_000);
  mkdirSync(file('bin'));
  writeFileSync(file('bin/ssh'), `#!/bin/sh\nexec ${findCommand('ssh')} -F ${file('config')} "$@"\n`);
  chmodSync(file('bin/ssh'), 0o755);
  engine = await startEngine('docker-28', 'ssh');
}, 240_000);

afterEach(() => {
  client?.dispose();
  client = undefined;
  logged.length = 0;
  vi.unstubAllEnvs();
});
afterAll(async () => {
  sshd?.kill();
  await engine?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function asUser(identity: string, knownHosts: string): void {
  vi.stubEnv('PATH', `${file('bin')}${delimiter}${process.env.PATH}`);
  configure(identity, knownHosts);
}

const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => /^docker-networks-[A-Za-z0-9]{6}$/.test(name));

describe('SSH', () => {
  it('one login for reads, writes and the event stream; nothing is left behind', async () => {
    asUser('user', 'known');
    const before = leftovers();
    client = await connect();
    expect(await client.describe()).toMatchObject({ kind: 'docker', where: 'remote', endpoint: url() });
    const heard: string[] = [];
    const ended = vi.fn();
    await client.events((event) => heard.push(event.action), ended);
    const { id } = await client.createNetwork({
      name: 'over-ssh',
      driver: 'bridge',
      subnets: [],
      options: {},
      labels: {},
    });
    expect((await client.list()).networks.map((network) => network.name)).toContain('over-ssh');
    await client.removeNetwork(id);
    await vi.waitFor(() => expect(heard).toEqual(['create', 'destroy']), { timeout: 10_000 });
    expect(client.requests).toBeGreaterThanOrEqual(7);
    expect(logged.filter((line) => /Accepted publickey/.test(line))).toHaveLength(1);
    expect(logged.some((line) => /^ssh 127\.0\.0\.1 → connected in \d+ ms$/.test(line))).toBe(true);
    client.dispose();
    await until('the folder to be removed', () => leftovers().every((name) => before.includes(name)), 10_000);
  });

  it('a wrong key', async () => {
    asUser('stranger', 'known');
    const error = await refusal();
    expect(error).toMatchObject({ kind: 'ssh', reason: 'key-refused' });
    expect(error.detail).toContain('Permission denied');
  });

  it('an unknown host is not believed', async () => {
    asUser('user', 'empty');
    expect(await refusal()).toMatchObject({ kind: 'ssh', reason: 'host-key-unknown' });
    expect(readFileSync(file('empty'), 'utf8')).toBe('');
  });

  it('a changed host key', async () => {
    asUser('user', 'changed');
    const error = await refusal();
    expect(error).toMatchObject({ kind: 'ssh', reason: 'host-key-changed' });
    expect(error.detail).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
  });

  it('a host that no name server knows, a port nobody listens on', async () => {
    asUser('user', 'known');
    expect(await refusal('ssh://nowhere.invalid')).toMatchObject({ kind: 'missing', reason: 'host-not-found' });
    const closed = await freePort();
    expect(await refusal(`ssh://127.0.0.1:${closed}`)).toMatchObject({ kind: 'refused', reason: 'unreachable' });
  });

  it('a host without an engine on that socket', async () => {
    asUser('user', 'known');
    expect(await refusal(url('/run/no-such-engine.sock'))).toMatchObject({ kind: 'missing', reason: 'no-engine' });
  });

  it('a host that would be an option never reaches the command line', async () => {
    asUser('user', 'known');
    await expect(connect('ssh://-oProxyCommand=true@x')).rejects.toMatchObject({ kind: 'ssh' });
    expect(logged.filter((line) => line.startsWith('ssh'))).toEqual([]);
  });

  it('the connection ends: the stream says so', async () => {
    asUser('user', 'known');
    client = await connect();
    const ended = vi.fn();
    await client.events(() => undefined, ended);
    await engine.stop();
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), { timeout: 20_000 });
    await engine.restart();
    // The login still stands: the engine is back without another one.
    await until('the engine to answer again', async () => (await client?.describe())?.kind === 'docker', 20_000);
    expect(logged.filter((line) => /Accepted publickey/.test(line))).toHaveLength(1);
  });
});
