/** Starts the engine by the platform's own way, in a terminal the user sees: programs with arguments, never a shell line. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { HumanError } from '#commands/humanError';
import type { Command } from '#commands/registry';

export interface StartWay {
  readonly program: string;
  readonly args: readonly string[];
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly hasSystemd: boolean;
}

/** How the engine behind an address is started on this machine; undefined when it does not run here. */
export function startWay(url: string | undefined, { platform, isRoot, hasSystemd }: Machine): StartWay | undefined {
  if (url !== undefined && !url.startsWith('unix:') && !url.startsWith('npipe:')) return undefined;
  const socket = url ?? '';
  if (platform === 'darwin') return { program: '/usr/bin/open', args: ['-a', macApplication(socket)] };
  if (platform === 'win32')
    return {
      program: 'powershell.exe',
      args: ['-NoProfile', '-Command', 'Start-Process "$env:ProgramFiles\\Docker\\Docker\\Docker Desktop.exe"'],
    };
  const userUnit = userUnitOf(socket);
  if (userUnit) return { program: 'systemctl', args: ['--user', 'start', userUnit] };
  const unit = socket.includes('podman') ? 'podman.socket' : 'docker';
  const start = hasSystemd ? ['systemctl', 'start', unit] : ['service', 'docker', 'start'];
  const [program = 'systemctl', ...args] = isRoot ? start : ['sudo', ...start];
  return { program, args };
}

function macApplication(socket: string): string {
  if (socket.includes('orbstack')) return 'OrbStack';
  if (socket.includes('.rd/')) return 'Rancher Desktop';
  if (socket.includes('podman')) return 'Podman Desktop';
  return 'Docker';
}

/** Engines of one user run as that user's units. */
function userUnitOf(socket: string): string | undefined {
  if (socket.includes('/.docker/desktop/')) return 'docker-desktop';
  if (!/\/run\/user\/\d+\//.test(socket)) return undefined;
  return socket.includes('podman') ? 'podman.socket' : 'docker';
}

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
