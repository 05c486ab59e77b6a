import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { randomSnapshot } from '#harness/randomSnapshot';
import { smallSnapshot } from '#harness/smallSnapshot';
import { openTopology, type TopologyTestPage } from '#harness/topologyPage';
import type { Container, Snapshot } from '#model/snapshot';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const added: Container = {
  ...smallSnapshot.containers.find(({ id }) => id === 'db')!,
  id: 'a-new-one',
  name: 'a-new-one',
  endpoints: [{ networkId: 'back', network: 'back', ipv4: '172.21.0.9', staticIp: false }],
  published: [],
};

const withOneMore = (snapshot: Snapshot, container = added): Snapshot => ({
  ...snapshot,
  containers: [...snapshot.containers, container],
});

/** Writes down every animation that the page starts: how long, what moves, what of it. */
const watch = `window.motions = [];
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (frames, options) {
    window.motions.push({ key: this.getAttribute('data-key') ?? this.getAttribute('class'), duration: options.duration, transform: frames[0].transform ?? '', opacity: frames[0].opacity });
    return animate.call(this, frames, options);
  };`;

interface Motion {
  readonly key: string;
  readonly duration: number;
  readonly transform: string;
  readonly opacity?: number;
}

async function open(options: Partial<Parameters<typeof openTopology>[1]> = {}): Promise<TopologyTestPage> {
  const page = await openTopology(browser, {
    width: 420,
    height: 900,
    motion: true,
    state: { mode: 'rails' },
    ...options,
  });
  await page.page.evaluate(watch);
  return page;
}

const motions = (page: TopologyTestPage): Promise<Motion[]> =>
  page.page.evaluate('window.motions') as Promise<Motion[]>;

async function done(page: TopologyTestPage): Promise<void> {
  expect(page.failures).toEqual([]);
  expect(page.violations).toEqual([]);
  await page.close();
}

/** What a view is when it does not change for 200 ms. */
async function still(view: () => Promise<string>): Promise<string> {
  for (let before = ''; ; ) {
    const now = await view();
    if (now === before) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe('motion', () => {
  it('lets rows slide, new shapes appear and a changed endpoint ring, when a container comes', async () => {
    const page = await open();
    await page.show(smallSnapshot);
    expect(await motions(page)).toEqual([]);
    await page.show(withOneMore(smallSnapshot));
    const seen = await motions(page);
    const slid = seen.find(({ key }) => key === 'name:db');
    expect(slid).toMatchObject({ duration: 200 });
    expect(slid?.transform).toMatch(/translate\(0px, -\d+px\)/);
    expect(seen.filter(({ duration }) => duration === 600)).toHaveLength(1);
    expect(
      await page.page.evaluate(
        'document.querySelector("[data-key=\\"name:a-new-one\\"]").classList.contains("appears")',
      ),
    ).toBe(true);
    await expect.poll(() => page.page.evaluate('document.querySelectorAll(".ringing").length')).toBe(0);
    await done(page);
  });

  it('lets what is gone fade and then be gone', async () => {
    const page = await open();
    await page.show(withOneMore(smallSnapshot));
    const before = await page.page.evaluate('document.querySelectorAll(".main > *").length');
    await page.show(smallSnapshot);
    expect((await motions(page)).some(({ duration, opacity }) => duration === 120 && opacity === 0)).toBe(true);
    await expect
      .poll(() =>
        page.page.evaluate('[...document.querySelectorAll(".main > *")].filter((one) => !one.dataset.key).length'),
      )
      .toBe(0);
    expect(await page.page.evaluate('document.querySelectorAll(".main > *").length')).toBeLessThan(Number(before));
    await done(page);
  });

  it('moves nothing on a new width, a scroll, another density or when very much moves at once', async () => {
    const page = await open({ height: 500 });
    await page.show(smallSnapshot);
    await page.page.setViewportSize({ width: 640, height: 500 });
    await page.settled();
    await page.page.evaluate('document.querySelector(".stage").scrollTop = 200');
    await page.settled();
    expect(await motions(page)).toEqual([]);
    await page.page.setViewportSize({ width: 640, height: 2_400 });
    const many = randomSnapshot(3, { containers: 300, networks: 6 });
    await page.show(many);
    await page.page.evaluate('window.motions.length = 0');
    const first = many.networks.find((network) => !network.builtIn)!;
    const endpoints = [{ networkId: first.id, network: first.name, ipv4: '10.0.0.9', staticIp: false }];
    await page.show(withOneMore(many, { ...added, name: '0', endpoints }));
    expect((await motions(page)).filter(({ duration }) => duration === 200).length).toBeLessThanOrEqual(300);
    await done(page);
  });

  it('glides to a network and back to the whole, by small steps', async () => {
    const page = await open({ width: 1_200, height: 800, state: { mode: 'map' } });
    await page.show(randomSnapshot(140, { containers: 40, networks: 9 }));
    const view = () =>
      page.page.evaluate('document.querySelector(".content").getAttribute("transform")') as Promise<string>;
    await page.page.evaluate('document.querySelector("[role=tree]").focus()');
    await page.page.keyboard.press('0');
    const whole = await still(view);
    await page.page.evaluate(`window.views = new Set();
      new MutationObserver(() => window.views.add(document.querySelector('.content').getAttribute('transform')))
        .observe(document.querySelector('.content'), { attributes: true });
      document.querySelector('[role=tree]').focus()`);
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('ArrowDown');
    await page.page.evaluate('window.views.clear()');
    await page.page.keyboard.press('z');
    await expect.poll(() => page.page.evaluate('window.views.size')).toBeGreaterThan(2);
    const near = await view();
    expect(near).not.toBe(whole);
    await page.page.keyboard.press('0');
    await expect.poll(view).toBe(whole);
    await done(page);
  });

  for (const less of ['the system', 'VS Code'] as const)
    it(`is none where ${less} asks for less`, async () => {
      const page = await open({ motion: less === 'VS Code' });
      if (less === 'VS Code') await page.page.evaluate('document.body.classList.add("vscode-reduce-motion")');
      await page.show(smallSnapshot);
      await page.show(withOneMore(smallSnapshot));
      await page.show(smallSnapshot);
      expect(await motions(page)).toEqual([]);
      expect(await page.page.evaluate('document.getAnimations().length')).toBe(0);
      await done(page);
    });
});
