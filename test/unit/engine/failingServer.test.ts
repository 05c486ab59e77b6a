/** Engines that die in mid-answer, never answer, or are no engines: a small server on a unix socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '#engine/client';
import { EngineError } from '#engine/errors';
import { connectionTo } from '#engine/modem';
import { Transport } from '#engine/transport';
import type { EngineClient, EngineErrorKind } from '#engine/types';

let folder: string;
let server: Server | undefined;
let client: EngineClient | undefined;
const sockets = new Set<Socket>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
});
afterEach(async () => {
  client?.dispose();
  client = undefined;
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

const spec = (path: string) => ({ id: 'test', label: 'test', url: `unix://${path}`, source: 'socket' }) as const;

/** A server that says `answer` to whatever comes, then does what `then` says. */
async function serve(
  answer: string | ((request: string) => string),
  then: 'end' | 'destroy' | 'hold' = 'end',
): Promise<string> {
  const path = join(folder, 'engine.sock');
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      socket.write(typeof answer === 'string' ? answer : answer(data.toString()), () => {
        if (then === 'end') socket.end();
        if (then === 'destroy') socket.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => server?.listen(path, resolve));
  return path;
}

const http = (body: string, status = '200 OK', length = Buffer.byteLength(body)): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`;

async function failure(call: () => Promise<unknown>): Promise<EngineError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

async function kindOf(path: string, deadline = 5_000): Promise<EngineErrorKind> {
  const transport = new Transport(connectionTo(spec(path), path), () => undefined);
  try {
    return (await failure(() => transport.json({ method: 'GET', path: '/version', deadline }))).kind;
  } finally {
    transport.dispose();
  }
}

describe('what goes wrong has a kind', () => {
  it('no socket, a file that is none, nobody behind it', async () => {
    expect(await kindOf(join(folder, 'absent.sock'))).toBe('missing');
    const path = await serve('', 'hold');
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    // A closed Node server removes its socket; a crashed engine leaves it: then it is refused.
    expect(['missing', 'refused']).toContain(await kindOf(path));
  });

  it('it dies in mid-answer, by content length', async () => {
    expect(await kindOf(await serve(http('{"ApiVersion": "1.', '200 OK', 500), 'destroy'))).toBe('cut-off');
  });

  it('it dies in mid-answer, in a chunk', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"Api';
    expect(await kindOf(await serve(answer, 'destroy'))).toBe('cut-off');
  });

  it('it closes without a word', async () => {
    expect(await kindOf(await serve('', 'destroy'))).toBe('cut-off');
  });

  it('it never answers', async () => {
    expect(await kindOf(await serve('', 'hold'), 150)).toBe('timeout');
  });

  it('it sends half an answer and then nothing', async () => {
    expect(await kindOf(await serve(http('{"ApiVersion"', '200 OK', 500), 'hold'), 200)).toBe('timeout');
  });

  it('it answers with HTML', async () => {
    expect(await kindOf(await serve(http('<html>Login</html>')))).toBe('not-an-engine');
  });

  it('it answers with no HTTP', async () => {
    expect(await kindOf(await serve('SSH-2.0-OpenSSH_9.2\r\n'))).toBe('not-an-engine');
  });

  it('an answer that redirects elsewhere is no engine’s', async () => {
    expect(await kindOf(await serve(http('{}', '307 Temporary Redirect')))).toBe('not-an-engine');
  });

  it.each([
    ['400 Bad Request', 'bad-request'],
    ['403 Forbidden', 'forbidden'],
    ['404 Not Found', 'not-found'],
    ['409 Conflict', 'conflict'],
    ['500 Internal Server Error', 'server'],
    ['503 Service Unavailable', 'server'],
  ] as const)('%s → %s, with the engine’s own words', async (status, kind) => {
    const path = await serve(http('{"message":"Pool overlaps with other one on this address space"}', status));
    client = await createClient(spec(path));
    const error = await failure(() => client?.rawNetwork('x') ?? Promise.resolve());
    expect(error.kind).toBe(kind);
    expect(error.detail).toBe('Pool overlaps with other one on this address space');
    expect(error.status).toBe(Number(status.slice(0, 3)));
  });
});

describe('a client', () => {
  it('asks the chosen endpoint although the environment says otherwise, however wrongly', async () => {
    vi.stubEnv('DOCKER_HOST', 'tcp://192.0.2.1:2376');
    vi.stubEnv('DOCKER_TLS_VERIFY', '1');
    vi.stubEnv('DOCKER_CERT_PATH', join(folder, 'absent'));
    vi.stubEnv('DOCKER_CONTEXT', 'elsewhere');
    const path = await serve('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK');
    client = await createClient(spec(path));
    await client.ping();
    vi.stubEnv('DOCKER_HOST', 'not a url at all');
    const second = await createClient(spec(path));
    await second.ping();
    second.dispose();
  });

  it('counts requests and logs method, path, status, never a body', async () => {
    const lines: string[] = [];
    const path = await serve(http('{"Id":"abc","Warning":""}', '201 Created'));
    client = await createClient(spec(path), (line) => lines.push(line));
    const body = { name: 'secret-name', driver: 'bridge', subnets: [], options: {}, labels: { token: 'secret' } };
    expect(await client.createNetwork(body)).toEqual({ id: 'abc' });
    expect(client.requests).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^POST \/networks\/create → 201 in \d+ ms$/);
  });

  it('something that answers JSON but is no engine', async () => {
    client = await createClient(spec(await serve(http('{"hello":"world"}'))));
    expect((await failure(() => client?.describe() ?? Promise.resolve())).kind).toBe('not-an-engine');
    expect((await failure(() => client?.ping() ?? Promise.resolve())).kind).toBe('not-an-engine');
  });

  it('a container that vanished between list and inspect is undefined, not an error', async () => {
    const answer = (request: string) =>
      request.startsWith('GET /version')
        ? http('{"ApiVersion":"1.41"}')
        : http('{"message":"No such container"}', '404 Not Found');
    client = await createClient(spec(await serve(answer)));
    const listed = {
      id: 'x',
      name: 'x',
      image: '',
      state: 'running',
      mode: 'networks',
      endpoints: [],
      published: [],
      labels: {},
      complete: false,
    } as const;
    expect(await client.inspectContainer(listed)).toBeUndefined();
  });

  it('disposed: what is under way ends, what comes after is refused', async () => {
    client = await createClient(spec(await serve('', 'hold')));
    const pending = failure(() => client?.ping() ?? Promise.resolve());
    await vi.waitFor(() => expect(sockets.size).toBeGreaterThan(0));
    client.dispose();
    expect((await pending).kind).toBe('closed');
    expect((await failure(() => client?.ping() ?? Promise.resolve())).kind).toBe('closed');
  });
});

describe('the event stream', () => {
  const line = (action: string, id: string): string =>
    `${JSON.stringify({ Type: 'container', Action: action, Actor: { ID: id, Attributes: { name: 'c' } } })}\n`;
  const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
  const answering = (stream: string) => (request: string) =>
    request.startsWith('GET /version') ? http('{"ApiVersion":"1.41"}') : head + stream;

  async function listen(stream: string, then: 'end' | 'destroy' | 'hold') {
    const heard: string[] = [];
    const ends: unknown[] = [];
    const path = await serve(answering(stream), then);
    client = await createClient(spec(path));
    const open = await client.events(
      (event) => heard.push(`${event.action} ${event.id}`),
      (error) => ends.push(error),
    );
    return { heard, ends, open };
  }

  it('events cut across chunks are whole, silent ones are left out', async () => {
    const text =
      line('start', 'a') + line('exec_start: sh -c true', 'a') + line('health_status: healthy', 'b') + line('die', 'a');
    const cut = 17;
    const { heard, ends } = await listen(chunk(text.slice(0, cut)) + chunk(text.slice(cut)), 'hold');
    await vi.waitFor(() => expect(heard).toEqual(['start a', 'health_status b', 'die a']));
    expect(ends).toEqual([]);
  });

  it('ends once, without a reason, when the engine closes in good order', async () => {
    const { ends } = await listen(`${chunk(line('start', 'a'))}0\r\n\r\n`, 'end');
    await vi.waitFor(() => expect(ends).toEqual([undefined]));
  });

  it('ends once, cut off, when the engine dies or closes half the line', async () => {
    const { ends } = await listen(chunk(line('start', 'a')), 'destroy');
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    expect(ends[0]).toMatchObject({ kind: 'cut-off' });
  });

  it('says nothing more once disposed', async () => {
    const { ends, open } = await listen(chunk(line('start', 'a')), 'hold');
    open.dispose();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ends).toEqual([]);
  });

  it('a refused stream is an error of the call', async () => {
    const path = await serve((request) =>
      request.startsWith('GET /version') ? http('{"ApiVersion":"1.41"}') : http('{"message":"no"}', '403 Forbidden'),
    );
    client = await createClient(spec(path));
    const error = await failure(
      () =>
        client?.events(
          () => undefined,
          () => undefined,
        ) ?? Promise.resolve(),
    );
    expect(error).toMatchObject({ kind: 'forbidden', detail: 'no' });
  });
});
