/** A Compose project of six services, up on a real engine, broken in four ways and mended through the quick fixes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeCli } from '#harness/composeCli';
import { type RealEngine, startEngine } from '#harness/engines';
import { attempt, type Finished, until } from '#harness/processes';
import { runServing } from '#harness/tutorial';
import { startWorkbench, type Workbench } from '#harness/workbench';
import { inEditor, openFile } from '#harness/workbenchParts';

const project = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const good = `name: six
services:
  edge:
    image: tiny:1
    ports:
      - "18080:80"
    networks: [front]
  api:
    image: tiny:1
    environment:
      DB_HOST: db
    networks: [front, back]
  db:
    image: tiny:1
    networks:
      back:
        ipv4_address: 172.29.7.10
  cache:
    image: tiny:1
    networks: [back]
  worker:
    image: tiny:1
    environment:
      CACHE_URL: redis://cache:6379
    networks: [back]
  probe:
    image: tiny:1
    network_mode: host
networks:
  front: {}
  back:
    ipam:
      config:
        - subnet: 172.29.7.0/24
`;

/** A port somebody has, an address outside its subnet, a host on no shared network, a network nobody declared. */
const broken = good
  .replace('18080:80', '18090:80')
  .replace('172.29.7.10', '172.30.7.10')
  .replace('networks: [front, back]', 'networks: [front]')
  .replace('    networks: [back]\n  probe', '    networks: [back, extra]\n  probe');

const folder = mkdtempSync(join(tmpdir(), 'docker-networks-six-'));
const file = join(folder, 'compose.yaml');
let engine: RealEngine;
let workbench: Workbench;
let compose: string;

const up = (): Promise<Finished> =>
  attempt(compose, ['up', '-d'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, DOCKER_HOST: engine.url },
    timeout: 180_000,
  });

beforeAll(async () => {
  writeFileSync(file, good);
  compose = await composeCli();
  engine = await startEngine('docker-28', 'composeui');
  await engine.loadImage();
  await runServing(engine.docker, 'squatter', ['-p', '18090:80']);
  expect((await up()).code).toBe(0);
  workbench = await startWorkbench({
    extension: { development: project },
    folder,
    settings: { 'dockerNetworks.endpoint': engine.url, 'editor.stickyScroll.enabled': false },
  });
}, 600_000);

afterAll(async () => {
  await workbench?.dispose();
  await engine?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

it('shows what runs above each service', { timeout: 180_000 }, async () => {
  const { page } = workbench;
  await openFile(page, 'compose.yaml');
  const lenses = page.locator('.codelens-decoration');
  await until('the lens of the database', async () =>
    (await lenses.allInnerTexts()).some((text) => text.includes('172.29.7.10 (six_back)')),
  );
  await until('the agreement of file and engine', async () =>
    (await lenses.allInnerTexts()).some((text) => text.includes('Engine agrees with this file')),
  );
  await workbench.screenshot('compose-lenses');
});

it('finds four faults and mends each by its quick fix', { timeout: 300_000 }, async () => {
  const { page } = workbench;
  writeFileSync(file, broken);
  await until('the broken text in the editor', async () => (await inEditor(page, '18090').count()) > 0);
  await until('the faults', async () => (await page.locator('.squiggly-error').count()) > 0);
  await workbench.screenshot('compose-faults');
  const text = (): string => readFileSync(file, 'utf8');
  /** Where each fault stands, the fix to choose, and how the file tells that it was chosen. */
  const mends: readonly [string, RegExp, RegExp, () => boolean][] = [
    ['18090', /18090/, /Publish on host port/, () => !text().includes('18090')],
    ['172.30', /172\.30/, /Use the free address/, () => !text().includes('172.30.7.10')],
    ['DB_HOST', /^\s*db$/, /Put api on the network back/, () => /networks: \[front, back\]/.test(text())],
    ['extra', /extra/, /Declare the network extra/, () => /^ {2}extra/m.test(text())],
  ];
  for (const [line, word, title, done] of mends) {
    const place = page
      .locator('.editor-instance .view-line', { hasText: line })
      .first()
      .locator('span', { hasText: word })
      .last();
    const entry = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await until(
      `the fix ${title}`,
      async () => {
        if (done()) return true;
        await page.keyboard.press('Escape');
        await place.click({ timeout: 10_000 });
        await page.keyboard.press('Control+.');
        await entry.waitFor({ timeout: 5_000 });
        await entry.click({ timeout: 5_000 });
        await page.waitForTimeout(500);
        await page.keyboard.press('Control+S');
        return until('the mended file', () => done(), 10_000);
      },
      120_000,
    );
  }
  await until('an end of the faults', async () => (await page.locator('.squiggly-error').count()) === 0);
  await workbench.screenshot('compose-mended');
});

it('lets the mended project come up', { timeout: 240_000 }, async () => {
  const { code, stderr } = await up();
  expect(code, stderr).toBe(0);
  const { page } = workbench;
  await until('the agreement of file and engine', async () =>
    (await page.locator('.codelens-decoration').allInnerTexts()).some((text) =>
      text.includes('Engine agrees with this file'),
    ),
  );
});
