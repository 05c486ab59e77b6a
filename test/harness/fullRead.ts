import { createClient } from '#engine/client';
import type { EndpointSpec } from '#engine/types';
import type { RealEngine } from '#harness/engines';
import { equal } from '#live/equal';
import { keepInspected } from '#live/listed';
import { byName } from '#live/sorted';
import type { Container, Network, Snapshot } from '#model/snapshot';

export const specOf = (engine: RealEngine): EndpointSpec => ({
  id: `socket:${engine.socket}`,
  label: engine.name,
  url: engine.url,
  source: 'socket',
});

export interface FullRead {
  readonly networks: readonly Network[];
  readonly containers: readonly Container[];
}

/** Everything the engine says now, read by a client of its own that knows nothing from before. */
export async function fullRead(engine: RealEngine): Promise<FullRead> {
  const client = await createClient(specOf(engine));
  try {
    await client.describe();
    const { networks, containers } = await client.list();
    const inspected: Container[] = [];
    for (const listed of containers) {
      const container = await client.inspectContainer(listed);
      if (container) inspected.push(container);
    }
    const complete: Network[] = [];
    for (const listed of networks) {
      // What inspect tells beyond the list: a swarm network's peers, Podman's isolation.
      const network = await client.inspectNetwork(listed.id);
      if (network) complete.push(keepInspected(network, listed));
    }
    return { networks: complete.sort(byName), containers: inspected.sort(byName) };
  } finally {
    client.dispose();
  }
}

/** One line per object that differs, with both sides; empty when the snapshot is the engine's own truth. */
export function differences(snapshot: Snapshot, truth: FullRead): readonly string[] {
  return [
    ...unequal('network', snapshot.networks, truth.networks),
    ...unequal('container', snapshot.containers, truth.containers),
  ];
}

function unequal(
  kind: string,
  ours: readonly { readonly id: string }[],
  theirs: readonly { readonly id: string }[],
): readonly string[] {
  const lines: string[] = [];
  for (const id of new Set([...ours, ...theirs].map((one) => one.id))) {
    const our = ours.find((one) => one.id === id);
    const their = theirs.find((one) => one.id === id);
    if (!equal(our, their)) lines.push(`${kind}: ours ${JSON.stringify(our)} engine's ${JSON.stringify(their)}`);
  }
  const isSameOrder = ours.map(({ id }) => id).join() === theirs.map(({ id }) => id).join();
  return isSameOrder || lines.length > 0 ? lines : [`${kind}s: other order`];
}

interface InspectedContainer {
  readonly Id: string;
  readonly Name: string;
  readonly State: { readonly Status: string };
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress?: string }>> | null };
}

/** The same question to the command line: ids, names, states and IPv4 addresses. Empty when it agrees with the snapshot. */
export async function differencesToCli(engine: RealEngine, snapshot: Snapshot): Promise<readonly string[]> {
  const lines: string[] = [];
  const networks = (await engine.docker('network', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}'))
    .split('\n')
    .filter(Boolean)
    // Podman's Docker API lists its default network as `bridge`; its own name, which containers use, is `podman`.
    .map((line) => (engine.kind === 'podman' ? line.replace(/ bridge$/, ' podman') : line));
  const ourNetworks = snapshot.networks.map(({ id, name }) => `${id} ${name}`);
  if (networks.sort().join() !== ourNetworks.sort().join()) lines.push(`networks: ${ourNetworks} CLI ${networks}`);
  const ids = (await engine.docker('ps', '-aq', '--no-trunc')).split('\n').filter(Boolean);
  const inspected = ids.length === 0 ? [] : JSON.parse(await engine.docker('inspect', '--type', 'container', ...ids));
  const theirs = new Map((inspected as InspectedContainer[]).map((one) => [one.Id, one]));
  for (const id of new Set([...theirs.keys(), ...snapshot.containers.map((one) => one.id)])) {
    const our = snapshot.containers.find((one) => one.id === id);
    const their = theirs.get(id);
    const ourLine = our && `${our.name} ${isUp(our.state)} ${addresses(our.endpoints.map(({ ipv4 }) => ipv4))}`;
    const isSharer = our?.mode === 'container';
    const theirLine = their && lineOf(their, isSharer);
    if (ourLine !== theirLine) lines.push(`container: ours ${ourLine} CLI ${theirLine}`);
  }
  return lines;
}

/** Podman repeats the owner's addresses at a container that shares its namespace; a hard kill leaves addresses behind. */
function lineOf(container: InspectedContainer, isSharer: boolean): string {
  const up = isUp(container.State.Status);
  const networks = Object.values(container.NetworkSettings.Networks ?? {});
  const own = isSharer || !up ? [] : networks.map(({ IPAddress }) => IPAddress);
  return `${container.Name.replace(/^\//, '')} ${up} ${addresses(own)}`;
}

const isUp = (state: string): boolean => state === 'running' || state === 'paused';
const addresses = (all: readonly (string | undefined)[]): string => all.filter(Boolean).sort().join();
