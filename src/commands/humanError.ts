/** An error whose message is fit for a person: shown once at the boundary, with the action that helps. */
import * as vscode from 'vscode';
import { Refusal } from '#commands/operations/refusal';
import { refusalWords } from '#commands/words';
import type { CommandKey } from '#contributions';
import { EngineError } from '#engine/errors';
import type { EndpointSpec } from '#engine/types';
import { problemWords } from '#views/problems';

export interface HelpfulAction {
  readonly title: string;
  readonly command: CommandKey;
  readonly argument?: unknown;
}

export class HumanError extends Error {
  /** Stable, for scripts: `name-taken`, `engine-conflict`, … */
  readonly code: string;
  readonly actions: readonly HelpfulAction[];

  constructor(code: string, message: string, actions: readonly HelpfulAction[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HumanError';
    this.code = code;
    this.actions = actions;
  }
}

const answered = ['not-found', 'conflict', 'bad-request', 'forbidden', 'server'];

/** Puts what a command threw into words; undefined for what no person can do anything about: a fault of ours. */
export function humanError(error: unknown, asked: EndpointSpec | undefined): HumanError | undefined {
  if (error instanceof HumanError) return error;
  if (error instanceof Refusal) return new HumanError(error.code, refusalWords(error.code, error.args), [], error);
  if (error instanceof EngineError) {
    const code = `engine-${error.kind}`;
    if (answered.includes(error.kind))
      return new HumanError(code, vscode.l10n.t('The engine refused: {0}', error.detail), showLog(), error);
    const words = problemWords(error, asked ?? { label: vscode.l10n.t('The engine'), url: '' });
    const choose: HelpfulAction = { title: vscode.l10n.t('Choose Engine…'), command: 'chooseEngine' };
    return new HumanError(code, `${words.cause} ${words.remedy}`, [choose, ...showLog()], error);
  }
  if (isAbort(error)) return new HumanError('cancelled', vscode.l10n.t('Cancelled: nothing was changed.'), [], error);
  return undefined;
}

export function showLog(): readonly HelpfulAction[] {
  return [{ title: vscode.l10n.t('Show Log'), command: 'showLog' }];
}

function isAbort(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError');
}
