import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { smallSnapshot } from '#harness/smallSnapshot';
import { openTopology, type TopologyTestPage } from '#harness/topologyPage';
import type { PageStatus } from '#protocol';

const shots = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  mkdirSync(shots, { recursive: true });
});
afterAll(async () => browser?.close());

const down: PageStatus = {
  tone: 'bad',
  text: 'Not connected',
  notice: {
    title: 'docker-host is not answering',
    lines: ['Nobody listens at /var/run/docker.sock.', 'Start the engine, or choose another.'],
    detail: 'connect ECONNREFUSED /var/run/docker.sock',
  },
};

const bare = {
  ...smallSnapshot,
  networks: smallSnapshot.networks.filter((network) => network.builtIn),
  containers: smallSnapshot.containers.filter(({ id }) => id === 'alone'),
};
const nothing = { ...bare, containers: [] };

interface State {
  readonly name: string;
  show(page: TopologyTestPage): Promise<void>;
  /** What has to be read there. */
  readonly says: readonly (string | RegExp)[];
  readonly buttons: readonly string[];
}

const states: readonly State[] = [
  {
    name: 'first-network',
    show: (page) => page.show(bare),
    says: ['Your first network'],
    buttons: ['Create network…', 'From a Compose file'],
  },
  {
    name: 'empty-engine',
    show: (page) => page.show(nothing),
    says: ['Your first network'],
    buttons: ['Create network…', 'From a Compose file'],
  },
  {
    name: 'engine-down',
    show: (page) => page.show(smallSnapshot, { status: { ...down, lastSeen: 'last seen 14:02' } }),
    says: ['docker-host is not answering', 'last seen 14:02'],
    buttons: ['Try now', 'Choose engine…', 'Show log'],
  },
  {
    name: 'never-connected',
    show: (page) => page.show(undefined, { status: down }),
    says: ['docker-host is not answering', 'connect ECONNREFUSED /var/run/docker.sock'],
    buttons: ['Try now', 'Choose engine…', 'Show log'],
  },
  {
    name: 'no-match',
    async show(page) {
      await page.show(smallSnapshot);
      await page.page.evaluate('document.querySelector("[role=tree]").focus()');
      await page.page.keyboard.press('/');
      await page.page.keyboard.type('zzz');
      await page.settled();
    },
    says: ['No container or network matches'],
    buttons: ['Clear filter'],
  },
];

describe('states with little or nothing to draw', () => {
  for (const state of states)
    for (const theme of ['dark', 'light'] as const)
      for (const mode of ['rails', 'map'] as const)
        it(`${state.name}, ${mode}, ${theme}`, async () => {
          const page = await openTopology(browser, {
            theme,
            width: mode === 'map' ? 1_000 : 420,
            height: 620,
            state: { mode },
          });
          await state.show(page);
          await page.page.screenshot({ path: `${shots}state-${state.name}-${mode}-${theme}.png` });
          const visible = (await page.page.evaluate(
            'document.querySelector("main").innerText + [...document.querySelectorAll(".drawing text")].map((text) => text.textContent).join("\\n")',
          )) as string;
          for (const text of state.says) expect(visible).toMatch(text);
          for (const name of state.buttons) {
            const button = page.page.getByRole('button', { name, exact: true });
            const box = await button.boundingBox();
            expect(box, name).not.toBeNull();
            expect(box!.x >= 0 && box!.x + box!.width <= (mode === 'map' ? 1_000 : 420)).toBe(true);
          }
          await page.page.evaluate(readFileSync(axe, 'utf8'));
          // What is old is greyed on purpose, and its contrast with it.
          const found = await page.page.evaluate(
            'axe.run({ exclude: [[".down .content"]] }).then((result) => result.violations.map((one) => one.id + " " + one.nodes[0].html))',
          );
          expect(found).toEqual([]);
          expect(page.failures).toEqual([]);
          expect(page.violations).toEqual([]);
          await page.close();
        });
});
