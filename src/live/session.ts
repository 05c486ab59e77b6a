import { EngineError } from '#engine/errors';
import type { EndpointSpec, EngineClient } from '#engine/types';
import { Backoff } from '#live/backoff';
import { type Connect, Connection } from '#live/connection';
import { Emitter } from '#live/emitter';
import { Needs } from '#live/needs';
import { Store } from '#live/store';
import type { Disposable, EngineSession, Problem, SessionState, SnapshotChange } from '#live/types';
import type { Snapshot } from '#model/snapshot';

export interface SessionOptions {
  readonly connect: Connect;
  /** Milliseconds a session stays connected after the last need ended, so that switching views costs nothing. */
  readonly linger?: number;
  /** For jitter; 0 to 1. */
  readonly random?: () => number;
}

const LINGER = 2_000;
/** A command that was given the client may write with it for as long as this (the deadline of writes, and a little). */
const CLIENT_LINGER = 65_000;
/** How long `complete()` waits at most; only an endless storm or a crawling engine gets there. */
const COMPLETE_WITHIN = 300_000;

/** One endpoint's session: connected while needed, offline with a problem when the engine cannot be asked. */
export class Session implements EngineSession {
  readonly spec: EndpointSpec;
  readonly #options: SessionOptions;
  readonly #store = new Store();
  readonly #stateChanged = new Emitter<SessionState>();
  readonly #snapshotChanged = new Emitter<SnapshotChange>();
  readonly #needs: Needs;
  readonly #backoff: Backoff;
  #state: SessionState = { kind: 'idle' };
  #connection: Connection | undefined;
  #connecting: Promise<Connection> | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #disposed = false;

  readonly onDidChangeState = this.#stateChanged.event;
  readonly onDidChangeSnapshot = this.#snapshotChanged.event;

  constructor(spec: EndpointSpec, options: SessionOptions) {
    this.spec = spec;
    this.#options = options;
    // A socket of this machine is cheap to try; others may mean a login.
    const isLocal = /^(unix|npipe):/.test(spec.url);
    this.#backoff = new Backoff(500, isLocal ? 5_000 : 30_000, options.random);
    this.#needs = new Needs(() => this.#rest());
  }

  get state(): SessionState {
    return this.#state;
  }

  get snapshot(): Snapshot | undefined {
    return this.#store.snapshot;
  }

  need(): Disposable {
    const need = this.#needs.add();
    // While offline a try is planned already, or is made when somebody looks.
    if (!this.#retryTimer) this.#connected('connecting').catch(() => undefined); // the state tells
    return { dispose: () => this.#needs.release(need, this.#linger) };
  }

  async listed(): Promise<Snapshot> {
    return this.#with(this.#linger, async () => this.#current());
  }

  async complete(): Promise<Snapshot> {
    return this.#with(this.#linger, async ({ reader }, isNew) => {
      // A connection made just now has listed just now.
      if (!isNew) await reader.relist();
      await within(COMPLETE_WITHIN, reader.settled());
      return this.#current();
    });
  }

  async look(): Promise<void> {
    // Nobody sees anything of this engine: nothing is asked.
    if (!this.#needs.any) return;
    try {
      const isNew = !this.#connection;
      const { reader } = await this.#connected('quietly');
      if (!isNew) await reader.relist();
      await reader.settled();
    } catch {
      // The state and, for one object, the next `complete()` tell; a look is only a chance to notice.
    }
  }

  async retry(): Promise<void> {
    if (this.#connection) return this.look();
    this.#backoff.reset();
    try {
      await this.#with(this.#linger, async () => undefined);
    } catch {
      // The state tells.
    }
  }

  async client(): Promise<EngineClient> {
    return this.#with(CLIENT_LINGER, async ({ client }) => client);
  }

  dispose(): void {
    this.#disposed = true;
    this.#needs.dispose();
    this.#rest();
    this.#stateChanged.dispose();
    this.#snapshotChanged.dispose();
  }

  get #linger(): number {
    return this.#options.linger ?? LINGER;
  }

  /** Does something connected; the connection stays for `linger` milliseconds after. */
  async #with<T>(linger: number, task: (connection: Connection, isNew: boolean) => Promise<T>): Promise<T> {
    const need = this.#needs.add();
    try {
      const isNew = !this.#connection;
      return await task(await this.#connected('connecting'), isNew);
    } finally {
      this.#needs.release(need, linger);
    }
  }

  #current(): Snapshot {
    const { snapshot } = this.#store;
    if (!snapshot) throw new EngineError('closed', 'the connection ended before the lists were read');
    return snapshot;
  }

  /** The open connection, or a new one. `quietly`: an offline state stays shown until the try succeeded. */
  #connected(how: 'connecting' | 'quietly'): Promise<Connection> {
    if (this.#disposed) return Promise.reject(new EngineError('closed', 'the session was disposed'));
    if (this.#connection) return Promise.resolve(this.#connection);
    if (how === 'connecting' || this.#state.kind === 'idle') this.#setState({ kind: 'connecting' });
    this.#connecting ??= this.#open();
    return this.#connecting;
  }

  async #open(): Promise<Connection> {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    let connection: Connection | undefined;
    try {
      connection = await Connection.open({
        spec: this.spec,
        connect: this.#options.connect,
        store: this.#store,
        changed: (change) => this.#snapshotChanged.fire(change),
        ended: (error) => {
          if (connection && connection === this.#connection) this.#fail(error);
        },
      });
    } catch (error) {
      this.#connecting = undefined;
      this.#fail(error);
      throw error;
    }
    this.#connecting = undefined;
    if (this.#disposed || !this.#needs.any) {
      connection.dispose();
      this.#setState({ kind: 'idle' });
      throw new EngineError('closed', 'nobody needs the engine any more');
    }
    this.#connection = connection;
    this.#backoff.reset();
    this.#setState({ kind: 'live' });
    return connection;
  }

  #fail(error: unknown): void {
    this.#connection = undefined;
    if (this.#disposed || !this.#needs.any) {
      this.#setState({ kind: 'idle' });
      return;
    }
    const wait = this.#backoff.next();
    const known = error instanceof EngineError ? error : new EngineError('server', String(error));
    const problem: Problem = {
      kind: known.kind,
      detail: known.detail,
      since: this.#offlineSince ?? Date.now(),
      nextTry: Date.now() + wait,
    };
    this.#offlineSince = problem.since;
    this.#setState({ kind: 'offline', problem });
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      this.#connected('quietly').catch(() => undefined); // the state tells, and the next try is planned
    }, wait);
  }

  /** Since when there was no connection, through failed tries in between. */
  #offlineSince: number | undefined;

  /** Nobody needs the engine: nothing is held and nothing is asked; the last picture stays. */
  #rest(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#connection?.dispose();
    this.#connection = undefined;
    if (!this.#connecting) this.#setState({ kind: 'idle' });
  }

  #setState(state: SessionState): void {
    if (state.kind === this.#state.kind && state.kind !== 'offline') return;
    if (state.kind === 'live' || state.kind === 'idle') this.#offlineSince = undefined;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}

/** Rejects with a timeout when `work` takes longer than `milliseconds`. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new EngineError('timeout', `not complete after ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
