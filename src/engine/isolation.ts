/** What only Podman's own API tells of a network: whether its firewall isolates it from other isolated ones. */
import { asObject, someText } from '#engine/raw';
import type { Network } from '#model/snapshot';

/** Podman 4.3 to 6.1 answer this path; without a version in it they answer 404. */
export const libpodNetwork = (name: string): string => `/v4.0.0/libpod/networks/${encodeURIComponent(name)}/json`;

/**
 * The network with `options.isolate` as libpod tells it: `true`, `strict`, or `false` where the option is not set
 * (`podman network create` sets none, the Docker API sets `true`; seen on 4.3, 5.4, 5.8). Podman 4.3 forgets the option
 * in its answers once the Docker API was asked for the list, though it goes on isolating: there, absent is unknown.
 */
export function withIsolation(network: Network, raw: unknown, version: string): Network {
  const told = someText(asObject(asObject(raw).options).isolate);
  const isolate = told ?? (Number.parseInt(version, 10) >= 5 ? 'false' : undefined);
  return isolate === undefined ? network : { ...network, options: { ...network.options, isolate } };
}

/** Whether only Podman's own API can tell the isolation of this network, and has not been asked. */
export function lacksIsolation(network: Network): boolean {
  return network.driver === 'bridge' && !network.builtIn && network.options.isolate === undefined;
}
