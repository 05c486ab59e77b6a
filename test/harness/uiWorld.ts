/** What the journeys share: docker-28 with the tutorial's topology, and the workbench with the package in front of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { type RealEngine, startEngine } from '#harness/engines';
import { until } from '#harness/processes';
import { layOutTutorial } from '#harness/tutorial';
import { vsix } from '#harness/vsix';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '#harness/workbench';
import { pickItems, typeAnswer, webviewFrame } from '#harness/workbenchParts';

export interface UiWorld {
  readonly engine: RealEngine;
  readonly workbench: Workbench;
  readonly page: Page;
  readonly folder: string;
  dispose(): Promise<void>;
}

export interface UiOptions extends Partial<Omit<WorkbenchOptions, 'extension' | 'folder'>> {
  /** Part word of the engine: one for each test file. */
  readonly part: string;
  /** Files of the folder that is opened, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

export async function openUiWorld({ part, files, ...options }: UiOptions): Promise<UiWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-networks-ui-'));
  for (const [name, text] of Object.entries(files ?? {})) writeFileSync(join(folder, name), text);
  const engine = await startEngine('docker-28', part);
  const clean = async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await engine.loadImage();
    await layOutTutorial(engine.docker, engine);
    const settings = { 'dockerNetworks.endpoint': engine.url, ...options.settings };
    const workbench = await startWorkbench({ ...options, extension: { vsix: await vsix() }, folder, settings });
    const dispose = async () => {
      await workbench.dispose();
      await clean();
    };
    return { engine, workbench, page: workbench.page, folder, dispose };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** Types the beginning of an item of the open list and takes it with Enter, as one does without a mouse. */
export async function choose(page: Page, text: string): Promise<void> {
  await typeAnswer(page, text);
  await until(`an item ${text}`, async () => (await pickItems(page)).some((item) => item.includes(text)));
  await page.keyboard.press('Enter');
}

/** The sentences of the drawing's nodes, in their order: what a screen reader is told of each. */
export const sentences = (frame: Frame): Promise<string[]> => frame.locator('[role=treeitem]').allInnerTexts();

/** The frame of the drawing, once it has drawn something. */
export const topologyFrame = (page: Page): Promise<Frame> => webviewFrame(page, '#app [role=treeitem]');

/** Violations of a Content-Security-Policy that pages of the extension have caused; the workbench's own are not ours. */
export const refusedByPolicy = (errors: readonly string[]): string[] =>
  errors.filter((text) => /Content.Security.Policy|Refused to/i.test(text) && /dockerNetworks|nonce-/.test(text));
