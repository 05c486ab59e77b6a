/** Names and ids that scripts and links give, resolved against one snapshot. A name several things have is refused. */
import { Refusal } from '#commands/operations/refusal';
import type { Container, Network, Snapshot } from '#model/snapshot';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** By id, then by name, then by the beginning of an id (four digits or more). */
function resolve<T extends Named>(all: readonly T[], text: string, kind: 'network' | 'container'): T {
  const exact = all.find((candidate) => candidate.id === text);
  if (exact) return exact;
  const named = all.filter((candidate) => candidate.name === text);
  const found = named.length > 0 || text.length < 4 ? named : all.filter((candidate) => candidate.id.startsWith(text));
  const [only, second] = found;
  if (!only) throw new Refusal(`${kind}-not-found`, { name: text });
  if (second) {
    const candidates = found.map((candidate) => `${candidate.name} (${candidate.id.slice(0, 12)})`).join(', ');
    throw new Refusal(`${kind}-ambiguous`, { name: text, candidates });
  }
  return only;
}

export function resolveNetwork(snapshot: Snapshot, text: string): Network {
  return resolve(snapshot.networks, text, 'network');
}

export function resolveContainer(snapshot: Snapshot, text: string): Container {
  return resolve(snapshot.containers, text, 'container');
}

/** Containers with an endpoint on the network, those too that were created and never started (joined by name). */
export function membersOf(snapshot: Pick<Snapshot, 'containers'>, network: Named): readonly Container[] {
  return snapshot.containers.filter((container) => endpointOn(container, network) !== undefined);
}

export function endpointOn(container: Container, network: Named): Container['endpoints'][number] | undefined {
  return container.endpoints.find(
    (endpoint) => endpoint.networkId === network.id || (endpoint.networkId === '' && endpoint.network === network.name),
  );
}
