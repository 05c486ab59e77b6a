import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { smallSnapshot } from '#harness/smallSnapshot';
import { openTopology, type TopologyTestPage, themes } from '#harness/topologyPage';
import { buildGraph } from '#model/topology/graph';
import { askPair } from '#model/topology/pairRoute';
import type { PairAnswer } from '#protocol';

const shots = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  mkdirSync(shots, { recursive: true });
});
afterAll(async () => browser?.close());

const snapshot = smallSnapshot;
const graph = buildGraph(snapshot);

/** What the host answers to a pair, in plain words. */
function answerTo(from: string, to: string): PairAnswer {
  const asked = askPair(graph, from, to)!;
  const { answer, networks, ports, reach } = asked;
  const remedies = reach.blockedBy.flatMap(({ rule, remedy }) => [
    {
      text: rule,
      tone: 'plain' as const,
      ...(remedy?.command ? { remedy: { label: 'Mend it…', command: remedy.command, target: remedy.args } } : {}),
    },
  ]);
  const explain = {
    icon: 'target',
    label: 'Explain Connection',
    command: 'explainConnection',
    target: { kind: 'container', engine: 'socket:test', container: from.split(':')[1], pair: { from, to } },
  };
  return {
    from,
    to,
    answer,
    said: `${from} ${answer}`,
    networks,
    ports,
    details: {
      key: from,
      title: `${from} → ${to}`,
      subtitle: answer,
      actions: [explain],
      route: [],
      tables: [],
      notes: [{ text: answer, tone: 'bad' }, ...remedies],
    },
  };
}

/** Answers the page's last question about a pair, as the host does. */
async function answerPair(page: TopologyTestPage): Promise<PairAnswer> {
  const asked = (await page.posted()).filter((message) => message.kind === 'pair').at(-1);
  if (asked?.kind !== 'pair') throw new Error('the page asked about no pair');
  const pair = answerTo(asked.from, asked.to);
  await page.post({ kind: 'pair', pair });
  await page.settled();
  return pair;
}

const focus = (page: TopologyTestPage, key: string) =>
  page.page.evaluate(`document.querySelector('[role=tree]').focus(); document.querySelector('[data-node="${key}"]')`);

/** By keyboard: to the node, however far. */
async function goTo(page: TopologyTestPage, key: string): Promise<void> {
  await focus(page, key);
  await page.page.keyboard.press('Home');
  for (let step = 0; step < 60; step++) {
    const at = await page.page.evaluate(
      'document.getElementById(document.querySelector("[role=tree]").getAttribute("aria-activedescendant")).dataset.node',
    );
    if (at === key) return;
    await page.page.keyboard.press('ArrowDown');
  }
  throw new Error(`no key leads to ${key}`);
}

const shapes = (page: TopologyTestPage) =>
  page.page.evaluate(
    '[...document.querySelectorAll(".route [data-key]")].map((shape) => shape.dataset.key)',
  ) as Promise<string[]>;
const faded = (page: TopologyTestPage, key: string) =>
  page.page.evaluate(`document.querySelector('.main [data-key="${key}"]').classList.contains('faded')`);

