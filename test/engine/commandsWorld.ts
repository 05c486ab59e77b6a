/** What the tests of the commands share: a client and a complete snapshot of a real engine, and steps made to fail. */
import { createClient } from '#engine/client';
import type { EngineClient } from '#engine/types';
import { type EngineName, type RealEngine, startEngine } from '#harness/engines';
import { serve } from '#harness/tutorial';
import type { Network, Snapshot } from '#model/snapshot';

export interface World {
  readonly engine: RealEngine;
  readonly client: EngineClient;
  snapshot(): Promise<Snapshot>;
  network(name: string): Promise<Network>;
  /** `docker network inspect` and `docker inspect`, parsed. */
  inspect(...args: string[]): Promise<Record<string, unknown>>;
  run(name: string, ...args: string[]): Promise<string>;
  /** Removes every container and every network of the tests. */
  clear(): Promise<void>;
  dispose(): Promise<void>;
}

export async function openWorld(name: EngineName, part: string): Promise<World> {
  const engine = await startEngine(name, part);
  await engine.loadImage();
  const client = await createClient({ id: `test:${name}`, label: name, url: engine.url, source: 'setting' });
  const snapshot = async (): Promise<Snapshot> => {
    const listing = await client.list();
    const containers = [];
    for (const listed of listing.containers) containers.push((await client.inspectContainer(listed)) ?? listed);
    return { engine: await client.describe(), takenAt: 0, complete: true, networks: listing.networks, containers };
  };
  return {
    engine,
    client,
    snapshot,
    network: async (wanted) => {
      const found = (await client.list()).networks.find((network) => network.name === wanted);
      if (!found) throw new Error(`no network ${wanted}`);
      return found;
    },
    inspect: async (...args) => JSON.parse(await engine.docker('inspect', ...args))[0],
    run: (container, ...args) =>
      engine.docker('run', '-d', '--stop-timeout', '1', '--name', container, ...args, 'tiny:1', ...serve(container)),
    clear: async () => {
      const words = (text: string) => text.split('\n').filter((word) => word !== '');
      // Podman removes a container whose network others share only after those: the second round takes it.
      for (let round = 0; round < 2; round++) {
        const containers = words(await engine.docker('ps', '-aq'));
        if (containers.length > 0) await engine.tryDocker('rm', '-f', ...containers);
      }
      const networks = words(await engine.docker('network', 'ls', '--format', '{{.Name}}'));
      for (const network of networks)
        if (!['bridge', 'host', 'none', 'podman'].includes(network)) await engine.docker('network', 'rm', network);
    },
    dispose: async () => {
      client.dispose();
      await engine.dispose();
    },
  };
}

const writes = new Set<string | symbol>([
  'createNetwork',
  'removeNetwork',
  'connect',
  'disconnect',
  'createContainer',
  'startContainer',
  'stopContainer',
  'renameContainer',
  'removeContainer',
]);

/** The same client, whose writing call number `failing` (from 0) fails; afterwards everything works again. */
export function failingAt(
  client: EngineClient,
  failing: number,
): { readonly client: EngineClient; readonly failed: () => string } {
  let count = 0;
  let failed = '';
  const proxy = new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (writes.has(key) && count++ === failing) {
          failed = String(key);
          return Promise.reject(new Error(`made to fail: ${failed}`));
        }
        return value.apply(target, args);
      };
    },
  });
  return { client: proxy, failed: () => failed };
}
