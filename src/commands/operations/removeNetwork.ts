/** Removing networks: what is attached, stopped and stale endpoints too, and the way back when the engine refuses. */
import { connect, disconnect } from '#commands/operations/connect';
import { endpointConfigs } from '#commands/operations/endpointConfig';
import { objectAt, textAt } from '#commands/operations/rawJson';
import { Refusal, type Steps } from '#commands/operations/refusal';
import { membersOf } from '#commands/operations/resolve';
import type { ConnectBody, EngineClient } from '#engine/types';
import type { Network, Snapshot } from '#model/snapshot';

export interface Attached {
  /** Id; of a stale endpoint the name the engine lists it by. */
  readonly container: string;
  readonly name: string;
  readonly how: 'running' | 'stopped' | 'stale';
}

/** Everyone on the network. Stale: listed by the network, known to no container list. */
export async function attachedTo(
  client: EngineClient,
  snapshot: Pick<Snapshot, 'containers'>,
  network: Network,
): Promise<readonly Attached[]> {
  const members = membersOf(snapshot, network).map((container): Attached => {
    const runs = container.state === 'running' || container.state === 'paused' || container.state === 'restarting';
    return { container: container.id, name: container.name, how: runs ? 'running' : 'stopped' };
  });
  const raw = await client.rawNetwork(network.id);
  // Swarm lists load balancers and sandboxes of its own among the containers: they come and go with the network.
  if (network.scope === 'swarm' || network.ingress) return members;
  const stale = Object.entries(objectAt(raw, 'Containers')).filter(
    ([id]) => !snapshot.containers.some((container) => container.id === id),
  );
  return [
    ...members,
    ...stale.map(([id, value]): Attached => {
      const name = textAt(objectAt(value), 'Name') || id;
      return { container: name, name, how: 'stale' };
    }),
  ];
}

/** Removes the network; with `attached`, disconnects those first, and connects them again when the removal is refused. */
export async function removeNetwork(
  client: EngineClient,
  network: Network,
  attached: readonly Attached[],
  { step, signal }: Steps = {},
): Promise<void> {
  if (network.builtIn) throw new Refusal('network-built-in', { network: network.name });
  const undo: { readonly body: ConnectBody; readonly name: string }[] = [];
  try {
    for (const one of attached) {
      signal?.throwIfAborted();
      step?.('step-disconnect', { container: one.name, network: network.name });
      if (one.how !== 'stale') {
        const configs = endpointConfigs(await client.rawContainer(one.container));
        const config = configs.find(
          (endpoint) => endpoint.networkId === network.id || endpoint.network === network.name,
        );
        if (config) undo.push({ body: config.body, name: one.name });
      }
      await disconnect(client, network.id, one.container, one.how === 'stale');
    }
    signal?.throwIfAborted();
    step?.('step-remove', { network: network.name });
    await client.removeNetwork(network.id);
  } catch (error) {
    const lost: string[] = [];
    for (const { body, name } of undo.reverse()) {
      try {
        await connect(client, network, body, name);
      } catch (failure) {
        // The last one's disconnect may be what failed: then it is connected still.
        if (!/already (exists|connected|attached)|is already/i.test(String(failure))) lost.push(name);
      }
    }
    if (lost.length > 0)
      throw new Refusal('remove-left-disconnected', { network: network.name, containers: lost.join(', ') }, error);
    throw error;
  }
}
