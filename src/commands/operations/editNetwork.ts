/**
 * Editing a network, which engines cannot: disconnect everyone, remove it, make it anew, connect everyone again.
 *
 * One function goes both ways. It looks at what stands and brings that to the goal, so that carrying out, rolling back
 * and resuming after a crash are the same work, from whatever point.
 */
import { disconnect } from '#commands/operations/connect';
import type { EditJournal, Goal } from '#commands/operations/editJournal';
import { detailOf, Refusal, type Steps } from '#commands/operations/refusal';
import { attachedTo } from '#commands/operations/removeNetwork';
import { endpointOn } from '#commands/operations/resolve';
import { EngineError } from '#engine/errors';
import type { EngineClient } from '#engine/types';
import { formatBlock, parseBlock, sameAddress } from '#model/addresses';
import type { NetworkDraft } from '#model/networkDraft';
import type { Network } from '#model/snapshot';

export interface EditOutcome {
  readonly id: string;
  /** Containers that were removed meanwhile, by name. */
  readonly gone: readonly string[];
}

/** Keeps the journal: called with it before the first step and after each made network, with undefined at the end. */
export type SaveJournal = (journal: EditJournal | undefined) => Promise<void>;

/** Carries the edit out; when a step fails or is cancelled, brings the earlier network back and throws `edit-rolled-back`. */
export async function editNetwork(
  client: EngineClient,
  journal: EditJournal,
  save: SaveJournal,
  steps: Steps = {},
): Promise<EditOutcome> {
  let last = journal;
  const keep: SaveJournal = async (next) => {
    if (next) last = next;
    await save(next);
  };
  await keep(journal);
  try {
    const outcome = await converge(client, journal, 'new', keep, steps);
    await keep(undefined);
    return outcome;
  } catch (error) {
    const args = { network: journal.old.name, detail: detailOf(error) };
    try {
      // The way back is not cancelled: half a network is worse than a wait.
      await converge(client, last, 'old', keep, { step: steps.step });
    } catch (failure) {
      throw new Refusal('edit-stuck', { ...args, rollback: detailOf(failure) }, error);
    }
    await keep(undefined);
    throw new Refusal(steps.signal?.aborted ? 'edit-cancelled' : 'edit-rolled-back', args, error);
  }
}

/** Brings whatever stands to the goal. */
export async function converge(
  client: EngineClient,
  journal: EditJournal,
  goal: Goal,
  save: SaveJournal,
  { step, signal }: Steps = {},
): Promise<EditOutcome> {
  const draft = goal === 'old' ? journal.old : journal.new;
  const { networks } = await client.list();
  const names = [journal.old.name, journal.new.name];
  const ours = networks.filter(({ id, name }) => names.includes(name) && !journal.strangers.includes(id));
  const wanted = ours.find((network) => isGoal(network, journal, goal));
  for (const network of ours) if (network !== wanted) await clearAway(client, network, { step, signal });
  let id = wanted?.id;
  if (id === undefined) {
    signal?.throwIfAborted();
    step?.('step-create', { network: draft.name });
    id = (await client.createNetwork(draft)).id;
    await save({ ...journal, made: { id, goal } });
  }
  return { id, gone: await connectMembers(client, journal, goal, { id, name: draft.name }, { step, signal }) };
}

function isGoal(network: Network, journal: EditJournal, goal: Goal): boolean {
  if (network.id === journal.oldId) return goal === 'old';
  if (network.id === journal.made?.id) return journal.made.goal === goal;
  // Made just before a crash, so nobody wrote its id down: what it is like tells which of the two it is.
  return isLike(network, goal === 'old' ? journal.old : journal.new);
}

function isLike(network: Network, draft: NetworkDraft): boolean {
  const blocks = (subnets: readonly { readonly subnet: string }[]): string =>
    subnets
      .map(({ subnet }) => parseBlock(subnet))
      .map((block) => (block ? formatBlock(block) : ''))
      .sort()
      .join();
  const same = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
    Object.entries(one).every(([key, value]) => other[key] === value);
  const gateways = draft.subnets.every(
    ({ gateway }) => gateway === undefined || network.ipam.some((config) => sameAddress(config.gateway, gateway)),
  );
  return (
    network.name === draft.name &&
    network.driver === draft.driver &&
    network.internal === (draft.internal ?? false) &&
    blocks(network.ipam) === blocks(draft.subnets) &&
    gateways &&
    (same(draft.options, network.options) || Object.keys(network.options).length === 0) &&
    same(draft.labels, network.labels) &&
    same(network.labels, draft.labels)
  );
}

async function clearAway(client: EngineClient, network: Network, { step, signal }: Steps): Promise<void> {
  const { containers } = await client.list();
  for (const one of await attachedTo(client, { containers }, network)) {
    signal?.throwIfAborted();
    step?.('step-disconnect', { container: one.name, network: network.name });
    await disconnect(client, network.id, one.container, one.how === 'stale');
  }
  signal?.throwIfAborted();
  step?.('step-remove', { network: network.name });
  await client.removeNetwork(network.id);
}

async function connectMembers(
  client: EngineClient,
  journal: EditJournal,
  goal: Goal,
  network: { readonly id: string; readonly name: string },
  { step, signal }: Steps,
): Promise<readonly string[]> {
  const gone: string[] = [];
  const { containers } = await client.list();
  // Those with a static address first: an address the engine hands out must not be one somebody asked for.
  const fixed = (member: EditJournal['members'][number]): number => (member[goal].ipv4 || member[goal].ipv6 ? 0 : 1);
  for (const member of [...journal.members].sort((left, right) => fixed(left) - fixed(right))) {
    const now = containers.find((container) => container.id === member.id);
    if (!now) gone.push(member.name);
    if (!now || endpointOn(now, network)) continue;
    signal?.throwIfAborted();
    step?.('step-connect', { container: member.name, network: network.name });
    try {
      await client.connect(network.id, member[goal]);
    } catch (error) {
      const removed = error instanceof EngineError && error.kind === 'not-found' && !(await exists(client, member.id));
      if (!removed) throw error;
      gone.push(member.name);
    }
  }
  return gone;
}

async function exists(client: EngineClient, id: string): Promise<boolean> {
  const { containers } = await client.list();
  return containers.some((container) => container.id === id);
}
