/** A Compose project's networking, resolved, with the place of each value in its file. */
import type { Variables } from '#compose/interpolate';
import type { Problem, Span } from '#compose/tree';
import type { Protocol } from '#model/snapshot';

/** A value and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly at: Span;
  /** A variable without a value is in it: no check may rely on it. */
  readonly unsure: boolean;
}

/** One entry of `ports`, ranges taken apart as Compose does. */
export interface PortSpec {
  readonly hostIp?: string;
  /** A number, a range Docker picks from (`9000-9010`), or undefined for a port of Docker's choice. */
  readonly published?: string;
  readonly target: number;
  readonly protocol: Protocol;
  readonly mode: 'ingress' | 'host';
  readonly at: Span;
  /** The host port alone, where the short or long form says it apart: what a fix replaces. */
  readonly publishedAt?: Span;
  readonly unsure: boolean;
}

export interface Attachment {
  readonly network: string;
  readonly at: Span;
  readonly aliases: readonly string[];
  readonly ipv4?: Placed<string>;
  readonly ipv6?: Placed<string>;
  readonly priority?: number;
}

export interface LinkSpec {
  readonly service: string;
  readonly alias?: string;
  readonly at: Span;
}

export interface ComposeService {
  readonly name: string;
  /** The key. */
  readonly at: Span;
  /** The whole body: a cursor within is in this service. */
  readonly body: Span;
  readonly image?: string;
  readonly containerName?: string;
  readonly hostname?: string;
  readonly networkMode?: Placed<string>;
  readonly networks: readonly Attachment[];
  /** Whether `networks` was written: else the default network is meant. */
  readonly networksAt?: Span;
  readonly ports: readonly PortSpec[];
  /** Key and value of `ports` together: what a fix removes. */
  readonly portsAt?: Span;
  readonly expose: readonly Placed<string>[];
  readonly links: readonly LinkSpec[];
  readonly linksAt?: Span;
  readonly environment: ReadonlyMap<string, Placed<string>>;
  /** `command`, `entrypoint` and health check texts: hosts may be named there. */
  readonly commands: readonly Placed<string>[];
  readonly dependsOn: readonly string[];
  readonly extraHosts: readonly string[];
  readonly profiles: readonly string[];
  /** Containers to run; 1 unless `scale` or `deploy.replicas` says more. */
  readonly replicas: number;
}

export interface IpamSpec {
  readonly subnet?: Placed<string>;
  readonly gateway?: Placed<string>;
  readonly ipRange?: Placed<string>;
  readonly reserved: Readonly<Record<string, string>>;
}

export interface ComposeNetwork {
  readonly key: string;
  /** As the engine will know it. */
  readonly name: string;
  readonly at: Span;
  readonly body: Span;
  /** False for the default network when the file does not mention it. */
  readonly declared: boolean;
  readonly driver?: string;
  readonly external: boolean;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ipv6: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ipam: readonly IpamSpec[];
}

export interface ComposeProject {
  readonly name: string;
  readonly services: readonly ComposeService[];
  /** Declared ones, and the default one when a service is on it. */
  readonly networks: readonly ComposeNetwork[];
  readonly problems: readonly Problem[];
  readonly files: readonly string[];
  readonly missing: readonly string[];
  /** Profiles that are switched on (COMPOSE_PROFILES). */
  readonly profiles: readonly string[];
  readonly variables: Variables;
  /** Whether any file says `networks:` at its top. */
  readonly declaresNetworks: boolean;
}

/** Whether a service runs with the profiles switched on. */
export function isActive(project: ComposeProject, service: ComposeService): boolean {
  return (
    service.profiles.length === 0 ||
    project.profiles.includes('*') ||
    service.profiles.some((profile) => project.profiles.includes(profile))
  );
}
