/**
 * The snapshot: one immutable picture of an engine's networking, as plain JSON.
 *
 * Words are the Docker Engine API's own (https://docs.docker.com/reference/api/engine/). What has not been read yet is
 * `undefined`, never an empty list: the two list calls fill a snapshot, inspects complete it.
 */

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** Where an engine runs, as far as this machine can prove it. `this-host` only when its bridges exist here. */
export type EngineWhere = 'this-host' | 'vm' | 'rootless' | 'remote' | 'unknown';

export interface Engine {
  /** The endpoint's own id: stable across restarts of the engine, unique among the endpoints of this window. */
  readonly name: string;
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://user@host`, `npipe:////./pipe/docker_engine`. */
  readonly endpoint: string;
  readonly kind: 'docker' | 'podman';
  readonly version: string;
  readonly apiVersion: string;
  /** Swarm state of this node; undefined where `/info` was not needed or did not say. */
  readonly swarm?: { readonly active: boolean; readonly manager: boolean; readonly nodeId?: string };
  readonly where: EngineWhere;
}

/** One IPAM configuration of a network. Addresses without prefix; `subnet` and `ipRange` in CIDR form. */
export interface IpamConfig {
  readonly subnet: string;
  /** Only as the engine lists it: Docker 20.10 lists none for a subnet created without one. */
  readonly gateway?: string;
  readonly ipRange?: string;
  /** Auxiliary addresses by name: taken, though no container has them. */
  readonly reserved?: Readonly<Record<string, string>>;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  /** `local`, `swarm` or `global`. */
  readonly scope: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly ipv6: boolean;
  readonly ipam: readonly IpamConfig[];
  /** The Linux bridge device on the engine's host: `docker0`, `br-<12 hex>`, or the option's value. */
  readonly bridgeName?: string;
  /** Docker's own `bridge`, `host`, `none`, `ingress`, `docker_gwbridge`; Podman's `podman`. */
  readonly builtIn: boolean;
  /** Whether the embedded DNS answers container names here: not on the default bridge, host or none. */
  readonly resolvesNames: boolean;
  /** `com.docker.network.bridge.enable_icc`; true where the driver has no such thing. */
  readonly interContainer: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** RFC 3339, as the engine says it. */
  readonly created: string;
  /** Other swarm nodes on this overlay network (Docker, verbose inspect). */
  readonly peers?: readonly { readonly name: string; readonly address: string }[];
}

export interface Endpoint {
  readonly networkId: string;
  readonly network: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  /** Prefix lengths in bits. */
  readonly ipv4Prefix?: number;
  readonly ipv6Prefix?: number;
  readonly mac?: string;
  readonly gateway?: string;
  readonly ipv6Gateway?: string;
  /** Whether somebody asked for this address; on Podman never told, so false. */
  readonly staticIp: boolean;
  /** In a plan: the engine gives an address when it starts the container; which one is not known. */
  readonly planned?: true;
  /** The static address a stopped container will have at its next start. */
  readonly configuredIpv4?: string;
  readonly configuredIpv6?: string;
  /** Undefined until the container was inspected. */
  readonly aliases?: readonly string[];
  readonly dnsNames?: readonly string[];
  readonly driverOptions?: Readonly<Record<string, string>>;
  /** GwPriority, Docker 28 (API 1.48) and later. */
  readonly gatewayPriority?: number;
  /** The host-side interface of this endpoint, when the engine is this host and it could be found. */
  readonly veth?: string;
}

export interface PublishedPort {
  /** `0.0.0.0`, `::` or one address of the host. */
  readonly hostIp: string;
  /** 0 when the engine gives the port at start only (a stopped container's random port). */
  readonly hostPort: number;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface ExposedPort {
  readonly port: number;
  readonly protocol: Protocol;
}

export interface Link {
  /** Name of the container linked to. */
  readonly container: string;
  readonly alias: string;
}

export type ContainerState =
  | 'created'
  | 'running'
  | 'paused'
  | 'restarting'
  | 'exited'
  | 'dead'
  | 'removing'
  | 'stopped';
export type Health = 'healthy' | 'unhealthy' | 'starting';
export type NetworkMode = 'networks' | 'host' | 'none' | 'container';

export interface Container {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  readonly health?: Health;
  readonly mode: NetworkMode;
  /** With mode `container`: the id of the container whose namespace this one shares (may be gone: a dangling id). */
  readonly sharesWith?: string;
  readonly endpoints: readonly Endpoint[];
  /** What is bound now; of a container that does not run, what it will bind (known after inspect). */
  readonly published: readonly PublishedPort[];
  /** Every EXPOSEd port; undefined until inspected. */
  readonly exposed?: readonly ExposedPort[];
  /** `--publish-all`; undefined until inspected. */
  readonly publishAll?: boolean;
  readonly links?: readonly Link[];
  readonly hostname?: string;
  readonly compose?: { readonly project: string; readonly service: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Whether an inspect has been read since the last event that names this container. */
  readonly complete: boolean;
}

export interface ServiceTask {
  readonly id: string;
  readonly name: string;
  /** Node id, or its hostname where the engine (a manager) told it. */
  readonly node?: string;
  /** Container id when the task runs on this node. */
  readonly container?: string;
  readonly state?: string;
  readonly addresses: readonly { readonly networkId: string; readonly address: string }[];
}

export interface Service {
  readonly id: string;
  readonly name: string;
  /** The virtual IP on each network (endpoint mode `vip`). */
  readonly networks: readonly { readonly networkId: string; readonly vip?: string }[];
  /** `ingress`: the routing mesh answers on every node; `host`: only on the task's node. */
  readonly published: readonly {
    readonly hostPort: number;
    readonly port: number;
    readonly protocol: Protocol;
    readonly mode: 'ingress' | 'host';
  }[];
  readonly tasks: readonly ServiceTask[];
}

export interface HostInterface {
  readonly name: string;
  /** Address without prefix. */
  readonly address: string;
  /** Prefix length in bits. */
  readonly prefix: number;
}

export interface HostRoute {
  /** CIDR; the default route is left out. */
  readonly destination: string;
  readonly device: string;
}

/** One rule of the host's packet filter that leads a host port to a container, as its tool prints it, without counters. */
export interface LiveNatRule {
  readonly tool: 'iptables' | 'ip6tables' | 'nft';
  readonly text: string;
}

/** What this machine's own network stack holds; only on a snapshot whose engine is `this-host`. */
export interface Host {
  readonly addresses: readonly HostInterface[];
  readonly routes: readonly HostRoute[];
  /** Why veth names are missing, when they are: a reason to show instead of a blank. */
  readonly vethUnavailable?: string;
  /** The DNAT rules in force, where they may be read. */
  readonly nat?: readonly LiveNatRule[];
  /** Why `nat` is missing: `permission`, `tool` (none is installed) or `failed`. */
  readonly natUnavailable?: string;
}

export interface Snapshot {
  readonly engine: Engine;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
  /** Whether every container (and swarm network) was inspected. */
  readonly complete: boolean;
  /** Sorted by name, then id. */
  readonly networks: readonly Network[];
  /** Sorted by name, then id. */
  readonly containers: readonly Container[];
  readonly services?: readonly Service[];
  readonly host?: Host;
}
