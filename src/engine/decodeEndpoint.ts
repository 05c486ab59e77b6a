/** A container's endpoints, from `NetworkSettings.Networks` of list and inspect. */
import type { EngineKind } from '#engine/decodeNetwork';
import { asObject, asText, asTexts, isObject, type RawObject, someNumber, someText, textMap } from '#engine/raw';
import type { Endpoint, Network } from '#model/snapshot';

/** What a container's parts are joined with. */
export interface DecodeContext {
  readonly kind: EngineKind;
  readonly networks: NetworkIndex;
}

/** Networks by id, and by name where names repeat (Docker 20.10 allows it). */
export class NetworkIndex {
  readonly #byId = new Map<string, Network>();
  readonly #byName = new Map<string, Network[]>();
  readonly #defaultOfPodman: Network | undefined;

  constructor(networks: readonly Network[], kind: EngineKind) {
    for (const network of networks) {
      this.#byId.set(network.id, network);
      const namesakes = this.#byName.get(network.name);
      if (namesakes === undefined) this.#byName.set(network.name, [network]);
      else namesakes.push(network);
    }
    this.#defaultOfPodman = kind === 'podman' ? networks.find((network) => network.builtIn) : undefined;
  }

  byId(id: string): Network | undefined {
    return this.#byId.get(id);
  }

  /** The network of that name; undefined when none has it, or more than one (which one is meant, nobody knows). */
  byName(name: string): Network | undefined {
    const named = this.#byName.get(name);
    if (named !== undefined) return named.length === 1 ? named[0] : undefined;
    // Before a network was renamed by decoding, Podman's list called the default one `bridge`.
    return name === 'bridge' ? this.#defaultOfPodman : undefined;
  }
}

/** Short ids as `docker ps` prints them; among Docker 20.10's and Podman's aliases, and a DNS name on every network. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}

/** What only inspect knows of a container when its endpoints are decoded. */
export interface EndpointDetails {
  readonly name: string;
  readonly hostname: string | undefined;
}

/**
 * @param live whether addresses are to be believed: after a hard kill of dockerd an exited container keeps them.
 * @param details undefined for the list, whose aliases Docker leaves null.
 */
export function decodeEndpoints(
  raw: unknown,
  containerId: string,
  live: boolean,
  context: DecodeContext,
  details: EndpointDetails | undefined,
): readonly Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const [key, value] of Object.entries(asObject(raw))) {
    if (!isObject(value)) continue;
    // Podman 5 and later: `host` and `none` as if they were networks; its list has neither, so these are modes only.
    if (context.kind === 'podman' && (value.NetworkID === 'host' || value.NetworkID === 'none')) continue;
    endpoints.push(decodeEndpoint(key, value, containerId, live, context, details));
  }
  return endpoints.sort((a, b) => (a.network === b.network ? 0 : a.network < b.network ? -1 : 1));
}

function decodeEndpoint(
  key: string,
  raw: RawObject,
  containerId: string,
  live: boolean,
  context: DecodeContext,
  details: EndpointDetails | undefined,
): Endpoint {
  const network = findNetwork(key, asText(raw.NetworkID), context);
  const swarm = network?.scope === 'swarm';
  const config = asObject(raw.IPAMConfig); // null, {} or an object
  // Whoever is on a swarm network carries an IPAMConfig (20.10 to 28), although nobody asked for the address.
  const staticIpv4 = swarm ? undefined : someText(config.IPv4Address);
  const staticIpv6 = swarm ? undefined : someText(config.IPv6Address);
  const ipv4 = live ? someText(raw.IPAddress) : undefined;
  const ipv6 = live ? someText(raw.GlobalIPv6Address) : undefined;
  const driverOptions = textMap(raw.DriverOpts);
  return {
    networkId: network?.id ?? asText(raw.NetworkID),
    network: network?.name ?? key,
    ...defined('ipv4', ipv4),
    ...defined('ipv6', ipv6),
    ...defined('ipv4Prefix', ipv4 === undefined ? undefined : someNumber(raw.IPPrefixLen)),
    ...defined('ipv6Prefix', ipv6 === undefined ? undefined : someNumber(raw.GlobalIPv6PrefixLen)),
    ...defined('mac', live ? someText(raw.MacAddress) : undefined),
    ...defined('gateway', live ? someText(raw.Gateway) : undefined),
    ...defined('ipv6Gateway', live ? someText(raw.IPv6Gateway) : undefined),
    staticIp: staticIpv4 !== undefined || staticIpv6 !== undefined,
    ...defined('configuredIpv4', live ? undefined : staticIpv4),
    ...defined('configuredIpv6', live ? undefined : staticIpv6),
    ...(details === undefined ? {} : decodeNames(raw, containerId, network, context, details)),
    ...(Object.keys(driverOptions).length === 0 ? {} : { driverOptions }),
    // Podman 5.8 and 6.1 have the key, but keep it at 0 whatever is asked.
    ...defined('gatewayPriority', context.kind === 'docker' ? someNumber(raw.GwPriority) : undefined),
  };
}

function findNetwork(key: string, networkId: string, context: DecodeContext): Network | undefined {
  // Created, never started: NetworkID is ''. Started with an id for a name: the key may be that id.
  if (networkId === '') return context.networks.byName(key) ?? context.networks.byId(key);
  const found = context.networks.byId(networkId);
  // Podman 4.3: NetworkID is the name. On Docker an unknown id is that of a removed network, even when one of the same
  // name exists again.
  return found === undefined && context.kind === 'podman' ? context.networks.byName(networkId) : found;
}

/**
 * Aliases are what somebody asked for; DNS names are all that the embedded DNS answers there.
 * Docker 25 and later tell both apart. Before, and on Podman, there are Aliases only, followed by the short id and,
 * where one was set, the hostname; the container's own name resolves besides.
 */
function decodeNames(
  raw: RawObject,
  containerId: string,
  network: Network | undefined,
  context: DecodeContext,
  details: EndpointDetails,
): Pick<Endpoint, 'aliases' | 'dnsNames'> {
  const aliases = asTexts(raw.Aliases);
  // On a network that is gone (a stopped container keeps it) nothing answers.
  const resolves = network?.resolvesNames === true;
  if (context.kind === 'docker' && Array.isArray(raw.DNSNames))
    return { aliases, dnsNames: resolves ? asTexts(raw.DNSNames) : [] };
  const own = new Set([shortId(containerId)]);
  if (details.hostname !== undefined && aliases.at(-1) === details.hostname && aliases.at(-2) === shortId(containerId))
    own.add(details.hostname);
  return {
    aliases: aliases.filter((alias) => !own.has(alias)),
    dnsNames: resolves ? [...new Set([details.name, ...aliases])] : [],
  };
}

/** `{ [key]: value }`, or nothing at all: optional fields are absent, not undefined. */
export function defined<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
