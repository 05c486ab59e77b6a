/** Composes the reachability page with the rooms it needs: engines to ask, and the real test on request. */
import * as vscode from 'vscode';
import { humanError } from '#commands/humanError';
import { testNow } from '#commands/testNow';
import type { Engines } from '#live/types';
import { ReachPages } from '#views/reachPage';
import type { Surfaces } from '#views/surfaces';

/** The surfaces that explain who reaches whom; the panel closes with the extension. */
export function createReachPages(
  context: vscode.ExtensionContext,
  engines: Engines,
  log: vscode.LogOutputChannel,
): Required<Pick<Surfaces, 'explain' | 'listReach' | 'reachMatrix'>> {
  const pages = new ReachPages({
    extensionUri: context.extensionUri,
    engines,
    test: (engine, question) => testNow(engines, engine, question),
    failed: (error) => {
      const human = humanError(error, engines.current?.spec);
      if (human?.code === 'cancelled') return;
      if (human === undefined) log.error(error instanceof Error ? error : String(error));
      void vscode.window.showErrorMessage(
        human?.message ?? vscode.l10n.t('Docker Networks made a mistake here. The log tells more.'),
      );
    },
  });
  context.subscriptions.push(pages);
  return {
    explain: (engine, from, to, port) => pages.explain(engine, from, to, port),
    listReach: (engine, container, direction) => pages.open({ kind: 'list', engine, container, direction }),
    reachMatrix: (engine) => pages.open({ kind: 'matrix', engine, grouping: 'network' }),
  };
}
