import * as vscode from 'vscode';
import { type Access, accessFor, targetNetwork } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { HumanError } from '#commands/humanError';
import { detailOf } from '#commands/operations/refusal';
import { type RunOutcome, runContainer as run, StartRefusal } from '#commands/operations/runContainer';
import { withProgress } from '#commands/pickers';
import type { Command, CommandContext } from '#commands/registry';
import { requestFrom, runArguments } from '#commands/runArguments';
import { askRun, type RunAnswers } from '#commands/runPrompts';
import { refusalWords } from '#commands/words';
import { EngineError } from '#engine/errors';
import type { RunMode, RunRequest } from '#model/runRequest';
import { asTarget } from '#views/target';

/**
 * Runs a container: `runContainer({ engine?, image, name?, mode?, ipv4?, ipv6?, aliases?, publish?, publishAll?, links?,
 * env?, volumes?, restart?, command?, labels? })`. A script gets `start-failed` with the id in the message when the
 * container was created and did not start; a person is offered its removal.
 */
export const runContainer: Command = {
  id: 'runContainer',
  changes: true,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const script = asScript(argument);
    if (script) {
      const request = requestFrom(new Answers(script, runArguments), access.snapshot);
      const { id } = await run(access.client, request);
      return { id };
    }
    const network = targetNetwork(access, asTarget(argument));
    const title = vscode.l10n.t('Run Container');
    const answers: RunAnswers = { request: emptyRequest(network), more: false };
    for (;;) {
      await askRun(access, answers, title);
      try {
        const outcome = await carryOut(context, access, answers.request);
        await show(context, access, outcome, answers.request.mode);
        return { id: outcome.id };
      } catch (error) {
        const refused = error instanceof EngineError && error.status !== undefined;
        if (!refused) throw error;
        answers.refusal = detailOf(error);
      }
    }
  },
};

function emptyRequest(
  network: { readonly id: string; readonly name: string; readonly driver: string } | undefined,
): RunRequest {
  const modes: Readonly<Record<string, RunMode>> = { host: { kind: 'host' }, null: { kind: 'none' } };
  const onNetwork: RunMode = { kind: 'networks', networks: network ? [{ id: network.id, name: network.name }] : [] };
  const mode = modes[network?.driver ?? ''] ?? onNetwork;
  return { image: '', mode, publish: [], publishAll: false, links: [], env: [], volumes: [] };
}

async function carryOut(context: CommandContext, access: Access, request: RunRequest): Promise<RunOutcome> {
  try {
    const title = vscode.l10n.t('Running {0}', request.image);
    return await withProgress(title, (report, signal) =>
      run(access.client, request, { signal, step: (code, args) => report(refusalWords(code, args)) }),
    );
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error;
    await offerRemoval(context, access, error);
    throw new vscode.CancellationError();
  }
}

/** The container stands, created and not running: nothing is left silently. */
async function offerRemoval(context: CommandContext, access: Access, error: StartRefusal): Promise<void> {
  context.log.info(`runContainer: ${error.code}: ${error.args.detail ?? ''}`);
  const remove = vscode.l10n.t('Remove Container');
  const keep = vscode.l10n.t('Keep It');
  const message = refusalWords(error.code, error.args);
  const answer = await vscode.window.showErrorMessage(message, { modal: true }, remove, keep);
  if (answer !== remove) return;
  try {
    await access.client.removeContainer(error.id, true);
  } catch (failure) {
    throw new HumanError('remove-failed', vscode.l10n.t('The engine refused: {0}', detailOf(failure)), [], failure);
  }
}

async function show(context: CommandContext, access: Access, outcome: RunOutcome, mode: RunMode): Promise<void> {
  for (const warning of outcome.warnings) context.log.warn(`runContainer: ${warning}`);
  await access.session.look();
  const network = mode.kind === 'networks' ? mode.networks[0]?.id : undefined;
  const target = { kind: 'container', engine: access.session.spec.id, container: outcome.id } as const;
  await context.surfaces.revealInTree(network ? { ...target, network } : target);
}
