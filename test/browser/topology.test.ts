import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { randomSnapshot } from '#harness/randomSnapshot';
import { openTopology, type TopologyTestPage, themes } from '#harness/topologyPage';
import type { Snapshot } from '#model/snapshot';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const shots = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
let browser: Browser;
let open: TopologyTestPage[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  mkdirSync(shots, { recursive: true });
});
afterAll(async () => browser?.close());

async function start(options: Parameters<typeof openTopology>[1]): Promise<TopologyTestPage> {
  const page = await openTopology(browser, options);
  open.push(page);
  return page;
}

/** Nothing in any test may break the Content-Security-Policy or throw. */
async function closeAll(): Promise<void> {
  for (const page of open) {
    expect(page.violations).toEqual([]);
    expect(page.failures).toEqual([]);
    expect((await page.posted()).filter((message) => message.kind === 'failed')).toEqual([]);
    await page.close();
  }
  open = [];
}

const sizes = {
  6: { containers: 6, networks: 3 },
  20: { containers: 20, networks: 6 },
  60: { containers: 60, networks: 12 },
};

/** Painted boxes of the drawing's texts in CSS pixels, and pairs that overlap. */
const overlapping = `(() => {
  const texts = [...document.querySelectorAll('.drawing .main text')].filter((text) => text.textContent.trim() !== '');
  const boxes = texts.map((text) => { const box = text.getBoundingClientRect(); return { text: text.firstChild.nodeValue, left: box.left, right: box.right, top: box.top + 3, bottom: box.bottom - 3 }; });
  const found = [];
  boxes.forEach((box, index) => { for (const other of boxes.slice(index + 1))
    if (box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom && other.top < box.bottom) found.push(box.text + ' | ' + other.text); });
  return found;
})()`;

/** Texts painted wider than the layout reserved, with the pixels that they are too wide. */
const tooWide = `[...document.querySelectorAll('.drawing .main text')]
  .filter((text) => !/r-(middle|far)/.test(text.getAttribute('class')))
  .map((text) => [text.firstChild?.nodeValue, text.getComputedTextLength() - Number(text.dataset.reserved)])
  .filter(([, excess]) => excess > 0.6)`;

describe('the drawing in a browser', () => {
  for (const mode of ['rails', 'map'] as const)
    for (const width of [420, 700, 1_400])
      for (const count of [6, 20, 60] as const)
        it(`has no text over another: ${mode}, ${count} containers, ${width} px`, async () => {
          const page = await start({ width, height: 900, state: { mode } });
          await page.show(randomSnapshot(count * 7, sizes[count]));
          expect(await page.page.evaluate(overlapping)).toEqual([]);
          expect(await page.page.evaluate(tooWide)).toEqual([]);
          await page.page.screenshot({ path: `${shots}${mode}-${count}-${width}-dark.png` });
          await closeAll();
        });

  it('stays within 2,500 elements at 5,000 containers, in both drawings', async () => {
    const snapshot = randomSnapshot(5, { containers: 5_000, networks: 300 });
    for (const mode of ['rails', 'map'] as const) {
      const page = await start({ width: 1_400, height: 900, state: { mode } });
      await page.show(snapshot);
      const count = () => page.page.evaluate('document.querySelectorAll("*").length');
      expect(await count()).toBeLessThan(2_500);
      if (mode === 'map')
        for (let step = 0; step < 7; step++) {
          await page.page.evaluate('document.querySelector("[role=tree]").focus()');
          await page.page.keyboard.press('+');
          await page.page.keyboard.press('+');
          await page.settled();
          expect(await count()).toBeLessThan(2_500);
        }
      else {
        await page.page.evaluate('document.querySelector(".stage").scrollTop = 40000');
        await page.settled();
        expect(await count()).toBeLessThan(2_500);
        expect(await page.page.evaluate('document.querySelectorAll(".main text").length')).toBeGreaterThan(20);
      }
      await closeAll();
    }
  }, 240_000);
});

