import { EngineError } from '#engine/errors';
import type { EndpointSpec } from '#engine/types';
import type { Connect } from '#live/connection';
import { Emitter } from '#live/emitter';
import { Session } from '#live/session';
import type { EngineSession, Engines } from '#live/types';

/** Where the choice is kept: a part of `vscode.Memento`. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface EnginesOptions {
  /** Every endpoint to be found now, the one to prefer first; asks no engine. */
  readonly discover: () => Promise<readonly EndpointSpec[]>;
  readonly connect: Connect;
  readonly memory: Memory;
  /** The setting that names an endpoint; '' when unset. */
  readonly setting: () => string;
  /** The setting that shows every engine side by side. */
  readonly showAll: () => boolean;
  readonly linger?: number;
}

const CHOICE = 'dockerNetworks.chosenEndpoint';

/** What the user picked, and what the setting said then: a setting changed later wins again. */
interface Choice {
  readonly id: string;
  readonly setting: string;
}

/** Every known endpoint with its session; sessions of endpoints that stay the same live on across discoveries. */
export class LiveEngines implements Engines {
  readonly #options: EnginesOptions;
  readonly #changed = new Emitter<void>();
  readonly #sessions = new Map<string, Session>();
  /** Endpoints that never answered: hidden side by side until the next discovery. */
  readonly #silent = new Set<string>();
  #specs: readonly EndpointSpec[] = [];
  #discovering: Promise<void> | undefined;
  #again = false;
  #disposed = false;

  readonly onDidChange = this.#changed.event;

  constructor(options: EnginesOptions) {
    this.#options = options;
  }

  get specs(): readonly EndpointSpec[] {
    return this.#specs;
  }

  get current(): EngineSession | undefined {
    const first = this.#specs[0];
    return first && this.#sessions.get(first.id);
  }

  get sessions(): readonly EngineSession[] {
    if (!this.#options.showAll()) return this.current ? [this.current] : [];
    return this.#specs
      .filter(({ id }, index) => index === 0 || !this.#silent.has(id))
      .flatMap(({ id }) => this.#sessions.get(id) ?? []);
  }

  find(name?: string): EngineSession {
    const session = name === undefined ? this.current : this.#named(name);
    if (!session) throw new EngineError('missing', name ?? '');
    return session;
  }

  async choose(id: string): Promise<void> {
    if (!this.#specs.some((spec) => spec.id === id)) throw new EngineError('missing', id);
    const choice: Choice = { id, setting: this.#options.setting() };
    await this.#options.memory.update(CHOICE, choice);
    this.#take(this.#specs);
  }

  /** Looks for endpoints anew; calls that come meanwhile lead to one more look, not to many. */
  discover(): Promise<void> {
    if (this.#discovering) {
      this.#again = true;
      return this.#discovering;
    }
    this.#discovering = this.#discover().finally(() => {
      this.#discovering = undefined;
    });
    return this.#discovering;
  }

  dispose(): void {
    this.#disposed = true;
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
    this.#specs = [];
    this.#changed.dispose();
  }

  async #discover(): Promise<void> {
    do {
      this.#again = false;
      const specs = await this.#options.discover();
      if (this.#disposed) return;
      this.#silent.clear();
      this.#take(specs);
    } while (this.#again);
  }

  #take(found: readonly EndpointSpec[]): void {
    const specs = this.#ordered(found);
    const isSame = sameSpecs(specs, this.#specs);
    this.#specs = specs;
    const kept = new Map(specs.map((spec) => [spec.id, spec]));
    for (const [id, session] of [...this.#sessions]) {
      const spec = kept.get(id);
      if (spec && sameSpecs([spec], [session.spec])) continue;
      session.dispose();
      this.#sessions.delete(id);
    }
    for (const spec of specs) if (!this.#sessions.has(spec.id)) this.#sessions.set(spec.id, this.#session(spec));
    if (!isSame || this.#options.showAll()) this.#changed.fire();
  }

  #session(spec: EndpointSpec): Session {
    const { connect, linger } = this.#options;
    const session = new Session(spec, linger === undefined ? { connect } : { connect, linger });
    session.onDidChangeState((state) => {
      const isSilent = state.kind === 'offline' && !session.snapshot;
      const wasSilent = this.#silent.has(spec.id);
      if (isSilent) this.#silent.add(spec.id);
      if (state.kind === 'live') this.#silent.delete(spec.id);
      if (this.#options.showAll() && wasSilent !== this.#silent.has(spec.id)) this.#changed.fire();
    });
    return session;
  }

  /** Each address once, the chosen first. */
  #ordered(found: readonly EndpointSpec[]): readonly EndpointSpec[] {
    const unique = found.filter(
      (spec, index) => found.findIndex(({ url, id }) => url === spec.url || id === spec.id) === index,
    );
    const choice = this.#choice();
    const chosen = choice?.setting === this.#options.setting() ? unique.find(({ id }) => id === choice.id) : undefined;
    return chosen ? [chosen, ...unique.filter((spec) => spec !== chosen)] : unique;
  }

  #choice(): Choice | undefined {
    const value = this.#options.memory.get(CHOICE);
    if (typeof value !== 'object' || value === null) return undefined;
    const { id, setting } = value as Partial<Choice>;
    return typeof id === 'string' && typeof setting === 'string' ? { id, setting } : undefined;
  }

  #named(name: string): EngineSession | undefined {
    const spec = this.#specs.find(({ id, label, url }) => id === name || label === name || url === name);
    if (spec) return this.#sessions.get(spec.id);
    return [...this.#sessions.values()].find((session) => session.snapshot?.engine.name === name);
  }
}

/** TLS material counts: renewed certificates make a new connection. */
const sameSpecs = (some: readonly EndpointSpec[], others: readonly EndpointSpec[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);
