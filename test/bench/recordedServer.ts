/** The recorded engine itself, a process of its own, so that its work is not counted as ours. Started by `recordedEngine.ts`. */
import { createServer, type ServerResponse } from 'node:http';
import { RecordedAnswers } from '#bench/recordedAnswers';

export interface Orders {
  readonly change?: number;
  /** So many changes within a second, among the first 60 containers. */
  readonly storm?: number;
  readonly counts?: true;
}

export interface Counts {
  readonly requests: number;
  readonly bytes: number;
}

const [socket = '', count = '0', perContainer = '0'] = process.argv.slice(2);
const answers = new RecordedAnswers(Number(count));
/** Milliseconds a real engine takes to list so many containers; the answer itself is ready at once. */
const listTime = Number(count) * Number(perContainer);
const streams = new Set<ServerResponse>();
let requests = 0;
let bytes = 0;

const server = createServer((request, response) => {
  const path = (request.url ?? '').replace(/^\/v[\d.]+/, '').split('?')[0] ?? '';
  requests += 1;
  if (path === '/events') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    streams.add(response);
    response.on('close', () => streams.delete(response));
    return;
  }
  const body = bodyOf(path);
  const text = body ?? JSON.stringify({ message: `no such thing: ${path}` });
  bytes += Buffer.byteLength(text);
  const send = () => {
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(text);
  };
  if (path === '/containers/json' && listTime > 0) setTimeout(send, listTime);
  else send();
});

function bodyOf(path: string): string | undefined {
  if (path === '/_ping') return 'OK';
  if (path === '/version') return answers.version;
  if (path === '/info') return answers.info;
  if (path === '/networks') return answers.networks;
  if (path === '/containers/json') return answers.containers;
  const container = /^\/containers\/([0-9a-f]+)\/json$/.exec(path)?.[1];
  return container === undefined ? undefined : answers.inspect(container);
}

/** Sent in the engine's own time, 20 batches, so that a busy test does not slow it down. */
async function storm(events: number): Promise<void> {
  for (let batch = 0; batch < 20; batch += 1) {
    let lines = '';
    for (let index = 0; index < events / 20; index += 1) lines += answers.change(index % 60);
    for (const stream of streams) stream.write(lines);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  process.send?.({ requests: 0, bytes: 0 } satisfies Counts);
}

process.on('message', (orders: Orders) => {
  if (orders.change !== undefined) {
    const line = answers.change(orders.change);
    for (const stream of streams) stream.write(line);
  }
  if (orders.storm) void storm(orders.storm);
  if (orders.counts) {
    process.send?.({ requests, bytes } satisfies Counts);
    requests = 0;
    bytes = 0;
  }
});
process.on('disconnect', () => process.exit(0));
// The list is made before the first question, as an engine has its containers before anybody asks.
const { length } = answers.containers;
server.listen(socket, () => process.send?.({ requests: 0, bytes: length } satisfies Counts));
