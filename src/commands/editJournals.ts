/** Where journals of edits are kept: a file each in the extension's global storage, gone when the edit is done. */
import * as vscode from 'vscode';
import type { EditJournal, Goal } from '#commands/operations/editJournal';
import { converge } from '#commands/operations/editNetwork';
import { detailOf } from '#commands/operations/refusal';
import { withProgress } from '#commands/pickers';
import type { CommandContext } from '#commands/registry';
import { refusalWords } from '#commands/words';

interface Kept {
  readonly journal: EditJournal;
  /** The extension host that carries it out: while that runs, the edit is nobody else's. */
  readonly process: number;
}

function folder(context: CommandContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extension.globalStorageUri, 'edits');
}

/** Writes the journal, or removes it when there is nothing more to do. */
export async function keepJournal(
  context: CommandContext,
  oldId: string,
  journal: EditJournal | undefined,
): Promise<void> {
  const file = vscode.Uri.joinPath(folder(context), `${oldId}.json`);
  if (!journal) {
    await vscode.workspace.fs.delete(file);
    return;
  }
  const kept: Kept = { journal, process: process.pid };
  await vscode.workspace.fs.createDirectory(folder(context));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(kept)));
}

/** Edits that nobody carries out any more. */
export async function abandonedEdits(context: CommandContext): Promise<readonly EditJournal[]> {
  let entries: readonly (readonly [string, vscode.FileType])[];
  try {
    entries = await vscode.workspace.fs.readDirectory(folder(context));
  } catch {
    // No edit was ever begun: there is no folder.
    return [];
  }
  const found: EditJournal[] = [];
  for (const [name] of entries) {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder(context), name));
      const kept = JSON.parse(new TextDecoder().decode(bytes)) as Kept;
      if (kept.journal.version === 1 && !(kept.process !== process.pid && isRunning(kept.process)))
        found.push(kept.journal);
    } catch (error) {
      context.log.warn(`journal ${name} cannot be read: ${detailOf(error)}`);
    }
  }
  return found;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** At start: offers to finish or undo what a killed window left half done. Never throws. */
export async function offerAbandonedEdits(context: CommandContext): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const abandoned = await abandonedEdits(context);
  context.log.info(`interrupted edits: ${abandoned.length}`);
  for (const journal of abandoned) {
    try {
      await offer(context, journal);
    } catch (error) {
      context.log.error('editNetwork could not be taken up again', detailOf(error));
      const message = vscode.l10n.t('“{0}” still stands half changed: {1}', journal.old.name, detailOf(error));
      void vscode.window.showErrorMessage(message);
    }
  }
}

async function offer(context: CommandContext, journal: EditJournal): Promise<void> {
  const resume = vscode.l10n.t('Finish the Change');
  const undo = vscode.l10n.t('Bring Back the Earlier One');
  const message = vscode.l10n.t('A change of network “{0}” was interrupted half way.', journal.old.name);
  // An error stays until it is answered; a warning would slip away after seconds, with the network half changed.
  const answer = await vscode.window.showErrorMessage(message, resume, undo);
  if (answer === resume) await takeUp(context, journal, 'new');
  if (answer === undo) await takeUp(context, journal, 'old');
}

/** Brings an interrupted edit to its end. Throws what the engine refused; the journal is kept then. */
export async function takeUp(context: CommandContext, journal: EditJournal, goal: Goal): Promise<void> {
  const session = context.engines.find(journal.engine);
  const client = await session.client();
  await withProgress(vscode.l10n.t('Changing {0}', journal.old.name), async (report, signal) => {
    const save = (next: EditJournal | undefined): Promise<void> => keepJournal(context, journal.oldId, next);
    await converge(client, journal, goal, save, { signal, step: (code, args) => report(refusalWords(code, args)) });
    await save(undefined);
  });
  await session.look();
}
