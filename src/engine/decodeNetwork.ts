/** Networks, from `/networks` and `/networks/{id}`: every difference between engines ends here. */
import { asList, asObject, asText, byNameThenId, isObject, someText, textMap, withoutPrefix } from '#engine/raw';
import type { Engine, IpamConfig, Network } from '#model/snapshot';

export type EngineKind = Engine['kind'];

const dockersOwn = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge']);

/** The networks of a list, sorted by name, then id; what has no id is left out. */
export function decodeNetworks(raw: unknown, kind: EngineKind): readonly Network[] {
  return asList(raw)
    .map((item) => decodeNetwork(item, kind))
    .filter((network) => network !== undefined)
    .sort(byNameThenId);
}

/** One network, or undefined when the answer is none (no object, no id). */
export function decodeNetwork(raw: unknown, kind: EngineKind): Network | undefined {
  if (!isObject(raw)) return undefined;
  const id = asText(raw.Id);
  if (id === '') return undefined;
  // Podman's list calls its default network `bridge`; its inspect, and the containers on it, `podman`.
  const name = kind === 'podman' && raw.Name === 'bridge' ? 'podman' : asText(raw.Name);
  const driver = asText(raw.Driver);
  const options = textMap(raw.Options);
  const ingress = raw.Ingress === true;
  const isDefaultBridge = driver === 'bridge' && isDefault(name, options, kind);
  const bridgeName = decodeBridgeName(id, driver, options, isDefaultBridge, kind);
  const peers = asList(raw.Peers)
    .map(asObject)
    // Docker's verbose inspect only.
    .map((peer) => ({ name: asText(peer.Name), address: asText(peer.IP) }));
  return {
    id,
    name,
    driver,
    scope: asText(raw.Scope) || 'local',
    internal: raw.Internal === true,
    attachable: raw.Attachable === true,
    ingress,
    ipv6: raw.EnableIPv6 === true,
    // EnableIPv4 is not read: Docker knows it from 28 only, and Podman 5.8 and 6.1 answer false for every network.
    ipam: decodeIpam(raw.IPAM),
    ...(bridgeName === undefined ? {} : { bridgeName }),
    // Podman lists neither host nor none.
    builtIn: kind === 'docker' ? ingress || dockersOwn.has(name) : isDefaultBridge,
    resolvesNames: resolvesNames(name, driver, ingress, isDefaultBridge, kind),
    // Podman drops options, and does not enforce icc anyway.
    interContainer: options['com.docker.network.bridge.enable_icc'] !== 'false',
    options,
    // Null in lists for swarm networks.
    labels: textMap(raw.Labels),
    created: asText(raw.Created),
    ...(peers.length === 0 ? {} : { peers }),
  };
}

function isDefault(name: string, options: Readonly<Record<string, string>>, kind: EngineKind): boolean {
  if (kind === 'podman') return name === 'podman';
  return name === 'bridge' || options['com.docker.network.bridge.default_bridge'] === 'true';
}

function decodeBridgeName(
  id: string,
  driver: string,
  options: Readonly<Record<string, string>>,
  isDefaultBridge: boolean,
  kind: EngineKind,
): string | undefined {
  if (driver !== 'bridge') return undefined;
  const named = someText(options['com.docker.network.bridge.name']);
  if (named !== undefined) return named;
  // Podman numbers its bridges (podman1, podman2, …) and tells no one through this API.
  if (kind === 'podman') return isDefaultBridge ? 'podman0' : undefined;
  return isDefaultBridge ? 'docker0' : `br-${id.slice(0, 12)}`;
}

function resolvesNames(
  name: string,
  driver: string,
  ingress: boolean,
  isDefaultBridge: boolean,
  kind: EngineKind,
): boolean {
  if (driver === 'host' || driver === 'null' || driver === '' || isDefaultBridge) return false;
  // Swarm's plumbing: containers have endpoints there, but no names.
  if (ingress || name === 'docker_gwbridge') return false;
  // Podman's DNS (aardvark) listens on the bridge's gateway, which macvlan and ipvlan networks do not have (4.3 to 6.1).
  return kind === 'docker' || driver === 'bridge';
}

function decodeIpam(raw: unknown): readonly IpamConfig[] {
  const configs: IpamConfig[] = [];
  // Config of host and none: [] on Docker 20.10, null on 26 and 28.
  for (const config of asList(asObject(raw).Config).map(asObject)) {
    const subnet = someText(config.Subnet);
    if (subnet === undefined) continue;
    const gateway = someText(config.Gateway);
    const ipRange = someText(config.IPRange);
    const reserved = Object.fromEntries(
      Object.entries(textMap(config.AuxiliaryAddresses))
        .filter(([, address]) => address !== '')
        .map(([name, address]) => [name, withoutPrefix(address)]),
    );
    configs.push({
      subnet,
      // Docker 20.10 writes some gateways with a prefix (`fd00::1/64`).
      ...(gateway === undefined ? {} : { gateway: withoutPrefix(gateway) }),
      ...(ipRange === undefined ? {} : { ipRange }),
      ...(Object.keys(reserved).length === 0 ? {} : { reserved }),
    });
  }
  // Podman 5.4 and Docker 26 list IPv6 first at times; here IPv4 comes first, so that no answer looks like a change.
  const isIpv6 = (config: IpamConfig): boolean => config.subnet.includes(':');
  return [...configs.filter((config) => !isIpv6(config)), ...configs.filter(isIpv6)];
}
