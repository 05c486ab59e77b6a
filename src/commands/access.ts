/** One engine, asked for a command: its client and a complete picture of now. */
import { asScript } from '#commands/arguments';
import { resolveContainer, resolveNetwork } from '#commands/operations/resolve';
import type { CommandContext } from '#commands/registry';
import type { EngineClient } from '#engine/types';
import type { EngineSession } from '#live/types';
import type { Container, Network, Snapshot } from '#model/snapshot';
import { asTarget, type Target } from '#views/target';

export interface Access {
  readonly session: EngineSession;
  readonly client: EngineClient;
  readonly snapshot: Snapshot;
  /** Row selected in the visible Networks view when no row was handed over (the palette): proposed, never taken unasked. */
  readonly proposed?: Target;
}

/** The engine a row or a script names, else the current one. Throws `EngineError`. */
export async function accessFor(context: CommandContext, argument: unknown): Promise<Access> {
  const named = asTarget(argument)?.engine ?? asScript(argument)?.engine;
  const session = context.engines.find(typeof named === 'string' ? named : undefined);
  const client = await session.client();
  const snapshot = await session.complete();
  const proposed = argument === undefined ? context.surfaces.tree?.selected()[0] : undefined;
  return {
    session,
    client,
    snapshot: snapshot.host ? snapshot : await client.withHost(snapshot),
    ...(proposed?.engine === session.spec.id ? { proposed } : {}),
  };
}

/** The network of the proposed row; undefined for rows without one, and for one that is gone. */
export function proposedNetwork({ snapshot, proposed }: Access): Network | undefined {
  const wanted = proposed?.kind === 'network' || proposed?.kind === 'container' ? proposed.network : undefined;
  return snapshot.networks.find(({ id }) => id === wanted);
}

export function proposedContainer({ snapshot, proposed }: Access): Container | undefined {
  const wanted = proposed?.kind === 'container' || proposed?.kind === 'port' ? proposed.container : undefined;
  return snapshot.containers.find(({ id }) => id === wanted);
}

/** The network a row stands for; of a container's row the network it is under. */
export function targetNetwork(access: Access, target: Target | undefined): Network | undefined {
  if (target?.kind === 'network' || (target?.kind === 'container' && target.network !== undefined))
    return resolveNetwork(access.snapshot, target.network ?? '');
  return undefined;
}

export function targetContainer(access: Access, target: Target | undefined): Container | undefined {
  if (target?.kind === 'container' || target?.kind === 'port')
    return resolveContainer(access.snapshot, target.container);
  return undefined;
}

/** The rows of a multiple selection, or the one row. */
export function targetsOf(argument: unknown, selection: readonly unknown[] | undefined): readonly Target[] {
  const rows = (selection ?? []).map(asTarget).filter((target) => target !== undefined);
  const one = asTarget(argument);
  return rows.length > 0 ? rows : one ? [one] : [];
}
