/** What this machine's own network stack adds to a snapshot whose engine runs here. */
import type { EngineMachine } from '#engine/decodeEngine';
import type { Snapshot } from '#model/snapshot';

export async function withHost(
  snapshot: Snapshot,
  _machine: EngineMachine | undefined,
  _processes: ReadonlyMap<string, number>,
): Promise<Snapshot> {
  return snapshot;
}
