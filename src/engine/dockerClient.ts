/** `EngineClient` over the Docker Engine API, as Docker and Podman answer it. */
import { completeContainer, decodeContainers } from '#engine/decodeContainer';
import { NetworkIndex } from '#engine/decodeEndpoint';
import { decodeEngine, decodeKind, decodeMachine, type EngineMachine } from '#engine/decodeEngine';
import { decodeNetwork, decodeNetworks, type EngineKind } from '#engine/decodeNetwork';
import { decodeServices } from '#engine/decodeService';
import { EngineError } from '#engine/errors';
import { readEvents } from '#engine/eventStream';
import { HostOverlay } from '#engine/host';
import { lacksIsolation, libpodNetwork, withIsolation } from '#engine/isolation';
import { asList, asObject, asText, asTexts, isObject, someNumber } from '#engine/raw';
import type { Forward } from '#engine/ssh';
import { readDeadline, type Transport } from '#engine/transport';
import type { EndpointSpec, EngineClient, EngineEvent, EventStream, Listing } from '#engine/types';
import { Writes } from '#engine/writes';
import type { Container, Engine, Network, Service, Snapshot } from '#model/snapshot';

export class DockerClient extends Writes implements EngineClient {
  readonly spec: EndpointSpec;
  readonly #transport: Transport;
  readonly #release: () => void;
  #engine: Engine | undefined;
  #machine: EngineMachine | undefined;
  #versionAnswer: Promise<unknown> | undefined;
  /** Of the last list: what container answers are joined with. */
  #networks: readonly Network[] = [];
  #index: NetworkIndex | undefined;
  /** Process ids on the engine's machine, by container id, as inspects told them. */
  readonly #processes = new Map<string, number>();
  readonly #host = new HostOverlay();

  constructor(spec: EndpointSpec, transport: Transport, forward: Forward | undefined, release: () => void) {
    super(transport, forward);
    this.spec = spec;
    this.#transport = transport;
    this.#release = release;
  }

  get requests(): number {
    return this.#transport.requests;
  }

