/** Composes the rooms and registers them; no logic of its own. */
import * as vscode from 'vscode';
import type { DockerNetworksApi } from '#api';
import { composeCommands } from '#commands/composeCommands';
import { offerAbandonedEdits } from '#commands/editJournals';
import { registerInspect } from '#commands/inspect';
import { reachCommands } from '#commands/reachCommands';
import { registerCommands } from '#commands/register';
import type { CommandContext } from '#commands/registry';
import { commands } from '#commands/table';
import { topologyCommands } from '#commands/topologyCommands';
import { viewCommands } from '#commands/viewCommands';
import { registerCode } from '#views/code';
import { registerPorts } from '#views/ports/register';
import { registerStatusBar } from '#views/statusBar';
import type { Surfaces } from '#views/surfaces';
import { registerTopology } from '#views/topologyPanel';
import { registerTree } from '#views/tree/register';
import { createApi } from './apiV1.ts';
import { createEngines } from './engines.ts';
import { createReachPages } from './reachPages.ts';

export function activate(context: vscode.ExtensionContext): DockerNetworksApi {
  const log = vscode.window.createOutputChannel('Docker Networks', { log: true });
  context.subscriptions.push(log);
  const { engines, discovered } = createEngines(context, log);
  const tree = registerTree(context, { engines, discovered });
  registerPorts(context, { engines });
  registerStatusBar(context, { engines });
  const topology = registerTopology(context, engines, { log });
  const code = registerCode(context, engines, (targets) => {
    for (const target of targets) topology.select(target);
  });
  context.subscriptions.push(
    tree.onDidSelect((target) => topology.select(target)),
    topology.onDidSelect((target) => void tree.follow(target)),
    topology.onDidSelect((target) => void code.follow.selected(target)),
  );
  const surfaces: Surfaces = {
    tree,
    revealInTree: (target) => tree.revealInTree(target),
    openTopology: (target) => topology.openTopology(target),
    topologyPicture: (format) => topology.picture(format),
    showPlan: (title, snapshot) => topology.showPlan(title, snapshot),
    ...createReachPages(context, engines, log),
  };
  const commandContext: CommandContext = { extension: context, engines, surfaces, log };
  context.subscriptions.push(
    registerCommands(commandContext, [
      ...commands,
      ...viewCommands,
      ...reachCommands,
      ...topologyCommands,
      ...composeCommands,
    ]),
    registerInspect(commandContext),
  );
  void discovered.then(() => offerAbandonedEdits(commandContext));
  return createApi(context, engines, discovered);
}
