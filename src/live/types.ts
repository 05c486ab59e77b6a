/** The live room's face to the views and commands: sessions that keep a snapshot in step with an engine. */
import type { EndpointSpec, EngineClient, EngineErrorKind } from '#engine/types';
import type { Snapshot } from '#model/snapshot';

export interface Disposable {
  dispose(): void;
}

/** Same shape as `vscode.Event`, so that views subscribe to it alike. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Why an engine is not live, for a person to be told: the views put `kind` into words, `detail` is the engine's own. */
export interface Problem {
  readonly kind: EngineErrorKind;
  readonly detail: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** When the next try is, milliseconds since the epoch; undefined when none is planned. */
  readonly nextTry?: number;
}

export type SessionState =
  | { readonly kind: 'idle' } // nobody needed it yet
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'offline'; readonly problem: Problem };

/** What differs between two snapshots, so that views refresh only what changed. `all` after a first or full change. */
export interface SnapshotChange {
  readonly snapshot: Snapshot;
  readonly all: boolean;
  readonly networks: ReadonlySet<string>;
  readonly containers: ReadonlySet<string>;
}

export interface EngineSession {
  readonly spec: EndpointSpec;
  readonly state: SessionState;
  /** The last picture, kept while offline. */
  readonly snapshot: Snapshot | undefined;
  readonly onDidChangeState: Event<SessionState>;
  readonly onDidChangeSnapshot: Event<SnapshotChange>;
  /** Keeps the session live until disposed: a visible view, an open panel, a document with lenses. */
  need(): Disposable;
  /** Listed snapshot, without waiting for inspects; connects if it must. Throws `EngineError` when the engine cannot be asked. */
  listed(): Promise<Snapshot>;
  /** Re-reads the lists, waits until complete. Throws `EngineError`. */
  complete(): Promise<Snapshot>;
  /** Re-reads the lists where events are silent (a view became visible, the window gained focus, a prompt opens). Never throws. */
  look(): Promise<void>;
  /** Try now: forget the backoff. Never throws. */
  retry(): Promise<void>;
  /** The connected client, for commands. Throws `EngineError` when the engine cannot be asked. */
  client(): Promise<EngineClient>;
}

export interface Engines {
  /** Every endpoint that was found or set, each once, the chosen first. */
  readonly specs: readonly EndpointSpec[];
  /** The sessions to show: the current one, or every engine that answers when side by side is on. */
  readonly sessions: readonly EngineSession[];
  readonly current: EngineSession | undefined;
  readonly onDidChange: Event<void>;
  /** By spec id, spec label or engine name; without argument the current one. Throws `EngineError('missing')`. */
  find(name?: string): EngineSession;
  choose(id: string): Promise<void>;
  /** Looks for endpoints anew. */
  discover(): Promise<void>;
}
