/** The API that `activate` returns, over the engines of this window. */
import * as vscode from 'vscode';
import type { DockerNetworksApi } from '#api';
import type { Disposable, EngineSession, Engines } from '#live/types';
import { reach } from '#model/reachability';
import type { Engine, Snapshot } from '#model/snapshot';

export function createApi(
  context: vscode.ExtensionContext,
  engines: Engines,
  discovered: Promise<void>,
): DockerNetworksApi {
  const changed = new vscode.EventEmitter<Snapshot>();
  const watched = new Map<EngineSession, Disposable>();
  const watch = (): void => {
    for (const [session, subscription] of watched) {
      if (engines.sessions.includes(session)) continue;
      subscription.dispose();
      watched.delete(session);
    }
    for (const session of engines.sessions)
      if (!watched.has(session))
        watched.set(
          session,
          session.onDidChangeSnapshot(({ snapshot }) => changed.fire(snapshot)),
        );
  };
  watch();
  context.subscriptions.push(changed, engines.onDidChange(watch), {
    dispose: () => {
      for (const subscription of watched.values()) subscription.dispose();
    },
  });
  const snapshot = async (engine?: string): Promise<Snapshot> => {
    await discovered;
    return engines.find(engine).complete();
  };
  return {
    version: 1,
    engines: (): readonly Engine[] => engines.sessions.flatMap((session) => session.snapshot?.engine ?? []),
    snapshot,
    onDidChangeSnapshot: changed.event,
    reach: async ({ engine, ...question }) => reach(await snapshot(engine), question),
  };
}
