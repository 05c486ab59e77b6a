/** Diagnostics of open Compose files, and their quick fixes. */
import * as vscode from 'vscode';
import { type Diagnostic, diagnose, type Fix } from '#compose/diagnostics';
import { type ComposeDocuments, isComposeDocument, rangeIn, uriOf } from '#compose/providers/documents';
import { diagnosticWords, fixWords } from '#compose/providers/words';
import { settings } from '#contributions';
import type { Engines } from '#live/types';

/** Milliseconds of quiet before a changed file is checked again. */
const quiet = 250;

const severities: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export const diagnosticSource = 'Docker Networks';

/** Whether a check is on: the setting lists those that are off. */
function isOn(code: string, scope: vscode.Uri): boolean {
  const chosen = vscode.workspace
    .getConfiguration(undefined, scope)
    .get<Record<string, unknown>>(settings.diagnostics, {});
  return chosen[code] !== false;
}

export class ComposeDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #documents: ComposeDocuments;
  readonly #engines: Engines;
  readonly #collection = vscode.languages.createDiagnosticCollection('dockerNetworks');
  readonly #fixes = new WeakMap<
    vscode.Diagnostic,
    { readonly fixes: readonly Fix[]; readonly texts: ReadonlyMap<string, string> }
  >();
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;

  constructor(documents: ComposeDocuments, engines: Engines) {
    this.#documents = documents;
    this.#engines = engines;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#collection.dispose();
  }

  /** Checks every open Compose file, after a moment of quiet. */
  schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), quiet);
  }

  async check(): Promise<void> {
    const turn = ++this.#turn;
    const open = this.#documents.open();
    for (const document of open) {
      const { version } = document;
      const diagnostics = await this.#diagnose(document);
      // A later check has begun, or the text has moved on: what was found is about another text.
      if (turn !== this.#turn) return;
      if (!document.isClosed && document.version === version) this.#collection.set(document.uri, diagnostics);
    }
    const keep = new Set(open.map(({ uri }) => uri.toString()));
    this.#collection.forEach((uri) => {
      if (!keep.has(uri.toString())) this.#collection.delete(uri);
    });
  }

  async #diagnose(document: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
    const { project, file, main, texts } = await this.#documents.project(document.uri);
    const snapshot = this.#engines.current?.snapshot;
    const found = diagnose({ project, main, text: (name) => texts.get(name), ...(snapshot ? { snapshot } : {}) });
    return found
      .filter(({ at, code }) => at.file === file && isOn(code, document.uri))
      .map((one) => {
        const range = new vscode.Range(
          document.positionAt(one.at.start),
          trimmedEnd(document, one.at.start, one.at.end),
        );
        const diagnostic = new vscode.Diagnostic(range, diagnosticWords(one), severities[one.severity]);
        diagnostic.code = one.code;
        diagnostic.source = diagnosticSource;
        if (one.severity === 'hint') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
        this.#fixes.set(diagnostic, { fixes: one.fixes, texts });
        return diagnostic;
      });
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    if (!isComposeDocument(document)) return [];
    // The diagnostics handed over by VS Code are copies: ours know their fixes.
    return (this.#collection.get(document.uri) ?? [])
      .filter((diagnostic) => diagnostic.range.intersection(range) !== undefined)
      .flatMap((diagnostic) => [...this.#actions(diagnostic), offAction(diagnostic)]);
  }

  #actions(diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
    const known = this.#fixes.get(diagnostic);
    return (known?.fixes ?? []).map((fix, index) => {
      const action = new vscode.CodeAction(fixWords(fix), vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.isPreferred = index === 0;
      action.edit = new vscode.WorkspaceEdit();
      for (const { at, text } of fix.edits)
        action.edit.replace(uriOf(at.file), rangeIn(known?.texts.get(at.file) ?? '', at), text);
      return action;
    });
  }
}

/** A block's range reaches to the next token: the squiggle ends where its text ends. */
function trimmedEnd(document: vscode.TextDocument, start: number, end: number): vscode.Position {
  const text = document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
  return document.positionAt(start + text.trimEnd().length);
}

/** Opens the setting rather than writing it: where (user or workspace) is the person's to choose. */
function offAction(diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const title = vscode.l10n.t('Switch off the check "{0}"…', String(diagnostic.code));
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title, command: 'workbench.action.openSettings', arguments: [`@id:${settings.diagnostics}`] };
  return action;
}
