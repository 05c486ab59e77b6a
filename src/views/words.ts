/** Values of the model in the user's words: states, scopes, drivers, counts. The one place for each. */
import * as vscode from 'vscode';
import type { GatewayRule } from '#model/gateway';
import type { NameKind, NoNames } from '#model/names';
import type { PortNoEffect, PortRow, PortScope } from '#model/ports';
import type { Container, ContainerState, EngineWhere, Health, Network } from '#model/snapshot';

export function stateWord(state: ContainerState): string {
  switch (state) {
    case 'created':
      return vscode.l10n.t('created');
    case 'running':
      return vscode.l10n.t('running');
    case 'paused':
      return vscode.l10n.t('paused');
    case 'restarting':
      return vscode.l10n.t('restarting');
    case 'removing':
      return vscode.l10n.t('being removed');
    case 'dead':
      return vscode.l10n.t('dead');
    case 'exited':
    case 'stopped':
      return vscode.l10n.t('stopped');
    default:
      // An engine newer than this extension may know further states: its own word is the truth.
      return String(state satisfies never);
  }
}

export function healthWord(health: Health): string {
  switch (health) {
    case 'healthy':
      return vscode.l10n.t('healthy');
    case 'unhealthy':
      return vscode.l10n.t('unhealthy');
    case 'starting':
      return vscode.l10n.t('health check starting');
    default:
      return String(health satisfies never);
  }
}

/** State, and health where it is worth a word. */
export function stateWords(container: Pick<Container, 'state' | 'health'>): string {
  const state = stateWord(container.state);
  if (container.health === undefined || container.state !== 'running') return state;
  return `${state}, ${healthWord(container.health)}`;
}

export function driverWord(driver: string): string {
  if (driver === 'null') return vscode.l10n.t('no networking');
  return driver;
}

export function scopeWord(scope: PortScope, row?: Pick<PortRow, 'hostIps'>): string {
  switch (scope) {
    case 'all':
      return vscode.l10n.t('all interfaces');
    case 'all-ipv4':
      return vscode.l10n.t('all IPv4 interfaces');
    case 'all-ipv6':
      return vscode.l10n.t('all IPv6 interfaces');
    case 'this-machine':
      return vscode.l10n.t('this machine only');
    case 'address':
      return vscode.l10n.t('only on {0}', row?.hostIps.join(', ') ?? '');
    default:
      return String(scope satisfies never);
  }
}

/** Who gets as far as the port, as a sentence. */
export function scopeSentence(row: PortRow): string {
  switch (row.scope) {
    case 'all':
    case 'all-ipv4':
    case 'all-ipv6':
      return vscode.l10n.t('Reachable from outside: any machine that reaches the host reaches this port.');
    case 'this-machine':
      return vscode.l10n.t('Reachable from the host itself only.');
    case 'address':
      return vscode.l10n.t('Reachable through the host address {0} only.', row.hostIps.join(', '));
    default:
      return String(row.scope satisfies never);
  }
}

export function noEffectWord(reason: PortNoEffect): string {
  switch (reason) {
    case 'internal-only':
      return vscode.l10n.t('no effect: only internal networks');
    case 'stopped':
      return vscode.l10n.t('no effect: not running');
    case 'host-mode':
      return vscode.l10n.t('no effect: host network');
    case 'no-network':
      return vscode.l10n.t('no effect: no network');
    case 'owner-gone':
      return vscode.l10n.t('no effect: shared container is gone');
    default:
      return String(reason satisfies never);
  }
}

export function nameKindWord(kind: NameKind): string {
  switch (kind) {
    case 'name':
      return vscode.l10n.t('container name');
    case 'id':
      return vscode.l10n.t('short id');
    case 'alias':
      return vscode.l10n.t('alias');
    case 'hostname':
      return vscode.l10n.t('hostname');
    case 'service':
      return vscode.l10n.t('service name');
    default:
      return String(kind satisfies never);
  }
}

export function noNamesSentence(reason: NoNames): string {
  switch (reason) {
    case 'default-bridge':
      return vscode.l10n.t('Names do not resolve on the default bridge, except through links.');
    case 'no-dns':
      return vscode.l10n.t('Names do not resolve on this network.');
    case 'stopped':
      return vscode.l10n.t('Not answered while the container does not run.');
    case 'gone':
      return vscode.l10n.t('The network is gone.');
    default:
      return String(reason satisfies never);
  }
}

export function gatewayRuleWord(rule: GatewayRule): string {
  switch (rule) {
    case 'only':
      return vscode.l10n.t('the only network with a way out');
    case 'priority':
      return vscode.l10n.t('highest gateway priority');
    case 'name':
      return vscode.l10n.t('first by network name');
    default:
      return String(rule satisfies never);
  }
}

export function whereWord(where: EngineWhere): string {
  switch (where) {
    case 'this-host':
      return vscode.l10n.t('on this machine');
    case 'vm':
      return vscode.l10n.t('in a virtual machine');
    case 'rootless':
      return vscode.l10n.t('rootless');
    case 'remote':
      return vscode.l10n.t('on another machine');
    case 'unknown':
      return vscode.l10n.t('somewhere unknown');
    default:
      return String(where satisfies never);
  }
}

export function containersWord(count: number, shown = count): string {
  if (shown !== count) return vscode.l10n.t('{0} of {1} containers', shown, count);
  return count === 1 ? vscode.l10n.t('1 container') : vscode.l10n.t('{0} containers', count);
}

/** `8080 → 80/tcp`, `7000-7002 → 80-82/tcp`; a question mark for a port given at start only. */
export function portText(row: PortRow): string {
  const inside = row.port === row.portEnd ? String(row.port) : `${row.port}-${row.portEnd}`;
  if (row.hostPort === 0) return row.routed ? `${inside}/${row.protocol}` : `? → ${inside}/${row.protocol}`;
  const outside = row.hostPort === row.hostPortEnd ? String(row.hostPort) : `${row.hostPort}-${row.hostPortEnd}`;
  return `${outside} → ${inside}/${row.protocol}`;
}

/** What one types to get there from the host: `127.0.0.1:8080`; a wildcard is shown as the port on localhost. */
export function portAddress(row: PortRow): string | undefined {
  if (row.hostPort === 0) return undefined;
  const [first = ''] = row.hostIps;
  const wild = first === '' || first === '0.0.0.0' || first === '::';
  const host = wild ? 'localhost' : first.includes(':') ? `[${first}]` : first;
  return `${host}:${row.hostPort}`;
}

/** Effect first, for a port that leads nowhere has no scope worth telling. */
export function portDescription(row: PortRow): string {
  if (row.noEffect) return noEffectWord(row.noEffect);
  if (row.routed) return vscode.l10n.t('routed, no host port');
  return scopeWord(row.scope, row);
}

/** Every subnet, the IPv4 ones first as the engine lists them; empty for a network without IPAM. */
export function subnetsText(network: Network): string {
  return network.ipam.map(({ subnet }) => subnet).join(', ');
}

/** Names are hostile input of any length: a row shows the beginning of one. */
export function shortened(text: string, most = 80): string {
  // Direction overrides would let a name reorder the text around it.
  const oneLine = text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  const characters = [...oneLine];
  return characters.length <= most ? oneLine : `${characters.slice(0, most - 1).join('')}…`;
}
