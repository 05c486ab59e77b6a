/** The life of the throw-away container: made, started, used, and removed whatever happens. */
import type { EngineClient } from '#engine/types';
import type { Container } from '#model/snapshot';

const label = 'dockerNetworks.test';

/** Runs `work` with a helper that shares the source's network; it is removed also when the work fails. */
export async function withHelper<T>(
  client: EngineClient,
  source: Container,
  image: string,
  work: (id: string) => Promise<T>,
): Promise<T> {
  const { id } = await client.createContainer(undefined, {
    Image: image,
    Entrypoint: ['sleep'],
    Cmd: ['60'],
    Labels: { [label]: 'helper' },
    // Without it Podman sets a limit of its own, which a machine without that cgroup controller refuses.
    HostConfig: { NetworkMode: `container:${source.id}`, PidsLimit: 0 },
  });
  try {
    await client.startContainer(id);
    return await work(id);
  } finally {
    await client.removeContainer(id, true);
  }
}
