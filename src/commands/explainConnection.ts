import * as vscode from 'vscode';
import { type Access, accessFor, proposedContainer, targetContainer, targetsOf } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { type Choice, runSteps, type StepUi } from '#commands/multiStep';
import { resolveContainer } from '#commands/operations/resolve';
import { containerChoices } from '#commands/pickers';
import type { Command } from '#commands/registry';
import type { Party } from '#model/reach';
import { reach } from '#model/reachability';

interface Wish {
  from?: Party;
  to?: Party;
  port?: number;
}

/**
 * Explains whether one party reaches another: two selected rows, one row and a question, or two questions.
 * Script: `explainConnection({ engine?, from, to, port? })`, each side a container's name or id, `host` or `outside`;
 * it gives the answer back without opening the page.
 */
export const explainConnection: Command = {
  id: 'explainConnection',
  changes: false,
  async run(context, argument, selection) {
    const access = await accessFor(context, argument);
    const script = asScript(argument);
    if (script && script.ask !== true) {
      const answers = new Answers(script, ['from', 'to', 'port']);
      const port = answers.whole('port');
      return reach(access.snapshot, {
        from: partyOf(access, answers.needText('from')),
        to: partyOf(access, answers.needText('to')),
        ...(port === undefined ? {} : { port }),
      });
    }
    const wish = wishOf(access, argument, selection);
    await askForRest(access, wish);
    if (wish.from === undefined || wish.to === undefined) throw new vscode.CancellationError();
    await context.surfaces.explain(access.session.spec.id, wish.from, wish.to, wish.port);
    return undefined;
  },
};

function partyOf(access: Access, text: string): Party {
  if (text === 'host') return { host: true };
  return text === 'outside' ? { outside: true } : { container: resolveContainer(access.snapshot, text).id };
}

/** What rows already answer: one container asks, a second is asked; a port's row asks from outside. */
function wishOf(access: Access, argument: unknown, selection: readonly unknown[] | undefined): Wish {
  const pair = pairOf(access, argument);
  if (pair) return pair;
  const targets = targetsOf(argument, selection);
  const [first] = targets;
  if (first?.kind === 'port')
    return { to: { container: targetContainer(access, first)?.id ?? first.container }, port: first.port };
  const containers = targets
    .filter(({ kind }) => kind === 'container')
    .map((target) => targetContainer(access, target))
    .filter((found) => found !== undefined);
  const [from, to] = [...new Map(containers.map((container) => [container.id, container])).values()];
  return {
    ...(from === undefined ? {} : { from: { container: from.id } }),
    ...(to === undefined ? {} : { to: { container: to.id } }),
  };
}

/** Two nodes of the drawing that are selected together: both sides are answered. */
function pairOf(access: Access, argument: unknown): Wish | undefined {
  const pair = typeof argument === 'object' && argument !== null && 'pair' in argument ? argument.pair : undefined;
  if (typeof pair !== 'object' || pair === null || !('from' in pair) || !('to' in pair)) return undefined;
  const port = 'port' in pair && typeof pair.port === 'number' ? { port: pair.port } : {};
  return { from: partyOf(access, String(pair.from)), to: partyOf(access, String(pair.to)), ...port };
}

async function askForRest(access: Access, wish: Wish): Promise<void> {
  const title = vscode.l10n.t('Explain Connection');
  const asksFrom = wish.from === undefined;
  const asksTo = wish.to === undefined;
  if (!asksFrom && !asksTo) return;
  await runSteps(title, () => [
    ...(asksFrom ? [(ui: StepUi) => askSide(ui, access, wish, 'from')] : []),
    ...(asksTo ? [(ui: StepUi) => askSide(ui, access, wish, 'to'), (ui: StepUi) => askPort(ui, wish)] : []),
  ]);
}

async function askSide(ui: StepUi, access: Access, wish: Wish, side: 'from' | 'to'): Promise<void> {
  const placeholder = side === 'from' ? vscode.l10n.t('Who asks?') : vscode.l10n.t('Whom does it ask?');
  const items = partyChoices(access);
  const proposed = side === 'from' ? proposedContainer(access)?.id : undefined;
  const active = items.find(({ value }) => 'container' in value && value.container === proposed)?.value;
  wish[side] = await ui.pick({ placeholder, items, active });
}

function partyChoices({ snapshot }: Access): readonly Choice<Party>[] {
  return [
    ...containerChoices(snapshot, () => true).map(({ value, ...shown }) => ({
      ...shown,
      value: { container: value.id },
    })),
    { label: vscode.l10n.t('this machine (the host)'), value: { host: true } },
    { label: vscode.l10n.t('outside (the LAN)'), value: { outside: true } },
  ];
}

async function askPort(ui: StepUi, wish: Wish): Promise<void> {
  const text = await ui.input({
    prompt: vscode.l10n.t('Which port? Leave it empty for any.'),
    value: wish.port === undefined ? '' : String(wish.port),
    validate: (value) =>
      value === '' || (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535)
        ? undefined
        : vscode.l10n.t('A port is a number from 1 to 65535.'),
  });
  if (text === '') delete wish.port;
  else wish.port = Number(text);
}
