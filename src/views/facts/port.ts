import * as vscode from 'vscode';
import { liveNatRules } from '#model/liveNat';
import { natRules } from '#model/natRules';
import type { PortRow } from '#model/ports';
import { type Relations, relationsOf } from '#model/relations';
import type { Snapshot } from '#model/snapshot';
import type { Fact } from '#views/facts';
import { noEffectWord, portAddress, portText, scopeSentence, scopeWord } from '#views/words';

/** Rules of a long range beyond these say nothing new. */
const mostRules = 4;

/** What a published port is: where it listens, who reaches it, and the NAT behind it. */
export function portFacts(snapshot: Snapshot, row: PortRow): readonly Fact[] {
  const relations = relationsOf(snapshot);
  const container = relations.containers.get(row.containerId);
  if (!container) return [];
  const address = portAddress(row);
  const facts: Fact[] = [
    { label: vscode.l10n.t('Published port'), value: portText(row), ...(address ? { copy: address } : {}) },
    { label: vscode.l10n.t('Container'), value: container.name, copy: container.name },
    { label: vscode.l10n.t('Host address'), value: hostText(row) },
  ];
  if (row.noEffect) facts.push({ label: vscode.l10n.t('Note'), value: noEffectWord(row.noEffect) });
  else if (row.routed)
    facts.push({
      label: vscode.l10n.t('Note'),
      value: vscode.l10n.t('Routed: reached at the address of the container, without a port of the host.'),
    });
  else facts.push({ label: vscode.l10n.t('Reach'), value: scopeSentence(row) });
  const rules = natRules(row, relations, snapshot.engine);
  for (const rule of rules.slice(0, mostRules))
    facts.push({ label: vscode.l10n.t('NAT rule ({0})', rule.tool), value: rule.text, copy: rule.text });
  return [...facts, ...liveFacts(snapshot, row, relations)];
}

/** The packet filter's own rules where they may be read; elsewhere the reason why none are shown. */
function liveFacts({ engine, host }: Snapshot, row: PortRow, relations: Relations): readonly Fact[] {
  if (row.noEffect || row.hostPort === 0) return [];
  const label = vscode.l10n.t('Live rule');
  if (engine.where !== 'this-host')
    return [{ label, value: vscode.l10n.t('known only when the engine runs on this machine') }];
  if (host?.nat === undefined)
    return host?.natUnavailable === undefined ? [] : [{ label, value: natReason(host.natUnavailable) }];
  const found = liveNatRules(row, relations, host.nat);
  if (found.length === 0)
    return [{ label, value: vscode.l10n.t('none in the packet filter: the engine passes connections on by itself') }];
  return found.slice(0, mostRules).map(({ tool, text }) => ({
    label: vscode.l10n.t('Live rule ({0})', tool),
    value: text,
    copy: text,
  }));
}

/** The engine room's reason (`permission`, `tool` or `failed`) in words. */
function natReason(reason: string): string {
  if (reason === 'permission') return vscode.l10n.t('not readable for this user: only root reads the packet filter');
  if (reason === 'tool') return vscode.l10n.t('not readable: neither iptables nor nft is installed here');
  return vscode.l10n.t('not readable: the packet filter did not answer');
}

function hostText(row: PortRow): string {
  return `${row.hostIps.map((address) => (address === '' ? '0.0.0.0' : address)).join(', ')} (${scopeWord(row.scope, row)})`;
}
