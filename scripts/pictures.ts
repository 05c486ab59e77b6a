/**
 * Renews the README's pictures in docs/images from the running workbench: `node scripts/pictures.ts`. An engine of its
 * own carries the tutorial's topology and a small Compose project; pictures are 1280 px wide at most.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEngine } from '#harness/engines';
import { until } from '#harness/processes';
import { layOutTutorial, runServing } from '#harness/tutorial';
import { choose, sentences, topologyFrame } from '#harness/uiWorld';
import { vsix } from '#harness/vsix';
import { startWorkbench } from '#harness/workbench';
import {
  answer,
  expand,
  openFile,
  openView,
  pick,
  rows,
  runCommand,
  waitForPrompt,
  webviewFrame,
} from '#harness/workbenchParts';

const images = fileURLToPath(new URL('../docs/images', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'docker-networks-pictures-'));
const folder = join(home, 'shop');

const compose = `name: shop

services:
  proxy:
    image: tiny:1
    ports:
      - "8088:80"
    networks:
      front:
        ipv4_address: 172.30.5.10

  api:
    image: tiny:1
    environment:
      DATABASE_HOST: postgres
      LEGACY_URL: http://192.168.100.100/
    networks: [front, back]

  postgres:
    image: tiny:1
    networks:
      back:
        ipv4_address: 172.30.6.20

networks:
  front:
    ipam:
      config:
        - subnet: 172.30.5.0/24
  back:
    internal: true
    ipam:
      config:
        - subnet: 172.30.6.0/24
`;

/** A context of the docker command with a name that reads well: what the views call the engine. */
function writeContext(name: string, url: string): string {
  const config = join(home, 'config');
  const meta = join(config, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(config, 'config.json'), JSON.stringify({ currentContext: name }));
  const context = { Name: name, Metadata: {}, Endpoints: { docker: { Host: url, SkipTLSVerify: false } } };
  writeFileSync(join(meta, 'meta.json'), JSON.stringify(context));
  return config;
}

/** The project of the Compose file as Compose itself would make it: names and labels. */
async function layOutShop(docker: (...args: string[]) => Promise<string>): Promise<void> {
  const project = ['--label', 'com.docker.compose.project=shop'];
  const network = (name: string, subnet: string, ...more: string[]) =>
    docker(
      ...['network', 'create', ...project, '--label', `com.docker.compose.network=${name}`],
      ...['--subnet', subnet, ...more, `shop_${name}`],
    );
  await network('front', '172.30.5.0/24');
  await network('back', '172.30.6.0/24', '--internal');
  const service = (name: string, ...args: string[]) =>
    runServing(docker, `shop-${name}-1`, [...project, '--label', `com.docker.compose.service=${name}`, ...args]);
  await service('proxy', '--network', 'shop_front', '--ip', '172.30.5.10', '-p', '8088:80', '--network-alias', 'proxy');
  await service('api', '--network', 'shop_front', '--network-alias', 'api');
  await docker('network', 'connect', '--alias', 'api', 'shop_back', 'shop-api-1');
  await service('postgres', '--network', 'shop_back', '--ip', '172.30.6.20', '--network-alias', 'postgres');
}

mkdirSync(images, { recursive: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'compose.yaml'), compose);
const engine = await startEngine('docker-28', 'pictures');
let dispose = () => engine.dispose();
try {
  await engine.loadImage();
  await layOutTutorial(engine.docker, engine);
  await layOutShop(engine.docker);
  const workbench = await startWorkbench({
    extension: { vsix: await vsix() },
    folder,
    settings: { 'editor.fontSize': 12, 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
    env: { DOCKER_CONFIG: writeContext('dev-machine', engine.url), DOCKER_HOST: '', XDG_RUNTIME_DIR: home },
    size: { width: 1280, height: 800 },
  });
  dispose = async () => {
    await workbench.dispose();
    await engine.dispose();
  };
  const { page } = workbench;
  const picture = async (name: string, clip?: { x: number; y: number; width: number; height: number }) => {
    await page.mouse.move(640, 795);
    // Menus, hovers and fades are over when two pictures are the same.
    let before = '';
    await until(
      `a still picture ${name}`,
      async () => {
        const now = (await page.screenshot()).toString('base64');
        const still = now === before;
        before = now;
        return still;
      },
      20_000,
      400,
    );
    const path = join(images, `${name}.png`);
    await page.screenshot({ path, ...(clip ? { clip } : {}) });
    console.log(`${path} ${(statSync(path).size / 1024).toFixed(0)} kB`);
  };
  const frameBox = async (title: RegExp) => {
    const group = page.locator('.editor-group-container', { has: page.locator('.tab.active', { hasText: title }) });
    const box = await group.first().boundingBox();
    if (!box) throw new Error(`no editor group with ${title}`);
    return box;
  };

  await openView(page);
  await until('the project', async () => (await rows(page)).some((text) => text.startsWith('shop_back ')));
  await openFile(page, 'compose.yaml');
  await until('the lenses', async () =>
    (await page.locator('.codelens-decoration').allInnerTexts()).some((text) => text.includes('172.30.6.20')),
  );
  await runCommand(page, 'Docker Networks: Open Topology');
  const frame = await topologyFrame(page);
  await until('the drawing', async () => (await sentences(frame)).some((text) => text.includes('shop-api-1')));
  await frame.locator('[role=radio]').first().click();
  for (const network of ['mynet', 'shop_back', 'shop_front']) await expand(page, network);
  await picture('workbench');

  await runCommand(page, 'Docker Networks: Create Network…');
  await waitForPrompt(page, 'Name of the network');
  await answer(page, 'cache');
  await waitForPrompt(page, 'Driver');
  await page.keyboard.press('Enter');
  await waitForPrompt(page, 'Subnet in CIDR notation');
  await picture('create-network', { x: 0, y: 0, width: 960, height: 380 });
  await page.keyboard.press('Escape');

  await runCommand(page, 'Docker Networks: Explain Connection…');
  await waitForPrompt(page, 'Who asks?');
  await choose(page, 'shop-proxy-1');
  await waitForPrompt(page, 'Whom does it ask?');
  await choose(page, 'shop-postgres-1');
  await waitForPrompt(page, 'Which port?');
  await answer(page, '5432');
  const pair = await webviewFrame(page, 'main.pair');
  await until('the answer', async () => (await pair.locator('h1').innerText()).includes('5432'));
  await page.locator('.tab', { hasText: 'compose.yaml' }).first().click();
  await page.keyboard.press('Control+W');
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  const explained = await frameBox(/5432/);
  // Moving a page makes its frame anew.
  const text = await (await webviewFrame(page, 'main.pair')).locator('main.pair').boundingBox();
  await picture('explain', { ...explained, height: text ? text.y + text.height + 12 - explained.y : explained.height });
  await page.locator('.tab', { hasText: '5432' }).first().click();
  await page.keyboard.press('Control+W');

  await runCommand(page, 'Preferences: Color Theme');
  await waitForPrompt(page, 'Select Color Theme');
  await page.keyboard.type('Light Modern');
  await pick(page, 'Light Modern');
  await frame.locator('body.vscode-light').waitFor();
  await frame.locator('[role=radio]').nth(1).click();
  await frame.locator('body[data-view=map]').waitFor();
  await frame.locator('[role=tree]').press('0');
  await picture('map-light', await frameBox(/Docker Networks/));
} finally {
  await dispose();
  rmSync(home, { recursive: true, force: true });
}
process.exit(0);
