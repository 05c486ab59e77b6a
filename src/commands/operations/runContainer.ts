/** `docker run --detach`: pull when absent, create, connect, start; what stands when a step fails is told, not hidden. */
import { staticRefusal } from '#commands/operations/connect';
import { containerBody } from '#commands/operations/containerBody';
import { detailOf, Refusal, type Steps } from '#commands/operations/refusal';
import { EngineError } from '#engine/errors';
import type { EngineClient } from '#engine/types';
import type { RunRequest } from '#model/runRequest';

export interface RunOutcome {
  readonly id: string;
  readonly warnings: readonly string[];
}

/** The container was made and does not run: it is the caller's to offer its removal. `id` names it. */
export class StartRefusal extends Refusal {
  readonly id: string;

  constructor(id: string, args: Readonly<Record<string, string>>, cause: unknown) {
    super('start-failed', args, cause);
    this.id = id;
  }
}

/** Runs it. Throws `StartRefusal` when it was created and could not be connected or started. */
export async function runContainer(
  client: EngineClient,
  request: RunRequest,
  { step, signal }: Steps = {},
): Promise<RunOutcome> {
  const created = await createPulling(client, request, { step, signal });
  const others = request.mode.kind === 'networks' ? request.mode.networks.slice(1) : [];
  const name = request.name ?? created.id.slice(0, 12);
  try {
    for (const network of others) {
      signal?.throwIfAborted();
      step?.('step-connect', { container: name, network: network.name });
      const { ipv4, ipv6, aliases } = network;
      const wish = { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}), ...(aliases ? { aliases } : {}) };
      await client.connect(network.id, { container: created.id, ...wish });
    }
    signal?.throwIfAborted();
    step?.('step-start', { container: name });
    await client.startContainer(created.id);
  } catch (error) {
    throw new StartRefusal(created.id, { container: name, detail: detailOf(error) }, error);
  }
  return created;
}

async function createPulling(client: EngineClient, request: RunRequest, { step, signal }: Steps): Promise<RunOutcome> {
  const body = containerBody(request);
  const first = request.mode.kind === 'networks' ? request.mode.networks[0]?.name : undefined;
  const create = async (): Promise<RunOutcome> => {
    signal?.throwIfAborted();
    step?.('step-create-container', { container: request.name ?? request.image });
    try {
      return await client.createContainer(request.name, body);
    } catch (error) {
      throw staticRefusal(error, first ?? '', request.name ?? request.image) ?? error;
    }
  };
  try {
    return await create();
  } catch (error) {
    const absent = error instanceof EngineError && error.kind === 'not-found' && /image|manifest/i.test(error.detail);
    if (!absent) throw error;
  }
  step?.('step-pull', { image: request.image });
  try {
    await client.pull(request.image, (text) => step?.('step-pull-progress', { image: request.image, text }), signal);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal('pull-failed', { image: request.image, detail: detailOf(error) }, error);
  }
  return create();
}
