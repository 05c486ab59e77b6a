/** What the Networks view leaves out: asked in two steps, what to filter by and which value. */
import * as vscode from 'vscode';
import { asScript } from '#commands/arguments';
import type { Command, CommandContext } from '#commands/registry';
import { projectOfNetwork } from '#model/projects';
import type { TreeFilter } from '#views/tree/filter';

export const filter: Command = {
  id: 'filter',
  changes: false,
  run: async (context, argument) => {
    const tree = context.surfaces.tree;
    if (!tree) return;
    const script = asScript(argument);
    const wanted = script ? scripted(script) : await ask(context, tree.filter());
    if (wanted) tree.setFilter(wanted);
  },
};

/** `{ text?, driver?, project?, runningOnly? }` takes the place of the whole filter. */
function scripted(script: Readonly<Record<string, unknown>>): TreeFilter {
  const { text, driver, project, runningOnly } = script;
  return {
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof driver === 'string' ? { driver } : {}),
    ...(typeof project === 'string' ? { project } : {}),
    ...(typeof runningOnly === 'boolean' ? { runningOnly } : {}),
  };
}

type Part = 'text' | 'driver' | 'project' | 'runningOnly';

async function ask(context: CommandContext, now: TreeFilter): Promise<TreeFilter | undefined> {
  const part = await askPart(now);
  switch (part) {
    case 'text': {
      const text = await vscode.window.showInputBox({
        title: vscode.l10n.t('Filter Networks'),
        prompt: vscode.l10n.t('Part of a name, image, address, subnet or alias; empty shows everything'),
        value: now.text ?? '',
      });
      return text === undefined ? undefined : { ...now, text: text.trim() };
    }
    case 'driver':
      return pickValue(now, 'driver', drivers(context));
    case 'project':
      return pickValue(now, 'project', projects(context));
    case 'runningOnly':
      return { ...now, runningOnly: now.runningOnly !== true };
    default:
      return undefined;
  }
}

async function askPart(now: TreeFilter): Promise<Part | undefined> {
  const running = now.runningOnly ? vscode.l10n.t('Show stopped containers again') : vscode.l10n.t('Running only');
  const items: readonly (vscode.QuickPickItem & { readonly part: Part })[] = [
    { label: vscode.l10n.t('Text…'), description: now.text ?? '', part: 'text' },
    { label: vscode.l10n.t('Driver…'), description: now.driver ?? '', part: 'driver' },
    { label: vscode.l10n.t('Compose Project…'), description: now.project ?? '', part: 'project' },
    { label: running, part: 'runningOnly' },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Filter Networks') });
  return chosen?.part;
}

async function pickValue(
  now: TreeFilter,
  part: 'driver' | 'project',
  values: readonly string[],
): Promise<TreeFilter | undefined> {
  const all = { label: vscode.l10n.t('All'), value: '' };
  const chosen = await vscode.window.showQuickPick([all, ...values.map((value) => ({ label: value, value }))], {
    title: vscode.l10n.t('Filter Networks'),
  });
  return chosen && { ...now, [part]: chosen.value };
}

function drivers({ engines }: CommandContext): readonly string[] {
  const all = engines.sessions.flatMap(({ snapshot }) => snapshot?.networks.map(({ driver }) => driver) ?? []);
  return [...new Set(all)].sort();
}

function projects({ engines }: CommandContext): readonly string[] {
  const all = engines.sessions.flatMap(({ snapshot }) => [
    ...(snapshot?.networks.map(projectOfNetwork) ?? []),
    ...(snapshot?.containers.map(({ compose }) => compose?.project) ?? []),
  ]);
  return [...new Set(all)].filter((project) => project !== undefined).sort();
}
