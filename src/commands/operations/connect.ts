/** Connect and disconnect, with the engines' refusals of static addresses told apart. */
import { Refusal } from '#commands/operations/refusal';
import { endpointOn } from '#commands/operations/resolve';
import { EngineError } from '#engine/errors';
import type { ConnectBody, EngineClient } from '#engine/types';
import { addressProblem } from '#model/freeAddress';
import type { Container, Network, Snapshot } from '#model/snapshot';

/** What is surely refused, in our words; everything else is the engine's to judge. */
export function connectProblem(
  snapshot: Snapshot,
  network: Network,
  container: Container,
  body: Omit<ConnectBody, 'container'>,
): { readonly rule: string; readonly args: Readonly<Record<string, string>> } | undefined {
  const args = { container: container.name, network: network.name };
  if (container.mode === 'host') return { rule: 'connect-host-mode', args };
  if (container.mode === 'container') return { rule: 'connect-sharer', args };
  if (network.name === 'host' || network.name === 'none') return { rule: 'connect-to-predefined', args };
  if (endpointOn(container, network)) return { rule: 'already-connected', args };
  if (body.gatewayPriority !== undefined && !hasGatewayPriority(snapshot))
    return { rule: 'gateway-priority-unsupported', args: { version: snapshot.engine.version } };
  for (const address of [body.ipv4, body.ipv6]) {
    const found = address ? addressProblem(snapshot, network.id, address, { containerId: container.id }) : undefined;
    if (found?.certain) return { rule: `address-${found.rule}`, args: found.args };
  }
  return undefined;
}

/** Docker's API 1.48 (Engine 28) brought GwPriority; older engines ignore it silently, Podman all versions. */
export function hasGatewayPriority(snapshot: Snapshot): boolean {
  const [major = 0, minor = 0] = snapshot.engine.apiVersion.split('.').map(Number);
  return snapshot.engine.kind === 'docker' && (major > 1 || minor >= 48);
}

export async function connect(client: EngineClient, network: Network, body: ConnectBody, name: string): Promise<void> {
  try {
    await client.connect(network.id, body);
  } catch (error) {
    throw staticRefusal(error, network.name, name) ?? error;
  }
}

/** The two refusals of a static address that need an explanation: by network kind, and by a subnet nobody configured. */
export function staticRefusal(error: unknown, network: string, container: string): Refusal | undefined {
  if (!(error instanceof EngineError)) return undefined;
  const args = { network, container, detail: error.detail };
  if (/user.?configured subnets?/i.test(error.detail)) return new Refusal('static-needs-subnet', args, error);
  if (/user.?(specified|defined) (IP address|networks?)/i.test(error.detail))
    return new Refusal('static-needs-user-network', args, error);
  return undefined;
}

/** Disconnects; an endpoint that is gone already counts as done. */
export async function disconnect(
  client: EngineClient,
  networkId: string,
  container: string,
  force: boolean,
): Promise<void> {
  try {
    await client.disconnect(networkId, container, force);
  } catch (error) {
    if (error instanceof EngineError && /is not connected to/i.test(error.detail)) return;
    throw error;
  }
}
