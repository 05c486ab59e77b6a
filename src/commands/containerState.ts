import * as vscode from 'vscode';
import { type Access, accessFor, targetContainer } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { resolveContainer } from '#commands/operations/resolve';
import { pickContainer } from '#commands/pickers';
import type { Command } from '#commands/registry';
import type { EngineClient } from '#engine/types';
import type { Container } from '#model/snapshot';
import { asTarget } from '#views/target';

export const runs = (container: Container): boolean =>
  container.state === 'running' || container.state === 'paused' || container.state === 'restarting';

/** The container a row or a script (`{ engine?, container }`) names, else one that is asked for. */
export async function whichContainer(
  access: Access,
  argument: unknown,
  title: string,
  filter: (container: Container) => boolean = () => true,
): Promise<Container> {
  const script = asScript(argument);
  if (script) return resolveContainer(access.snapshot, new Answers(script, ['container']).needText('container'));
  return targetContainer(access, asTarget(argument)) ?? pickContainer(title, access, filter);
}

function stateCommand(
  id: string,
  title: () => string,
  filter: (container: Container) => boolean,
  act: (client: EngineClient, id: string) => Promise<void>,
): Command {
  return {
    id,
    changes: true,
    async run(context, argument) {
      const access = await accessFor(context, argument);
      const container = await whichContainer(access, argument, title(), filter);
      const options = { location: vscode.ProgressLocation.Window, title: `${title()}: ${container.name}` };
      await vscode.window.withProgress(options, () => act(access.client, container.id));
      return { id: container.id };
    },
  };
}

/** `startContainer({ engine?, container })`, and so the other two. */
export const startContainer = stateCommand(
  'startContainer',
  () => vscode.l10n.t('Start Container'),
  (container) => !runs(container),
  (client, id) => client.startContainer(id),
);

export const stopContainer = stateCommand(
  'stopContainer',
  () => vscode.l10n.t('Stop Container'),
  runs,
  (client, id) => client.stopContainer(id),
);

export const restartContainer = stateCommand(
  'restartContainer',
  () => vscode.l10n.t('Restart Container'),
  runs,
  (client, id) => client.restartContainer(id),
);
