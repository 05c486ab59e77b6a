import { listCommand } from '#commands/reachLists';

/** Everybody a container can reach. Script: `whatThisReaches({ engine?, container })`. */
export const whatThisReaches = listCommand('whatThisReaches', 'from');
