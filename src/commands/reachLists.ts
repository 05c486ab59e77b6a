/** "What can reach this?" and "What can this reach?" of one container. */
import * as vscode from 'vscode';
import { accessFor } from '#commands/access';
import { whichContainer } from '#commands/containerState';
import type { Command } from '#commands/registry';

/** One of the two lists; its page opens, and a script gets the container's id back. */
export function listCommand(id: 'whatCanReach' | 'whatThisReaches', direction: 'to' | 'from'): Command {
  return {
    id,
    changes: false,
    async run(context, argument) {
      const access = await accessFor(context, argument);
      const title = direction === 'to' ? vscode.l10n.t('What Can Reach This?') : vscode.l10n.t('What Can This Reach?');
      const container = await whichContainer(access, argument, title);
      await context.surfaces.listReach?.(access.session.spec.id, container.id, direction);
      return { id: container.id };
    },
  };
}
