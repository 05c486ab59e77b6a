/** Registers commands: the only place where what they throw is caught, told to a person or given back to a script. */
import * as vscode from 'vscode';
import { asScript, isScripted } from '#commands/arguments';
import { type HumanError, humanError } from '#commands/humanError';
import { Refusal } from '#commands/operations/refusal';
import type { Command, CommandContext } from '#commands/registry';
import { type CommandKey, commandIds } from '#contributions';
import type { EngineSession } from '#live/types';
import { asTarget } from '#views/target';

export function registerCommands(context: CommandContext, commands: readonly Command[]): vscode.Disposable {
  const registered = commands.map((command) =>
    vscode.commands.registerCommand(commandIds[command.id as CommandKey], (argument: unknown, selection: unknown) => {
      if (!asksForSelection(argument))
        return execute(context, command, argument, Array.isArray(selection) ? selection : undefined);
      const rows = context.surfaces.tree?.selected() ?? [];
      return execute(context, command, rows[0], rows);
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** A key hands over no row: its `args` in package.json say that the selected ones are meant. */
function asksForSelection(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'selected' in argument && argument.selected === true;
}

async function execute(
  context: CommandContext,
  command: Command,
  argument: unknown,
  selection: readonly unknown[] | undefined,
): Promise<unknown> {
  try {
    if (command.changes && !vscode.workspace.isTrusted) throw new Refusal('untrusted');
    if (!command.changes) return await command.run(context, argument, selection);
    context.log.info(`${command.id} begins`);
    try {
      return await command.run(context, argument, selection);
    } finally {
      // What changed comes back as events; where an engine sends none, by this look.
      await Promise.all(context.engines.sessions.filter(isLive).map((session) => session.look()));
    }
  } catch (error) {
    return tell(context, command, argument, error);
  }
}

function isLive(session: EngineSession): boolean {
  return session.state.kind === 'live';
}

function tell(context: CommandContext, command: Command, argument: unknown, error: unknown): undefined {
  const human = humanError(error, askedEngine(context, argument));
  if (human) context.log.info(`${command.id}: ${human.code}: ${human.message}`);
  else
    context.log.error(`${command.id} failed`, error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (isScripted(argument)) throw human ?? error;
  if (human?.code === 'cancelled') return undefined;
  void show(context, human);
  return undefined;
}

async function show(context: CommandContext, human: HumanError | undefined): Promise<void> {
  const message = human?.message ?? vscode.l10n.t('Docker Networks made a mistake here. The log tells more.');
  const actions = human?.actions ?? [{ title: vscode.l10n.t('Show Log'), command: 'showLog' as const }];
  const chosen = await vscode.window.showErrorMessage(message, ...actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === chosen);
  if (action) await vscode.commands.executeCommand(commandIds[action.command], action.argument);
  else if (chosen !== undefined) context.log.warn(`no action ${chosen}`);
}

function askedEngine(context: CommandContext, argument: unknown): EngineSession['spec'] | undefined {
  const name = asTarget(argument)?.engine ?? asScript(argument)?.engine;
  return context.engines.specs.find(({ id, label }) => id === name || label === name) ?? context.engines.current?.spec;
}
