/** The page goes on from what it has: with patches it shows what a page shows that gets the whole. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { randomChange } from '#harness/randomChange';
import { Random, randomSnapshot } from '#harness/randomSnapshot';
import { openTopology } from '#harness/topologyPage';
import type { Snapshot } from '#model/snapshot';
import type { PatchMessage, UpdateMessage } from '#protocol';
import { TopologyFeed } from '#views/topologyFeed';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

const update = (snapshot: Snapshot): UpdateMessage => ({
  kind: 'update',
  engine: 'e',
  engineLabel: 'docker-host',
  status: { tone: 'live', text: 'Live' },
  snapshot,
});

/** Every element of the drawing with its attributes in order, but for the mark of what has just come. */
const drawn = `[...document.querySelectorAll('.drawing .ground *, .drawing .main *')].map((element) => [
  element.tagName,
  ...[...element.classList].filter((name) => name !== 'appears').sort(),
  ...[...element.attributes].filter(({ name }) => name !== 'class').map(({ name, value }) => name + '=' + value).sort(),
  element.children.length === 0 ? element.textContent : '',
].join(' '))`;

describe('patches', () => {
  for (const mode of ['rails', 'map'] as const)
    it(`show what the whole shows: ${mode}`, async () => {
      const size = { width: 1_000, height: 800 };
      const patched = await openTopology(browser, { ...size, state: { mode } });
      const feed = new TopologyFeed();
      const random = new Random(11);
      let snapshot = randomSnapshot(21, { containers: 30, networks: 5 });
      await patched.post(feed.next(update(snapshot)));
      await patched.settled();
      let patches = 0;
      for (let step = 0; step < 15; step++) {
        snapshot = randomChange(random, snapshot).snapshot;
        const message = feed.next(update(snapshot));
        if (message.kind === 'patch') patches++;
        await patched.post(message);
        await patched.settled();
        if (step % 5 < 4) continue;
        // Places and colours of the new page are those of the old one: it writes them at the latest when it goes.
        await patched.page.evaluate("window.dispatchEvent(new Event('pagehide'))");
        const whole = await openTopology(browser, { ...size, state: await patched.page.evaluate('window.kept') });
        await whole.post(update(snapshot));
        await whole.settled();
        expect(await patched.page.evaluate(drawn)).toEqual(await whole.page.evaluate(drawn));
        expect(whole.failures).toEqual([]);
        await whole.close();
      }
      expect(patches).toBe(15);
      expect(patched.failures).toEqual([]);
      expect((await patched.posted()).filter(({ kind }) => kind === 'whole' || kind === 'failed')).toEqual([]);
      await patched.close();
    });

  it('are refused when they do not follow: the page asks for the whole', async () => {
    const opened = await openTopology(browser, { width: 700, height: 500 });
    const feed = new TopologyFeed();
    const snapshot = randomSnapshot(21, { containers: 5, networks: 2 });
    await opened.post(feed.next(update(snapshot)));
    await opened.settled();
    const [changed] = snapshot.containers;
    const lost = { ...snapshot, containers: [{ ...changed!, name: 'lost' }, ...snapshot.containers.slice(1)] };
    feed.next(update(lost));
    await opened.post(feed.next(update({ ...lost, takenAt: 1 })) as PatchMessage);
    await opened.settled();
    const asked = async () => (await opened.posted()).filter(({ kind }) => kind === 'whole').length;
    await expect.poll(asked).toBe(1);
    feed.forget();
    await opened.post(feed.next(update(lost)));
    await opened.settled();
    expect(await opened.page.evaluate('document.querySelector(".drawing").textContent')).toContain('lost');
    await opened.close();
  });
});
