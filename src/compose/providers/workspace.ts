/** Services by name across the workspace's Compose files: what a name in code is defined by. */
import * as vscode from 'vscode';
import type { ComposeDocuments } from '#compose/providers/documents';
import { rangeIn, uriOf } from '#compose/providers/documents';
import { serviceNamed } from '#compose/providers/locate';

/** More Compose files than this in one workspace are a collection of examples, not projects at work. */
const mostFiles = 50;

/** Services that a name stands for; with a project's name only that project's. Asks no engine. */
export async function findServices(
  documents: ComposeDocuments,
  name: string,
  project?: string,
): Promise<readonly vscode.Location[]> {
  const found = await vscode.workspace.findFiles(
    '**/{compose,docker-compose}*.{yml,yaml}',
    '**/{node_modules,.git,vendor}/**',
    mostFiles,
  );
  const uris = new Map([...documents.open().map(({ uri }) => uri), ...found].map((uri) => [uri.toString(), uri]));
  const places = new Map<string, vscode.Location>();
  for (const uri of uris.values()) {
    const open = await documents.project(uri);
    if (project !== undefined && open.project.name !== project) continue;
    const service = serviceNamed(open.project, name);
    if (!service) continue;
    const text = open.texts.get(service.at.file) ?? '';
    const location = new vscode.Location(uriOf(service.at.file), rangeIn(text, service.at));
    // An override is read with its base: both lead to the one place.
    places.set(`${location.uri.toString()}#${location.range.start.line}`, location);
  }
  return [...places.values()];
}
