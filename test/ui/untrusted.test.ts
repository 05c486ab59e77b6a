/** A workspace that is not trusted, in the real workbench: networks are shown, and nothing changes them. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RealEngine } from '#harness/engines';
import { until } from '#harness/processes';
import { tutorial } from '#harness/tutorial';
import { choose, openUiWorld, type UiWorld } from '#harness/uiWorld';
import {
  answer,
  expand,
  notifications,
  openView,
  promptText,
  row,
  runCommand,
  waitForPrompt,
  webviewFrame,
} from '#harness/workbenchParts';

let world: UiWorld;
let page: Page;
let engine: RealEngine;

const message = 'This workspace is not trusted, so networks are shown but not changed. Trust it to change them.';

beforeAll(async () => {
  world = await openUiWorld({ part: 'untrusted', untrusted: true });
  ({ page, engine } = world);
}, 400_000);
afterAll(() => world?.dispose());

const fingerprint = async (): Promise<string> =>
  [
    await engine.docker('network', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}'),
    await engine.docker('ps', '-a', '--no-trunc', '--format', '{{.ID}} {{.Names}} {{.State}} {{.Networks}} {{.Ports}}'),
  ].join('\n');

it('is restricted, and shows networks all the same', async () => {
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
  await openView(page);
  await expand(page, tutorial.network);
  await row(page, tutorial.web).waitFor();
});

it.each([
  'Create Network…',
  'Create Network Like This…',
  'Edit Network…',
  'Remove Network…',
  'Prune Unused Networks…',
  'Connect Container…',
  'Disconnect Container…',
  'Run Container…',
  'Publish Port…',
  'Start Container',
  'Stop Container',
  'Restart Container',
  'Open Shell in Container',
])('refuses %s with the reason, before anything is asked', async (title) => {
  const before = await fingerprint();
  await runCommand(page, 'Notifications: Clear All Notifications');
  await until('no message', async () => (await notifications(page)).length === 0);
  await runCommand(page, `Docker Networks: ${title}`);
  await until('the refusal', async () => (await notifications(page)).includes(message));
  expect(await promptText(page)).toBe('');
  expect(await page.locator('.monaco-dialog-box').count()).toBe(0);
  expect(await page.locator('.terminal-wrapper').count()).toBe(0);
  expect(await fingerprint()).toBe(before);
});

it('answers what only reads', async () => {
  await runCommand(page, 'Docker Networks: Find Free Subnet…');
  await waitForPrompt(page, 'Prefix length');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Docker Networks: Inspect');
  await waitForPrompt(page, 'Which network or container?');
  await page.keyboard.press('Escape');
});

it('explains a connection, and runs no test in a container', async () => {
  await runCommand(page, 'Docker Networks: Explain Connection…');
  await waitForPrompt(page, 'Who asks?');
  await choose(page, 'web');
  await waitForPrompt(page, 'Whom does it ask?');
  await choose(page, 'db');
  await waitForPrompt(page, 'Which port?');
  await answer(page, '5432');
  const frame = await webviewFrame(page, 'main.pair');
  await frame.locator('#test').click();
  await until('the refusal', async () => (await frame.locator('.test .result').innerText()).includes(message));
  await world.workbench.screenshot('untrusted-test');
});

it('changes networks once it is trusted', async () => {
  await runCommand(page, 'Workspaces: Manage Workspace Trust');
  await page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
  await until('the prompt', async () => {
    await runCommand(page, 'Docker Networks: Create Network…');
    await page.waitForTimeout(1_000);
    return (await promptText(page)).includes('Name of the network');
  });
  await page.keyboard.press('Escape');
});
