/** Compose projects of open documents: unsaved text counts, and a project is read again only when one of its files changed. */
import * as vscode from 'vscode';
import { isComposeFile, isMainFile, projectFiles } from '#compose/files';
import { dirname } from '#compose/paths';
import { loadProject } from '#compose/project';
import type { Span } from '#compose/tree';
import type { ComposeProject } from '#compose/types';
import { Emitter } from '#live/emitter';

export interface OpenProject {
  readonly project: ComposeProject;
  /** What the open document is known by within the project. */
  readonly file: string;
  readonly main: boolean;
  /** Text of every file that was read. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Largest file taken for a Compose file: anchors aside, nobody writes more by hand. */
const largest = 1_000_000;

/** Compose by name, by VS Code's own language for it, or an untitled YAML that has services. */
export function isComposeDocument(document: vscode.TextDocument): boolean {
  if (document.languageId === 'dockercompose' || isComposeFile(document.uri.path)) return true;
  return (
    document.isUntitled &&
    document.languageId === 'yaml' &&
    /^services:/m.test(document.getText(new vscode.Range(0, 0, 200, 0)))
  );
}

/** Selector of every document that may be a Compose file; providers ask `isComposeDocument` before they work. */
export const composeSelector: vscode.DocumentSelector = [
  { language: 'dockercompose' },
  { language: 'yaml' },
  { pattern: '**/{compose,docker-compose}*.{yml,yaml}' },
];

/** Key of a file: its URI with nothing encoded, so that relative paths join as they are written. */
export function keyOf(uri: vscode.Uri): string {
  return `${uri.scheme}://${uri.authority}${uri.path.startsWith('/') ? '' : '/'}${uri.path}`;
}

export function uriOf(key: string): vscode.Uri {
  const match = /^([^:]+):\/\/([^/]*)(\/.*)$/s.exec(key);
  const [, scheme = 'file', authority = '', path = '/'] = match ?? [];
  // An untitled document's path has no leading slash of its own.
  const open = vscode.workspace.textDocuments.find(({ uri }) => keyOf(uri) === key);
  return open?.uri ?? vscode.Uri.from({ scheme, authority, path });
}

/** Range of a span in a text, without the document being open. */
export function rangeIn(text: string, span: Pick<Span, 'start' | 'end'>): vscode.Range {
  const place = (offset: number): vscode.Position => {
    const before = text.slice(0, offset);
    const line = before.split('\n').length - 1;
    return new vscode.Position(line, offset - (before.lastIndexOf('\n') + 1));
  };
  return new vscode.Range(place(span.start), place(span.end));
}

export class ComposeDocuments implements vscode.Disposable {
  readonly #projects = new Map<string, Promise<OpenProject>>();
  readonly #changed = new Emitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [];

  /** Some project may read differently now. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const touched = (uri: vscode.Uri): void => this.#touched(uri);
    // Saved elsewhere (a terminal, a checkout): the window watches its folders anyway, this only listens.
    const watcher = vscode.workspace.createFileSystemWatcher('**/{.env,*.env,*compose*.yml,*compose*.yaml}');
    this.#subscriptions.push(
      watcher,
      watcher.onDidChange(touched),
      watcher.onDidCreate(touched),
      watcher.onDidDelete(touched),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) touched(document.uri);
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => touched(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => touched(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(touched)),
      vscode.workspace.onDidCreateFiles(({ files }) => files.forEach(touched)),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The project an open document belongs to. Never rejects: what cannot be read is in the project's problems. */
  project(uri: vscode.Uri): Promise<OpenProject> {
    const key = keyOf(uri);
    const known = this.#projects.get(key);
    if (known) return known;
    const loading = loadOpenProject(uri);
    this.#projects.set(key, loading);
    return loading;
  }

  /** Compose documents that are open in this window. */
  open(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter((document) => !document.isClosed && isComposeDocument(document));
  }

  #touched(uri: vscode.Uri): void {
    const relevant = this.#projects.size > 0 || isComposeFile(uri.path) || uri.scheme === 'untitled';
    // `include` and `extends` may name any file, `.env` has no extension: simplest is to forget all.
    if (!relevant || !/\.(?:ya?ml|env)$|\.env[^/]*$|^[^/]*$/.test(uri.path)) return;
    this.#projects.clear();
    this.#changed.fire();
  }
}

/** Reads the project of a file, open documents first. */
export async function loadOpenProject(uri: vscode.Uri): Promise<OpenProject> {
  const file = keyOf(uri);
  const texts = new Map<string, string>();
  const read = async (key: string): Promise<string | undefined> => {
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = await readText(key);
    if (text !== undefined) texts.set(key, text);
    return text;
  };
  const files = await projectFiles(file, read);
  const project = await loadProject({
    files,
    directory: directoryOf(uri, file),
    read,
    environment: (name) => process.env[name],
  });
  return { project, file, main: isMainFile(file) || uri.scheme === 'untitled', texts };
}

/** An untitled file is as if it lay in the first folder of the workspace. */
function directoryOf(uri: vscode.Uri, file: string): string {
  const folder = uri.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri : undefined;
  return folder === undefined ? dirname(file) : keyOf(folder);
}

async function readText(key: string): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && keyOf(uri) === key);
  if (open) return open.getText();
  const uri = uriOf(key);
  if (uri.scheme === 'untitled') return undefined;
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.byteLength > largest ? undefined : new TextDecoder().decode(bytes);
  } catch {
    // Not there (most often an override or a .env nobody has), or not readable: Compose goes on without it as well.
    return undefined;
  }
}
