/** Scripted commands in the real extension host, read back through the docker command. */
import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { type CommandKey, commandIds } from '#contributions';
import { api, docker, tryDocker } from './host.ts';

const run = <T>(command: CommandKey, argument?: unknown): Thenable<T> =>
  vscode.commands.executeCommand<T>(commandIds[command], argument);

async function network(name: string): Promise<{
  Id: string;
  Driver: string;
  Internal: boolean;
  IPAM: { Config: Record<string, unknown>[] };
  Labels: Record<string, string>;
  Options: Record<string, string>;
}> {
  return JSON.parse(await docker('network', 'inspect', name))[0];
}

const field = (format: string, container: string): Promise<string> => docker('inspect', '-f', format, container);

suite('commands change the engine', () => {
  const clear = async (): Promise<void> => {
    await tryDocker('rm', '-f', 'script-web', 'script-side');
    await tryDocker('network', 'rm', 'script-net', 'script-like', 'script-unused');
  };
  suiteSetup(async () => {
    await api();
    await clear();
  });
  suiteTeardown(clear);

  test('createNetwork with everything', async () => {
    const { id } = await run<{ id: string }>('createNetwork', {
      name: 'script-net',
      subnets: [
        {
          subnet: '10.201.0.0/24',
          gateway: '10.201.0.254',
          ipRange: '10.201.0.0/25',
          reserved: { router: '10.201.0.2' },
        },
      ],
      internal: false,
      options: { 'com.docker.network.driver.mtu': '1400' },
      labels: { team: 'net' },
    });
    const made = await network('script-net');
    assert.equal(made.Id, id);
    assert.equal(made.Driver, 'bridge');
    assert.deepEqual(made.IPAM.Config, [
      {
        Subnet: '10.201.0.0/24',
        IPRange: '10.201.0.0/25',
        Gateway: '10.201.0.254',
        AuxiliaryAddresses: { router: '10.201.0.2' },
      },
    ]);
    assert.equal(made.Labels.team, 'net');
    assert.equal(made.Options['com.docker.network.driver.mtu'], '1400');
  });

  test('createNetworkLike takes everything but name and range', async () => {
    await run('createNetworkLike', { like: 'script-net', name: 'script-like' });
    const made = await network('script-like');
    assert.equal(made.Labels.team, 'net');
    assert.equal(made.Options['com.docker.network.driver.mtu'], '1400');
    assert.notEqual(made.IPAM.Config[0]?.Subnet, '10.201.0.0/24');
  });

  test('runContainer on a network with a static address, alias and port', async () => {
    const [port] = await run<number[]>('findFreePort', { from: 18_200, count: 1 });
    const { id } = await run<{ id: string }>('runContainer', {
      image: 'tiny:1',
      name: 'script-web',
      mode: { network: 'script-net' },
      ipv4: '10.201.0.100',
      aliases: ['www'],
      publish: [`127.0.0.1:${port}:80`],
      env: ['A=b c'],
    });
    assert.equal(await field('{{.Id}} {{.State.Running}}', 'script-web'), `${id} true`);
    assert.equal(
      await field('{{(index .NetworkSettings.Networks "script-net").IPAddress}}', 'script-web'),
      '10.201.0.100',
    );
    assert.equal(await docker('port', 'script-web', '80/tcp'), `127.0.0.1:${port}`);
  });

  test('connectContainer and disconnectContainer', async () => {
    await run('connectContainer', { network: 'script-net', container: 'db', ipv4: '10.201.0.50', aliases: ['store'] });
    const format = '{{with index .NetworkSettings.Networks "script-net"}}{{.IPAddress}} {{json .Aliases}}{{end}}';
    assert.match(await field(format, 'db'), /^10\.201\.0\.50 .*store/);
    await run('disconnectContainer', { network: 'script-net', container: 'db', confirmed: true });
    assert.equal(await field(format, 'db'), '');
  });

  test('editNetwork keeps who is connected, and where', async () => {
    await run('editNetwork', {
      network: 'script-net',
      subnets: [{ subnet: '10.201.0.0/16', gateway: '10.201.255.254' }],
      confirmed: true,
    });
    assert.equal((await network('script-net')).IPAM.Config[0]?.Subnet, '10.201.0.0/16');
    assert.equal(
      await field('{{(index .NetworkSettings.Networks "script-net").IPAddress}}', 'script-web'),
      '10.201.0.100',
    );
  });

  test('publishPort makes the container anew', async () => {
    const [port] = await run<number[]>('findFreePort', { from: 18_300, count: 1 });
    await run('publishPort', { container: 'script-web', publish: `${port}:81`, confirmed: true });
    assert.match(await docker('port', 'script-web', '81/tcp'), new RegExp(`:${port}`));
    assert.match(await field('{{json .Config.Env}}', 'script-web'), /A=b c/);
    assert.equal(
      await field('{{(index .NetworkSettings.Networks "script-net").IPAddress}}', 'script-web'),
      '10.201.0.100',
    );
  });

  test('stop, start and restart', async () => {
    await run('stopContainer', { container: 'script-web' });
    assert.equal(await field('{{.State.Running}}', 'script-web'), 'false');
    await run('startContainer', { container: 'script-web' });
    const before = await field('{{.State.StartedAt}}', 'script-web');
    await run('restartContainer', { container: 'script-web' });
    assert.notEqual(await field('{{.State.StartedAt}}', 'script-web'), before);
  });

  test('removeNetwork refuses what is used, and disconnects when told', async () => {
    await assert.rejects(
      Promise.resolve(run('removeNetwork', { network: 'script-net', confirmed: true })),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'network-in-use');
        assert.equal(
          error.message,
          '“script-net” is used by script-web. Disconnect them first (disconnectFirst: true).',
        );
        return true;
      },
    );
    await run('removeNetwork', { network: 'script-net', disconnectFirst: true, confirmed: true });
    assert.notEqual((await tryDocker('network', 'inspect', 'script-net')).code, 0);
  });

  test('pruneNetworks removes the named ones only', async () => {
    await docker('network', 'create', '--subnet', '10.202.0.0/24', 'script-unused');
    const outcome = await run<{ removed: string[] }>('pruneNetworks', { networks: ['script-unused'], confirmed: true });
    assert.deepEqual(outcome.removed, ['script-unused']);
    assert.equal((await network('script-like')).Driver, 'bridge');
    await run('removeNetwork', { network: 'script-like', confirmed: true });
  });

  test('findFreeSubnet proposes what the engine takes', async () => {
    const [subnet = ''] = await run<string[]>('findFreeSubnet', { prefix: 24, count: 2 });
    await docker('network', 'create', '--subnet', subnet, 'script-unused');
    await docker('network', 'rm', 'script-unused');
  });

  test('inspect opens the engine’s JSON read-only', async () => {
    const json = await run<{ Id: string }>('inspect', { network: 'mynet' });
    assert.equal(json.Id, (await network('mynet')).Id);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'json');
    assert.equal(document?.uri.scheme, 'dockernetworks-inspect');
    assert.equal(JSON.parse(document?.getText() ?? '').Id, json.Id);
  });

  test('copyAddress copies text and addresses', async () => {
    await run('copyAddress', { container: 'web', network: 'mynet' });
    assert.equal(await vscode.env.clipboard.readText(), '192.168.100.100');
    await run('copyAddress', { text: '10.9.8.7' });
    assert.equal(await vscode.env.clipboard.readText(), '10.9.8.7');
  });

  test('takes the beginning of an id for the id', async () => {
    const ids = (await docker('network', 'ls', '--no-trunc', '--format', '{{.ID}}')).split('\n');
    const [first = ''] = ids;
    const found = await run<{ Id: string }>('inspect', { network: first.slice(0, 12) });
    assert.equal(found.Id, first);
  });
});
