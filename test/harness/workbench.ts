/** The real workbench in a real browser, with the extension in it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchBrowser } from '#harness/browser';
import { startCodeServer, writeSettings } from '#harness/codeServer';

export const screenshotFolder = fileURLToPath(new URL('../../out/screenshots', import.meta.url));

export interface WorkbenchOptions {
  /** What is under test: a package, or a folder with package.json and dist/. */
  readonly extension: { readonly vsix: string } | { readonly development: string };
  /** The folder that is opened; an empty one is made when none is given. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host, on top of this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** A command with arguments that the server is run through. */
  readonly through?: readonly string[];
  /** Opens the folder without trusting it: what a person sees who was never asked, or said no. */
  readonly untrusted?: boolean;
  readonly locale?: 'ko';
  /** A theme's id; 'Default Dark Modern' when none is given. */
  readonly theme?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

export interface Workbench {
  readonly page: Page;
  /** The server's data: settings, logs, storage. */
  readonly userData: string;
  readonly folder: string;
  /** Console messages of the page that are errors. */
  readonly errors: readonly string[];
  /** Replaces the settings while the workbench runs. */
  changeSettings(settings: Readonly<Record<string, unknown>>): void;
  /** Keeps a picture as build output; gives its path. */
  screenshot(name: string): Promise<string>;
  dispose(): Promise<void>;
}

export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const made = options.folder ? undefined : mkdtempSync(join(tmpdir(), 'docker-networks-folder-'));
  const folder = options.folder ?? made ?? '';
  const development = 'development' in options.extension ? options.extension.development : undefined;
  const vsix = 'vsix' in options.extension ? options.extension.vsix : undefined;
  const trust = options.untrusted
    ? { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' }
    : {};
  const theme = { 'workbench.colorTheme': options.theme ?? 'Default Dark Modern' };
  const server = await startCodeServer({
    ...(vsix ? { vsix } : {}),
    ...(options.env ? { env: options.env } : {}),
    ...(options.through ? { through: options.through } : {}),
    ...(options.locale ? { locale: options.locale } : {}),
    ...(options.untrusted ? { trust: true } : {}),
    settings: { ...theme, ...trust, ...options.settings },
    testDriver: development !== undefined,
  });
  const browser = await launchBrowser();
  const dispose = async () => {
    await browser.close();
    await server.dispose();
    if (made) rmSync(made, { recursive: true, force: true });
  };
  try {
    const page = await browser.newPage({
      viewport: options.size ?? { width: 1280, height: 800 },
      locale: options.locale === 'ko' ? 'ko-KR' : 'en-US',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const query = new URLSearchParams({ folder });
    if (development) {
      const authority = `vscode-remote://127.0.0.1:${server.port}`;
      query.set(
        'payload',
        JSON.stringify([
          ['extensionDevelopmentPath', `${authority}${development}`],
          ['skipWelcome', 'true'],
        ]),
      );
    }
    await page.goto(`${server.url}/?${query}`);
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 120_000 });
    return {
      page,
      userData: server.userData,
      folder,
      errors,
      changeSettings: (settings) => writeSettings(server.userData, { ...theme, ...trust, ...settings }),
      screenshot: async (name) => {
        mkdirSync(screenshotFolder, { recursive: true });
        const path = join(screenshotFolder, `${name}.png`);
        await page.screenshot({ path });
        return path;
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
