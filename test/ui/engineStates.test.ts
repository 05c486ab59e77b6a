/** Engines that are missing, forbidden, gone, back, or no engines at all: what the view says, and how it recovers. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '#harness/processes';
import { openUiWorld, sentences, topologyFrame, type UiWorld } from '#harness/uiWorld';
import { openView, rows, runCommand, webviewFrame } from '#harness/workbenchParts';

/** Root may open every socket: these two capabilities are what it may do that with. */
const withoutRootsRights = ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--'];
const folder = mkdtempSync(join(tmpdir(), 'docker-networks-states-'));
const nothing = `unix://${join(folder, 'nothing.sock')}`;
let world: UiWorld;
let page: Page;
let other: Server | undefined;
const picture = (name: string) => world.workbench.screenshot(`state-${name}`);
const endpoint = (url: string) => world.workbench.changeSettings({ 'dockerNetworks.endpoint': url });

/** Text and buttons of the welcome view. */
const welcome = (expected: string) =>
  until(`the welcome text ${expected}`, async () => {
    const text = (await page.locator('.sidebar .welcome-view-content:visible').allInnerTexts()).join('\n');
    return text.includes(expected) ? text : undefined;
  });
/** The line above the rows. */
const message = async () =>
  (await page.locator('.sidebar .tree-view-message, .sidebar .message').allInnerTexts()).join('\n');
const mynet = () => until('mynet', async () => (await rows(page)).some((text) => text.startsWith('mynet ')));

beforeAll(async () => {
  const settings = { 'dockerNetworks.endpoint': nothing };
  const env = { DOCKER_HOST: '', DOCKER_CONTEXT: '', DOCKER_CONFIG: join(folder, 'config'), XDG_RUNTIME_DIR: folder };
  world = await openUiWorld({ part: 'uistates', settings, env, through: withoutRootsRights });
  ({ page } = world);
  await openView(page);
}, 400_000);
afterAll(async () => {
  other?.close();
  await world?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

it('says that there is no engine, and offers what helps', async () => {
  const text = await welcome('No container engine was found on this machine.');
  for (const offered of ['Start Docker', 'Choose Engine…', 'DOCKER_HOST', 'Install Docker'])
    expect(text).toContain(offered);
  await picture('missing');
});

it('says that the socket may not be opened, and which group opens it', async () => {
  chmodSync(world.engine.socket, 0o000);
  endpoint(world.engine.url);
  const text = await welcome('you may not open it');
  expect(text).toContain('sudo usermod -aG docker');
  await picture('permission');
});

it('shows the networks once it may, after Try Again', async () => {
  chmodSync(world.engine.socket, 0o600);
  await until('the networks', async () => {
    const again = page
      .locator('.sidebar .welcome-view-content:visible .monaco-button', { hasText: 'Try Again' })
      .first();
    if ((await again.count()) > 0) await again.click({ timeout: 2_000 });
    return (await rows(page)).some((text) => text.startsWith('mynet '));
  });
  expect(await message()).toBe('');
});

it('keeps the last picture of an engine that died, dated', async () => {
  await runCommand(page, 'Docker Networks: Open Topology');
  const frame = await topologyFrame(page);
  await until('the drawing', async () => (await sentences(frame)).some((text) => text.includes('mynet')));
  await world.engine.stop();
  const said = await until('the message', async () => /Last picture: \S+/.test(await message()) && (await message()));
  expect(said).toMatch(/cut off|Nobody listens|No engine was found/);
  await mynet();
  await until('the drawing dated', async () => /last seen \d/.test(await frame.locator('#app').innerText()));
  await picture('died');
});

it('is live again by itself', async () => {
  await world.engine.restart();
  await until('no message', async () => (await message()) === '', 90_000);
  await world.engine.docker('network', 'create', '--subnet', '10.79.0.0/24', 'back-again');
  await until('what was made after', async () => (await rows(page)).some((text) => text.startsWith('back-again ')));
  const frame = await webviewFrame(page, '#app');
  await until('the drawing to follow', async () =>
    (await sentences(frame)).some((text) => text.includes('back-again')),
  );
  await picture('back');
});

it('says that what answers is no engine', async () => {
  other = createServer((_, response) => response.end('<h1>hello</h1>'));
  const socket = join(folder, 'other.sock');
  await new Promise<void>((resolve) => other?.listen(socket, resolve));
  endpoint(`unix://${socket}`);
  const text = await welcome('what answered was not what an engine says');
  for (const offered of ['Show Log', 'Choose Engine…', 'Try Again']) expect(text).toContain(offered);
  await picture('no-engine');
});