describe('two selected nodes', () => {
  for (const mode of ['rails', 'map'] as const) {
    it(`light up the way: ${mode}`, async () => {
      const page = await openTopology(browser, { width: mode === 'map' ? 1_200 : 420, height: 700, state: { mode } });
      await page.show(snapshot);
      await goTo(page, 'container:web');
      await page.page.keyboard.press('Enter');
      await goTo(page, 'container:db');
      await page.page.keyboard.press('Control+Enter');
      const pair = await answerPair(page);
      expect(pair).toMatchObject({ from: 'container:web', to: 'container:db', answer: 'yes', networks: ['back'] });
      expect(await shapes(page)).toContain('route:ring:from');
      expect(await shapes(page)).not.toContain('route:break');
      expect(await faded(page, 'name:alone').catch(() => true)).toBe(true);
      expect(await page.page.evaluate('document.querySelector("[role=status]").textContent')).toBe(pair.said);
      await page.page.screenshot({ path: `${shots}pair-yes-${mode}.png` });
      await page.page.keyboard.press('Escape');
      expect(await shapes(page)).toEqual([]);
      expect((await page.posted()).at(-1)).toMatchObject({ kind: 'selected', key: 'container:web' });
      expect(page.violations).toEqual([]);
      expect(page.failures).toEqual([]);
      await page.close();
    });

    it(`mark the break, with what mends it: ${mode}`, async () => {
      const page = await openTopology(browser, { width: mode === 'map' ? 1_200 : 420, height: 700, state: { mode } });
      await page.show(snapshot);
      await goTo(page, 'container:alone');
      await page.page.keyboard.press('Enter');
      await goTo(page, 'container:db');
      await page.page.keyboard.press('Shift+Enter');
      const pair = await answerPair(page);
      expect(pair.answer).toBe('no');
      expect(await shapes(page)).toEqual(expect.arrayContaining(['route:line', 'route:break', 'route:sign']));
      await page.page.screenshot({ path: `${shots}pair-no-${mode}.png` });
      await page.page.getByRole('button', { name: 'Mend it…' }).first().click();
      const command = (await page.posted()).filter((message) => message.kind === 'command').at(-1);
      expect(command).toMatchObject({ kind: 'command', command: 'connectContainer' });
      await page.page.getByRole('button', { name: 'The other way round' }).click();
      expect(await answerPair(page)).toMatchObject({ from: 'container:db', to: 'container:alone' });
      expect(page.failures).toEqual([]);
      await page.close();
    });

    it(`ask from a container to the host and to what is outside: ${mode}`, async () => {
      const page = await openTopology(browser, { width: mode === 'map' ? 1_200 : 420, height: 700, state: { mode } });
      await page.show(snapshot);
      for (const end of ['host', 'outside']) {
        await goTo(page, 'container:db');
        await page.page.keyboard.press('Enter');
        await goTo(page, end);
        await page.page.keyboard.press('Control+Enter');
        const pair = await answerPair(page);
        expect(pair).toMatchObject({ from: 'container:db', to: end });
        expect(await shapes(page)).toContain('route:line');
        await page.page.screenshot({ path: `${shots}pair-${end}-${mode}.png` });
        await page.page.getByRole('button', { name: 'The other way round' }).click();
        await answerPair(page);
      }
      expect(page.failures).toEqual([]);
      await page.close();
    });
  }

  it('are chosen with Ctrl and click, and their menu asks about both', async () => {
    const page = await openTopology(browser, { width: 420, height: 700, state: { mode: 'rails' } });
    await page.show(snapshot);
    const click = async (id: string, modifiers: 'Control'[]) =>
      page.page.locator(`.main [data-key="name:${id}"]`).click({ modifiers, force: true });
    await click('web', []);
    await click('db', ['Control']);
    await answerPair(page);
    const menu = await page.page.evaluate(`(() => {
      const stage = document.querySelector('.stage');
      let found;
      stage.addEventListener('contextmenu', (event) => event.preventDefault());
      document.querySelector('[role=tree]').dispatchEvent(new KeyboardEvent('keydown', { key: 'F10', shiftKey: true, bubbles: true }));
      return JSON.parse(stage.dataset.vscodeContext);
    })()`);
    expect(menu).toMatchObject({ webviewSection: 'container', container: 'db', pair: { to: 'container:db' } });
    await page.close();
  });

  for (const theme of themes)
    it(`have no axe violation: ${theme}`, async () => {
      const page = await openTopology(browser, { theme, width: 900, height: 700, state: { mode: 'rails' } });
      await page.show(snapshot);
      await goTo(page, 'container:alone');
      await page.page.keyboard.press('Enter');
      await goTo(page, 'container:db');
      await page.page.keyboard.press('Control+Enter');
      await answerPair(page);
      await page.page.screenshot({ path: `${shots}pair-${theme}.png` });
      await page.page.evaluate(readFileSync(axe, 'utf8'));
      const found = await page.page.evaluate(
        'axe.run(document).then((result) => result.violations.map((one) => one.id + " " + one.nodes[0].html))',
      );
      expect(found).toEqual([]);
      await page.close();
    });
});
