import { listCommand } from '#commands/reachLists';

/** Everybody who can reach a container. Script: `whatCanReach({ engine?, container })`. */
export const whatCanReach = listCommand('whatCanReach', 'to');
