/**
 * Dimmed rows. A tree item cannot colour its label; a resource and a decoration can (seen in VS Code 1.139).
 * `descriptionForeground` keeps enough contrast to be read in every theme, `disabledForeground` does not.
 */
import * as vscode from 'vscode';

const scheme = 'docker-networks-dim';

export const dimColor = new vscode.ThemeColor('descriptionForeground');

/** The resource of a row that is to be dim: no file, only a name the decoration knows. */
export function dimmed(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${encodeURIComponent(id)}` });
}

export function registerDimming(): vscode.Disposable {
  const decoration = new vscode.FileDecoration(undefined, undefined, dimColor);
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) => (uri.scheme === scheme ? decoration : undefined),
  });
}
