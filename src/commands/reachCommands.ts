/** The commands that explain who reaches whom. */
import { explainConnection } from '#commands/explainConnection';
import { reachMatrix } from '#commands/reachMatrix';
import type { Command } from '#commands/registry';
import { whatCanReach } from '#commands/whatCanReach';
import { whatThisReaches } from '#commands/whatThisReaches';

export const reachCommands: readonly Command[] = [explainConnection, whatCanReach, whatThisReaches, reachMatrix];
