/** A snapshot in the form of `cliTruth`, and the fields in which the two differ. */
import type { Truth } from '#harness/cliTruth';
import type { Container, Endpoint, Network, Snapshot } from '#model/snapshot';

type Read = Pick<Snapshot, 'networks' | 'containers'>;

const runs = (container: Container): boolean => container.state === 'running' || container.state === 'paused';
const withPrefix = (address: string | undefined, prefix: number | undefined): string | undefined =>
  address === undefined ? undefined : `${address}/${prefix}`;

export function snapshotTruth(snapshot: Read): Truth {
  return {
    networks: Object.fromEntries(
      snapshot.networks.map((network) => [network.id, networkFields(network, snapshot.containers)]),
    ),
    containers: Object.fromEntries(snapshot.containers.map((container) => [container.id, containerFields(container)])),
  };
}

function networkFields(network: Network, containers: readonly Container[]): Readonly<Record<string, unknown>> {
  const members = containers
    .filter(runs)
    .flatMap((container) =>
      container.endpoints
        .filter((endpoint) => endpoint.networkId === network.id)
        .map((one) => [
          container.id,
          [withPrefix(one.ipv4, one.ipv4Prefix), withPrefix(one.ipv6, one.ipv6Prefix), one.mac],
        ]),
    );
  return {
    name: network.name,
    driver: network.driver,
    scope: network.scope,
    internal: network.internal,
    attachable: network.attachable,
    ingress: network.ingress,
    ipv6: network.ipv6,
    created: network.created,
    options: network.options,
    labels: network.labels,
    subnets: network.ipam
      .map((one) => [one.subnet, one.gateway, one.ipRange, one.reserved])
      .toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    members: Object.fromEntries(members),
  };
}

function containerFields(container: Container): Readonly<Record<string, unknown>> {
  return {
    name: container.name,
    state: container.state,
    hostname: container.hostname,
    labels: container.labels,
    exposed: container.exposed?.map((port) => `${port.port}/${port.protocol}`).toSorted(),
    publishAll: container.publishAll,
    sharesWith: container.sharesWith,
    published: container.published
      .map((port) => `${port.port}/${port.protocol} on ${port.hostIp} ${port.hostPort}`)
      .toSorted(),
    links: container.links?.map((link) => `${link.container}:${link.alias}`).toSorted(),
    endpoints: Object.fromEntries(container.endpoints.map((endpoint) => [endpoint.network, endpointFields(endpoint)])),
  };
}

function endpointFields(endpoint: Endpoint): Readonly<Record<string, unknown>> {
  return {
    ipv4: endpoint.ipv4,
    ipv6: endpoint.ipv6,
    mac: endpoint.mac,
    gateway: endpoint.gateway,
    static: endpoint.staticIp,
    configured: [endpoint.configuredIpv4, endpoint.configuredIpv6],
    aliases: endpoint.aliases?.toSorted(),
    dnsNames: endpoint.dnsNames?.toSorted(),
    priority: endpoint.gatewayPriority,
  };
}

/** One line a field that differs, with both sides. */
export function fieldDifferences(ours: unknown, theirs: unknown, path = ''): readonly string[] {
  if (Object.is(ours, theirs)) return [];
  const both = [ours, theirs];
  if (both.every((side) => typeof side === 'object' && side !== null)) {
    const [our, their] = both as Record<string, unknown>[];
    const keys = new Set([...Object.keys(our ?? {}), ...Object.keys(their ?? {})]);
    return [...keys].flatMap((key) => fieldDifferences(our?.[key], their?.[key], `${path}.${key}`));
  }
  return [`${path}: snapshot ${JSON.stringify(ours)}, command line ${JSON.stringify(theirs)}`];
}

/** How many fields were compared: leaves of the truth. */
export function countFields(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + countFields(part), 0);
}
