/** Differences between file and engine in the user's words. */
import * as vscode from 'vscode';
import type { Difference } from '#compose/drift';

export function driftWords({ rule, args }: Pick<Difference, 'rule' | 'args'>): string {
  const { service = '', container = '', network = '', file = '', engine = '', port = '', alias = '' } = args;
  switch (rule) {
    case 'service-missing':
      return vscode.l10n.t('{0}: no container yet', service);
    case 'container-extra':
      return vscode.l10n.t('{0}: the file no longer has the service {1}', container, service);
    case 'replicas':
      return vscode.l10n.t('{0}: {1} in the file, {2} on the engine', service, file, engine);
    case 'container-name':
      return vscode.l10n.t('{0}: the container is named {1}, the file says {2}', service, engine, file);
    case 'mode':
      return vscode.l10n.t('{0}: network mode {1}, the file says {2}', container, engine, file);
    case 'attachment-missing':
      return vscode.l10n.t('{0}: not on the network {1}', container, network);
    case 'attachment-extra':
      return vscode.l10n.t('{0}: on the network {1}, which the file does not say', container, network);
    case 'alias-missing':
      return vscode.l10n.t('{0}: the alias {1} is missing on {2}', container, alias, network);
    case 'address':
      return vscode.l10n.t('{0}: has {1} on {2}, the file says {3}', container, engine, network, file);
    case 'port-changed':
      return vscode.l10n.t('{0}: publishes {1}, the file says {2}', container, engine, port);
    case 'port-missing':
      return vscode.l10n.t('{0}: {1} is not published', container, port);
    case 'port-extra':
      return vscode.l10n.t('{0}: publishes {1}, which the file does not say', container, port);
    case 'network-renamed':
      return vscode.l10n.t('Network {0}: named {1} on the engine, {2} in the file', network, engine, file);
    case 'network-missing':
      return vscode.l10n.t('Network {0}: not on the engine', network);
    case 'network-extra':
      return vscode.l10n.t('Network {0}: the file no longer has it', network);
    case 'network-driver':
      return vscode.l10n.t('Network {0}: driver {1}, the file says {2}', network, engine, file);
    case 'network-internal':
      return vscode.l10n.t('Network {0}: internal is {1}, the file says {2}', network, engine, file);
    case 'network-subnet':
      return vscode.l10n.t('Network {0}: subnet {1}, the file says {2}', network, engine, file);
    default:
      return vscode.l10n.t('Network {0}: gateway {1}, the file says {2}', network, engine, file);
  }
}
