/** Which names resolve to an endpoint, asked from another container's stack. */
import { type Facts, type Leg, runs, type Stack } from '#model/reachFacts';
import type { Container } from '#model/snapshot';

/** Names on one network, with the container that answers to each; '' where several do: that name resolves to any of them. */
const owners = new WeakMap<Facts, Map<string, Map<string, string>>>();

/**
 * Names the embedded DNS answers for an endpoint: name, aliases, short id, and the hostname (Podman: from 5; seen: 4.3
 * does not, 5.4 does). Empty where the network resolves none: the default bridge, and macvlan on Podman.
 */
export function dnsNames(facts: Facts, owner: Container, leg: Leg): string[] {
  const { network, endpoint, driver } = leg;
  if (!network.resolvesNames || (!facts.docker && driver !== 'bridge')) return [];
  const names = [owner.name, ...(endpoint.aliases ?? []), ...(endpoint.dnsNames ?? []), owner.id.slice(0, 12)];
  if (owner.hostname && (facts.docker || facts.major >= 5)) names.push(owner.hostname);
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Names by which `from` finds this endpoint: by DNS on a shared network, and by its own `--link`s. */
export function namesFrom(facts: Facts, from: Stack, to: Stack, leg: Leg): string[] {
  const { owner } = to;
  if (owner === undefined || from.kind !== 'networks') return [];
  if (!from.legs.some(({ network }) => network.id === leg.network.id)) return [];
  // A name that another container has on any of the asker's networks resolves to one of them, nobody says which.
  const books = from.legs.map(({ network }) => ownersOn(facts, network.id));
  const names = dnsNames(facts, owner, leg).filter((name) =>
    books.every((book) => (book.get(name) ?? owner.id) === owner.id),
  );
  for (const link of from.owner?.links ?? []) {
    if (link.container !== owner.name) continue;
    names.push(link.alias, owner.name);
    if (leg.network.builtIn) names.push(owner.hostname ?? owner.id.slice(0, 12));
  }
  return [...new Set(names)];
}

/** Whether `from` has a legacy link to the container. */
export function isLinked(from: Stack, to: Stack): boolean {
  return (from.owner?.links ?? []).some(({ container }) => container === to.owner?.name);
}

function ownersOn(facts: Facts, networkId: string): Map<string, string> {
  const byNetwork = owners.get(facts) ?? new Map<string, Map<string, string>>();
  owners.set(facts, byNetwork);
  const known = byNetwork.get(networkId);
  if (known !== undefined) return known;
  const names = new Map<string, string>();
  byNetwork.set(networkId, names);
  // Only this network's members are looked at: one pair must not cost a walk over everybody's names.
  for (const container of facts.snapshot.containers) {
    if (container.mode !== 'networks' || !runs(container)) continue;
    if (!container.endpoints.some((endpoint) => endpoint.networkId === networkId)) continue;
    const leg = facts.stack(container).legs.find(({ network }) => network.id === networkId);
    if (leg === undefined) continue;
    for (const name of dnsNames(facts, container, leg)) names.set(name, names.has(name) ? '' : container.id);
  }
  return names;
}
