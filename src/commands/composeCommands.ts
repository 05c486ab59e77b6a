/** Commands on Compose files: the plan before `up`, and the drift between file and engine. */
import * as vscode from 'vscode';
import { asScript } from '#commands/arguments';
import type { Command, CommandContext } from '#commands/registry';
import { type Difference, driftOf } from '#compose/drift';
import { plan } from '#compose/plan';
import { isComposeDocument, loadOpenProject, type OpenProject, rangeIn, uriOf } from '#compose/providers/documents';
import { driftWords } from '#compose/providers/driftWords';
import type { Snapshot } from '#model/snapshot';

const showPlannedTopology: Command = {
  id: 'showPlannedTopology',
  changes: false,
  run: async (context, argument) => {
    const uri = await composeUri(argument);
    if (!uri) return undefined;
    const { project } = await loadOpenProject(uri);
    const snapshot = plan(project, context.engines.current?.snapshot);
    await context.surfaces.showPlan(vscode.l10n.t('{0} (planned)', project.name), snapshot);
    return snapshot;
  },
};

/** A script gives `{ file }` and gets `{ running, differences }`; a person picks a difference and is taken to its place. */
const showDrift: Command = {
  id: 'showDrift',
  changes: false,
  run: async (context, argument) => {
    const uri = await composeUri(argument);
    if (!uri) return undefined;
    const open = await loadOpenProject(uri);
    const snapshot = await context.engines.find().complete();
    const drift = driftOf(open.project, snapshot);
    if (!asScript(argument)) await show(context, open, drift, snapshot);
    return drift;
  },
};

export const composeCommands: readonly Command[] = [showPlannedTopology, showDrift];

/** The file a menu, a lens or a script named; else the active editor's; else one that is asked for. */
async function composeUri(argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const file = asScript(argument)?.file;
  if (typeof file === 'string')
    return /^[a-z][a-z0-9+.-]+:/i.test(file) ? vscode.Uri.parse(file) : vscode.Uri.file(file);
  const active = vscode.window.activeTextEditor?.document;
  if (active && (isComposeDocument(active) || active.languageId === 'yaml')) return active.uri;
  const found = await vscode.workspace.findFiles('**/{compose,docker-compose}*.{yml,yaml}', '**/node_modules/**', 50);
  if (found.length === 1) return found[0];
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no Compose file in this workspace.'));
    return undefined;
  }
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const placeHolder = vscode.l10n.t('Which Compose file?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}

async function show(
  context: CommandContext,
  open: OpenProject,
  drift: { readonly running: boolean; readonly differences: readonly Difference[] },
  snapshot: Snapshot,
): Promise<void> {
  const { name } = open.project;
  if (!drift.running) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} does not run on this engine: there is nothing to compare.', name),
    );
    return;
  }
  if (drift.differences.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} runs as its file says.', name));
    return;
  }
  const items = drift.differences.map((difference) => ({ label: driftWords(difference), difference }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('{0}: file and engine differ', name),
    placeHolder: vscode.l10n.t('Choose one to go to its place'),
  });
  if (picked) await goTo(context, open, picked.difference, snapshot);
}

async function goTo(
  context: CommandContext,
  open: OpenProject,
  difference: Difference,
  snapshot: Snapshot,
): Promise<void> {
  const { at } = difference;
  if (at) {
    const selection = rangeIn(open.texts.get(at.file) ?? '', at);
    await vscode.window.showTextDocument(uriOf(at.file), {
      selection: new vscode.Range(selection.start, selection.start),
    });
    return;
  }
  const engine = snapshot.engine.name;
  if (difference.containerId !== undefined)
    await context.surfaces.revealInTree({ kind: 'container', engine, container: difference.containerId });
  else if (difference.networkId !== undefined)
    await context.surfaces.revealInTree({ kind: 'network', engine, network: difference.networkId });
}
