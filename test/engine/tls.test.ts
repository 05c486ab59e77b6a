/** A real dockerd over TCP with mutual TLS: it is reached with its certificates, refused with any others, and the cause is told. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient } from '#engine/client';
import { EngineError } from '#engine/errors';
import type { EndpointSpec, EngineClient } from '#engine/types';
import { type RealEngine, sharedWithEngines, startEngine } from '#harness/engines';
import { ensureCommand } from '#harness/packages';
import { run } from '#harness/processes';
import { tlsCause } from '#live/tlsCause';

/** A cable of its own between this machine and the engine's: the engine's network namespace knows only its LAN. */
const here = '10.250.76.1';
const there = '10.250.76.2';
const folder = join(sharedWithEngines, 'tls-test');
const url = `tcp://${there}:2376`;
let engine: RealEngine;
let client: EngineClient | undefined;

const file = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');
const openssl = (...args: string[]): Promise<string> => run('openssl', args);

async function authority(name: string): Promise<void> {
  const subject = ['-subj', `/CN=${name}`];
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    file(`${name}.key`),
    '-out',
    file(`${name}.pem`),
  );
}

/** A certificate for both ends, signed by an authority; 0 days: it ends as it begins. */
async function certificate(name: string, signer: string, days = 2): Promise<void> {
  writeFileSync(file(`${name}.ext`), `subjectAltName=IP:${there}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  await openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    file(`${name}.key`),
    '-out',
    file(`${name}.csr`),
  );
  const signed = [
    '-CA',
    file(`${signer}.pem`),
    '-CAkey',
    file(`${signer}.key`),
    '-CAcreateserial',
    '-extfile',
    file(`${name}.ext`),
  ];
  await openssl(
    'x509',
    '-req',
    '-in',
    file(`${name}.csr`),
    '-days',
    String(days),
    ...signed,
    '-out',
    file(`${name}.pem`),
  );
}

async function cable(): Promise<void> {
  const namespace = engine.hostNamespace;
  await run('ip', ['link', 'add', 'dntls0', 'type', 'veth', 'peer', 'name', 'dntls1', 'netns', namespace]);
  await run('ip', ['addr', 'add', `${here}/30`, 'dev', 'dntls0']);
  await run('ip', ['link', 'set', 'dntls0', 'up']);
  await run('ip', ['-n', namespace, 'addr', 'add', `${there}/30`, 'dev', 'dntls1']);
  await run('ip', ['-n', namespace, 'link', 'set', 'dntls1', 'up']);
}

beforeAll(async () => {
  await ensureCommand('openssl', 'openssl', 'the TLS tests make certificates');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await authority('ca');
  await authority('foreign-ca');
  await certificate('server', 'ca');
  await certificate('expired-server', 'ca', 0);
  await certificate('user', 'ca');
  await certificate('expired-user', 'ca', 0);
  await certificate('foreign-user', 'foreign-ca');
  const tls = [`--tlscacert=${file('ca.pem')}`, `--tlscert=${file('server.pem')}`, `--tlskey=${file('server.key')}`];
  engine = await startEngine('docker-28', 'tls', ['--host=tcp://0.0.0.0:2376', '--tlsverify', ...tls]);
  await cable();
}, 240_000);
afterEach(() => {
  client?.dispose();
  client = undefined;
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await engine?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const spec = (tls: EndpointSpec['tls']): EndpointSpec => ({
  id: 'tls',
  label: 'tls',
  url,
  source: 'setting',
  ...(tls === undefined ? {} : { tls }),
});

async function refusal(tls: EndpointSpec['tls']): Promise<EngineError> {
  client = await createClient(spec(tls));
  const error: unknown = await client.describe().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EngineError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

const pair = (name: string) => ({ cert: text(`${name}.pem`), key: text(`${name}.key`) });

describe('mutual TLS', () => {
  it('with its certificates: read, written, listened to', async () => {
    client = await createClient(spec({ ca: text('ca.pem'), ...pair('user') }));
    expect(await client.describe()).toMatchObject({ kind: 'docker', where: 'remote', endpoint: url });
    const heard: string[] = [];
    const stream = await client.events(
      (event) => heard.push(`${event.type} ${event.action}`),
      () => undefined,
    );
    const { id } = await client.createNetwork({
      name: 'over-tls',
      driver: 'bridge',
      subnets: [],
      options: {},
      labels: {},
    });
    expect((await client.inspectNetwork(id))?.name).toBe('over-tls');
    await client.removeNetwork(id);
    await vi.waitFor(() => expect(heard).toEqual(['network create', 'network destroy']), { timeout: 10_000 });
    stream.dispose();
  });

  it('whatever the environment says', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere.sock');
    vi.stubEnv('DOCKER_CERT_PATH', '/nowhere');
    vi.stubEnv('DOCKER_TLS_VERIFY', '1');
    client = await createClient(spec({ ca: text('ca.pem'), ...pair('user') }));
    expect((await client.list()).networks.length).toBeGreaterThan(2);
  });

  it('no certificate, or one of another authority: refused by the engine', async () => {
    const missing = await refusal({ ca: text('ca.pem') });
    expect(missing.kind).toBe('tls');
    expect(tlsCause(missing.detail), missing.detail).toBe('client-missing');
    client?.dispose();
    const foreign = await refusal({ ca: text('ca.pem'), ...pair('foreign-user') });
    expect(foreign.kind).toBe('tls');
    expect(tlsCause(foreign.detail), foreign.detail).toBe('client-rejected');
  });

  it('an expired certificate of ours', async () => {
    const expired = await refusal({ ca: text('ca.pem'), ...pair('expired-user') });
    expect(expired.kind).toBe('tls');
    expect(tlsCause(expired.detail), expired.detail).toBe('client-expired');
  });

  it('an engine whose certificate is not of the authority we trust: refused by us', async () => {
    const error = await refusal({ ca: text('foreign-ca.pem'), ...pair('user') });
    expect(error).toMatchObject({ kind: 'tls' });
    expect(tlsCause(error.detail), error.detail).toBe('unknown-authority');
  });

  it('plain HTTP to its port is told apart from no engine', async () => {
    expect(['bad-request', 'not-an-engine']).toContain((await refusal(undefined)).kind);
  });

  it('an engine with an expired certificate', async () => {
    writeFileSync(file('server.pem'), text('expired-server.pem'));
    writeFileSync(file('server.key'), text('expired-server.key'));
    await engine.restart();
    await cable();
    const error = await refusal({ ca: text('ca.pem'), ...pair('user') });
    expect(error.kind).toBe('tls');
    expect(tlsCause(error.detail), error.detail).toBe('expired');
    client?.dispose();
    // Somebody who asked for no verification gets in, as with Docker's own command line.
    client = await createClient(spec({ ca: text('ca.pem'), ...pair('user'), skipVerify: true }));
    expect((await client.describe()).kind).toBe('docker');
  });
});
