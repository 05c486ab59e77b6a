import * as vscode from 'vscode';
import { asScript } from '#commands/arguments';
import type { Choice } from '#commands/multiStep';
import type { Command } from '#commands/registry';
import { type Finding, find as findings } from '#model/find';
import type { Snapshot } from '#model/snapshot';
import type { Target } from '#views/target';
import { stateWord } from '#views/words';

type Row = Choice<Target | undefined>;

/** "Who has 172.20.0.5?": answers while one types; Enter shows the row in the tree. `find({ text })` begins with a text. */
export const find: Command = {
  id: 'find',
  changes: false,
  async run(context, argument) {
    const text = typeof argument === 'string' ? argument : asScript(argument)?.text;
    const sessions = await Promise.all(
      context.engines.sessions.map(async (session) => ({
        engine: session.spec.id,
        snapshot: await session.complete(),
      })),
    );
    const picker = vscode.window.createQuickPick<Row>();
    picker.title = vscode.l10n.t('Find Address, Port or Name');
    picker.placeholder = vscode.l10n.t('An address, a port or a name: 172.20.0.5, 8080, db');
    const answer = (): void => {
      picker.items = sessions.flatMap(({ engine, snapshot }) => rowsFor(engine, snapshot, picker.value));
    };
    picker.onDidChangeValue(answer);
    picker.value = typeof text === 'string' ? text : '';
    answer();
    const target = await chosen(picker);
    if (target) await context.surfaces.revealInTree(target);
    return target;
  },
};

function chosen(picker: vscode.QuickPick<Row>): Promise<Target | undefined> {
  return new Promise<Target | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const [row] = picker.selectedItems;
      if (row?.value) resolve(row.value);
    });
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  }).finally(() => picker.dispose());
}

function rowsFor(engine: string, snapshot: Snapshot, text: string): readonly Row[] {
  const found = findings(snapshot, text).map((finding) => rowOf(engine, finding));
  if (found.length > 0 || text.trim() === '') return found;
  return [
    { label: vscode.l10n.t('Nothing here is called or has “{0}”.', text.trim()), alwaysShow: true, value: undefined },
  ];
}

/** What was found is shown whatever the typed text: the model has matched already. */
function rowOf(engine: string, finding: Finding): Row {
  const row = (label: string, description: string, value: Target): Row => ({
    label,
    description,
    value,
    alwaysShow: true,
  });
  const network = (id: string): Target => ({ kind: 'network', engine, network: id });
  const container = (id: string, on?: string): Target => ({
    kind: 'container',
    engine,
    container: id,
    ...(on ? { network: on } : {}),
  });
  switch (finding.kind) {
    case 'endpoint': {
      const { container: one, endpoint, address } = finding;
      const state = stateWord(one.state);
      return row(
        `$(vm) ${one.name}`,
        `${address} · ${endpoint.network} · ${state}`,
        container(one.id, endpoint.networkId),
      );
    }
    case 'gateway':
      return row(
        `$(type-hierarchy) ${finding.network.name}`,
        vscode.l10n.t('{0} is its gateway', finding.address),
        network(finding.network.id),
      );
    case 'reserved':
      return row(
        `$(type-hierarchy) ${finding.network.name}`,
        vscode.l10n.t('{0} is reserved for “{1}”', finding.address, finding.name),
        network(finding.network.id),
      );
    case 'free':
      return row(
        `$(type-hierarchy) ${finding.network.name}`,
        vscode.l10n.t('{0} is free in {1}', finding.address, finding.subnet),
        network(finding.network.id),
      );
    case 'subnet':
      return row(`$(type-hierarchy) ${finding.network.name}`, finding.subnet, network(finding.network.id));
    case 'network':
      return row(`$(type-hierarchy) ${finding.network.name}`, finding.network.driver, network(finding.network.id));
    case 'virtual-ip':
      return row(`$(layers) ${finding.service.name}`, finding.address, {
        kind: 'service',
        engine,
        service: finding.service.id,
      });
    case 'service':
      return row(`$(layers) ${finding.service.name}`, vscode.l10n.t('service'), {
        kind: 'service',
        engine,
        service: finding.service.id,
      });
    case 'host-address':
      return row(`$(device-desktop) ${finding.device}`, vscode.l10n.t('{0} is this machine’s own', finding.address), {
        kind: 'engine',
        engine,
      });
    case 'published': {
      const { container: one, row: port } = finding;
      const text = vscode.l10n.t('host port {0} → {1}/{2}', port.hostPort, port.port, port.protocol);
      return row(`$(plug) ${one.name}`, text, container(one.id));
    }
    case 'listens': {
      const { container: one, exposed } = finding;
      return row(
        `$(vm) ${one.name}`,
        vscode.l10n.t('exposes {0}/{1}, not published', exposed.port, exposed.protocol),
        container(one.id),
      );
    }
    case 'container': {
      const { container: one, name } = finding;
      return row(
        `$(vm) ${one.name}`,
        [name, stateWord(one.state), one.image].filter(Boolean).join(' · '),
        container(one.id),
      );
    }
  }
}
