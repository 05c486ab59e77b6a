/** Commands that change what is shown and never an engine: refresh, sort, filter, group, choose the engine. */
import * as vscode from 'vscode';
import { asScript } from '#commands/arguments';
import { chooseEngine } from '#commands/chooseEngine';
import { filter } from '#commands/filter';
import type { Command, CommandContext } from '#commands/registry';
import { startEngine } from '#commands/startEngine';
import { settings } from '#contributions';
import type { EngineSession } from '#live/types';
import { asTarget } from '#views/target';
import { type TreeSort, treeSorts } from '#views/tree/filter';

/** The engine a row or script names, or every one that is shown. */
function sessionsOf({ engines }: CommandContext, argument: unknown): readonly EngineSession[] {
  const named = asTarget(argument)?.engine ?? asScript(argument)?.engine;
  return typeof named === 'string' ? [engines.find(named)] : engines.sessions;
}

const refresh: Command = {
  id: 'refresh',
  changes: false,
  run: async (context, argument) => {
    await context.engines.discover();
    // A session that is down forgets its waiting and tries now; one nobody needed yet is not woken.
    await Promise.all(
      sessionsOf(context, argument).map((session) =>
        session.state.kind === 'offline' ? session.retry() : session.look(),
      ),
    );
  },
};

const retryConnection: Command = {
  id: 'retryConnection',
  changes: false,
  run: async (context, argument) => {
    await context.engines.discover();
    await Promise.all(sessionsOf(context, argument).map((session) => session.retry()));
  },
};

const revealInTree: Command = {
  id: 'revealInTree',
  changes: false,
  run: async ({ surfaces }, argument) => {
    const target = asTarget(argument);
    if (target) await surfaces.revealInTree(target);
  },
};

const sort: Command = {
  id: 'sort',
  changes: false,
  run: async (_, argument) => {
    const wanted = asScript(argument)?.by;
    const by = treeSorts.find((one) => one === wanted) ?? (await askSort());
    if (by) await vscode.workspace.getConfiguration().update(settings.sort, by, vscode.ConfigurationTarget.Global);
  },
};

async function askSort(): Promise<TreeSort | undefined> {
  const now = vscode.workspace.getConfiguration().get<string>(settings.sort);
  const labels: Readonly<Record<TreeSort, string>> = {
    name: vscode.l10n.t('By name'),
    driver: vscode.l10n.t('By driver'),
    subnet: vscode.l10n.t('By subnet'),
    containers: vscode.l10n.t('By number of containers'),
  };
  const items = treeSorts.map((by) => ({
    label: labels[by],
    by,
    ...(by === now ? { description: vscode.l10n.t('current') } : {}),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Sort Networks'),
    placeHolder: vscode.l10n.t('Built-in networks always come last.'),
  });
  return chosen?.by;
}

function grouping(id: 'groupByProject' | 'ungroup', value: boolean): Command {
  return {
    id,
    changes: false,
    run: async () => {
      const configuration = vscode.workspace.getConfiguration();
      await configuration.update(settings.groupByProject, value, vscode.ConfigurationTarget.Global);
    },
  };
}

const clearFilter: Command = {
  id: 'clearFilter',
  changes: false,
  run: async ({ surfaces }) => surfaces.tree?.setFilter({}),
};

const showLog: Command = { id: 'showLog', changes: false, run: async ({ log }) => log.show() };

export const viewCommands: readonly Command[] = [
  refresh,
  retryConnection,
  revealInTree,
  sort,
  filter,
  clearFilter,
  grouping('groupByProject', true),
  grouping('ungroup', false),
  chooseEngine,
  startEngine,
  showLog,
];
