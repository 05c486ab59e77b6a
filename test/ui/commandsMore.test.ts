/** The commands that `commands.test.ts` leaves out, in the real workbench and by keys alone; read back through the CLI. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealEngine } from '#harness/engines';
import {
  copied,
  escapeDialog,
  newlyCopied,
  noPrompt,
  placeInTerminal,
  pressInDialog,
  refuses,
  runByKeyboard,
  take,
  terminalText,
  tick,
} from '#harness/keyboard';
import { until } from '#harness/processes';
import { runServing, tutorial } from '#harness/tutorial';
import { accept, answer, pickItems, promptValue, row, typeAnswer, waitForPrompt } from '#harness/workbenchParts';
import { openTwoEngines, type TwoEngines } from './twoEngines';

let world: TwoEngines;
let page: Page;
let engine: RealEngine;
let second: RealEngine;

const command = (title: string): Promise<void> => runByKeyboard(page, `Docker Networks: ${title}`);
/** Runs a command that begins with this question. */
const asked = async (title: string, question: string): Promise<void> => {
  await command(title);
  await waitForPrompt(page, question);
};
const field = (format: string, container: string): Promise<string> => engine.docker('inspect', '-f', format, container);
const network = async (name: string) => JSON.parse(await engine.docker('network', 'inspect', name))[0];
const refusal = (text: string, says: string): Promise<string> => refuses(page, text, says);
const said = (what: string, pattern: RegExp): Promise<string> =>
  until(what, async () => {
    const text = await terminalText(page);
    return pattern.test(text) && text;
  });

beforeAll(async () => {
  world = await openTwoEngines('cmdmore');
  ({ page, engine, second } = world);
  await second.docker('network', 'create', '--subnet', '10.66.0.0/24', 'only-there');
  await engine.docker(
    ...['network', 'create', '--subnet', '10.61.0.0/24', '--label', 'team=net'],
    ...['--opt', 'com.docker.network.driver.mtu=1400', 'model'],
  );
  await engine.docker(
    ...['run', '-d', '--name', 'talker', '--stop-signal', 'SIGKILL', 'tiny:1', 'sh', '-c'],
    `echo the way out is ${tutorial.gateway} today; exec sleep 100000`,
  );
  await command('Focus on Networks View');
  await row(page, tutorial.network).waitFor({ timeout: 60_000 });
}, 400_000);
afterAll(() => world?.dispose());

describe('networks, by keyboard', () => {
  it('creates one like another: all but name and range', async () => {
    await asked('Create Network Like This…', 'Which network?');
    await take(page, 'model');
    await waitForPrompt(page, 'Name of the network');
    await refusal('model', 'A network called “model” exists already.');
    await answer(page, 'twin');
    await waitForPrompt(page, 'Driver');
    await accept(page);
    await waitForPrompt(page, 'Subnet in CIDR notation');
    const subnet = await promptValue(page);
    expect(subnet).toMatch(/\/24$/);
    expect(subnet).not.toBe('10.61.0.0/24');
    await accept(page);
    await waitForPrompt(page, 'Gateway inside');
    await accept(page);
    await waitForPrompt(page, 'Look once more');
    await accept(page);
    await until('the twin', async () => (await engine.tryDocker('network', 'inspect', 'twin')).code === 0);
    expect(await network('twin')).toMatchObject({
      Driver: 'bridge',
      IPAM: { Config: [{ Subnet: subnet }] },
      Labels: { team: 'net' },
      Options: { 'com.docker.network.driver.mtu': '1400' },
    });
  });

  it('removes one with what is attached named first, and nothing when given up', async () => {
    await engine.docker('network', 'connect', 'twin', tutorial.db);
    await engine.docker('create', '--name', 'sleeper', '--network', 'twin', 'tiny:1', 'true');
    const ask = async (): Promise<void> => {
      await asked('Remove Network…', 'Which networks are to be removed?');
      expect((await pickItems(page)).join('\n')).not.toMatch(/^(bridge|host|none)$/m);
      await tick(page, 'twin');
    };
    await ask();
    const text = await escapeDialog(page);
    expect(text).toContain('Remove “twin”?');
    expect(text).toMatch(/twin: .*db.* will be disconnected first\./);
    expect(text).toContain('sleeper (stopped)');
    expect(Object.keys((await network('twin')).Containers)).toHaveLength(1);
    await ask();
    await pressInDialog(page, 'Disconnect and Remove');
    await until('no twin', async () => (await engine.tryDocker('network', 'inspect', 'twin')).code !== 0);
    expect(JSON.parse(await field('{{json .NetworkSettings.Networks}}', tutorial.db))).toHaveProperty('mynet');
    expect(await field('{{.State.Running}}', tutorial.db)).toBe('true');
  });

  it('finds a free subnet that the engine takes, and copies it', async () => {
    const before = await copied(page);
    await asked('Find Free Subnet…', 'Prefix length');
    await refusal('99x', '“99x” is not a usable prefix length.');
    await answer(page, '/20');
    await waitForPrompt(page, 'Free subnets; choose one to copy it');
    const items = await pickItems(page);
    expect(items.length).toBeGreaterThan(1);
    await accept(page);
    const subnet = await newlyCopied(page, before);
    expect(items[0]).toContain(subnet);
    await engine.docker('network', 'create', '--subnet', subnet, 'probe');
    expect((await network('probe')).IPAM.Config[0].Subnet).toBe(subnet);
    await engine.docker('network', 'rm', 'probe');
  });
});

