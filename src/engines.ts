/** The engines of this window: discovery, settings and memory of VS Code tied to the live room. */
import * as vscode from 'vscode';
import { settings } from '#contributions';
import { discoverEndpoints } from '#engine/endpoints';
import { localMachine, watchContexts } from '#engine/localMachine';
import { LiveEngines } from '#live/engines';

export interface WindowEngines {
  readonly engines: LiveEngines;
  /** Settles when endpoints were looked for the first time. */
  readonly discovered: Promise<void>;
}

/** Looks for endpoints, which asks no engine, and again when a setting or Docker's own configuration changes. */
export function createEngines(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): WindowEngines {
  const configuration = () => vscode.workspace.getConfiguration();
  const setting = (): string => configuration().get<string>(settings.endpoint) ?? '';
  const engines = new LiveEngines({
    discover: () => discoverEndpoints(setting(), localMachine()),
    connect: async (spec) => {
      // The client brings dockerode: loaded when an engine is first asked, not when the window opens.
      const { createClient } = await import('#engine/client');
      return createClient(spec, (line) => log.debug(`${spec.label}: ${line}`));
    },
    memory: context.globalState,
    setting,
    showAll: () => configuration().get<boolean>(settings.showAllEngines) === true,
  });
  const discover = async (): Promise<void> => {
    try {
      await engines.discover();
      log.info(`endpoints: ${engines.specs.map((spec) => `${spec.label} (${spec.url})`).join(', ') || 'none'}`);
    } catch (error) {
      log.error(
        'looking for endpoints failed',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
    }
  };
  context.subscriptions.push(
    engines,
    watchContexts(() => void discover()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.endpoint) || event.affectsConfiguration(settings.showAllEngines))
        void discover();
    }),
  );
  return { engines, discovered: discover() };
}
