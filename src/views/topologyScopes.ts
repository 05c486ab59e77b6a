/** How far a plug of the drawing reaches, and why one reaches nobody, in the user's words. */
import * as vscode from 'vscode';
import type { Plug, VainReason } from '#model/topology/plugs';

export function scopeOf(plug: Plug): string {
  switch (plug.exposure) {
    case 'all':
      return vscode.l10n.t('all interfaces');
    case 'ipv4':
      return vscode.l10n.t('all IPv4');
    case 'local':
      return vscode.l10n.t('this machine only');
    case 'one':
      return plug.address ?? '';
    case 'vain':
      return vscode.l10n.t('no effect');
  }
}

export function vainSentence(reason: VainReason): string {
  switch (reason) {
    case 'internal':
      return vscode.l10n.t('no effect: all its networks are internal');
    case 'macvlan':
      return vscode.l10n.t('no effect: on a macvlan or ipvlan network its own address is on the LAN');
    case 'host-mode':
      return vscode.l10n.t('no effect: it uses the ports of the host directly');
    case 'no-network':
      return vscode.l10n.t('no effect: it is on no network');
    case 'shares-network':
      return vscode.l10n.t('no effect: the container whose network it shares has to publish');
  }
}
