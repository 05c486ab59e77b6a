/** The engine room's face to the other rooms: types only, so that dockerode is loaded when an engine is first asked. */
import type { Container, Engine, Network, Service, Snapshot } from '#model/snapshot';

/** One place an engine may be asked at. */
export interface EndpointSpec {
  /** Stable and unique: `DOCKER_HOST`, `context:NAME`, `socket:PATH`, `setting`. */
  readonly id: string;
  /** What a person reads: the context's name, `Podman (rootless)`, … */
  readonly label: string;
  /** `unix://…`, `npipe://…`, `tcp://host:port`, `ssh://user@host[:port][/socket]`. */
  readonly url: string;
  readonly source: 'setting' | 'environment' | 'context' | 'socket';
  /** PEM text. Present: TLS is spoken. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly skipVerify?: boolean };
}

/** What the two lists (and `/version`, `/info`) told: the first stage, at most four requests. */
export interface Listing {
  readonly networks: readonly Network[];
  readonly containers: readonly Container[];
}

/** One engine event, decoded; only those that concern networking come through (health-check floods are filtered). */
export interface EngineEvent {
  readonly type: 'network' | 'container' | 'service' | 'node' | 'daemon';
  /** `create`, `connect`, `disconnect`, `destroy` (Podman's `remove` too), `prune`, `start`, `die`, `rename`, … */
  readonly action: string;
  /** The actor: network id for network events (Podman: resolved or ''), container id for container events. */
  readonly id: string;
  /** For network connect and disconnect: the container. */
  readonly container?: string;
  readonly name?: string;
  /** Nanoseconds since the epoch as a decimal string, or ''. */
  readonly time: string;
}

export interface EventStream {
  dispose(): void;
}

/** Failure kinds a person is told about; `message` is fit for a person, `detail` is the engine's own words. */
export type EngineErrorKind =
  | 'missing' // no socket, no such host
  | 'refused' // nobody listens
  | 'permission' // EACCES
  | 'timeout' // our own deadline
  | 'cut-off' // the answer ended half way
  | 'not-an-engine' // something else answers (not JSON)
  | 'tls' // certificate trouble
  | 'ssh' // OpenSSH refused (key, host key, unknown host)
  | 'not-found' // 404
  | 'conflict' // 409
  | 'bad-request' // 400
  | 'forbidden' // 403
  | 'server' // 5xx
  | 'closed'; // the client was disposed

export interface CreateNetworkBody {
  readonly name: string;
  readonly driver: string;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly ipv6?: boolean;
  readonly subnets: readonly {
    readonly subnet: string;
    readonly gateway?: string;
    readonly ipRange?: string;
    readonly reserved?: Readonly<Record<string, string>>;
  }[];
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ConnectBody {
  readonly container: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly aliases?: readonly string[];
  readonly links?: readonly string[];
  readonly linkLocal?: readonly string[];
  readonly driverOptions?: Readonly<Record<string, string>>;
  readonly gatewayPriority?: number;
  readonly mac?: string;
}

/**
 * Asks one engine. Every call has a deadline of its own (5 s for reads, 60 s for writes) and throws `EngineError`
 * (src/engine/errors.ts) and nothing else. `signal` aborts early.
 */
export interface EngineClient {
  readonly spec: EndpointSpec;
  /** Requests sent so far, for the benchmarks and the log. */
  readonly requests: number;
  ping(): Promise<void>;
  /** `/version`, and `/info` where it is needed (where the engine runs, swarm). */
  describe(): Promise<Engine>;
  list(): Promise<Listing>;
  /** The completed container (`complete: true`); undefined when it is gone. `listed` gives what only lists tell. */
  inspectContainer(listed: Container): Promise<Container | undefined>;
  /** The network as inspect tells it (swarm networks: verbose, with peers); undefined when it is gone. */
  inspectNetwork(id: string): Promise<Network | undefined>;
  /** Swarm services with tasks; [] where this node is no manager. */
  services(): Promise<readonly Service[]>;
  /** Host interfaces, routes and veth names where the engine is this host: a pure overlay on the snapshot. */
  withHost(snapshot: Snapshot): Promise<Snapshot>;
  /** Resolves when the stream is open; `ended` is called once when it closes, with the reason if it is an error. */
  events(heard: (event: EngineEvent) => void, ended: (error?: unknown) => void): Promise<EventStream>;

  /** The engine's own JSON, for Inspect. */
  rawContainer(id: string): Promise<unknown>;
  rawNetwork(id: string): Promise<unknown>;
  images(): Promise<
    readonly { readonly id: string; readonly tags: readonly string[]; readonly exposed?: readonly string[] }[]
  >;
  rawImage(name: string): Promise<unknown>;
  pull(image: string, progress: (text: string) => void, signal?: AbortSignal): Promise<void>;

  createNetwork(body: CreateNetworkBody): Promise<{ readonly id: string; readonly warning?: string }>;
  removeNetwork(id: string): Promise<void>;
  connect(networkId: string, body: ConnectBody): Promise<void>;
  disconnect(networkId: string, container: string, force: boolean): Promise<void>;
  /** `body` is the Engine API's own ContainerCreate body. */
  createContainer(
    name: string | undefined,
    body: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }>;
  startContainer(id: string): Promise<void>;
  stopContainer(id: string): Promise<void>;
  restartContainer(id: string): Promise<void>;
  renameContainer(id: string, name: string): Promise<void>;
  removeContainer(id: string, force: boolean): Promise<void>;
  /** Runs a command inside; output is cut at 64 kB. Exit code −1 when it had to be abandoned after `timeout` ms. */
  exec(
    id: string,
    command: readonly string[],
    timeout: number,
  ): Promise<{ readonly exitCode: number; readonly output: string }>;
  dispose(): void;
}
