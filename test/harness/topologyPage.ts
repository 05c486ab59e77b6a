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
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
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

  /** Two frames: layout and paint are joined to one frame each. */
  async settled(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
        ),
    );
  }

  /** What the page told the host so far. */
  async posted(): Promise<FromPage[]> {
    return this.page.evaluate(() => (window as unknown as { posted: FromPage[] }).posted);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

export async function openTopology(browser: Browser, options: OpenOptions): Promise<TopologyTestPage> {
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const opened = new TopologyTestPage(page);
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) opened.violations.push(message.text());
  });
  page.on('pageerror', (error) => opened.failures.push(String(error)));
  const js = await script();
  const css = readFileSync(`${root}/media/topology.css`, 'utf8');
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/topology.js') return route.fulfill({ contentType: 'text/javascript', body: js });
    if (pathname === '/topology.css') return route.fulfill({ contentType: 'text/css', body: css });
    return route.fulfill({ contentType: 'text/html', body: pageHtml });
  });
  await page.addInitScript(
    ({ values, classes, state }) => {
      const shared = window as unknown as { posted: unknown[]; kept: unknown; acquireVsCodeApi: () => unknown };
      shared.posted = [];
      shared.kept = state;
      shared.acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => shared.posted.push(message),
        getState: () => shared.kept,
        setState: (next: unknown) => {
          shared.kept = next;
        },
      });
      document.addEventListener('DOMContentLoaded', () => {
        for (const [name, value] of Object.entries(values)) document.documentElement.style.setProperty(name, value);
        document.body.className = classes;
      });
    },
    { values: themeValues(options.theme ?? 'dark'), classes: bodyClass[options.theme ?? 'dark'], state: options.state },
  );
  await page.goto(`${origin}/`);
  await opened.post({ kind: 'initialise', words: pageWordsForTests, language: 'en', screenReader: false });
  return opened;
}

const pageHtml = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Docker Networks</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; img-src blob:">
<link rel="stylesheet" nonce="abc" href="topology.css"></head>
<body><script nonce="abc" src="topology.js"></script></body></html>`;
