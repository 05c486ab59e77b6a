/** Where pages open: beside what is being read, and never in a third column when two are there. */
import * as vscode from 'vscode';
import { webviewTypes } from '#contributions';

/** The next column; the first one itself while it is empty. */
export function columnBeside(): vscode.ViewColumn {
  const empty = vscode.window.tabGroups.activeTabGroup.tabs.length === 0;
  return empty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}

/** A column in which the drawing stays visible. */
export function columnBesideDrawing(): vscode.ViewColumn {
  const { all } = vscode.window.tabGroups;
  const drawing = all.find((group) => group.tabs.some(isDrawing));
  if (!drawing) return columnBeside();
  const other = all.find((group) => group !== drawing);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}

/** VS Code puts a prefix of its own before a webview's type. */
function isDrawing({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(webviewTypes.topology);
}
