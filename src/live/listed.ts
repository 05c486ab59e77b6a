import { equal } from '#live/equal';
import type { Container, Endpoint, Host, Network } from '#model/snapshot';

/** States in which an engine's list tells the addresses and bindings that hold now. */
const RUNS: ReadonlySet<string> = new Set(['running', 'paused']);

/**
 * What a list told, with what only an inspect tells kept from before: shown at once, marked incomplete, until the
 * inspect that follows. Without this, aliases and a stopped container's ports would flicker away at every list.
 */
export function merged(known: Container, listed: Container): Container {
  const keepsPorts = !RUNS.has(listed.state) && listed.published.length === 0;
  return {
    ...kept(known, listed, ['exposed', 'publishAll', 'links', 'hostname', 'health', 'sharesWith']),
    ...listed,
    ...(keepsPorts ? { published: known.published } : {}),
    endpoints: listed.endpoints.map((endpoint) => {
      const before = known.endpoints.find((other) => other.networkId === endpoint.networkId);
      return before ? { ...kept(before, endpoint, INSPECT_ONLY), ...endpoint } : endpoint;
    }),
    complete: false,
  };
}

const INSPECT_ONLY: readonly (keyof Endpoint)[] = [
  'aliases',
  'dnsNames',
  'driverOptions',
  'gatewayPriority',
  'veth',
  'configuredIpv4',
  'configuredIpv6',
];

/** Whether a list says nothing that the known container does not say already. */
export function agrees(known: Container, listed: Container): boolean {
  return equal({ ...merged(known, listed), complete: known.complete }, known);
}

/** The part of `known` that `listed` is silent about. */
function kept<T extends object>(known: T, listed: T, keys: readonly (keyof T)[]): Partial<T> {
  const result: Partial<T> = {};
  for (const key of keys) if (listed[key] === undefined && known[key] !== undefined) result[key] = known[key];
  return result;
}

/** A container an event named before any list did: nothing but its id, for an inspect to fill. */
export function unlisted(id: string): Container {
  return {
    id,
    name: '',
    image: '',
    state: 'created',
    mode: 'networks',
    endpoints: [],
    published: [],
    labels: {},
    complete: false,
  };
}

/** What comes by inspect or by the host's overlay only (peers, Podman's isolation, its bridges' names), a list must not take away. */
export function keepInspected(known: Network, network: Network): Network {
  const { isolate } = known.options;
  const isIsolateLost = isolate !== undefined && network.options.isolate === undefined;
  const options = isIsolateLost ? { options: { ...network.options, isolate } } : {};
  return { ...kept(known, network, ['peers', 'bridgeName']), ...network, ...options };
}

/** Why veths are missing is told of the containers looked at: those that have none say nothing about the reason. */
export function withReason(now: Host, before: Host | undefined, containers: readonly Container[]): Host {
  const says = now.vethUnavailable ?? containers.some(({ endpoints }) => endpoints.some(({ veth }) => veth));
  return says || !before?.vethUnavailable ? now : { ...now, vethUnavailable: before.vethUnavailable };
}