describe('accessibility', () => {
  for (const theme of themes)
    for (const mode of ['rails', 'map'] as const)
      it(`has no axe violation: ${mode}, ${theme}`, async () => {
        const page = await start({ theme, width: 900, height: 900, state: { mode } });
        await page.show(randomSnapshot(140, sizes[20]));
        await page.page.evaluate('document.querySelector("[role=tree]").focus()');
        await page.page.keyboard.press('ArrowDown');
        await page.page.keyboard.press('Enter');
        await page.post({ kind: 'details', details: detailsFor(await selectedKey(page)) });
        await page.settled();
        await page.page.screenshot({ path: `${shots}${mode}-20-900-${theme}.png` });
        const violations = await runAxe(page);
        expect(violations).toEqual([]);
        await closeAll();
      });

  it('says every drawn node once in the tree', async () => {
    const snapshot = randomSnapshot(140, sizes[20]);
    const page = await start({ width: 420, height: 900, state: { mode: 'rails' } });
    await page.show(snapshot);
    const said = (await page.page.evaluate(
      '[...document.querySelectorAll("[role=treeitem]")].map((item) => item.textContent)',
    )) as string[];
    expect(said.every((sentence) => sentence.trim() !== '')).toBe(true);
    for (const container of snapshot.containers)
      expect(said.some((text) => text.startsWith(container.name))).toBe(true);
    await closeAll();
  });
});

async function selectedKey(page: TopologyTestPage): Promise<string> {
  const messages = await page.posted();
  const last = messages.filter((message) => message.kind === 'selected').at(-1);
  return last?.kind === 'selected' ? (last.key ?? '') : '';
}

function detailsFor(key: string) {
  const action = { icon: 'plug', label: 'Connect to a network…', command: 'connectContainer', target: {} };
  const row = [{ text: 'front' }, { text: '172.20.0.2', mono: true }, { text: 'web', mono: true, dim: true }];
  return {
    key,
    title: 'web',
    subtitle: 'nginx · running',
    actions: [action],
    route: [{ text: 'LAN' }, { text: 'docker-host:80', mono: true }],
    tables: [{ columns: ['Network', 'Address', 'Name'], rows: [row] }],
  };
}

async function runAxe(page: TopologyTestPage): Promise<string[]> {
  await page.page.evaluate(readFileSync(axe, 'utf8'));
  const result = (await page.page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
  };
  return result.violations.map(
    (found) =>
      `${found.id}: ${found.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' || ')}`,
  );
}

describe('hostile names', () => {
  const nasty = [
    '<img src=x onerror=alert(1)>',
    '<script>window.hacked = true</script>',
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '\u202egnp.exe',
    'a\u0000b\u0007c\nd',
    'x'.repeat(4_096),
    '\ud800 lone surrogate',
    '</title></svg><script>window.hacked = true</script>',
    'javascript:alert(1)',
  ];

  it('are drawn as text, in both drawings, the tree, the details and an exported picture', async () => {
    const base = randomSnapshot(9, { containers: 200, networks: 12 });
    const snapshot: Snapshot = {
      ...base,
      containers: base.containers.map((container, index) => {
        const name = `${nasty[index % nasty.length]}${index}`;
        return {
          ...container,
          name,
          image: name,
          links: [],
          ...(container.compose ? { compose: { project: name, service: name } } : {}),
        };
      }),
      networks: base.networks.map((network, index) => ({ ...network, name: `${nasty[index % nasty.length]}${index}` })),
    };
    for (const mode of ['rails', 'map'] as const) {
      const page = await start({ width: 900, height: 900, state: { mode } });
      await page.show(snapshot);
      for (let step = 0; step < 12; step++) {
        await page.page.keyboard.press('Tab');
        await page.page.keyboard.press('ArrowDown');
      }
      await page.post({ kind: 'picture', request: 1, format: 'svg' });
      const picture = async () => (await page.posted()).find((message) => message.kind === 'picture');
      await expect.poll(picture, { timeout: 20_000 }).toBeDefined();
      const found = await picture();
      const svg = found?.kind === 'picture' ? (found.data ?? '') : '';
      const elements = (await page.page.evaluate(
        `[...new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml').querySelectorAll('*')].flatMap((one) =>
          [one.tagName, ...[...one.attributes].map((attribute) => attribute.name)])`,
      )) as string[];
      expect(elements).toContain('text');
      expect(
        elements.filter((name) => /^(script|img|image|a|style|foreignObject|parsererror|on.*|href)$/i.test(name)),
      ).toEqual([]);
      const strange = await page.page.evaluate(`[...document.querySelectorAll('*')].filter((element) =>
        !/^(html|head|meta|title|link|style|body|script|div|span|label|input|kbd|button|select|option|svg|g|path|rect|circle|text|section|main|h1|header|h2|p|table|thead|tbody|tr|th|td|code)$/i.test(element.tagName)
        || [...element.attributes].some((attribute) => /^on/i.test(attribute.name))).map((element) => element.outerHTML.slice(0, 200))`);
      expect(strange).toEqual([]);
      expect(await page.page.evaluate('document.scripts.length')).toBe(0);
      expect(await page.page.evaluate('window.hacked')).toBeUndefined();
      await closeAll();
    }
  });
});

