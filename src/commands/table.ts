/** The commands of this room, in the order of the design. */
import { copyAddress, openPort } from '#commands/addresses';
import { connectContainer } from '#commands/connectContainer';
import { restartContainer, startContainer, stopContainer } from '#commands/containerState';
import { createNetwork, createNetworkLike } from '#commands/createNetwork';
import { disconnectContainer } from '#commands/disconnectContainer';
import { editNetwork } from '#commands/editNetwork';
import { find } from '#commands/find';
import { findFreePort, findFreeSubnet } from '#commands/findFree';
import { inspect } from '#commands/inspect';
import { pruneNetworks } from '#commands/pruneNetworks';
import { publishPort } from '#commands/publishPort';
import type { Command } from '#commands/registry';
import { removeNetwork } from '#commands/removeNetwork';
import { runContainer } from '#commands/runContainer';
import { openShell, showLogs } from '#commands/terminals';

export const commands: readonly Command[] = [
  createNetwork,
  createNetworkLike,
  editNetwork,
  removeNetwork,
  pruneNetworks,
  connectContainer,
  disconnectContainer,
  runContainer,
  publishPort,
  findFreeSubnet,
  findFreePort,
  startContainer,
  stopContainer,
  restartContainer,
  showLogs,
  openShell,
  inspect,
  copyAddress,
  openPort,
  find,
];
