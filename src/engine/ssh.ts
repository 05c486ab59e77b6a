/** SSH endpoints, through the system's OpenSSH: the user's agent, config and known hosts, one login for all requests. */
import { EngineError } from '#engine/errors';

export interface Forward {
  /** The local end of the forward. */
  readonly socketPath: string;
  /** What OpenSSH said since, when it has something to say about a failed request. */
  explain(error: EngineError): EngineError;
  dispose(): void;
}

export async function openForward(url: string, _log: (line: string) => void): Promise<Forward> {
  throw new EngineError('ssh', url);
}
