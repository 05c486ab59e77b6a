/** The engine that `npm start` shows: looked for where the extension itself looks, in the same order. */
import { createClient } from '#engine/client';
import { discoverEndpoints } from '#engine/endpoints';
import { localMachine } from '#engine/localMachine';
import type { EndpointSpec } from '#engine/types';

export interface Found {
  /** The first that answers: DOCKER_HOST, the current Docker context, the default sockets, Podman's. */
  readonly engine: EndpointSpec | undefined;
  /** Those that were tried and did not answer, each with its reason. */
  readonly silent: readonly string[];
}

/** Asks each place for a sign of life and changes nothing there. */
export async function findEngine(): Promise<Found> {
  const silent: string[] = [];
  for (const spec of await discoverEndpoints('', localMachine())) {
    const client = await createClient(spec);
    try {
      await client.ping();
      return { engine: spec, silent };
    } catch (error) {
      silent.push(`${spec.label} (${spec.url}): ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      client.dispose();
    }
  }
  return { engine: undefined, silent };
}
