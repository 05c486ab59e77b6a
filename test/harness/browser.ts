/** The machine's Chromium, driven by Playwright. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { installPackages } from '#harness/packages';
import { findCommand } from '#harness/processes';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of a Chromium; Debian's is installed when there is none. CHROMIUM names another. */
export async function ensureChromium(): Promise<string> {
  if (process.env.CHROMIUM && existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
  const find = () => names.map((name) => findCommand(name)).find((found) => found !== undefined);
  const found = find();
  if (found) return found;
  // The fonts let a screenshot of the Korean workbench be read.
  await installPackages(['chromium', 'fonts-noto-cjk'], 'the tests drive the workbench in it');
  const installed = find();
  if (!installed) throw new Error('the package chromium brought no browser');
  return installed;
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await ensureChromium(), headless: true, args });
}
