/**
 * The engine client: the only file other rooms load at run time, by `import('#engine/client')`, when an engine is first
 * asked. esbuild makes it a bundle of its own.
 */
import { DockerClient } from '#engine/dockerClient';
import { connectionTo } from '#engine/modem';
import { openForward } from '#engine/ssh';
import { Transport } from '#engine/transport';
import type { EndpointSpec, EngineClient } from '#engine/types';

/**
 * A client for one endpoint. Local and TCP endpoints are first asked by the first call; an SSH endpoint logs in here.
 * @param log one line a request: method, path, status, milliseconds; never a body.
 * @throws EngineError
 */
export async function createClient(
  spec: EndpointSpec,
  log: (line: string) => void = () => undefined,
): Promise<EngineClient> {
  const forward = spec.url.startsWith('ssh://') ? await openForward(spec.url, log) : undefined;
  try {
    const connection = connectionTo(spec, forward?.socketPath ?? localSocket(spec.url));
    return new DockerClient(spec, new Transport(connection, log), forward, () => {
      connection.dispose();
      forward?.dispose();
    });
  } catch (error) {
    forward?.dispose();
    throw error;
  }
}

/** `unix:///run/docker.sock` → `/run/docker.sock`; `npipe:////./pipe/docker_engine` → `\\.\pipe\docker_engine`. */
function localSocket(url: string): string | undefined {
  if (url.startsWith('unix://')) return url.slice('unix://'.length);
  if (url.startsWith('npipe://')) return url.slice('npipe://'.length).replaceAll('/', '\\');
  return undefined;
}
