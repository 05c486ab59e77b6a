/** Theme icons of rows: codicons, so that they follow the theme and high contrast. */
import * as vscode from 'vscode';
import type { PortRow } from '#model/ports';
import type { Container, Network } from '#model/snapshot';
import type { GroupKind } from '#views/tree/nodes';

export function networkIcon(network: Network): vscode.ThemeIcon {
  if (network.internal) return new vscode.ThemeIcon('lock');
  return new vscode.ThemeIcon(driverIcon(network));
}

function driverIcon(network: Network): string {
  switch (network.driver) {
    case 'bridge':
      return network.builtIn ? 'type-hierarchy' : 'type-hierarchy-sub';
    case 'host':
      return 'device-desktop';
    case 'null':
      return 'circle-slash';
    case 'overlay':
      return 'layers';
    case 'macvlan':
    case 'ipvlan':
      return 'plug';
    default:
      return 'extensions';
  }
}

export function groupIcon(group: GroupKind): vscode.ThemeIcon {
  const icons = { host: 'device-desktop', none: 'circle-slash', gone: 'question', loose: 'debug-disconnect' } as const;
  return new vscode.ThemeIcon(icons[group]);
}

export function containerIcon(container: Container): vscode.ThemeIcon {
  if (container.state === 'running' && container.health === 'unhealthy')
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  switch (container.state) {
    case 'running':
      return new vscode.ThemeIcon('vm-running', new vscode.ThemeColor('testing.iconPassed'));
    case 'paused':
      return new vscode.ThemeIcon('debug-pause');
    case 'restarting':
      return new vscode.ThemeIcon('sync');
    case 'dead':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    default:
      return new vscode.ThemeIcon('vm-outline', new vscode.ThemeColor('descriptionForeground'));
  }
}

export function portIcon(row: PortRow): vscode.ThemeIcon {
  if (row.noEffect) return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('descriptionForeground'));
  if (row.scope === 'this-machine') return new vscode.ThemeIcon('home');
  return new vscode.ThemeIcon(row.scope === 'address' ? 'location' : 'globe');
}
