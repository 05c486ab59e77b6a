/** Runs inside the extension host (`--extensionTestsPath`): activates a copy that nothing activates by itself, and times it. */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { DockerNetworksApi } from '#api';
import { commandIds, extensionId, viewIds } from '#contributions';

/** Milliseconds; `…At` since the epoch, for the counter of requests. */
export interface HostTimes {
  /** Loading the bundle and `activate()`. */
  readonly activation: number;
  /** From the start of the activation until the view has its rows; without an engine undefined. */
  readonly tree?: number;
  readonly startAt: number;
  readonly completeAt?: number;
  readonly refreshAt?: number;
  readonly idleAt?: number;
  readonly endAt?: number;
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** VS Code calls this. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<DockerNetworksApi>(extensionId);
  if (!extension || extension.isActive) throw new Error(`${extensionId} is missing, or active too early`);
  // The workbench starts up beside it: what it does then is not ours.
  await wait(5_000);
  const startAt = Date.now();
  const start = performance.now();
  const api = await extension.activate();
  const activation = performance.now() - start;
  const times: HostTimes = { activation, startAt };
  const more = process.env.BENCH_IDLE ? await withEngine(api, start, Number(process.env.BENCH_IDLE)) : {};
  writeFileSync(process.env.BENCH_RESULTS ?? '', JSON.stringify({ ...times, ...more }));
}

async function withEngine(api: DockerNetworksApi, start: number, idle: number): Promise<Partial<HostTimes>> {
  const filled = new Promise<number>((resolve) => {
    const listener = api.onDidChangeSnapshot(() => {
      listener.dispose();
      resolve(performance.now() - start);
    });
  });
  await vscode.commands.executeCommand(`${viewIds.networks}.focus`);
  const tree = await filled;
  await wait(3_000);
  const completeAt = Date.now();
  await vscode.commands.executeCommand(commandIds.refresh);
  await wait(3_000);
  const idleAt = Date.now();
  await wait(idle * 1_000);
  return { tree, completeAt, refreshAt: completeAt, idleAt, endAt: Date.now() };
}
