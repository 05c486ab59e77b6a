/** Networks nobody uses, and removing exactly those that were shown. */

import { detailOf } from '#commands/operations/refusal';
import { membersOf } from '#commands/operations/resolve';
import { EngineError } from '#engine/errors';
import type { EngineClient } from '#engine/types';
import type { Network, Snapshot } from '#model/snapshot';

export interface Unused {
  readonly network: Network;
  /** Stopped containers that belong to it: `docker network prune` would take it from them. */
  readonly stopped: readonly string[];
}

/** Networks without a running container or service; built-in ones never. */
export function unusedNetworks(snapshot: Snapshot): readonly Unused[] {
  return snapshot.networks.flatMap((network) => {
    if (network.builtIn || network.ingress) return [];
    const members = membersOf(snapshot, network);
    const serves = snapshot.services?.some((service) =>
      service.networks.some(({ networkId }) => networkId === network.id),
    );
    if (serves || members.some(({ state }) => state === 'running' || state === 'paused' || state === 'restarting'))
      return [];
    return [{ network, stopped: members.map((container) => container.name) }];
  });
}

export interface Pruned {
  readonly removed: readonly string[];
  /** Kept because somebody began to use it, or the engine refused. */
  readonly kept: readonly { readonly name: string; readonly detail: string }[];
}

/**
 * Removes the networks that were shown, by id. `now` is a picture taken after the answer: one that got a new member
 * since it was shown is kept, and one that is gone already counts as removed.
 */
export async function pruneNetworks(client: EngineClient, shown: readonly Unused[], now: Snapshot): Promise<Pruned> {
  const removed: string[] = [];
  const kept: { name: string; detail: string }[] = [];
  for (const { network, stopped } of shown) {
    const joined = membersOf(now, network).filter((container) => !stopped.includes(container.name));
    if (joined.length > 0) {
      kept.push({ name: network.name, detail: joined.map((container) => container.name).join(', ') });
      continue;
    }
    try {
      await client.removeNetwork(network.id);
      removed.push(network.name);
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'not-found') removed.push(network.name);
      else kept.push({ name: network.name, detail: detailOf(error) });
    }
  }
  return { removed, kept };
}
