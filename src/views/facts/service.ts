import * as vscode from 'vscode';
import { relationsOf } from '#model/relations';
import type { Snapshot } from '#model/snapshot';
import type { Fact } from '#views/facts';

/** A swarm service: virtual addresses, published ports, tasks with their nodes. Empty when it is gone. */
export function serviceFacts(snapshot: Snapshot, serviceId: string): readonly Fact[] {
  const relations = relationsOf(snapshot);
  const service = relations.services.get(serviceId);
  if (!service) return [];
  return [
    { label: vscode.l10n.t('Service'), value: service.name, copy: service.name },
    ...service.networks.flatMap(({ networkId, vip }): readonly Fact[] => {
      const name = relations.networks.get(networkId)?.name ?? networkId;
      return vip === undefined
        ? [{ label: vscode.l10n.t('Network'), value: name }]
        : [{ label: vscode.l10n.t('Virtual IP'), value: `${vip} · ${name}`, copy: vip }];
    }),
    ...service.published.map(({ hostPort, port, protocol, mode }) => ({
      label: vscode.l10n.t('Published port'),
      value: `${hostPort} → ${port}/${protocol} (${
        mode === 'ingress' ? vscode.l10n.t('on every node') : vscode.l10n.t('on the node of the task only')
      })`,
    })),
    ...service.tasks.map((task) => ({
      label: vscode.l10n.t('Task'),
      value: [task.name, task.state, task.node, ...task.addresses.map(({ address }) => address)]
        .filter((part) => part !== undefined && part !== '')
        .join(' · '),
    })),
  ];
}
