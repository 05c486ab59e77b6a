/** One request and its answer, with a deadline of our own around all of it. */
import type { IncomingMessage } from 'node:http';
import type Docker from 'dockerode';
import { EngineError } from '#engine/errors';
import { fromStatus, fromSystem } from '#engine/failure';

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Milliseconds until the whole answer must be here (of a stream: its head). */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

/** Deadlines in milliseconds (DESIGN: 5 s for reads, 60 s for writes). */
export const readDeadline = 5_000;
export const writeDeadline = 60_000;

/** Answers longer than this are no list of containers (10,000 of them are about 12 MB). */
const largest = 256 * 1024 * 1024;

/** Every status passes: dockerode would read a refusal's body without a deadline; here it is read with one. */
const anyStatus: Readonly<Record<number, true>> = new Proxy({}, { get: () => true });

/** Sends requests over dockerode's modem. */
export class Transport {
  readonly #docker: Docker;
  readonly #log: (line: string) => void;
  /** Aborts whatever is under way when the client is disposed. */
  readonly #closing = new AbortController();
  #requests = 0;

  /** Whether connections are used again: then one may be found closed. */
  readonly #keepsConnections: boolean;

  constructor(
    connection: { readonly docker: Docker; readonly keepsConnections: boolean },
    log: (line: string) => void,
  ) {
    this.#docker = connection.docker;
    this.#keepsConnections = connection.keepsConnections;
    this.#log = log;
  }

  get requests(): number {
    return this.#requests;
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** The answer's JSON. @throws EngineError */
  async json(request: Request): Promise<unknown> {
    const { status, text } = await this.#whole(request);
    return parsed(text, status);
  }

  /** For answers that need no body (`_ping` says OK, writes say nothing). @throws EngineError */
  async text(request: Request): Promise<string> {
    return (await this.#whole(request)).text;
  }

  /** The open answer; the deadline covers its head only. @throws EngineError */
  async stream(request: Request): Promise<IncomingMessage> {
    return this.#timed(request, async (signal) => {
      const answer = await this.#dial(request, this.#closing.signal, signal);
      const status = answer.statusCode ?? 0;
      if (status < 400) return { status, result: answer };
      const text = await readAll(answer, signal);
      throw refusal(status, text);
    });
  }

  dispose(): void {
    this.#closing.abort();
  }

  async #whole(request: Request): Promise<{ readonly status: number; readonly text: string }> {
    return this.#timed(request, async (signal) => {
      const answer = await this.#dialAgain(request, signal);
      const status = answer.statusCode ?? 0;
      const text = await readAll(answer, signal);
      // 304: a container that already runs, or already is stopped.
      if (status >= 300 && status !== 304) throw refusal(status, text);
      return { status, result: { status, text } };
    });
  }

  /** A kept connection may be closed by the engine just as it is used again: a read is then sent once more. */
  async #dialAgain(request: Request, signal: AbortSignal): Promise<IncomingMessage> {
    try {
      return await this.#dial(request, signal, signal);
    } catch (error) {
      const code = (error as { code?: unknown } | null)?.code;
      const kept = this.#keepsConnections;
      if (request.method !== 'GET' || !kept || code !== 'ECONNRESET' || signal.aborted) throw error;
      return this.#dial(request, signal, signal);
    }
  }

  /**
   * @param life aborts the request for as long as its answer is read.
   * @param head aborts it while the answer's head is awaited.
   */
  #dial(request: Request, life: AbortSignal, head: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const own = new AbortController();
      const abort = (): void => own.abort();
      for (const signal of [life, head]) {
        if (signal.aborted) own.abort();
        signal.addEventListener('abort', abort, { once: true });
      }
      const settle = (error: unknown, answer: unknown): void => {
        head.removeEventListener('abort', abort);
        const message = answer as IncomingMessage | undefined | null;
        if (error || !message) {
          life.removeEventListener('abort', abort);
          reject(error ?? new EngineError('cut-off', ''));
          return;
        }
        life.addEventListener('abort', () => message.destroy(), { once: true });
        message.once('close', () => life.removeEventListener('abort', abort));
        resolve(message);
      };
      // The modem cuts the last character of a path with `?` unless it is given options, and sends `_body` with POST.
      this.#docker.modem.dial(
        {
          path: request.query === undefined ? request.path : `${request.path}?`,
          method: request.method,
          options: { _query: request.query ?? {}, _body: request.body ?? {} },
          abortSignal: own.signal,
          isStream: true,
          statusCodes: anyStatus,
        } as Parameters<Docker['modem']['dial']>[0],
        settle,
      );
    });
  }

  async #timed<T>(
    request: Request,
    run: (signal: AbortSignal) => Promise<{ readonly status: number; readonly result: T }>,
  ): Promise<T> {
    if (this.closed) throw new EngineError('closed', '');
    if (request.signal?.aborted) throw new EngineError('closed', '');
    const started = performance.now();
    const own = new AbortController();
    this.#requests += 1;
    let timer: NodeJS.Timeout | undefined;
    let forget = (): void => undefined;
    // The race is what settles: an answer cut off half way never does in the modem, abort signal or not.
    const over = new Promise<never>((_, reject) => {
      const stop = (error: EngineError): void => {
        reject(error);
        own.abort();
      };
      timer = setTimeout(
        () => stop(new EngineError('timeout', `${request.method} ${request.path}: ${request.deadline} ms`)),
        request.deadline,
      );
      const closed = (): void => stop(new EngineError('closed', ''));
      const ends = [this.#closing.signal, ...(request.signal ? [request.signal] : [])];
      for (const end of ends) end.addEventListener('abort', closed);
      // A client lives long: a listener left behind by each request would be kept, and searched, for ever.
      forget = () => {
        for (const end of ends) end.removeEventListener('abort', closed);
      };
    });
    over.catch(() => undefined); // it may reject after the answer has come
    try {
      const { status, result } = await Promise.race([run(own.signal), over]);
      this.#tell(request, String(status), started);
      return result;
    } catch (error) {
      const failure = fromSystem(error);
      this.#tell(request, failure.status === undefined ? failure.kind : String(failure.status), started);
      throw failure;
    } finally {
      clearTimeout(timer);
      forget();
    }
  }

  #tell(request: Request, outcome: string, started: number): void {
    this.#log(`${request.method} ${request.path} → ${outcome} in ${Math.round(performance.now() - started)} ms`);
  }
}

function readAll(answer: IncomingMessage, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) answer.destroy(new EngineError('not-an-engine', `${size} bytes`));
      else chunks.push(chunk);
    });
    answer.once('end', () => {
      if (answer.complete) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(new EngineError('cut-off', ''));
    });
    // A destroyed answer closes without an end: the engine died in mid-answer.
    answer.once('error', (error) =>
      reject(error instanceof EngineError ? error : new EngineError('cut-off', error.message)),
    );
    answer.once('close', () => reject(new EngineError('cut-off', '')));
    if (signal.aborted) answer.destroy();
  });
}

function refusal(status: number, text: string): EngineError {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Proxies refuse in HTML or plain text: shown as it is.
  }
  return fromStatus(status, body, text);
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EngineError('not-an-engine', text.slice(0, 200), status);
  }
}
