/** The order of networks in both drawings, and the kinds of driver that the drawings tell apart. */
import type { Container, Network } from '#model/snapshot';
import { compareText } from '#model/topology/plugs';

export type DriverKind = 'bridge' | 'overlay' | 'macvlan' | 'ipvlan' | 'host' | 'none' | 'other';

export function driverKind(driver: string): DriverKind {
  switch (driver) {
    case 'bridge':
    case 'overlay':
    case 'macvlan':
    case 'ipvlan':
    case 'host':
      return driver;
    case 'nat':
      return 'bridge';
    case 'null':
    case 'none':
      return 'none';
    default:
      return 'other';
  }
}

const projectLabel = 'com.docker.compose.project';

/**
 * Shared networks, then by project, other user networks, built-in ones (bridge, host, none last). Within a project the
 * internal ones come last: from outside inwards. Apart from `shared`, only a network's own traits decide, so that one
 * more container never reorders the rails.
 */
export function orderNetworks(
  networks: readonly Network[],
  containers: readonly Container[],
): { readonly ordered: readonly Network[]; readonly projects: ReadonlyMap<string, readonly string[]> } {
  const found = new Map<string, Set<string>>();
  for (const container of containers) {
    if (!container.compose) continue;
    for (const endpoint of container.endpoints) {
      const projects = found.get(endpoint.networkId);
      if (projects) projects.add(container.compose.project);
      else found.set(endpoint.networkId, new Set([container.compose.project]));
    }
  }
  const projects = new Map([...found].map(([id, names]) => [id, [...names].sort(compareText)]));
  const keyed = networks.map((network) => {
    const project = network.labels[projectLabel];
    const shared = (projects.get(network.id)?.length ?? 0) > 1;
    const driver = driverKind(network.driver);
    const group = network.builtIn || driver === 'none' || driver === 'host' ? 3 : shared ? 0 : project ? 1 : 2;
    const last = group === 3 ? (driver === 'none' ? 2 : driver === 'host' ? 1 : 0) : 0;
    return { network, group, last, project: shared ? '' : (project ?? ''), internal: network.internal ? 1 : 0 };
  });
  keyed.sort(
    (left, right) =>
      left.group - right.group ||
      left.last - right.last ||
      compareText(left.project, right.project) ||
      left.internal - right.internal ||
      compareText(left.network.name, right.network.name) ||
      compareText(left.network.id, right.network.id),
  );
  return { ordered: keyed.map((entry) => entry.network), projects };
}
