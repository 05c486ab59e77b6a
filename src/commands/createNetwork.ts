import * as vscode from 'vscode';
import { type Access, accessFor, targetNetwork } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { draftFrom, networkArguments } from '#commands/networkArguments';
import { askNetwork, type NetworkAnswers } from '#commands/networkPrompts';
import { detailOf } from '#commands/operations/refusal';
import { resolveNetwork } from '#commands/operations/resolve';
import { pickNetwork } from '#commands/pickers';
import type { Command, CommandContext } from '#commands/registry';
import { EngineError } from '#engine/errors';
import { draftOf, type NetworkDraft } from '#model/networkDraft';
import { freeSubnets } from '#model/subnets';
import { asTarget } from '#views/target';

const empty: NetworkDraft = { name: '', driver: 'bridge', subnets: [], options: {}, labels: {} };

/** Creates a network: `createNetwork({ engine?, name, driver?, subnets?, ipv6?, internal?, attachable?, options?, labels? })`. */
export const createNetwork: Command = {
  id: 'createNetwork',
  changes: true,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const script = asScript(argument);
    if (script) {
      const answers = new Answers(script, networkArguments);
      answers.needText('name');
      return make(context, access, draftFrom(answers, empty, access.snapshot));
    }
    return askAndMake(context, access, { draft: empty, more: false }, vscode.l10n.t('Create Network'));
  },
};

/** The same, beginning with the answers that made an existing network: `{ engine?, like, name, … }`. */
export const createNetworkLike: Command = {
  id: 'createNetworkLike',
  changes: true,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const script = asScript(argument);
    if (script) {
      const answers = new Answers(script, [...networkArguments, 'like']);
      const model = likeDraft(access, resolveNetwork(access.snapshot, answers.needText('like')));
      answers.needText('name');
      return make(context, access, draftFrom(answers, model, access.snapshot));
    }
    const title = vscode.l10n.t('Create Network Like This');
    const model =
      targetNetwork(access, asTarget(argument)) ??
      (await pickNetwork(title, access, (network) => !network.builtIn && !network.ingress));
    return askAndMake(context, access, { draft: likeDraft(access, model), more: false }, title);
  },
};

/** Everything of the model but what can be had once only: name, ranges, bridge name; labels of Compose would lie. */
function likeDraft({ snapshot }: Access, model: Parameters<typeof draftOf>[0]): NetworkDraft {
  const draft = draftOf(model);
  const [first] = draft.subnets;
  const family = first?.subnet.includes(':') ? 'ipv6' : 'ipv4';
  const prefix = Number(first?.subnet.split('/')[1] ?? 16);
  const [subnet] = freeSubnets(snapshot, { prefix, family, count: 1 });
  const { 'com.docker.network.bridge.name': _bridge, ...options } = draft.options;
  const labels = Object.entries(draft.labels).filter(([key]) => !key.startsWith('com.docker.compose.'));
  const onLan = draft.driver === 'macvlan' || draft.driver === 'ipvlan';
  const subnets = subnet && !onLan ? [{ subnet }] : [];
  return { ...draft, name: '', subnets, ipv6: family === 'ipv6', options, labels: Object.fromEntries(labels) };
}

/** Asks until the engine takes it or the person gives up: a refusal keeps every answer. */
async function askAndMake(
  context: CommandContext,
  access: Access,
  answers: NetworkAnswers,
  title: string,
): Promise<{ readonly id: string }> {
  for (;;) {
    await askNetwork(access, answers, { title, finish: (name) => vscode.l10n.t('Create {0}', name) });
    try {
      const made = await make(context, access, answers.draft);
      await context.surfaces.revealInTree({ kind: 'network', engine: access.session.spec.id, network: made.id });
      return made;
    } catch (error) {
      const answered = error instanceof EngineError && error.status !== undefined;
      if (!answered) throw error;
      answers.refusal = detailOf(error);
    }
  }
}

async function make(context: CommandContext, access: Access, draft: NetworkDraft): Promise<{ readonly id: string }> {
  const { client, session } = access;
  const { id, warning } = await client.createNetwork(draft);
  if (warning) context.log.warn(`createNetwork ${draft.name}: ${warning}`);
  await session.look();
  return { id };
}
