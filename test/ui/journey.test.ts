/** The main journey, end to end: a real engine, the real workbench, and what a person does there first. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealEngine } from '#harness/engines';
import { until } from '#harness/processes';
import { choose, openUiWorld, refusedByPolicy, sentences, topologyFrame, type UiWorld } from '#harness/uiWorld';
import {
  accept,
  answer,
  answerDialog,
  contextMenu,
  expand,
  hoverText,
  inEditor,
  openFile,
  openView,
  pickItems,
  promptText,
  promptValue,
  row,
  rows,
  runCommand,
  typeAnswer,
  waitForPrompt,
  webviewFrame,
} from '#harness/workbenchParts';

let world: UiWorld;
let page: Page;
let engine: RealEngine;
const picture = (name: string) => world.workbench.screenshot(`journey-${name}`);
const rowsSay = (what: string, test: (texts: readonly string[]) => boolean, view?: string) =>
  until(what, async () => {
    const texts = await rows(page, view);
    return test(texts) ? texts : undefined;
  });

beforeAll(async () => {
  const source = "// the shop's front\nexport const front = 'http://192.168.100.100:80/';\n";
  world = await openUiWorld({ part: 'uijourney', files: { 'front.ts': source }, size: { width: 1440, height: 900 } });
  ({ page, engine } = world);
}, 400_000);
afterAll(() => world?.dispose());

describe('the main journey', () => {
  it('shows networks, containers, addresses and ports in the view', async () => {
    await openView(page);
    await rowsSay('mynet', (texts) => texts.some((text) => /^mynet bridge · 192\.168\.100\.0\/24/.test(text)));
    await expand(page, 'mynet');
    await rowsSay('web', (texts) => texts.some((text) => /^web 192\.168\.100\.100 · static/.test(text)));
    await expand(page, 'web');
    await rowsSay('the port of web', (texts) => texts.some((text) => /8080.*80/.test(text)));
    await picture('tree');
    const names = (await rows(page)).map((text) => text.split(' ')[0]);
    expect(names.indexOf('mynet')).toBeLessThan(names.indexOf('bridge'));
  });

  it('creates a network through the prompts, by keyboard', async () => {
    await runCommand(page, 'Docker Networks: Create Network…');
    expect(await waitForPrompt(page, 'Name of the network')).toContain('1/5');
    await page.keyboard.type('shop');
    await page.keyboard.press('Enter');
    await waitForPrompt(page, 'Driver');
    await picture('driver');
    await page.keyboard.press('Enter');
    await waitForPrompt(page, 'Subnet in CIDR notation');
    expect(await promptValue(page)).toMatch(/^172\.\d+\.0\.0\/16$/);
    await typeAnswer(page, '192.168.100.128/25');
    await until('the overlap named', async () =>
      (await promptText(page)).includes('192.168.100.128/25 overlaps 192.168.100.0/24 of network “mynet”'),
    );
    await picture('overlap');
    await answer(page, '10.77.0.0/24');
    await waitForPrompt(page, 'Gateway inside 10.77.0.0/24');
    expect(await promptValue(page)).toBe('10.77.0.1');
    await answer(page, '10.77.0.254');
    await waitForPrompt(page, 'Look once more');
    await picture('look-once-more');
    await page.keyboard.press('Enter');
    const made = await until('the network', async () => {
      const { code, stdout } = await engine.tryDocker('network', 'inspect', 'shop');
      return code === 0 ? JSON.parse(stdout)[0] : undefined;
    });
    expect(made).toMatchObject({
      Driver: 'bridge',
      IPAM: { Config: [{ Subnet: '10.77.0.0/24', Gateway: '10.77.0.254' }] },
    });
    await until('the new row selected', async () => (await row(page, 'shop').getAttribute('aria-selected')) === 'true');
    await picture('created');
  });

  it('draws it beside the editor', async () => {
    await openFile(page, 'front.ts');
    await runCommand(page, 'Docker Networks: Open Topology');
    const frame = await topologyFrame(page);
    await until('the drawing with shop', async () => (await sentences(frame)).some((text) => text.includes('shop')));
    await picture('topology');
  });

  it('connects web at a static address; tree and drawing follow', async () => {
    await runCommand(page, 'Docker Networks: Connect Container…');
    await waitForPrompt(page, 'Which network?');
    await choose(page, 'shop');
    await waitForPrompt(page, 'Which containers are to join shop?');
    await typeAnswer(page, 'mynet 192.168.100.100');
    await until('web alone', async () => (await pickItems(page)).length === 1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await picture('connect-whom');
    await accept(page);
    await waitForPrompt(page, 'Static address in 10.77.0.0/24');
    await answer(page, '10.77.0.50');
    await waitForPrompt(page, 'Aliases');
    await answer(page, 'front');
    await waitForPrompt(page, 'Look once more');
    await page.keyboard.press('Enter');
    const format = '{{with index .NetworkSettings.Networks "shop"}}{{.IPAddress}} {{json .Aliases}}{{end}}';
    const connected = await until(
      'web on shop',
      async () => (await engine.docker('inspect', '-f', format, 'web')) || false,
    );
    expect(connected).toMatch(/^10\.77\.0\.50 .*front/);
    await rowsSay('web under shop', (texts) => texts.some((text) => /^web 10\.77\.0\.50 · static/.test(text)));
    const frame = await topologyFrame(page);
    await until('the drawing to follow', async () =>
      (await sentences(frame)).some((text) => /web/.test(text) && text.includes('10.77.0.50')),
    );
    await picture('connected');
  });

  it('explains an address under the mouse pointer', async () => {
    await page.locator('.tab', { hasText: 'front.ts' }).first().click();
    const text = await hoverText(page, inEditor(page, '192.168.100.100'), 'web');
    await picture('hover');
    for (const said of [
      'web',
      'tiny:1',
      'mynet',
      'bridge',
      '192.168.100.0/24',
      '192.168.100.254',
      '10.77.0.50',
      '8080',
    ])
      expect(text).toContain(said);
    await page.keyboard.press('Escape');
    await page.mouse.move(2, 2);
  });

  it('follows what a terminal does, without a refresh', async () => {
    await engine.docker('network', 'create', '--subnet', '10.78.0.0/24', 'outside');
    await rowsSay('outside', (texts) => texts.some((text) => text.startsWith('outside bridge · 10.78.0.0/24')));
    await engine.docker('network', 'rm', 'outside');
    await rowsSay('outside gone', (texts) => !texts.some((text) => text.startsWith('outside ')));
    await engine.docker('stop', 'db');
    await rowsSay('db stopped', (texts) => texts.some((text) => /^db .*(stopped|exited)/i.test(text)));
    await picture('db-stopped');
    await engine.docker('start', 'db');
    await rowsSay('db running', (texts) => texts.some((text) => /^db 192\.168\.100\.\d+/.test(text)));
    await engine.docker('rename', 'db', 'store');
    await rowsSay('the new name', (texts) => texts.some((text) => text.startsWith('store ')));
    await engine.docker('rename', 'store', 'db');
    await rowsSay('the old name', (texts) => texts.some((text) => text.startsWith('db ')));
  });

  it('removes the network again, asked first', async () => {
    await contextMenu(page, 'shop', 'Remove Network…');
    const said = await answerDialog(page, 'Disconnect and Remove');
    expect(said).toContain('Remove “shop”?');
    expect(said).toContain('shop: web will be disconnected first.');
    await until('shop gone', async () => (await engine.tryDocker('network', 'inspect', 'shop')).code !== 0);
    await rowsSay('no row shop', (texts) => !texts.some((text) => text.startsWith('shop ')));
    const frame = await topologyFrame(page);
    await until(
      'shop out of the drawing',
      async () => !(await sentences(frame)).some((text) => text.includes('10.77.0')),
    );
  });

  it('inspects a network as read-only JSON', async () => {
    await contextMenu(page, 'mynet', 'Inspect');
    await page.locator('.tab', { hasText: 'mynet' }).first().waitFor();
    await until('the JSON', async () => (await inEditor(page, '192.168.100.254').count()) > 0);
    await inEditor(page, '192.168.100.254').click();
    await page.keyboard.type('x');
    await until('the refusal to edit', async () =>
      (await page.locator('.monaco-editor-overlaymessage').allInnerTexts()).some((text) => /read-only/i.test(text)),
    );
    await picture('inspect');
  });

  it('finds who has an address', async () => {
    await runCommand(page, 'Docker Networks: Find Address, Port or Name…');
    await waitForPrompt(page, 'An address, a port or a name');
    await typeAnswer(page, 'who has 192.168.100.100?');
    await until('web', async () => (await pickItems(page)).some((item) => /web[\s\S]*192\.168\.100\.100/.test(item)));
    await picture('find');
    await page.keyboard.press('Enter');
    await until('web selected', async () => (await row(page, 'web').getAttribute('aria-selected')) === 'true');
  });

  it('lists host ports', async () => {
    await page.locator('.sidebar .pane-header', { hasText: /^Ports/i }).click();
    await rowsSay('port 8080', (texts) => texts.some((text) => /8080/.test(text) && /web/.test(text)), 'Ports');
    await picture('ports');
  });

  it('explains a connection on a page of its own', async () => {
    await runCommand(page, 'Docker Networks: Explain Connection…');
    await waitForPrompt(page, 'Who asks?');
    await choose(page, 'web');
    await waitForPrompt(page, 'Whom does it ask?');
    await choose(page, 'db');
    await waitForPrompt(page, 'Which port?');
    await answer(page, '5432');
    const frame = await webviewFrame(page, 'main.pair');
    expect(await frame.locator('h1').innerText()).toContain('web → db:5432');
    await picture('explain');
  });

  it('kept to its Content-Security-Policy', () => {
    expect(refusedByPolicy(world.workbench.errors)).toEqual([]);
  });
});
