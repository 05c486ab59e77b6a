/** Commands driven through their prompts in the real workbench, by keyboard; the result read back through the CLI. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EditJournal, planEdit } from '#commands/operations/editJournal';
import { converge } from '#commands/operations/editNetwork';
import { until } from '#harness/processes';
import { startWorkbench, type Workbench } from '#harness/workbench';
import {
  accept,
  answer,
  answerDialog,
  expand,
  notifications,
  openView,
  pickItems,
  promptText,
  promptValue,
  row,
  runCommand,
  typeAnswer,
  waitForPrompt,
} from '#harness/workbenchParts';
import { draftOf } from '#model/networkDraft';
import { failingAt, openWorld, type World } from '../engine/commandsWorld';

const development = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

describe('commands in the workbench', () => {
  let world: World;
  let workbench: Workbench;
  let page: Page;

  beforeAll(async () => {
    world = await openWorld('docker-28', 'cmdui');
    await world.engine.docker('network', 'create', '--subnet', '10.41.0.0/24', '--gateway', '10.41.0.254', 'shop');
    await world.run('web', '--network', 'shop', '--ip', '10.41.0.100');
    await world.run('db');
    workbench = await startWorkbench({
      extension: { development },
      settings: { 'dockerNetworks.endpoint': world.engine.url },
    });
    ({ page } = workbench);
    await openView(page);
  });
  afterAll(async () => {
    await workbench?.dispose();
    await world?.dispose();
  });

  const network = async (name: string) => JSON.parse(await world.engine.docker('network', 'inspect', name))[0];
  /** Chooses the item of an open list that begins with this text, by typing it. */
  const choose = async (text: string, label = text): Promise<void> => {
    await typeAnswer(page, text);
    await until(`an item ${label}`, async () => (await pickItems(page)).some((item) => item.includes(label)));
    await accept(page);
  };
  /** Types a wrong answer, tries to go on, and waits until the prompt says this about it. */
  const refusal = async (text: string, said: string): Promise<void> => {
    await typeAnswer(page, text);
    await accept(page);
    await waitForPrompt(page, said);
  };

  it('creates a network, each answer checked as it is typed', async () => {
    await runCommand(page, 'Docker Networks: Create Network…');
    await waitForPrompt(page, 'Name of the network');
    expect(await promptText(page)).toContain('1/5');
    await refusal('shop', 'A network called “shop” exists already. Choose another name.');
    await refusal('-x', '“-x” is not a network name.');
    await answer(page, 'fresh');
    await waitForPrompt(page, 'Driver');
    await choose('bridge');
    await waitForPrompt(page, 'Subnet in CIDR notation');
    expect(await promptValue(page)).toMatch(/^172\.\d+\.0\.0\/16$/);
    await refusal('10.41.0.0/25', '10.41.0.0/25 overlaps 10.41.0.0/24 of network “shop”.');
    await refusal('10.42.0.9/24', 'Did you mean 10.42.0.0/24?');
    await workbench.screenshot('create-network-subnet');
    await answer(page, '10.42.0.0/24');
    await waitForPrompt(page, 'Gateway inside 10.42.0.0/24');
    expect(await promptValue(page)).toBe('10.42.0.1');
    await refusal('10.43.0.1', 'The gateway 10.43.0.1 is outside 10.42.0.0/24.');
    await answer(page, '10.42.0.254');
    await waitForPrompt(page, 'Look once more');
    expect((await pickItems(page)).join('\n')).toContain(
      'docker network create --subnet 10.42.0.0/24 --gateway 10.42.0.254 fresh',
    );
    await choose('Copy as docker command');
    await waitForPrompt(page, 'Look once more');
    await choose('More options…');
    await until('all options', async () => (await pickItems(page)).length > 6);
    await workbench.screenshot('create-network-more');
    await choose('Labels…');
    await waitForPrompt(page, 'Labels, like');
    await answer(page, 'team=net');
    await waitForPrompt(page, 'Look once more');
    await choose('Create fresh');
    await until('the network', async () => (await world.engine.tryDocker('network', 'inspect', 'fresh')).code === 0);
    expect(await network('fresh')).toMatchObject({
      Driver: 'bridge',
      IPAM: { Config: [{ Subnet: '10.42.0.0/24', Gateway: '10.42.0.254' }] },
      Labels: { team: 'net' },
    });
    await workbench.screenshot('create-network-revealed');
  });

  /** Selects a row and runs a command from the palette until its list begins there: a selection takes a moment to be known. */
  const begunAt = (name: string, title: string, question: string): Promise<string> =>
    until(`${title} to begin at ${name}`, async () => {
      await row(page, name).click();
      // Not `runCommand`: it begins with Escape, which in a tree takes the selection away.
      await page.keyboard.press('F1');
      await choose(`>Docker Networks: ${title}`, title);
      await waitForPrompt(page, question);
      const [first = ''] = await pickItems(page);
      const begun = await page.locator('.quick-input-widget:visible .monaco-list-row.focused').innerText();
      await page.keyboard.press('Escape');
      return begun.startsWith(name) && first;
    });

  it('begins at the row selected in the view, and asks all the same', async () => {
    expect(await begunAt('shop', 'Edit Network…', 'Which network?')).toContain('fresh');
    await expand(page, 'shop');
    expect(await begunAt('web', 'Restart Container', 'Which container?')).toContain('db');
    expect(await begunAt('web', 'Explain Connection…', 'Who asks?')).toContain('db');
  });

  it('connects a container that is dragged onto a network', async () => {
    await expand(page, 'bridge');
    await row(page, 'db').dragTo(row(page, 'fresh'));
    const asked = await waitForPrompt(page, 'Static address in 10.42.0.0/24');
    expect(asked).toContain('db');
    await accept(page);
    await waitForPrompt(page, 'Aliases');
    await accept(page);
    await waitForPrompt(page, 'Look once more');
    await choose('Connect db to fresh');
    await until('db on fresh', async () =>
      (await world.engine.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', 'db')).includes('fresh'),
    );
    await world.engine.docker('network', 'disconnect', 'fresh', 'db');
    // Where it is already, there is nothing to do and nothing to ask.
    await row(page, 'web').dragTo(row(page, 'shop'));
    await page.waitForTimeout(1_000);
    expect(await promptText(page)).toBe('');
  });

  it('connects a container at a static address with an alias', async () => {
    await runCommand(page, 'Docker Networks: Connect Container…');
    await waitForPrompt(page, 'Which network?');
    await choose('shop');
    await waitForPrompt(page, 'Which container?');
    await choose('db');
    await waitForPrompt(page, 'Static address in 10.41.0.0/24');
    await refusal('10.41.0.100', '10.41.0.100 is taken by “web”. Choose another one.');
    await answer(page, '10.41.0.50');
    await waitForPrompt(page, 'Aliases');
    await answer(page, 'store');
    await waitForPrompt(page, 'Look once more');
    await choose('Connect db to shop');
    const format = '{{with index .NetworkSettings.Networks "shop"}}{{.IPAddress}} {{json .Aliases}}{{end}}';
    const connected = await until(
      'db on shop',
      async () => (await world.engine.docker('inspect', '-f', format, 'db')) || undefined,
    );
    expect(connected).toMatch(/^10\.41\.0\.50 .*store/);
  });

  it('disconnects after naming what is cut off', async () => {
    await runCommand(page, 'Docker Networks: Disconnect Container…');
    await waitForPrompt(page, 'Which container?');
    await choose('db');
    await waitForPrompt(page, 'Which network?');
    await choose('shop');
    expect(await answerDialog(page, 'Disconnect')).toContain('No longer reached, either way: web.');
    await until(
      'db off shop',
      async () =>
        !(await world.engine.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', 'db')).includes('shop'),
    );
  });

  it('runs a container on a network, its port checked', async () => {
    await runCommand(page, 'Docker Networks: Run Container…');
    await waitForPrompt(page, 'Image');
    await choose('tiny:1');
    await waitForPrompt(page, 'Name of the container');
    await refusal('web', 'A container called “web” exists already.');
    await answer(page, 'ran');
    await waitForPrompt(page, 'How is it to be connected?');
    await choose('On networks');
    await waitForPrompt(page, 'Networks to join');
    await typeAnswer(page, 'shop');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await accept(page);
    await waitForPrompt(page, 'Ports to publish');
    await refusal('x:80', 'is not a port');
    await answer(page, '18077:80');
    await waitForPrompt(page, 'Look once more');
    await workbench.screenshot('run-container');
    await choose('Run');
    await until('the container', async () =>
      (await world.engine.tryDocker('port', 'ran', '80/tcp')).stdout.includes(':18077'),
    );
  });

  it('edits a network with its plan confirmed', async () => {
    await runCommand(page, 'Docker Networks: Edit Network…');
    await waitForPrompt(page, 'Which network?');
    await choose('shop');
    await waitForPrompt(page, 'Name of the network');
    await accept(page);
    await waitForPrompt(page, 'Driver');
    await accept(page);
    await waitForPrompt(page, 'Subnet in CIDR notation');
    await answer(page, '10.41.0.0/16');
    await waitForPrompt(page, 'Gateway inside');
    await answer(page, '10.41.0.254');
    await waitForPrompt(page, 'Look once more');
    await choose('Show what changing');
    const plan = await answerDialog(page, 'Change');
    expect(plan).toContain('Engines cannot change a network, so it is made anew:');
    expect(plan).toContain('“ran” may get another address than');
    await until('the new subnet', async () => {
      const found = await world.engine.tryDocker(
        'network',
        'inspect',
        '-f',
        '{{(index .IPAM.Config 0).Subnet}} {{len .Containers}}',
        'shop',
      );
      return found.stdout.trim() === '10.41.0.0/16 2';
    });
    expect(await world.engine.docker('inspect', '-f', '{{.NetworkSettings.Networks.shop.IPAddress}}', 'web')).toBe(
      '10.41.0.100',
    );
  });

  it('prunes what stays ticked, and removes with what is attached named', async () => {
    await world.engine.docker('network', 'create', '--subnet', '10.44.0.0/24', 'keepme');
    await world.engine.docker('network', 'create', '--subnet', '10.45.0.0/24', 'spare');
    await runCommand(page, 'Docker Networks: Prune Unused Networks…');
    await waitForPrompt(page, 'Ticked networks are removed');
    expect((await pickItems(page)).join('\n')).toMatch(/keepme[\s\S]*spare/);
    await typeAnswer(page, 'keepme');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await typeAnswer(page, '');
    await accept(page);
    expect(await answerDialog(page, 'Remove')).toContain('spare');
    await until('spare gone', async () => (await world.engine.tryDocker('network', 'inspect', 'spare')).code !== 0);
    expect((await network('keepme')).Name).toBe('keepme');
  });

  it('offers to finish a change that a killed window left half done', async () => {
    const shop = await world.network('shop');
    const draft = { ...draftOf(shop), labels: { finished: 'yes' } };
    const { journal } = await planEdit(world.client, await world.snapshot(), shop, draft);
    let saved: EditJournal = { ...journal, engine: 'setting' };
    // The fourth write fails, and nothing follows: as if the process had been killed there.
    const killed = failingAt(world.client, 3);
    await converge(killed.client, saved, 'new', async (next) => {
      saved = next ?? saved;
    }).catch(() => undefined);
    const folder = join(workbench.userData, 'User', 'globalStorage', 'docknet.docker-networks', 'edits');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${shop.id}.json`), JSON.stringify({ journal: saved, process: 4_194_303 }));
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 120_000 });
    // Under the test driver the workbench shows no toasts: messages wait behind the bell.
    await until(
      'the offer',
      async () => {
        await runCommand(page, 'Notifications: Show Notifications');
        await page.waitForTimeout(500);
        return (await notifications(page)).some((text) => text.includes('“shop” was interrupted half way'));
      },
      60_000,
    );
    await workbench.screenshot('interrupted-edit');
    await page.locator('.notification-list-item .monaco-button', { hasText: 'Finish the Change' }).first().click();
    await until('the new network whole', async () => {
      const found = await world.engine.tryDocker('network', 'inspect', '-f', '{{.Labels.finished}}', 'shop');
      return found.stdout.trim() === 'yes';
    });
    // Its containers come back one by one, after the network.
    await until('web back at its static address', async () => {
      const format = '{{.NetworkSettings.Networks.shop.IPAddress}}';
      const found = await world.engine.tryDocker('inspect', '-f', format, 'web');
      return found.stdout.trim() === '10.41.0.100';
    });
  });
});
