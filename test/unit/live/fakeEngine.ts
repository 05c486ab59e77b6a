import { EngineError } from '#engine/errors';
import type { EndpointSpec, EngineClient, EngineEvent, EventStream, Listing } from '#engine/types';
import type { Container, Engine, Host, Network, Snapshot } from '#model/snapshot';

export const spec: EndpointSpec = {
  id: 'socket:/fake',
  label: 'fake',
  url: 'unix:///fake',
  source: 'socket',
};

export const network = (id: string, name = id, more: Partial<Network> = {}): Network => ({
  id,
  name,
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: false,
  ipam: [],
  builtIn: false,
  resolvesNames: true,
  interContainer: true,
  options: {},
  labels: {},
  created: '',
  ...more,
});

export const container = (id: string, name = id, more: Partial<Container> = {}): Container => ({
  id,
  name,
  image: 'tiny',
  state: 'running',
  mode: 'networks',
  endpoints: [{ networkId: 'n1', network: 'n1', ipv4: '10.0.0.2', staticIp: false, aliases: [`${name}-alias`] }],
  published: [],
  exposed: [],
  labels: {},
  complete: true,
  ...more,
});

/**
 * An engine of which a test controls every answer's time: what it cannot make a real engine do. It answers with the
 * state at the moment of *asking*, so that a late answer is an old one.
 */
export class FakeEngine {
  readonly networks = new Map<string, Network>();
  readonly containers = new Map<string, Container>();
  /** `list`, `container ID`, `network ID`, …, in the order asked. */
  asked: string[] = [];
  /** Requests whose text this matches wait until `release()`. */
  holds: ((request: string) => boolean) | undefined;
  /** Set: every request, and the opening of the stream, fails with it. */
  down: EngineError | undefined;
  /** Inspects that fail: by container id. */
  readonly broken = new Map<string, EngineError>();
  /** What this machine says when the engine runs on it. */
  host: Host | undefined;
  mostAtOnce = 0;
  connections = 0;
  openStreams = 0;
  #atOnce = 0;
  #held: (() => void)[] = [];
  #heard = new Set<(event: EngineEvent) => void>();
  #ended = new Set<(error?: unknown) => void>();

  readonly connect = async (): Promise<EngineClient> => {
    this.connections += 1;
    return this.#client();
  };

  emit(type: EngineEvent['type'], action: string, id: string, more: Partial<EngineEvent> = {}): void {
    for (const heard of this.#heard) heard({ type, action, id, time: '', ...more });
  }

  release(): void {
    this.holds = undefined;
    const held = this.#held;
    this.#held = [];
    for (const go of held) go();
  }

  /** The stream closes, as when the engine stops. */
  die(): void {
    this.down = new EngineError('refused', 'connection refused');
    for (const ended of [...this.#ended]) ended(new EngineError('closed', 'stream ended'));
  }

  /** What was asked of the engine itself, not of this machine. */
  get requests(): readonly string[] {
    return this.asked.filter((request) => !request.startsWith('host'));
  }

  count(kind: string): number {
    return this.asked.filter((request) => request.startsWith(kind)).length;
  }

  async #answer<T>(request: string, value: () => T): Promise<T> {
    this.asked.push(request);
    const answer = value();
    this.#atOnce += 1;
    if (request.startsWith('container')) this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    if (this.holds?.(request)) await new Promise<void>((go) => this.#held.push(go));
    else await new Promise<void>((go) => setTimeout(go, 1));
    this.#atOnce -= 1;
    if (this.down) throw this.down;
    return answer;
  }

  #listing(): Listing {
    // As Docker's lists: no aliases, no exposed ports.
    const listed = [...this.containers.values()].map(({ exposed: _, ...rest }) => ({
      ...rest,
      complete: false,
      endpoints: rest.endpoints.map(({ aliases: __, ...endpoint }) => endpoint),
    }));
    return { networks: [...this.networks.values()], containers: listed };
  }

  #withHost(snapshot: Snapshot): Snapshot {
    this.asked.push(`host ${snapshot.containers.map(({ id }) => id)}`);
    if (!this.host) return snapshot;
    const containers = snapshot.containers.map((one) => ({
      ...one,
      endpoints: one.endpoints.map((endpoint) => ({ ...endpoint, veth: `veth-${one.id}` })),
    }));
    return { ...snapshot, engine: { ...snapshot.engine, where: 'this-host' }, containers, host: this.host };
  }

  #client(): EngineClient {
    const engine: Engine = {
      name: 'fake',
      endpoint: spec.url,
      kind: 'docker',
      version: '1',
      apiVersion: '1.48',
      where: 'unknown',
    };
    const known: Partial<EngineClient> = {
      spec,
      requests: 0,
      ping: () => this.#answer('ping', () => undefined),
      describe: () => this.#answer('describe', () => engine),
      list: () => this.#answer('list', () => this.#listing()),
      inspectContainer: async (listed) => {
        const answer = await this.#answer(`container ${listed.id}`, () => this.containers.get(listed.id));
        const failure = this.broken.get(listed.id);
        if (failure) throw failure;
        return answer;
      },
      inspectNetwork: (id) => this.#answer(`network ${id}`, () => this.networks.get(id)),
      services: () => this.#answer('services', () => []),
      withHost: async (snapshot: Snapshot) => this.#withHost(snapshot),
      events: async (heard, ended): Promise<EventStream> => {
        if (this.down) throw this.down;
        this.#heard.add(heard);
        this.#ended.add(ended);
        this.openStreams += 1;
        return {
          dispose: () => {
            if (this.#heard.delete(heard)) this.openStreams -= 1;
            this.#ended.delete(ended);
          },
        };
      },
      dispose: () => undefined,
    };
    return known as EngineClient;
  }
}
