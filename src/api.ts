/** The extension's API: what `activate` returns. Version 1 is stable; optional fields may be added. */
import type * as vscode from 'vscode';
import type { Party, ReachAnswer } from '#model/reach';
import type { Engine, Protocol, Snapshot } from '#model/snapshot';

export interface DockerNetworksApi {
  readonly version: 1;
  engines(): readonly Engine[];
  /** Re-reads the lists and waits until every container was inspected. Rejects when the engine cannot be asked. */
  snapshot(engine?: string): Promise<Snapshot>;
  readonly onDidChangeSnapshot: vscode.Event<Snapshot>;
  reach(question: {
    readonly from: Party;
    readonly to: Party;
    readonly port?: number;
    readonly protocol?: Protocol;
    readonly engine?: string;
  }): Promise<ReachAnswer>;
}
