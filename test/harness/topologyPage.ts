/** The topology page in a real browser, outside VS Code: the real bundle and style sheet, a stand-in for the host's end. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pageWordsForTests } from '#harness/pageWords';
import type { Snapshot } from '#model/snapshot';
import type { FromPage, ToPage, UpdateMessage } from '#protocol';

const root = fileURLToPath(new URL('../..', import.meta.url));
const origin = 'https://topology.test';
export const themes = ['dark', 'light', 'hc', 'hc-light'] as const;
export type Theme = (typeof themes)[number];

const bodyClass: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  hc: 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** Values of a theme's variables by their whole names. */
export function themeValues(theme: Theme): Readonly<Record<string, string>> {
  const css = readFileSync(new URL('themes.css', import.meta.url), 'utf8');
  const block = css.split(`[data-theme="${theme}"]`)[1]?.split('}')[0] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/(--vscode-[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}

let bundle: Promise<string> | undefined;

/** The page's script, built from source as esbuild.mjs builds it. */
function script(): Promise<string> {
  bundle ??= build({
    entryPoints: [`${root}/src/webview/topology.ts`],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  }).then((result) => result.outputFiles[0]!.text);
  return bundle;
}

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
  /** What the page finds in VS Code's state. */
  readonly state?: unknown;
  /** Script that runs before the page's own. */
  readonly first?: string;
  /** Motion as it is where nobody asks for less; without it there is none, so that pictures are still. */
  readonly motion?: boolean;
}

/** A page that was told its words; `violations` holds what its Content-Security-Policy refused. */
export class TopologyTestPage {
  readonly page: Page;
  readonly violations: string[] = [];
  readonly failures: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  async post(message: ToPage): Promise<void> {
    await this.page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
  }

  async show(snapshot: Snapshot | undefined, more: Partial<UpdateMessage> = {}): Promise<void> {
    await this.post({
      kind: 'update',
      engine: 'socket:test',
      engineLabel: 'docker-host',
      status: { tone: 'live', text: 'Live' },
      ...(snapshot ? { snapshot } : {}),
      ...more,
    });
    await this.settled();
  }

  /** Three frames: layout and paint are joined to one frame each. */
  async settled(): Promise<void> {
    const frame = 'new Promise((resolve) => requestAnimationFrame(resolve))';
    for (let count = 0; count < 3; count++) await this.page.evaluate(frame);
  }

  /** What the page told the host so far. */
  async posted(): Promise<FromPage[]> {
    return this.page.evaluate('window.posted') as Promise<FromPage[]>;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

export async function openTopology(browser: Browser, options: OpenOptions): Promise<TopologyTestPage> {
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: options.motion ? 'no-preference' : 'reduce',
  });
  const page = await context.newPage();
  const opened = new TopologyTestPage(page);
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) opened.violations.push(message.text());
  });
  page.on('pageerror', (error) => opened.failures.push(String(error)));
  const js = await script();
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/topology.js') return route.fulfill({ contentType: 'text/javascript', body: js });
    if (pathname.endsWith('.css'))
      return route.fulfill({
        contentType: 'text/css',
        body: readFileSync(`${root}/media/topology${pathname}`, 'utf8'),
      });
    return route.fulfill({ contentType: 'text/html', body: pageHtml });
  });
  const theme = options.theme ?? 'dark';
  if (options.first !== undefined) await page.addInitScript(options.first);
  await page.addInitScript(standIn(themeValues(theme), bodyClass[theme], options.state));
  await page.goto(`${origin}/`);
  await opened.post({ kind: 'initialise', words: pageWordsForTests, language: 'en', screenReader: false });
  return opened;
}

/** Script for the page: VS Code's API, theme variables on the root element and the theme's class on the body. */
function standIn(values: Readonly<Record<string, string>>, classes: string, state: unknown): string {
  return `
    window.posted = [];
    window.kept = ${JSON.stringify(state) ?? 'undefined'};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.posted.push(message),
      getState: () => window.kept,
      setState: (next) => { window.kept = next; },
    });
    document.addEventListener('DOMContentLoaded', () => {
      for (const [name, value] of Object.entries(${JSON.stringify(values)}))
        document.documentElement.style.setProperty(name, value);
      document.body.className = ${JSON.stringify(classes)};
    });`;
}

/** In the order of src/views/topologyHost.ts. */
const styles = ['tokens', 'controls', 'stage', 'drawing', 'parts'];

const pageHtml = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Docker Networks</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; img-src blob:">
${styles.map((name) => `<link rel="stylesheet" nonce="abc" href="${name}.css">`).join('')}</head>
<body><script nonce="abc" src="topology.js"></script></body></html>`;
