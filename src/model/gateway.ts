/** Which of a container's networks carries its default route. */
import { compareNames } from '#model/compare';
import type { Container, Endpoint, Engine, Network } from '#model/snapshot';

/**
 * How it was chosen: `only` one candidate, `priority` the highest GwPriority (Docker 28 and later), `name` the first by
 * name among equals (the rule Docker documents: "in lexicographical order by network name").
 */
export type GatewayRule = 'only' | 'priority' | 'name';

export interface DefaultGateway {
  readonly endpoint: Endpoint;
  readonly rule: GatewayRule;
}

/**
 * The endpoint with the default route; undefined when there is none (all networks internal, host or none mode), or when
 * the engine does not document its choice (Podman with more than one network that has a gateway).
 * Source: https://docs.docker.com/engine/network/#connecting-to-multiple-networks and libnetwork's endpoint order:
 * networks that are not internal first, then the priority, then the network's name.
 */
export function defaultGateway(
  container: Container,
  networks: ReadonlyMap<string, Network>,
  engine: Pick<Engine, 'kind'>,
): DefaultGateway | undefined {
  if (container.mode !== 'networks') return undefined;
  const candidates = container.endpoints.filter((endpoint) => mayBeGateway(endpoint, networks.get(endpoint.networkId)));
  const ordered = [...candidates].sort(
    (left, right) => priority(right) - priority(left) || compareNames(left.network, right.network),
  );
  const [first, second] = ordered;
  if (!first) return undefined;
  if (!second) return { endpoint: first, rule: 'only' };
  if (engine.kind === 'podman') return undefined;
  return { endpoint: first, rule: priority(first) > priority(second) ? 'priority' : 'name' };
}

function priority(endpoint: Endpoint): number {
  return endpoint.gatewayPriority ?? 0;
}

function mayBeGateway(endpoint: Endpoint, network: Network | undefined): boolean {
  if (!network || network.internal) return false;
  // An overlay endpoint has no gateway of its own: docker_gwbridge carries its traffic out.
  if (network.driver === 'overlay' || network.driver === 'host' || network.driver === 'null') return false;
  // A stopped container's endpoint has no gateway yet, and it may well be the one.
  return endpoint.gateway !== undefined || endpoint.ipv4 === undefined;
}
