import { EngineError } from '#engine/errors';
import type { EndpointSpec, EngineClient, EventStream } from '#engine/types';
import { Reader } from '#live/reader';
import type { Store } from '#live/store';
import type { SnapshotChange } from '#live/types';

/** Makes a client for an endpoint; loads the engine room's code when first called. */
export type Connect = (spec: EndpointSpec) => Promise<EngineClient>;

export interface ConnectionOptions {
  readonly spec: EndpointSpec;
  readonly connect: Connect;
  readonly store: Store;
  readonly changed: (change: SnapshotChange) => void;
  /** Called once, when an open connection ends, with the reason. */
  readonly ended: (error: unknown) => void;
}

/** One unbroken time with an engine: client, event stream and reader end together, and late answers end with them. */
export class Connection {
  readonly client: EngineClient;
  readonly reader: Reader;
  readonly #ended: (error: unknown) => void;
  #stream: EventStream | undefined;
  #over = false;

  private constructor(client: EngineClient, options: ConnectionOptions) {
    this.client = client;
    this.#ended = options.ended;
    this.reader = new Reader({
      client,
      store: options.store,
      changed: options.changed,
      failed: (error) => this.#end(error),
    });
  }

  /** Listens first, then lists, so that nothing falls between. Throws `EngineError`. */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const client = await options.connect(options.spec);
    const connection = new Connection(client, options);
    try {
      connection.reader.prepare();
      await connection.#listen();
      const known = options.store.snapshot?.containers.map(({ id }) => id) ?? [];
      options.store.doubtAll();
      await connection.reader.relist();
      connection.reader.inspectLater(known.filter((id) => options.store.container(id)));
      if (connection.#over) throw new EngineError('closed', 'the event stream ended');
      return connection;
    } catch (error) {
      connection.dispose(error);
      throw error;
    }
  }

  dispose(error?: unknown): void {
    this.#over = true;
    this.reader.dispose(error);
    this.#stream?.dispose();
    this.#stream = undefined;
    this.client.dispose();
  }

  async #listen(): Promise<void> {
    const stream = await this.client.events(
      (event) => this.reader.heard(event),
      (error) => this.#end(error ?? new EngineError('closed', 'the engine closed the event stream')),
    );
    this.#stream = stream;
    if (this.#over) throw new EngineError('closed', 'the event stream ended at once');
  }

  #end(error: unknown): void {
    if (this.#over) return;
    this.dispose(error);
    this.#ended(error);
  }
}
