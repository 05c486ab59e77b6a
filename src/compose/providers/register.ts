/** Registers what Compose files get: diagnostics with fixes, lenses, the cursor that leads the drawing. */
import * as vscode from 'vscode';
import { plan } from '#compose/plan';
import { ComposeDiagnostics } from '#compose/providers/diagnosticsProvider';
import { ComposeDocuments, composeSelector, isComposeDocument } from '#compose/providers/documents';
import { type FollowCursor, type FollowTarget, followCursor } from '#compose/providers/followCursor';
import { ComposeLenses } from '#compose/providers/lenses';
import { settings } from '#contributions';
import type { Disposable, EngineSession, Engines } from '#live/types';
import type { Snapshot } from '#model/snapshot';

export interface Compose {
  readonly documents: ComposeDocuments;
  readonly follow: FollowCursor;
  /** Topologies of the Compose files that are open, as they are planned: hovers work on them without an engine. */
  plans(): Promise<readonly Snapshot[]>;
}

/** The engine is asked only while a Compose file is visible; with none, nothing is done but listening. */
export function registerCompose(
  context: vscode.ExtensionContext,
  engines: Engines,
  highlight: (targets: readonly FollowTarget[]) => void,
): Compose {
  const documents = new ComposeDocuments();
  const diagnostics = new ComposeDiagnostics(documents, engines);
  const lenses = new ComposeLenses(documents, engines);
  const follow = followCursor(documents, engines, highlight);
  const needs = new NeedWhileVisible(engines, () => {
    lenses.refresh();
    diagnostics.schedule();
  });
  const again = (): void => {
    needs.update();
    if (documents.open().length > 0) lenses.refresh();
    diagnostics.schedule();
  };
  context.subscriptions.push(
    documents,
    diagnostics,
    lenses,
    follow,
    needs,
    documents.onDidChange(again),
    engines.onDidChange(again),
    vscode.languages.registerCodeLensProvider(composeSelector, lenses),
    vscode.languages.registerCodeActionsProvider(composeSelector, diagnostics, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.window.onDidChangeVisibleTextEditors(again),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isComposeDocument(document)) again();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (isComposeDocument(document)) again();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.diagnostics) || event.affectsConfiguration(settings.codeLensEnabled))
        again();
    }),
  );
  again();
  const plans = async (): Promise<readonly Snapshot[]> =>
    Promise.all(
      documents.open().map(async ({ uri }) => plan((await documents.project(uri)).project, engines.current?.snapshot)),
    );
  return { documents, follow, plans };
}

/** Keeps the current engine's session live while a Compose file is on the screen. */
class NeedWhileVisible implements vscode.Disposable {
  readonly #engines: Engines;
  readonly #changed: () => void;
  #session: EngineSession | undefined;
  #held: readonly Disposable[] = [];

  constructor(engines: Engines, changed: () => void) {
    this.#engines = engines;
    this.#changed = changed;
  }

  update(): void {
    const visible = vscode.window.visibleTextEditors.some(({ document }) => isComposeDocument(document));
    const session = visible ? this.#engines.current : undefined;
    if (session === this.#session) return;
    this.dispose();
    this.#session = session;
    if (!session) return;
    this.#held = [session.onDidChangeSnapshot(this.#changed), session.onDidChangeState(this.#changed), session.need()];
  }

  dispose(): void {
    for (const one of this.#held) one.dispose();
    this.#held = [];
    this.#session = undefined;
  }
}
