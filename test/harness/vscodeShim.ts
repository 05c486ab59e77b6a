#!/usr/bin/env node
/**
 * Takes VS Code's own command line and runs extension tests in code-server instead, in a headless Chromium; ends with the
 * exit code of the tests. So `@vscode/test-electron` has one way to run them, with and without a desktop build.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '#harness/browser';
import { startCodeServer } from '#harness/codeServer';

const flag = (name: string): string | undefined => {
  const found = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return found?.slice(name.length + 3);
};

const opened = process.argv.slice(2).find((argument) => !argument.startsWith('-'));
const tests = flag('extensionTestsPath');
const development = flag('extensionDevelopmentPath');
if (!tests || !development) throw new Error('the shim needs --extensionTestsPath=… and --extensionDevelopmentPath=…');

const settingsFile = join(flag('user-data-dir') ?? '', 'User', 'settings.json');
const settings = existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {};
const locale = flag('locale');

const server = await startCodeServer({ testDriver: true, settings, ...(locale ? { locale } : {}) });
const browser = await launchBrowser();
const code = await new Promise<number>((resolve, reject) => {
  const start = async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The page reports what the extension host prints, and at the end the exit code, through these two functions.
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
      console[type === 'error' || type === 'warn' ? type : 'log'](...(Array.isArray(args) ? args : [args])),
    );
    await page.exposeFunction('codeAutomationExit', (exitCode: number) => resolve(exitCode));
    page.on('crash', () => reject(new Error('the page crashed')));
    const authority = `vscode-remote://127.0.0.1:${server.port}`;
    const payload = [
      ['extensionDevelopmentPath', `${authority}${development}`],
      ['extensionTestsPath', `${authority}${tests}`],
      ['skipWelcome', 'true'],
    ];
    const query = new URLSearchParams({ payload: JSON.stringify(payload) });
    if (opened) query.set(opened.endsWith('.code-workspace') ? 'workspace' : 'folder', opened);
    await page.goto(`${server.url}/?${query}`);
  };
  start().catch(reject);
  setTimeout(() => reject(new Error('the tests did not end within 20 minutes')), 1_200_000).unref();
}).finally(async () => {
  await browser.close();
  await server.dispose();
});
process.exit(code);
