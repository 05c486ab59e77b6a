import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { type Access, accessFor } from '#commands/access';
import { runs, whichContainer } from '#commands/containerState';
import { Refusal } from '#commands/operations/refusal';
import type { Command } from '#commands/registry';

/** Shows a container's log as it grows, in a terminal: `showLogs({ engine?, container })`. */
export const showLogs: Command = {
  id: 'showLogs',
  changes: false,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const container = await whichContainer(access, argument, vscode.l10n.t('Show Container Logs'));
    open(access, vscode.l10n.t('Log of {0}', container.name), ['logs', '--follow', '--tail', '500', container.id]);
    return { id: container.id };
  },
};

/** Opens a shell inside a running container, in a terminal: `openShell({ engine?, container })`. */
export const openShell: Command = {
  id: 'openShell',
  changes: false,
  async run(context, argument) {
    if (!vscode.workspace.isTrusted) throw new Refusal('untrusted');
    const access = await accessFor(context, argument);
    const container = await whichContainer(access, argument, vscode.l10n.t('Open Shell in Container'), runs);
    if (!runs(container)) throw new Refusal('not-running', { container: container.name });
    // Inside the container, where there is nothing of the person's to quote: the better shell when there is one.
    const shell = 'command -v bash >/dev/null && exec bash; exec sh';
    open(access, container.name, ['exec', '--interactive', '--tty', container.id, '/bin/sh', '-c', shell]);
    return { id: container.id };
  },
};

/** A terminal whose process is the command itself: its arguments are a list, no shell reads them. */
function open({ session, snapshot }: Access, name: string, args: readonly string[]): void {
  const { id, url, source } = session.spec;
  const docker = onPath('docker');
  const program = docker ?? (snapshot.engine.kind === 'podman' ? onPath('podman') : undefined);
  if (!program) throw new Refusal('no-docker-cli');
  // A context and the environment bring their certificates along; a bare address does not.
  const context = id.startsWith('context:') ? ['--context', id.slice('context:'.length)] : ['--host', url];
  const where = source === 'environment' ? [] : docker ? context : ['--url', url];
  const shellArgs = [...where, ...args];
  // Otherwise the person's own choice must not lead the command to another engine.
  const env = source === 'environment' ? {} : { DOCKER_CONTEXT: null, DOCKER_HOST: null };
  vscode.window.createTerminal({ name, shellPath: program, shellArgs, env }).show();
}

function onPath(name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, file))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        // Not in this folder.
        return false;
      }
    });
}
