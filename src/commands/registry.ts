/** The one table that registers commands: the only error boundary. A command's `run` throws; this file tells the person. */
import type * as vscode from 'vscode';
import type { Engines } from '#live/types';
import type { Surfaces } from '#views/surfaces';

/** What every command is given: nothing is global. */
export interface CommandContext {
  readonly extension: vscode.ExtensionContext;
  readonly engines: Engines;
  readonly surfaces: Surfaces;
  readonly log: vscode.LogOutputChannel;
}

/**
 * One command. `argument` is what VS Code (a menu: a `Target`; with several rows selected, `selection` holds all) or a
 * script (one object that answers the prompts) handed over: unknown, narrowed by the command itself.
 */
export interface Command {
  /** Key in `commandIds` of src/contributions.ts, without the `dockerNetworks.` prefix. */
  readonly id: string;
  /** Whether it changes an engine: refused in an untrusted workspace, logged, followed by a re-read. */
  readonly changes: boolean;
  run(context: CommandContext, argument?: unknown, selection?: readonly unknown[]): Promise<unknown>;
}
