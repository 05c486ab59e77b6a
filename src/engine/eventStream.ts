/** The open event stream: chunks to lines to events, and the one call that tells its end. */
import type { IncomingMessage } from 'node:http';
import { decodeEvent } from '#engine/decodeEvent';
import { EngineError } from '#engine/errors';
import { fromSystem } from '#engine/failure';
import type { EngineEvent, EventStream } from '#engine/types';

/** A line longer than this is no event, and is not kept. */
const longest = 1024 * 1024;

/** Splits chunks at line ends; Docker ends each event with `\n`, some proxies with `\r\n`. */
export class LineSplitter {
  readonly #line: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #rest = '';

  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  push(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longest) this.#rest = '';
    for (const line of lines) if (line.trim() !== '') this.#line(line);
  }
}

/** Podman tells every health check, Docker a change only: here, a change only. */
export class HealthFilter {
  readonly #last = new Map<string, string>();

  passes(event: EngineEvent, line: string): boolean {
    if (event.type !== 'container') return true;
    if (event.action !== 'health_status') {
      if (event.action !== 'rename') this.#last.delete(event.id);
      return true;
    }
    const word = /\b(unhealthy|healthy|starting)\b/.exec(line)?.[1] ?? '';
    if (this.#last.get(event.id) === word) return false;
    this.#last.set(event.id, word);
    return true;
  }
}

/**
 * Reads events from an open answer. `ended` is called once: without a reason when disposed, or when the engine closed
 * the stream in good order (it is stopping); with one when the stream broke.
 */
export function readEvents(
  answer: IncomingMessage,
  heard: (event: EngineEvent) => void,
  ended: (error?: unknown) => void,
): EventStream {
  let over = false;
  const finish = (error?: unknown): void => {
    if (over) return;
    over = true;
    answer.destroy();
    ended(error);
  };
  const health = new HealthFilter();
  const lines = new LineSplitter((line) => {
    const event = decodeEvent(line);
    if (!over && event !== undefined && health.passes(event, line)) heard(event);
  });
  // A peer that vanished without a word (a laptop that slept, a cut cable) is found by keep-alive within a minute.
  answer.socket?.setKeepAlive(true, 15_000);
  answer.on('data', (chunk: Buffer) => lines.push(chunk));
  answer.once('end', () => finish(answer.complete ? undefined : new EngineError('cut-off', '')));
  answer.once('error', (error) => finish(fromSystem(error)));
  answer.once('close', () => finish(new EngineError('cut-off', '')));
  return {
    dispose: () => {
      if (over) return;
      over = true;
      answer.destroy();
    },
  };
}
