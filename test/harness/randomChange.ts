/** One change after another to a snapshot, as events bring them: what is not changed stays the same object. */
import { type Random, randomSnapshot } from '#harness/randomSnapshot';
import type { Container, Network, Snapshot } from '#model/snapshot';

export interface Change {
  readonly snapshot: Snapshot;
  /** Ids of what came, went or differs. */
  readonly containers: ReadonlySet<string>;
  readonly networks: ReadonlySet<string>;
}

/** The same state of `random` and the same snapshot give the same change. */
export function randomChange(random: Random, snapshot: Snapshot): Change {
  const takenAt = snapshot.takenAt + 1 + random.below(5_000);
  const { containers, networks } = snapshot;
  const done = (
    now: readonly Container[],
    on: readonly Network[],
    ids: readonly string[],
    networkIds: readonly string[] = [],
  ): Change => ({
    snapshot: { ...snapshot, takenAt, containers: now, networks: on },
    containers: new Set(ids),
    networks: new Set(networkIds),
  });
  const kind = random.next();
  const donor = randomSnapshot(random.below(1_000_000), { containers: 3, networks: 1 });
  if (kind < 0.15 || containers.length === 0) {
    const added = { ...random.pick(donor.containers), endpoints: [] };
    const joined = networks.length > 0 && random.chance(0.8) ? joinedTo(added, random.pick(networks), random) : added;
    return done(insertedAt(random, containers, joined), networks, [joined.id]);
  }
  const chosen = random.pick(containers);
  const replaced = (by: Container): Change =>
    done(
      containers.map((container) => (container === chosen ? by : container)),
      networks,
      [chosen.id],
    );
  if (kind < 0.3) {
    const rest = containers.filter((container) => container !== chosen);
    return done(rest, networks, [chosen.id]);
  }
  if (kind < 0.4) {
    const added = donor.networks.at(-1)!;
    if (networks.some(({ id }) => id === added.id)) return done(containers, networks, []);
    return done(containers, insertedAt(random, networks, added), [], [added.id]);
  }
  if (kind < 0.45 && networks.length > 0) {
    const gone = random.pick(networks);
    const rest = networks.filter((network) => network !== gone);
    return done(containers, rest, [], [gone.id]);
  }
  if (kind < 0.55 && networks.length > 0) return replaced(joinedTo(chosen, random.pick(networks), random));
  if (kind < 0.65) return replaced({ ...chosen, endpoints: chosen.endpoints.slice(1) });
  if (kind < 0.75) return replaced({ ...chosen, published: random.pick(donor.containers).published });
  if (kind < 0.85) return replaced({ ...chosen, name: `${chosen.name}-${random.hex(2)}` });
  return replaced({ ...chosen, state: random.pick(['running', 'exited', 'paused', 'created']) });
}

function insertedAt<T>(random: Random, items: readonly T[], item: T): readonly T[] {
  const at = random.below(items.length + 1);
  return [...items.slice(0, at), item, ...items.slice(at)];
}

function joinedTo(container: Container, network: Network, random: Random): Container {
  const endpoint = {
    networkId: network.id,
    network: network.name,
    ipv4: `10.9.${random.below(250)}.7`,
    staticIp: random.chance(0.2),
  };
  return { ...container, mode: 'networks', endpoints: [...container.endpoints, endpoint] };
}
