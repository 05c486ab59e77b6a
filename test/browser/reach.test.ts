/** The reachability page in a real Chromium: what it shows, what it reports, in every theme, with hostile names. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { openReach } from '#harness/reachPage';
import { themes } from '#harness/topologyPage';
import type { ListPage, MatrixPage, PairPage } from '#reachProtocol';

const hostile = '<img src=x onerror=alert(1)>\u202e"\'&amp;';

const pair = (from: string, to: string): PairPage => ({
  kind: 'pair',
  title: `${from} → ${to}`,
  tone: 'no',
  answer: 'No',
  sentence: `“${from}” does not reach “${to}”.`,
  routes: [
    {
      stops: [
        { kind: 'party', text: from },
        { kind: 'between', text: 'network “shop”' },
        { kind: 'party', text: to, detail: '10.0.0.2:80' },
      ],
      address: '10.0.0.2:80',
      names: [to],
    },
  ],
  drawn: [
    { kind: 'party', text: from },
    { kind: 'break', text: 'They share no network.', detail: 'They share no network.' },
    { kind: 'party', text: to },
  ],
  reasons: [
    { text: 'They share no network.', seen: 'Docker 28', remedy: { label: `Connect “${from}” to “shop”…`, index: 0 } },
    { text: 'It is paused.', remedy: { label: 'docker unpause' } },
  ],
  depends: [{ text: 'A machine on the LAN that routes 10.0.0.0/24 gets in.' }],
  test: { tone: 'no', text: 'As predicted.', lines: ['10.0.0.2:80: no answer in time (wget)'] },
  words: {
    routes: 'Ways to it',
    reasons: 'Why not',
    depends: 'Besides',
    names: 'by name:',
    seen: 'Seen on',
    test: 'Test it now',
    testHint: 'Tries the connection for real.',
    result: 'Tested',
    swap: 'The other way round',
    copy: 'Copy',
    drawn: 'The way',
  },
});

function matrix(size: number): MatrixPage {
  const names = Array.from({ length: size }, (_, index) => (index === 3 ? hostile : `container-${index}`));
  const groups = [
    { name: 'backend', size: Math.floor(size / 2) },
    { name: 'shop', size: size - Math.floor(size / 2) },
  ];
  return {
    kind: 'matrix',
    title: 'Who reaches whom',
    summary: `${size} containers; some pairs reach each other.`,
    names,
    groups,
    cells: names.map((_, row) => names.map((_, column) => (row === column ? '.' : 'ynd'[(row + column) % 3])).join('')),
    sentences: ['both are on one network', 'They share no network.', 'It depends.'],
    reasons: names.map((_, row) => names.map((_, column) => (row + column) % 3)),
    grouping: 'network',
    words: {
      filter: 'Filter by container, network or project',
      byNetwork: 'By network',
      byProject: 'By project',
      from: 'from',
      to: 'to',
      yes: 'reaches',
      no: 'does not reach',
      depends: 'depends',
      self: 'itself',
      rowSummary: '{0} reaches {1} of {2}',
      nothing: 'No container matches.',
    },
  };
}

const list: ListPage = {
  kind: 'list',
  title: 'What can reach “web”',
  groups: [
    { tone: 'yes', heading: 'Yes', items: [{ text: hostile, detail: 'db · 10.0.0.2', index: 4 }] },
    { tone: 'no', heading: 'No', items: [] },
  ],
  words: { none: 'Nobody.' },
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each([...themes])('%s', (theme) => {
  test('no page has an accessibility violation', async () => {
    const opened = await openReach(browser, theme);
    for (const shown of [pair('web', 'db'), list, matrix(12)]) {
      await opened.show(shown);
      expect(await opened.axe()).toEqual([]);
    }
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('what the page reports', () => {
  test('remedies, the test and the other direction', async () => {
    const opened = await openReach(browser, 'dark');
    await opened.show(pair('web', 'db'));
    await opened.page.click('#remedy-0');
    await opened.page.click('#test');
    await opened.page.click('#swap');
    await opened.page.click('#copy-0');
    expect(await opened.posted()).toEqual([
      { kind: 'ready' },
      { kind: 'remedy', index: 0 },
      { kind: 'test' },
      { kind: 'swap' },
      { kind: 'copy', text: '10.0.0.2:80' },
    ]);
    await opened.close();
  });

  test('a party of a list', async () => {
    const opened = await openReach(browser, 'dark');
    await opened.show(list);
    await opened.page.click('#party-4');
    expect((await opened.posted()).at(-1)).toEqual({ kind: 'open', from: 4 });
    await opened.close();
  });
});

describe('the matrix', () => {
  test('of 60 fits its width, speaks its cells and opens a pair', async () => {
    const opened = await openReach(browser, 'dark', 1600);
    await opened.show(matrix(60));
    const width = await opened.page.evaluate("document.querySelector('table').getBoundingClientRect().width");
    expect(width).toBeLessThan(1560);
    const label = await opened.page.getAttribute('tbody tr:nth-child(2) td:nth-child(3) button', 'aria-label');
    expect(label).toContain('container-0 → container-1: does not reach');
    await opened.page.click('tbody tr:nth-child(2) td:nth-child(3) button');
    expect((await opened.posted()).at(-1)).toEqual({ kind: 'open', from: 0, to: 1 });
    await opened.page.keyboard.press('ArrowRight');
    expect(await opened.page.evaluate('document.activeElement.getAttribute("aria-label")')).toContain('container-2');
    await opened.close();
  });

  test('filters rows and columns, and keeps the filter when the engine changes', async () => {
    const opened = await openReach(browser, 'dark');
    await opened.show(matrix(30));
    await opened.page.fill('#filter', 'container-2');
    const rows = "document.querySelectorAll('tbody th[scope=row]').length";
    expect(await opened.page.evaluate(rows)).toBe(11);
    await opened.show({ ...matrix(30), title: 'Who reaches whom now' });
    expect(await opened.page.inputValue('#filter')).toBe('container-2');
    expect(await opened.page.evaluate(rows)).toBe(11);
    await opened.page.fill('#filter', 'no such thing');
    expect(await opened.page.textContent('.table')).toBe('No container matches.');
    await opened.close();
  });
});

test('hostile names stay text', async () => {
  const opened = await openReach(browser, 'dark');
  for (const shown of [pair(hostile, hostile), list, matrix(8)]) {
    await opened.show(shown);
    expect(await opened.page.evaluate("document.querySelectorAll('img, script').length")).toBe(0);
    expect(await opened.page.textContent('main')).toContain('<img src=x onerror=alert(1)>');
  }
  expect(opened.troubles).toEqual([]);
  await opened.close();
});
