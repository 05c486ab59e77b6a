/**
 * What an engine holds, as its own command line tells it: `docker inspect`, `docker network inspect` with its members,
 * `docker port`. A second reading of the engine, which shares no line with the extension's.
 */
import type { RealEngine } from '#harness/engines';

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => list(value).map(String);
const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
/** '', 0, null and absent are one: the engine says nothing. */
const told = (value: unknown): unknown => (value === '' || value === null || value === 0 ? undefined : value);

/** Fields by network id and by container id. */
export interface Truth {
  readonly networks: Readonly<Record<string, Json>>;
  readonly containers: Readonly<Record<string, Json>>;
}

/** Reads everything; sorted lists, so that order is no difference. */
export async function cliTruth(engine: RealEngine): Promise<Truth> {
  const ids = lines(await engine.docker('ps', '-aq', '--no-trunc'));
  const networkIds = lines(await engine.docker('network', 'ls', '-q', '--no-trunc'));
  const containers = ids.length === 0 ? [] : list(JSON.parse(await engine.docker('inspect', ...ids))).map(object);
  const networks = list(JSON.parse(await engine.docker('network', 'inspect', ...networkIds))).map(object);
  const byId = new Map(networks.map((network) => [String(network.Id), network]));
  const sharers = new Set(
    containers
      .filter((container) => String(object(container.HostConfig).NetworkMode).startsWith('container:'))
      .map((container) => String(container.Id)),
  );
  const truths = containers.map(async (container) => {
    const live = ['running', 'paused'].includes(String(object(container.State).Status));
    const ports = live ? lines(await engine.docker('port', String(container.Id))).map(boundPort) : undefined;
    return [String(container.Id), containerTruth(container, engine.kind, byId, ports)] as const;
  });
  return {
    networks: Object.fromEntries(
      networks.map((network) => [String(network.Id), networkTruth(network, sharers, engine.kind)]),
    ),
    containers: Object.fromEntries(await Promise.all(truths)),
  };
}

/** `80/tcp -> [::]:8080` → `80/tcp on :: 8080`; Podman 4.3 leaves the address out. */
function boundPort(line: string): string {
  const [, target, host, port] = /^(\S+) -> \[?([^\]]*?)\]?:(\d*)$/.exec(line) ?? [];
  return `${target} on ${host || '0.0.0.0'} ${port || 0}`;
}

function networkTruth(raw: Json, sharers: ReadonlySet<string>, kind: RealEngine['kind']): Json {
  const members = Object.entries(object(raw.Containers))
    // Swarm's `lb-…` and `…-sbox` are no containers. Podman 4.3 counts a sharer in, with its owner's address.
    .filter(([id]) => /^[0-9a-f]{64}$/.test(id) && !sharers.has(id))
    .map(([id, value]) => {
      const member = object(value);
      return [id, [told(member.IPv4Address), told(member.IPv6Address), told(member.MacAddress)]] as const;
    })
    // Podman 4.3 counts those in that do not run; Docker's members without address are in host mode, and run.
    .filter(([, addresses]) => kind === 'docker' || addresses.some((address) => address !== undefined));
  return {
    name: raw.Name,
    driver: raw.Driver,
    scope: raw.Scope,
    internal: raw.Internal,
    attachable: raw.Attachable,
    ingress: raw.Ingress,
    ipv6: raw.EnableIPv6,
    created: raw.Created,
    options: object(raw.Options),
    labels: object(raw.Labels),
    subnets: list(object(raw.IPAM).Config)
      .map(object)
      .map((one) => [one.Subnet, told(one.Gateway), told(one.IPRange), one.AuxiliaryAddresses ?? undefined])
      .toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    members: Object.fromEntries(members),
  };
}

