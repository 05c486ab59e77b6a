/** Starts the engine by the platform's own way, in a terminal the user sees: programs with arguments, never a shell line. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { HumanError } from '#commands/humanError';
import type { Command } from '#commands/registry';
import { startWay } from '#commands/startWay';

export const startEngine: Command = {
  id: 'startEngine',
  changes: false,
  run: async ({ engines, log }) => {
    const session = engines.current;
    const machine = {
      platform: process.platform,
      isRoot: process.getuid?.() === 0,
      hasSystemd: existsSync('/run/systemd/system'),
    };
    const way = startWay(session?.spec.url, machine);
    if (!way)
      throw new HumanError(
        'not-here',
        vscode.l10n.t('{0} runs on another machine: start it there.', session?.spec.label ?? ''),
        [{ title: vscode.l10n.t('Choose Engine…'), command: 'chooseEngine' }],
      );
    const line = [way.program, ...way.args].join(' ');
    const start = vscode.l10n.t('Start');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Start the engine?'),
      {
        modal: true,
        detail: vscode.l10n.t('This runs in a terminal, where you may be asked for your password: {0}', line),
      },
      start,
    );
    if (answer !== start) return;
    log.info(`starting the engine: ${line}`);
    const terminal = vscode.window.createTerminal({
      name: vscode.l10n.t('Start Engine'),
      shellPath: way.program,
      shellArgs: [...way.args],
      isTransient: true,
    });
    terminal.show();
    const closing = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      closing.dispose();
      void engines.discover().then(() => engines.current?.retry());
    });
  },
};