describe('the keyboard', () => {
  it('reaches every node, selects, opens the menu of what it is at, searches and leaves', async () => {
    const snapshot = randomSnapshot(140, sizes[20]);
    const page = await start({ width: 420, height: 900, state: { mode: 'rails' } });
    await page.show(snapshot);
    await page.page.evaluate(`window.menus = []; document.addEventListener('contextmenu', (event) => {
      event.preventDefault(); window.menus.push(JSON.parse(event.target.closest('[data-vscode-context]').dataset.vscodeContext)); });
      document.querySelector('[role=tree]').focus()`);
    const active = () =>
      page.page.evaluate(
        'document.getElementById(document.querySelector("[role=tree]").getAttribute("aria-activedescendant")).dataset.node',
      );
    const total = (await page.page.evaluate('document.querySelectorAll("[role=treeitem]").length')) as number;
    const seen = new Set<unknown>([await active()]);
    for (let step = 1; step < total; step++) {
      await page.page.keyboard.press('ArrowDown');
      seen.add(await active());
    }
    expect(seen.size).toBe(total);
    await page.page.keyboard.press('Home');
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('ArrowRight');
    expect(String(await active())).toMatch(/^container:/);
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.press('Shift+F10');
    const [menu] = (await page.page.evaluate('window.menus')) as Record<string, unknown>[];
    expect(menu).toMatchObject({
      webviewSection: 'container',
      kind: 'container',
      engine: 'socket:test',
      preventDefaultContextMenuItems: true,
    });
    expect(`container:${menu?.container}`).toBe(await active());
    const selected = (await page.posted()).filter((message) => message.kind === 'selected');
    expect(selected.at(-1)).toMatchObject({ key: await active(), reveal: true });
    await page.page.keyboard.press('/');
    await page.page.keyboard.type('zzz-nothing');
    expect(await page.page.getByText('No container or network matches').isVisible()).toBe(true);
    await page.page.keyboard.press('Escape');
    await page.page.keyboard.press('Escape');
    expect(await page.page.evaluate('document.activeElement.getAttribute("role")')).toBe('tree');
    await page.page.keyboard.press('Escape');
    expect((await page.posted()).at(-1)).toMatchObject({ kind: 'selected', reveal: true });
    await closeAll();
  });

  it('drags a container onto a network to connect it', async () => {
    const snapshot = randomSnapshot(140, sizes[20]);
    const page = await start({ width: 420, height: 1_600, state: { mode: 'rails', density: 'compact' } });
    await page.show(snapshot);
    const networks = snapshot.networks.filter((network) => network.driver === 'bridge' && !network.builtIn);
    const container = snapshot.containers.find(
      (found) =>
        found.mode === 'networks' && found.endpoints.length === 1 && found.endpoints[0]!.networkId !== networks[0]!.id,
    )!;
    const at = async (key: string) => {
      const box = await page.page.locator(`.main [data-key="${key}"]`).boundingBox();
      return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
    };
    const from = await at(`name:${container.id}`);
    const to = await at(`name:${networks[0]!.id}`);
    await page.page.mouse.move(from.x, from.y);
    await page.page.mouse.down();
    await page.page.mouse.move(from.x + 20, from.y, { steps: 3 });
    await page.page.mouse.move(to.x, to.y, { steps: 5 });
    await page.page.mouse.up();
    const connects = (await page.posted()).filter((message) => message.kind === 'connect');
    expect(connects).toEqual([{ kind: 'connect', container: container.id, network: networks[0]!.id }]);
    await closeAll();
  });
});
