/** Our layout alone, elkjs and Cytoscape on the same data, each in a fresh page of the same browser. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pageWordsForTests } from '#harness/pageWords';
import type { Snapshot } from '#model/snapshot';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Milliseconds that a contender may take. */
export const longest = 60_000;

export interface Drawn {
  /** Layout and first paint, milliseconds. */
  readonly painted: number;
  readonly elements: number;
  /** Median frame while panning, milliseconds. */
  readonly panning: number;
}

export type Contender = 'elkBoxes' | 'elkLayered' | 'cytoscapeCose';

/** Bundles the page's script, with elkjs and Cytoscape in it, into out/. */
export async function bundleContest(): Promise<string> {
  const outfile = `${root}/out/bench/contest.js`;
  await build({
    entryPoints: [`${root}/test/browser/contest.ts`],
    outfile,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  });
  return outfile;
}

/** Undefined when it took longer than `longest`. */
export async function compete(
  browser: Browser,
  script: string,
  contender: Contender,
  snapshot: Snapshot,
): Promise<Drawn | undefined> {
  return inPage(browser, script, (page) =>
    page.evaluate(`contest.${contender}(${JSON.stringify(snapshot)})`),
  ) as Promise<Drawn | undefined>;
}

/** Milliseconds of our layout, the first in a fresh page. */
export async function ownLayout(
  browser: Browser,
  script: string,
  mode: 'rails' | 'map',
  snapshot: Snapshot,
): Promise<number> {
  const time = await inPage(browser, script, (page) =>
    page.evaluate(`contest.layout(${JSON.stringify(snapshot)}, '${mode}', ${JSON.stringify(pageWordsForTests)})`),
  );
  return Number(time);
}

async function inPage(browser: Browser, script: string, work: (page: Page) => Promise<unknown>): Promise<unknown> {
  const page = await browser.newPage({ viewport: { width: 1_200, height: 900 } });
  try {
    await page.addScriptTag({ path: script });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), longest);
    });
    const working = work(page);
    // When it is late its page is closed under it: that is no failure.
    working.catch(() => undefined);
    return await Promise.race([working, late]).finally(() => clearTimeout(timer));
  } finally {
    await page.close();
  }
}
