import * as vscode from 'vscode';
import { natRules } from '#model/natRules';
import type { PortRow } from '#model/ports';
import { relationsOf } from '#model/relations';
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
  return facts;
}

function hostText(row: PortRow): string {
  return `${row.hostIps.map((address) => (address === '' ? '0.0.0.0' : address)).join(', ')} (${scopeWord(row.scope, row)})`;
}