function containerTruth(
  raw: Json,
  kind: RealEngine['kind'],
  networks: ReadonlyMap<string, Json>,
  bound: readonly string[] | undefined,
): Json {
  const config = object(raw.Config);
  const hostConfig = object(raw.HostConfig);
  const mode = String(hostConfig.NetworkMode);
  const owner = mode.startsWith('container:') ? mode.slice('container:'.length) : undefined;
  const joined = Object.entries(owner === undefined ? object(object(raw.NetworkSettings).Networks) : {})
    // Podman's host and none are no networks of its list.
    .filter(([name]) => kind === 'docker' || (name !== 'host' && name !== 'none'));
  const name = String(raw.Name).replace(/^\//, '');
  const exposed = Object.keys(object(config.ExposedPorts)).toSorted();
  const isolated = owner !== undefined || mode === 'host' || mode === 'none';
  return {
    name,
    state: object(raw.State).Status,
    hostname: told(config.Hostname),
    labels: object(config.Labels),
    exposed,
    publishAll: hostConfig.PublishAllPorts === true,
    sharesWith: owner,
    published: isolated ? [] : publishedTruth(hostConfig, exposed, bound),
    links: [...texts(hostConfig.Links), ...joined.flatMap(([, one]) => texts(object(one).Links))]
      .map((link) => link.replace(/^\/([^:]*):.*\/([^/]*)$/, '$1:$2'))
      .toSorted(),
    endpoints: Object.fromEntries(
      joined.map(([key, one]) => {
        return [key, endpointTruth(object(one), key, name, raw, kind, networks, bound !== undefined)];
      }),
    ),
  };
}

function publishedTruth(
  hostConfig: Json,
  exposed: readonly string[],
  bound: readonly string[] | undefined,
): readonly string[] {
  const asked = Object.entries(object(hostConfig.PortBindings)).flatMap(([key, bindings]) =>
    list(bindings)
      .map(object)
      .map((one) => `${key} on ${one.HostIp || '0.0.0.0'} ${one.HostPort || 0}`),
  );
  const all =
    hostConfig.PublishAllPorts === true && bound === undefined ? exposed.map((key) => `${key} on 0.0.0.0 0`) : [];
  const target = (port: string): string | undefined => port.split(' ')[0];
  const found: string[] = [];
  // What is bound, then what was asked for and bound nowhere (stopped, or on an internal network), then `-P`.
  for (const ports of [bound ?? [], asked, all]) {
    const before = new Set(found.map(target));
    found.push(...ports.filter((port) => !before.has(target(port))));
  }
  return [...new Set(found)].toSorted();
}

function endpointTruth(
  raw: Json,
  network: string,
  name: string,
  container: Json,
  kind: RealEngine['kind'],
  networks: ReadonlyMap<string, Json>,
  live: boolean,
): Json {
  const on = [...networks.values()].find((one) => one.Name === network);
  const driver = on?.Driver;
  const resolves =
    on !== undefined &&
    network !== (kind === 'docker' ? 'bridge' : 'podman') &&
    (kind === 'docker' ? driver !== 'host' && driver !== 'null' : driver === 'bridge');
  const aliases = texts(raw.Aliases);
  const own = [String(container.Id).slice(0, 12), object(container.Config).Hostname];
  const fixed = [object(raw.IPAMConfig).IPv4Address, object(raw.IPAMConfig).IPv6Address].map(told);
  return {
    ipv4: live ? told(raw.IPAddress) : undefined,
    ipv6: live ? told(raw.GlobalIPv6Address) : undefined,
    mac: live ? told(raw.MacAddress) : undefined,
    gateway: live ? told(raw.Gateway) : undefined,
    static: fixed.some((address) => address !== undefined),
    configured: live ? [undefined, undefined] : fixed,
    // Docker up to 24 and Podman put the short id and the hostname among the aliases.
    aliases: aliases.filter((alias) => Array.isArray(raw.DNSNames) || !own.includes(alias)).toSorted(),
    dnsNames: (!resolves
      ? []
      : Array.isArray(raw.DNSNames)
        ? texts(raw.DNSNames)
        : [...new Set([name, ...aliases])]
    ).toSorted(),
    priority: kind === 'docker' ? raw.GwPriority : undefined,
  };
}
