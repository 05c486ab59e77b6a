/** The drawing in the real workbench: by keyboard alone, in four themes, in step with the tree, exported. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealEngine } from '#harness/engines';
import { until } from '#harness/processes';
import { choose, openUiWorld, refusedByPolicy, sentences, topologyFrame, type UiWorld } from '#harness/uiWorld';
import {
  answer,
  expand,
  openView,
  pickItems,
  row,
  runCommand,
  typeAnswer,
  waitForPrompt,
  webviewFrame,
} from '#harness/workbenchParts';

let world: UiWorld;
let page: Page;
let engine: RealEngine;
let frame: Frame;
const picture = (name: string) => world.workbench.screenshot(`topology-${name}`);
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

/** Runs a command with the keys one has for it. */
async function command(title: string): Promise<void> {
  await until(`the command ${title}`, async () => {
    await press('Escape', 'F1');
    await waitForPrompt(page, 'Type the name of a command');
    await page.keyboard.type(title);
    await until('its row', async () => (await pickItems(page))[0]?.includes(title.split(': ')[1] ?? title), 10_000);
    await press('Enter');
    return true;
  });
}

/** What a screen reader says now: the sentence of the active node. */
const active = (): Promise<string> =>
  frame.evaluate(() => {
    const tree = document.querySelector('[role=tree]');
    return document.getElementById(tree?.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';
  });
const treeHasFocus = () => frame.evaluate(() => document.activeElement?.getAttribute('role') === 'tree');
const selected = () => frame.locator('[role=treeitem][aria-selected=true]').allInnerTexts();

/** Goes down from the first node to the one whose sentence matches. */
async function goTo(wanted: RegExp): Promise<void> {
  await press('Home');
  for (let step = 0; step < 60 && !wanted.test(await active()); step++) await press('ArrowDown');
  expect(await active()).toMatch(wanted);
}

/** Opens the active node's menu by key and takes an entry of it. */
async function fromMenu(entry: string, key: 'Shift+F10' | 'ContextMenu'): Promise<void> {
  const shown = page.locator('.monaco-menu .action-item.focused', { hasText: entry });
  await until(`the menu's ${entry}`, async () => {
    if ((await page.locator('.monaco-menu').count()) === 0) await press(key);
    for (let step = 0; step < 14 && (await shown.count()) === 0; step++) await press('ArrowDown');
    return (await shown.count()) > 0;
  });
  await press('Enter');
}

const openedByKeys = async () => {
  await command('Docker Networks: Open Topology');
  frame = await topologyFrame(page);
  await until('the focus in the drawing', treeHasFocus);
};

beforeAll(async () => {
  world = await openUiWorld({ part: 'uitopo', files: { 'notes.md': '# Notes\n' }, size: { width: 1440, height: 900 } });
  ({ page, engine } = world);
  await openView(page);
}, 400_000);
afterAll(() => world?.dispose());

describe('the drawing by keyboard', () => {
  it('opens with the focus in it and reaches every node with the arrows', async () => {
    await openedByKeys();
    await until('everything drawn', async () => (await sentences(frame)).some((text) => text.includes('isolated')));
    await picture('opened');
    const all = await sentences(frame);
    await press('Home');
    const reached = [await active()];
    for (let step = 1; step < all.length; step++) {
      await press('ArrowDown');
      reached.push(await active());
    }
    expect(reached).toEqual(all);
    for (const name of [
      'mynet',
      'web',
      'db',
      'random-port',
      'publish-all',
      'host-mode',
      'isolated',
      'web-sidecar',
      'redis',
      'legacy',
    ])
      expect(all.join('\n')).toContain(name);
  });

  it('takes the tree along, and is taken along by it', async () => {
    await goTo(/^web, .*192\.168\.100\.100/);
    await press('Enter');
    await until(
      'web selected in the tree',
      async () => (await row(page, 'web').getAttribute('aria-selected')) === 'true',
    );
    await picture('selected');
    await expand(page, 'mynet');
    await row(page, 'random-port').click();
    await until('random-port selected in the drawing', async () =>
      (await selected()).some((text) => text.includes('random-port')),
    );
  });

  it('connects a container from its menu', async () => {
    await openedByKeys();
    await goTo(/^publish-all, /);
    await fromMenu('Connect Container…', 'Shift+F10');
    await waitForPrompt(page, 'Which network?');
    await choose(page, 'mynet');
    await waitForPrompt(page, 'Static address in 192.168.100.0/24');
    await answer(page, '192.168.100.50');
    await waitForPrompt(page, 'Aliases');
    await press('Enter');
    await waitForPrompt(page, 'Look once more');
    await press('Enter');
    await until('the drawing to show it', async () =>
      (await sentences(frame)).some((text) => text.includes('publish-all') && text.includes('192.168.100.50')),
    );
    const address = '{{.NetworkSettings.Networks.mynet.IPAddress}}';
    expect(await engine.docker('inspect', '-f', address, 'publish-all')).toBe('192.168.100.50');
    await engine.docker('network', 'disconnect', 'mynet', 'publish-all');
    await until(
      'the drawing to follow',
      async () => !(await sentences(frame)).some((text) => text.includes('192.168.100.50')),
    );
  });

  it('explains a connection from a menu', async () => {
    await openedByKeys();
    await goTo(/^redis, /);
    await fromMenu('Explain Connection…', 'ContextMenu');
    await waitForPrompt(page, 'Whom does it ask?');
    await choose(page, 'web');
    await waitForPrompt(page, 'Which port?');
    await answer(page, '80');
    const pair = await webviewFrame(page, 'main.pair');
    await until('the page of the pair', async () => (await pair.locator('h1').innerText()).includes('redis → web:80'));
    await picture('explained');
    await press('Control+W');
  });

  it('searches with /, leaves with Escape', async () => {
    await openedByKeys();
    await press('/');
    await page.keyboard.type('redis');
    await until('the match told', async () =>
      (await frame.locator('[aria-live]').allInnerTexts()).some((text) => /\b[12]\b/.test(text)),
    );
    await press('Enter');
    await until('redis selected', async () => (await selected()).some((text) => text.includes('redis')));
    await picture('searched');
    await press('Escape', 'Escape');
    await until('the focus back in the drawing', treeHasFocus);
    await press('Escape');
    await until('nothing selected', async () => (await selected()).length === 0);
  });

  it('changes between rails and map', async () => {
    const view = () => frame.evaluate(() => document.body.dataset.view);
    const before = await view();
    const onRadio = () => frame.evaluate(() => document.activeElement?.getAttribute('role') === 'radio');
    for (let step = 0; step < 12 && !(await onRadio()); step++) await press('Shift+Tab');
    expect(await onRadio()).toBe(true);
    await press('ArrowRight');
    await until('the other drawing', async () => (await view()) !== before);
    await press('ArrowRight');
    await until('the first drawing again', async () => (await view()) === before);
  });
});

describe('the drawing', () => {
  it('is exported as SVG', async () => {
    await command('Docker Networks: Export Topology…');
    await waitForPrompt(page, 'Export Topology');
    await typeAnswer(page, 'SVG');
    await press('Enter');
    const file = join(world.folder, 'docker-networks.svg');
    await until(
      'the file',
      async () => {
        if (existsSync(file) && readFileSync(file, 'utf8').trimEnd().endsWith('</svg>')) return true;
        if ((await page.locator('.quick-input-widget:visible').count()) > 0) await press('Enter');
        return false;
      },
      60_000,
      500,
    );
    const svg = readFileSync(file, 'utf8');
    for (const text of ['mynet', '192.168.100.100', 'random-port']) expect(svg).toContain(text);
  });

  const themes = {
    'Light Modern': 'light',
    'Dark High Contrast': 'high-contrast',
    'Light High Contrast': 'high-contrast-light',
    'Dark Modern': 'dark',
  };
  it.each(Object.entries(themes))('stands in the theme %s', async (theme, kind) => {
    await runCommand(page, 'Preferences: Color Theme');
    await waitForPrompt(page, 'Select Color Theme');
    await page.keyboard.type(theme);
    await until('the theme first', async () => (await pickItems(page))[0]?.startsWith(theme));
    await press('Enter');
    await until(`the theme ${theme}`, () =>
      frame.evaluate((wanted) => document.body.classList.contains(`vscode-${wanted}`), kind),
    );
    for (const [index, view] of ['rails', 'map'].entries()) {
      await frame.locator('[role=radio]').nth(index).click();
      await until(view, () => frame.evaluate((wanted) => document.body.dataset.view === wanted, view));
      await picture(`${view}-${theme.replaceAll(' ', '-').toLowerCase()}`);
    }
  });

  it('kept to its Content-Security-Policy', () => {
    expect(refusedByPolicy(world.workbench.errors)).toEqual([]);
  });
});
