import type { EngineClient } from '#engine/types';
import type { Store } from '#live/store';
import type { SnapshotChange } from '#live/types';
import type { Container } from '#model/snapshot';

/** Milliseconds between snapshots while a long completion runs. */
const PARTIAL_EVERY = 250;

/**
 * `events`: what an event named is being read; `background`: only completion is left; `drained`: nothing is.
 */
export type Progress = 'events' | 'background' | 'drained';

export interface PublisherOptions {
  readonly client: EngineClient;
  readonly store: Store;
  readonly changed: (change: SnapshotChange) => void;
  readonly progress: () => Progress;
  /** Whether everything that was read was read without failure. */
  readonly flawless: () => boolean;
  /** Nothing is left to read and the snapshot says so. */
  readonly settled: () => void;
}

/** Decides when a snapshot is made: at once for what an event named, now and then during a long completion. */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #overlayDue = new Set<string>();
  #hostDue = true;
  #eventsShow = false;
  #finishing = false;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** A container was inspected: its veth may be another. */
  inspected(id: string): void {
    this.#overlayDue.add(id);
  }

  /** Networks came or went: the host's addresses and routes may be others. */
  hostMayDiffer(): void {
    this.#hostDue = true;
  }

  /** Something an event named is waiting to be shown. */
  eventPending(): void {
    this.#eventsShow = true;
  }

  /** To be called after every answer. */
  consider(): void {
    if (this.#disposed || this.#finishing) return;
    const progress = this.#options.progress();
    if (progress === 'drained') void this.#finish();
    else if (progress === 'background' && this.#eventsShow) this.now(false);
    // One slow answer must not hold back what is known already.
    else this.#timer ??= setTimeout(() => this.#partial(), PARTIAL_EVERY);
  }

  now(complete: boolean): void {
    if (this.#disposed) return;
    this.#eventsShow = false;
    const change = this.#options.store.publish(complete);
    if (change) this.#options.changed(change);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }

  #partial(): void {
    this.#timer = undefined;
    if (this.#options.progress() !== 'drained') this.now(false);
  }

  async #finish(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isOverlayDue()) {
      this.#finishing = true;
      await this.#overlay();
      this.#finishing = false;
      if (this.#disposed) return;
      // Events may have come while the host was read.
      if (this.#options.progress() !== 'drained' || this.#isOverlayDue()) {
        this.consider();
        return;
      }
    }
    this.now(this.#options.flawless());
    this.#options.settled();
  }

  #isOverlayDue(): boolean {
    const where = this.#options.store.engine?.where;
    // Where it is not known, the overlay itself may prove that it is here.
    const mayBeHere = where === 'this-host' || where === 'unknown';
    return mayBeHere && (this.#hostDue || this.#overlayDue.size > 0);
  }

  /** Lays the host's own knowledge over the containers that were read, and only over those. */
  async #overlay(): Promise<void> {
    const { client, store } = this.#options;
    const engine = store.engine;
    if (!engine) return;
    const containers: Container[] = [];
    for (const id of this.#overlayDue) {
      const container = store.container(id);
      if (container) containers.push(container);
    }
    this.#overlayDue.clear();
    this.#hostDue = false;
    try {
      const part = { engine, takenAt: Date.now(), complete: true, networks: store.networks, containers };
      store.overlay(part, await client.withHost(part));
    } catch {
      // The host's view is an extra: without it the snapshot is right, only poorer, and the next event tries again.
    }
  }
}