describe('ports, by keyboard', () => {
  it('publishes one of a container that exists', async () => {
    await asked('Publish Port…', 'Which container?');
    await take(page, tutorial.db);
    await waitForPrompt(page, 'Ports to publish');
    expect(await promptValue(page)).toMatch(/^\d+:80$/);
    await refusal('8080:5432', 'Host port 8080 is taken by “web”. The next free one is');
    await answer(page, '18555:5432');
    const text = await pressInDialog(page, 'Publish');
    expect(text).toContain('Publish 18555:5432 of “db”?');
    expect(text).toContain('it is made anew with everything else as it is');
    await until('the port', async () =>
      (await engine.tryDocker('port', tutorial.db, '5432/tcp')).stdout.includes(':18555'),
    );
    expect(JSON.parse(await field('{{json .NetworkSettings.Networks}}', tutorial.db))).toHaveProperty('mynet');
    await until(
      'nothing left aside',
      async () =>
        !/db.+\n|\n.*db./.test(await engine.docker('ps', '-a', '--format', '{{.Names}}', '--filter', 'name=db')),
    );
  });

  it('finds a free host port that the engine takes, and copies it', async () => {
    const before = await copied(page);
    await asked('Find Free Host Port', 'Free host ports; choose one to copy it');
    expect((await pickItems(page)).join('\n')).not.toContain('8080');
    // Not the first: nobody tells that the container in the host's network listens on 8081.
    await take(page, '8082');
    const port = await newlyCopied(page, before);
    await runServing(engine.docker, 'port-probe', ['-p', `${port}:80`]);
    expect(await engine.docker('port', 'port-probe', '80/tcp')).toContain(`:${port}`);
    await engine.docker('rm', '-f', 'port-probe');
  });

  it('opens one where the browser is', async () => {
    const opened = page.context().waitForEvent('page');
    await asked('Open Port in Browser', 'Which container?');
    await take(page, tutorial.web);
    const tab = await opened;
    // The workbench is a remote one: the port of the engine's machine is reached through its server.
    await until('the address of the port', () => /\/proxy\/8080\/?$|localhost:8080\/?$/.test(tab.url()));
    await tab.close();
  });
});

