import { EngineError } from '#engine/errors';
import type { EngineClient, EngineErrorKind, EngineEvent, Listing } from '#engine/types';
import { effectOf } from '#live/effect';
import { unlisted } from '#live/listed';
import { Pace } from '#live/pace';
import { type Progress, Publisher } from '#live/publisher';
import type { Store } from '#live/store';
import type { SnapshotChange } from '#live/types';
import type { Engine } from '#model/snapshot';

/** Inspects under way at once. */
const AT_ONCE = 8;

/** Failures that speak of one object, not of the engine: the connection stays. */
const OF_ONE_OBJECT: ReadonlySet<EngineErrorKind> = new Set([
  'not-found',
  'conflict',
  'bad-request',
  'forbidden',
  'server',
]);

export interface ReaderOptions {
  readonly client: EngineClient;
  readonly store: Store;
  readonly changed: (change: SnapshotChange) => void;
  /** The engine cannot be asked any more. */
  readonly failed: (error: unknown) => void;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads what events name, once per burst, and everything else once in the background.
 *
 * The order problem is solved by three rules. No two reads of one object are under way at once, and none beside a list,
 * so no answer can overtake a newer one. An object that an event names while it is read is read again. An object
 * destroyed while it is read stays gone (see `Store`).
 */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #pace = new Pace(() => this.#flush());
  readonly #publisher: Publisher;
  /** Keys (`container ID`, `network ID`, `services`, `lists`) named by events since the last flush. */
  readonly #heard = new Set<string>();
  readonly #urgent = new Set<string>();
  readonly #backlog = new Set<string>();
  readonly #reading = new Map<string, 'urgent' | 'backlog'>();
  /** What each key's last read ran into; a second failure is final until an event or a list names it again. */
  readonly #failures = new Map<string, unknown>();
  #described: Promise<Engine> | undefined;
  #listWaiters: Waiter[] = [];
  #settleWaiters: Waiter[] = [];
  #listWanted = false;
  #listing = false;
  #filled = false;
  #disposed = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#publisher = new Publisher({
      ...options,
      progress: () => this.#progress(),
      flawless: () => this.#failures.size === 0,
      settled: () => this.#settle(),
    });
  }

  /** Asks what the engine is while the stream is being opened: `/info` takes a real engine longer than its lists. */
  prepare(): void {
    this.#described ??= this.#options.client.describe();
    // Whoever awaits it, the first list, is told of a failure.
    this.#described.catch(() => undefined);
  }

  /** Takes one event of the stream; cheap, whatever the number of containers. */
  heard(event: EngineEvent): void {
    if (this.#disposed) return;
    const { store } = this.#options;
    const effect = effectOf(event);
    if (effect.lists) this.#heard.add('lists');
    if (effect.services) this.#heard.add('services');
    if (effect.container !== undefined) {
      store.doubt(effect.container);
      if (effect.gone) store.forgetContainer(effect.container, true);
      else this.#heard.add(`container ${effect.container}`);
    }
    if (effect.network !== undefined) {
      this.#publisher.hostMayDiffer();
      const name = store.network(effect.network)?.name ?? event.name;
      for (const id of store.containersOn(effect.network, name)) this.#heard.add(`container ${id}`);
      if (effect.gone) store.forgetNetwork(effect.network, true);
      else this.#heard.add(`network ${effect.network}`);
    }
    this.#publisher.eventPending();
    this.#pace.event();
  }

  /** Reads both lists; settles when lists *asked for after this call* were taken in. */
  relist(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#listWaiters.push({ resolve, reject });
      this.#listWanted = true;
      this.#pump();
    });
  }

  /** Resolves when nothing heard or listed so far is left to read. Rejects with what an inspect ran into. */
  settled(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settleWaiters.push({ resolve, reject });
      this.#flush();
    });
  }

  /** Reads these containers again in the background: after a reconnection silent changes may hide anywhere. */
  inspectLater(ids: Iterable<string>): void {
    for (const id of ids) this.#later(`container ${id}`);
    this.#pump();
  }

  /** Rejects whoever waits with `error`; answers still under way are ignored from now on. */
  dispose(error: unknown = new EngineError('closed', 'closed')): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#pace.dispose();
    this.#publisher.dispose();
    for (const waiter of [...this.#listWaiters, ...this.#settleWaiters]) waiter.reject(error);
  }

  #flush(): void {
    for (const key of this.#heard) {
      this.#failures.delete(key);
      if (key === 'lists') this.#listWanted = true;
      else {
        this.#backlog.delete(key);
        this.#urgent.add(key);
      }
    }
    this.#heard.clear();
    this.#pump();
  }

  #pump(): void {
    if (this.#disposed || this.#listing) return;
    if (this.#listWanted) {
      // A list waits for the inspects under way, so that neither's answer can be the older one.
      if (this.#reading.size === 0) void this.#list();
      return;
    }
    this.#take(this.#urgent, 'urgent');
    this.#take(this.#backlog, 'backlog');
    this.#publisher.consider();
  }

  #take(queue: Set<string>, kind: 'urgent' | 'backlog'): void {
    // Containers are joined with networks by name: new networks are read first.
    const waits = kind === 'urgent' && (someKey(queue, isNetwork) || someKey(this.#reading.keys(), isNetwork));
    for (const key of queue) {
      if (this.#reading.size >= AT_ONCE) return;
      if (this.#reading.has(key) || (waits && !isNetwork(key))) continue;
      queue.delete(key);
      this.#reading.set(key, kind);
      void this.#read(key);
    }
  }

  async #list(): Promise<void> {
    const { client, store } = this.#options;
    const waiters = this.#listWaiters;
    this.#listWaiters = [];
    this.#listWanted = false;
    this.#listing = true;
    const asked = store.now();
    try {
      this.#described ??= client.describe();
      const [engine, listing] = await Promise.all([this.#described, this.#bothLists()]);
      if (this.#disposed) throw new EngineError('closed', 'closed');
      store.describe(engine);
      const uncertain = store.list(listing, asked);
      this.#publisher.hostMayDiffer();
      for (const id of uncertain.containers) this.#later(`container ${id}`);
      for (const id of uncertain.networks) this.#later(`network ${id}`);
      if (engine.swarm?.manager) this.#later('services');
      this.#listing = false;
      // The tree is filled before anything is inspected; later lists show once what they named was inspected.
      if (!this.#filled) this.#publisher.now(false);
      this.#filled = true;
      for (const waiter of waiters) waiter.resolve();
    } catch (error) {
      this.#listing = false;
      for (const waiter of waiters) waiter.reject(error);
      if (!this.#disposed) this.#options.failed(error);
    }
    this.#pump();
  }

  /** A list can fail because of one container that vanishes meanwhile (Podman answers 500): it is asked once more. */
  async #bothLists(): Promise<Listing> {
    try {
      return await this.#options.client.list();
    } catch (error) {
      if (this.#disposed || !isOfOneObject(error)) throw error;
      return this.#options.client.list();
    }
  }

  #later(key: string): void {
    this.#failures.delete(key);
    if (!this.#urgent.has(key)) this.#backlog.add(key);
  }

  async #read(key: string): Promise<void> {
    try {
      await this.#readOne(key);
      this.#failures.delete(key);
    } catch (error) {
      if (this.#disposed) return;
      if (!isOfOneObject(error)) {
        this.#options.failed(error);
        return;
      }
      // An object in the middle of its removal may answer 409 or 500 once; the second time it is told.
      if (!this.#failures.has(key)) this.#backlog.add(key);
      this.#failures.set(key, error);
    } finally {
      this.#reading.delete(key);
    }
    this.#pump();
  }

  async #readOne(key: string): Promise<void> {
    const { client, store } = this.#options;
    const [kind, id = ''] = key.split(' ');
    const asked = store.now();
    if (kind === 'services') {
      const services = await client.services();
      if (!this.#disposed) store.putServices(services);
    } else if (kind === 'network') {
      const network = await client.inspectNetwork(id);
      if (this.#disposed) return;
      if (network) store.putNetwork(network, asked);
      else store.forgetNetwork(id);
    } else {
      const container = await client.inspectContainer(store.container(id) ?? unlisted(id));
      if (this.#disposed) return;
      if (!container) store.forgetContainer(id);
      else {
        this.#publisher.inspected(id);
        if (store.putContainer(container, asked)) this.#listWanted = true;
      }
    }
  }

  #progress(): Progress {
    if (this.#listing || this.#listWanted || this.#urgent.size > 0) return 'events';
    for (const kind of this.#reading.values()) if (kind === 'urgent') return 'events';
    return this.#backlog.size > 0 || this.#reading.size > 0 ? 'background' : 'drained';
  }

  #settle(): void {
    const waiters = this.#settleWaiters;
    this.#settleWaiters = [];
    const [failure] = this.#failures.values();
    for (const waiter of waiters) {
      if (failure === undefined) waiter.resolve();
      else waiter.reject(failure);
    }
  }
}

const isOfOneObject = (error: unknown): boolean => error instanceof EngineError && OF_ONE_OBJECT.has(error.kind);

const isNetwork = (key: string): boolean => key.startsWith('network ');

function someKey(keys: Iterable<string>, test: (key: string) => boolean): boolean {
  for (const key of keys) if (test(key)) return true;
  return false;
}
