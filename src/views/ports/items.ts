/** Items of published ports, in both views. */
import * as vscode from 'vscode';
import type { PortRow } from '#model/ports';
import type { Container } from '#model/snapshot';
import { portIcon } from '#views/tree/icons';
import { portDescription, portText, shortened } from '#views/words';

/** `own`: in the Ports view, where the container has to be named. */
export function portItem(row: PortRow, container: Container, own: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(portText(row), vscode.TreeItemCollapsibleState.None);
  const what = portDescription(row);
  item.description = own ? `${shortened(container.name)} · ${what}` : what;
  item.iconPath = portIcon(row);
  // A browser speaks TCP, to a port that leads somewhere.
  const opens = row.protocol === 'tcp' && row.hostPort > 0 && row.noEffect === undefined;
  item.contextValue = opens ? 'port.open' : 'port';
  item.accessibilityInformation = {
    label: own
      ? vscode.l10n.t('Published port {0} of container {1}, {2}', portText(row), container.name, what)
      : vscode.l10n.t('Published port {0}, {1}', portText(row), what),
  };
  return item;
}
