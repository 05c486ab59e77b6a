/** The reachability page in a real browser, outside VS Code: the real bundle and style sheet under the real policy. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { type Theme, themeValues } from '#harness/topologyPage';
import type { ReachPage, ReachRequest } from '#reachProtocol';

const root = fileURLToPath(new URL('../..', import.meta.url));
const origin = 'https://reach.test';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'">
<link rel="stylesheet" nonce="abc" href="reach.css"><title>Docker Networks</title></head>
<body></body><script nonce="abc" src="reach.js"></script></html>`;

export interface ReachTestPage {
  readonly page: Page;
  /** What the policy refused and what the page's script threw. */
  readonly troubles: string[];
  show(shown: ReachPage): Promise<void>;
  posted(): Promise<ReachRequest[]>;
  /** Violations that axe finds, one line each. */
  axe(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openReach(browser: Browser, theme: Theme, width = 1000): Promise<ReachTestPage> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const built = await build({
    entryPoints: [`${root}/src/webview/reach.ts`],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  });
  const js = built.outputFiles[0]?.text ?? '';
  const css = readFileSync(`${root}/media/reach.css`, 'utf8');
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/reach.js') return route.fulfill({ contentType: 'text/javascript', body: js });
    if (pathname === '/reach.css') return route.fulfill({ contentType: 'text/css', body: css });
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.addInitScript(`
    window.posted = [];
    window.acquireVsCodeApi = () => ({ postMessage: (message) => window.posted.push(message) });
    document.addEventListener('DOMContentLoaded', () => {
      for (const [name, value] of Object.entries(${JSON.stringify(themeValues(theme))}))
        document.documentElement.style.setProperty(name, value);
    });`);
  await page.goto(`${origin}/`);
  return {
    page,
    troubles,
    async show(shown) {
      await page.evaluate(`window.postMessage(${JSON.stringify({ kind: 'show', page: shown })}, '*')`);
      await page.waitForFunction(`document.title === ${JSON.stringify(shown.title.replace(/\s+/g, ' ').trim())}`);
    },
    posted: () => page.evaluate('window.posted') as Promise<ReachRequest[]>,
    async axe() {
      await page.evaluate(axeSource);
      const result = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
        violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
      };
      return result.violations.flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
      );
    },
    close: () => context.close(),
  };
}
