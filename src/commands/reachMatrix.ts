import { accessFor } from '#commands/access';
import type { Command } from '#commands/registry';

/** Opens the table of containers × containers. Script: `reachMatrix({ engine? })`. */
export const reachMatrix: Command = {
  id: 'reachMatrix',
  changes: false,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    await context.surfaces.reachMatrix?.(access.session.spec.id);
  },
};