describe('what is there, by keyboard', () => {
  it('finds by port and by name, and shows the row', async () => {
    await asked('Find Address, Port or Name…', 'An address, a port or a name');
    await typeAnswer(page, '8080');
    await until('web', async () =>
      (await pickItems(page)).some((item) => /web[\s\S]*host port 8080 → 80\/tcp/.test(item)),
    );
    await accept(page);
    await until('web selected', async () => (await row(page, 'web').getAttribute('aria-selected')) === 'true');
    await asked('Find Address, Port or Name…', 'An address, a port or a name');
    await typeAnswer(page, 'no-such-thing');
    await until('nothing', async () =>
      (await pickItems(page)).join().includes('Nothing here is called or has “no-such-thing”.'),
    );
    await page.keyboard.press('Escape');
    await noPrompt(page);
  });

  it('inspects a network and a container as the engine has them', async () => {
    for (const [name, id] of [
      ['model', (await network('model')).Id],
      ['talker', await field('{{.Id}}', 'talker')],
    ]) {
      const before = await copied(page);
      await asked('Inspect', 'Which network or container?');
      await take(page, name);
      await page.locator('.tab.active', { hasText: `${name}.json` }).waitFor();
      const text = await until('the JSON', async () => {
        await page.keyboard.press('Control+A');
        await page.keyboard.press('Control+C');
        const now = await copied(page);
        return now !== before && now.startsWith('{') && now;
      });
      expect(JSON.parse(text).Id).toBe(id);
    }
  });

  it('copies an address, of several the chosen one', async () => {
    await engine.docker('network', 'connect', '--ip', '10.61.0.77', 'model', tutorial.web);
    await asked('Copy Address', 'Which container?');
    await take(page, tutorial.web);
    await waitForPrompt(page, 'Which address?');
    await take(page, '10.61.0.77');
    await until('the address', async () => (await copied(page)) === '10.61.0.77');
    await engine.docker('network', 'disconnect', 'model', tutorial.web);
    await asked('Copy Address', 'Which container?');
    await take(page, tutorial.web);
    await until('the only address', async () => (await copied(page)) === tutorial.webAddress);
  });
});

describe('containers, by keyboard', () => {
  const act = async (title: string, container: string): Promise<void> => {
    await asked(title, 'Which container?');
    await take(page, container);
  };

  it('stops, starts and restarts one', async () => {
    const running = () => field('{{.State.Running}}', 'talker');
    await act('Stop Container', 'talker');
    await until('it to be stopped', async () => (await running()) === 'false');
    await asked('Start Container', 'Which container?');
    // Only what does not run can be started.
    expect((await pickItems(page)).join('\n')).not.toContain(tutorial.web);
    await take(page, 'talker');
    await until('it to run', async () => (await running()) === 'true');
    const before = await field('{{.State.StartedAt}}', 'talker');
    await act('Restart Container', 'talker');
    await until('another start', async () => {
      const now = await field('{{.State.StartedAt}}', 'talker');
      return now !== before && (await running()) === 'true';
    });
  });

  it('shows a log, in which addresses lead to their row', async () => {
    await act('Show Container Logs', 'talker');
    await said('the log', /the way out is/);
    await world.workbench.screenshot('container-log');
    const selected = (): Promise<string | null> => row(page, tutorial.network).getAttribute('aria-selected');
    expect(await selected()).not.toBe('true');
    // Links in a terminal are the mouse's: VS Code has no key for those of extensions.
    await until('the row of the network', async () => {
      const { x, y } = await placeInTerminal(page, tutorial.gateway);
      await page.mouse.move(x - 3, y);
      await page.mouse.move(x, y);
      await page.waitForTimeout(1_000);
      await page.keyboard.down('Control');
      await page.mouse.click(x, y);
      await page.keyboard.up('Control');
      await page.waitForTimeout(1_000);
      return (await selected()) === 'true';
    });
  });

  it('opens a shell in a container', async () => {
    await act('Open Shell in Container', tutorial.web);
    await until('the prompt of a shell', async () => /[#$] *$/.test((await terminalText(page)).trimEnd()));
    await page.keyboard.type('echo $((6*7)) && cat /www/index.html');
    await page.keyboard.press('Enter');
    await said('the answers', /42\s+hello from web/);
    await world.workbench.screenshot('container-shell');
    await page.keyboard.type('exit');
    await page.keyboard.press('Enter');
  });
});

describe('engines, by keyboard', () => {
  it('chooses another one and back', async () => {
    await asked('Choose Engine…', 'Whose networks are shown and changed');
    const items = (await pickItems(page)).join('\n');
    for (const part of [engine.url, second.url, 'Look Again', 'Enter an Address…']) expect(items).toContain(part);
    await take(page, 'second');
    await row(page, 'only-there').waitFor({ timeout: 60_000 });
    expect(await row(page, tutorial.network).count()).toBe(0);
    // What is asked from now on is asked of that one.
    await asked('Remove Network…', 'Which networks are to be removed?');
    expect((await pickItems(page)).join('\n')).toContain('only-there');
    await tick(page, 'only-there');
    await pressInDialog(page, 'Remove');
    await until('it gone', async () => (await second.tryDocker('network', 'inspect', 'only-there')).code !== 0);
    await asked('Choose Engine…', 'Whose networks are shown and changed');
    await answer(page, engine.url);
    await row(page, tutorial.network).waitFor({ timeout: 60_000 });
  });
});
