import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a client and an engine's socket and writes down when what was asked. Bytes pass as they are. */
export class RequestCounter {
  readonly url: string;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #asked: { readonly at: number; readonly path: string }[] = [];

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** Listens on `path` and passes on to the unix socket `engine`. */
  static async start(path: string, engine: string): Promise<RequestCounter> {
    const server = createServer();
    const counter = new RequestCounter(server, `unix://${path}`);
    server.on('connection', (client) => counter.#pass(client, connect(engine)));
    server.listen(path);
    await once(server, 'listening');
    return counter;
  }

  /** Paths asked from one time (milliseconds since the epoch) to another, without version and query. */
  between(from: number, to: number): readonly string[] {
    return this.#asked.filter(({ at }) => at >= from && at < to).map(({ path }) => path);
  }

  stop(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }

  #pass(client: Socket, engine: Socket): void {
    client.on('data', (chunk) => {
      for (const [, path = ''] of chunk.toString('latin1').matchAll(/^(?:GET|HEAD|POST|PUT|DELETE) (\S+) HTTP\/1/gm))
        this.#asked.push({ at: Date.now(), path: path.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '') });
    });
    for (const [socket, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      this.#open.add(socket);
      socket.pipe(other);
      socket.on('close', () => {
        this.#open.delete(socket);
        other.destroy();
      });
      // A broken end closes the other; there is nobody to tell.
      socket.on('error', () => other.destroy());
    }
  }
}