  async ping(): Promise<void> {
    const text = await this.ask(() => this.#transport.text({ method: 'GET', path: '/_ping', deadline: readDeadline }));
    if (text.trim() !== 'OK') throw new EngineError('not-an-engine', text.slice(0, 200));
  }

  async describe(): Promise<Engine> {
    const [version, info] = await Promise.all([this.#version(), this.read('/info')]);
    if (asText(asObject(version).ApiVersion) === '')
      throw new EngineError('not-an-engine', JSON.stringify(version).slice(0, 200));
    this.#machine = decodeMachine(info);
    this.#engine = decodeEngine(version, info, this.spec, process.platform);
    return this.#engine;
  }

  async list(): Promise<Listing> {
    const [kind, rawNetworks, rawContainers] = await Promise.all([
      this.#kind(),
      this.read('/networks'),
      this.read('/containers/json', { all: '1' }),
    ]);
    if (!Array.isArray(rawNetworks) || !Array.isArray(rawContainers))
      throw new EngineError('not-an-engine', JSON.stringify(rawNetworks).slice(0, 200));
    this.#networks = decodeNetworks(rawNetworks, kind);
    this.#index = undefined;
    return { networks: this.#networks, containers: decodeContainers(rawContainers, kind, this.#networks) };
  }

  async inspectContainer(listed: Container): Promise<Container | undefined> {
    const raw = await this.#unlessGone(`/containers/${encodeURIComponent(listed.id)}/json`);
    if (raw === undefined) {
      this.#processes.delete(listed.id);
      return undefined;
    }
    const kind = await this.#kind();
    const process = someNumber(asObject(asObject(raw).State).Pid) ?? 0;
    if (process > 0) this.#processes.set(listed.id, process);
    else this.#processes.delete(listed.id);
    this.#index ??= new NetworkIndex(this.#networks, kind);
    return completeContainer(raw, listed, kind, this.#index);
  }

  async inspectNetwork(id: string): Promise<Network | undefined> {
    const known = this.#networks.find((network) => network.id === id);
    const kind = await this.#kind();
    const query = known?.scope === 'swarm' && kind === 'docker' ? { verbose: 'true' } : undefined;
    const raw = await this.#unlessGone(`/networks/${encodeURIComponent(id)}`, query);
    const decoded = raw === undefined ? undefined : decodeNetwork(raw, kind);
    const network = decoded && kind === 'podman' ? await this.#isolated(decoded) : decoded;
    this.#join(id, network);
    return network;
  }

  /** A gateway in front of Podman may not pass its own API on: the network is right without it, only poorer. */
  async #isolated(network: Network): Promise<Network> {
    if (!lacksIsolation(network)) return network;
    const raw = await this.#unlessGone(libpodNetwork(network.name));
    return raw === undefined ? network : withIsolation(network, raw, (this.#engine ?? (await this.describe())).version);
  }

  async services(): Promise<readonly Service[]> {
    const swarm = (this.#engine ?? (await this.describe())).swarm;
    if (swarm?.manager !== true) return [];
    const [services, tasks, nodes] = await Promise.all([
      this.read('/services'),
      this.read('/tasks'),
      this.read('/nodes'),
    ]);
    return decodeServices(services, tasks, nodes, swarm.nodeId);
  }

  async withHost(snapshot: Snapshot): Promise<Snapshot> {
    return this.#host.apply(snapshot, this.#machine, this.#processes);
  }

  async events(heard: (event: EngineEvent) => void, ended: (error?: unknown) => void): Promise<EventStream> {
    // Types are named, so that images, volumes and builds cost nothing. Podman 4.3 refuses types it does not know.
    const kind = await this.#kind();
    const type = kind === 'podman' ? ['container', 'network'] : ['container', 'network', 'service', 'node', 'daemon'];
    const answer = await this.ask(() =>
      this.#transport.stream({
        method: 'GET',
        path: '/events',
        query: { filters: JSON.stringify({ type }) },
        deadline: readDeadline,
      }),
    );
    return readEvents(answer, (event) => heard(this.#resolved(event)), ended);
  }

  async rawContainer(id: string): Promise<unknown> {
    return this.read(`/containers/${encodeURIComponent(id)}/json`);
  }

  async rawNetwork(id: string): Promise<unknown> {
    return this.read(`/networks/${encodeURIComponent(id)}`);
  }

  async images(): ReturnType<EngineClient['images']> {
    return asList(await this.read('/images/json'))
      .filter(isObject)
      .map((image) => ({
        id: asText(image.Id),
        // Docker up to 24 names an untagged image `<none>:<none>`.
        tags: asTexts(image.RepoTags).filter((tag) => tag !== '<none>:<none>'),
      }));
  }

  async rawImage(name: string): Promise<unknown> {
    return this.read(`/images/${name.split('/').map(encodeURIComponent).join('/')}/json`);
  }

  dispose(): void {
    this.#transport.dispose();
    this.#release();
  }

  /** Podman 5 and later name the network in a connect, but give no id. */
  #resolved(event: EngineEvent): EngineEvent {
    if (event.type === 'network' && event.action === 'destroy') this.#join(event.id, undefined);
    if (event.type !== 'network' || event.id !== '' || event.name === undefined || this.#engine === undefined)
      return event;
    this.#index ??= new NetworkIndex(this.#networks, this.#engine.kind);
    const network = this.#index.byName(event.name);
    return network === undefined ? event : { ...event, id: network.id };
  }

  async #kind(): Promise<EngineKind> {
    return this.#engine?.kind ?? decodeKind(await this.#version());
  }

  /** Asked once a connection, by whoever comes first: the stream, the lists or `describe`. */
  async #version(): Promise<unknown> {
    this.#versionAnswer ??= this.read('/version').catch((error: unknown) => {
      this.#versionAnswer = undefined;
      throw error;
    });
    return this.#versionAnswer;
  }

  /** Keeps what container answers are joined with in step between lists. */
  #join(id: string, network: Network | undefined): void {
    const others = this.#networks.filter((known) => known.id !== id);
    this.#networks = network === undefined ? others : [...others, network];
    this.#index = undefined;
  }

  async #unlessGone(path: string, query?: Readonly<Record<string, string>>): Promise<unknown> {
    try {
      return await this.read(path, query);
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'not-found') return undefined;
      throw error;
    }
  }
}
