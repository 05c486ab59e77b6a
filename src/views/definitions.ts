/** Go to definition: from a host name in code to the Compose service it stands for. Needs no engine. */
import * as vscode from 'vscode';
import type { Compose } from '#compose/providers/register';
import { findServices } from '#compose/providers/workspace';
import { settings } from '#contributions';
import type { Engines } from '#live/types';
import { findReference } from '#model/referenceIndex';
import { referenceAt } from '#model/references';
import { contextOf } from '#views/hover';

export function registerDefinitions(context: vscode.ExtensionContext, engines: Engines, compose: Compose): void {
  const provider: vscode.DefinitionProvider = {
    provideDefinition: async (document, position) => {
      if (!vscode.workspace.getConfiguration(undefined, document.uri).get(settings.hoverEnabled, true)) return [];
      const line = document.lineAt(position.line).text;
      const reference = referenceAt(line, position.character, contextOf(document, position.line));
      if (!reference || reference.kind === 'cidr') return [];
      const places = new Map<string, vscode.Location>();
      const add = (found: readonly vscode.Location[]): void => {
        for (const place of found) places.set(`${place.uri.toString()}#${place.range.start.line}`, place);
      };
      // What the engine knows names the project for sure; what it does not know may still stand in a file.
      const snapshot = engines.current?.snapshot;
      const finding = snapshot && findReference(snapshot, reference);
      const containers =
        finding?.kind === 'names'
          ? finding.hits.map(({ container }) => container)
          : finding?.kind === 'containers' || finding?.kind === 'ports'
            ? finding.holders.map(({ container }) => container)
            : [];
      for (const { compose: own } of containers)
        if (own) add(await findServices(compose.documents, own.service, own.project));
      if (places.size === 0 && reference.kind === 'name') add(await findServices(compose.documents, reference.host));
      // The service's own line leads nowhere.
      return [...places.values()].filter(
        ({ uri, range }) => uri.toString() !== document.uri.toString() || range.start.line !== position.line,
      );
    },
  };
  context.subscriptions.push(vscode.languages.registerDefinitionProvider('*', provider));
}
