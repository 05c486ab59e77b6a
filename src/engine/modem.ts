/** dockerode's modem, with the chosen endpoint and nothing of the environment. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { inspect } from 'node:util';
import Modem from 'docker-modem';
import Docker from 'dockerode';
import { EngineError } from '#engine/errors';
import type { EndpointSpec } from '#engine/types';

export interface Connection {
  readonly docker: Docker;
  readonly keepsConnections: boolean;
  dispose(): void;
}

/** Idle connections over TCP are given up after this many milliseconds; TLS is dear, but nothing is held for long. */
const idle = 4_000;

/**
 * @param socketPath a local socket or named pipe that stands for the endpoint: its own, or the end of an SSH forward.
 * @throws EngineError `missing` for an address that cannot be asked.
 */
export function connectionTo(spec: EndpointSpec, socketPath: string | undefined): Connection {
  if (socketPath !== undefined) {
    // A local connection costs next to nothing, and none is held while nobody asks.
    const agent = unspoken(new HttpAgent({ keepAlive: false }));
    return {
      docker: dockerWith({ socketPath, host: undefined, protocol: 'http', agent }),
      keepsConnections: false,
      dispose: () => agent.destroy(),
    };
  }
  const url = addressOf(spec.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const tls = spec.tls;
  const agent = unspoken(
    tls === undefined
      ? new HttpAgent({ keepAlive: true, timeout: idle })
      : new HttpsAgent({
          keepAlive: true,
          timeout: idle,
          // DOCKER_TLS_VERIFY unset with certificates, or a context's SkipTLSVerify: Docker's CLI does not verify then.
          rejectUnauthorized: tls.skipVerify !== true,
          ...(tls.ca === undefined ? {} : { ca: tls.ca }),
          ...(tls.cert === undefined ? {} : { cert: tls.cert }),
          ...(tls.key === undefined ? {} : { key: tls.key }),
        }),
  );
  const port = url.port || (tls === undefined ? '2375' : '2376');
  return {
    docker: dockerWith({ host, port, protocol: tls === undefined ? 'http' : 'https', socketPath: undefined, agent }),
    keepsConnections: true,
    dispose: () => agent.destroy(),
  };
}

/**
 * The modem's constructor mixes DOCKER_HOST into what it is given, reads DOCKER_CERT_PATH, and throws when either is
 * wrong, even when another endpoint was chosen (docker-modem 5.0.7, `defaultOpts`). So it is not called: its fields are set.
 */
function dockerWith(fields: Readonly<Record<string, unknown>>): Docker {
  const modem: Modem = Object.assign(Object.create(Modem.prototype), {
    pathPrefix: '/',
    headers: {},
    sshOptions: {},
    ...fields,
  });
  return new Docker({ modem } as ConstructorParameters<typeof Docker>[0]);
}

/**
 * docker-modem writes every request's options, agent and open sockets included, into a debug text that nobody reads
 * (5.0.7, `buildRequest`): 20 ms a request once several are open. This is all it gets to see.
 */
function unspoken<T extends object>(agent: T): T {
  return Object.defineProperty(agent, inspect.custom, { value: () => 'agent', enumerable: false });
}

function addressOf(text: string): URL {
  try {
    // A scheme that URL knows, so that host and port are checked alike.
    return new URL(text.replace(/^tcp:/, 'http:'));
  } catch {
    throw new EngineError('missing', text);
  }
}
