/** Two engines of different kinds side by side: Docker by the setting, Podman by a Docker context. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { DockerNetworksApi } from '#api';
import { commandIds, extensionId, settings } from '#contributions';
import { tutorial } from '#harness/tutorial';
import { LiveEngines } from '#live/engines';
import type { Disposable } from '#live/types';
import { Look } from '#views/tree/look';
import type { TreeNode } from '#views/tree/nodes';
import { NetworksProvider } from '#views/tree/provider';
import { api, docker, dockerOnSecond, engineUrl, secondUrl, until } from './host.ts';

const showAll = (value: boolean | undefined): Thenable<void> =>
  vscode.workspace.getConfiguration().update(settings.showAllEngines, value, vscode.ConfigurationTarget.Global);

suite('engines side by side, by the setting', () => {
  let extension: DockerNetworksApi;

  suiteSetup(async () => {
    extension = await api();
    await extension.snapshot();
  });
  suiteTeardown(() => showAll(undefined));

  test('are all that answer, and only the chosen one without it', async () => {
    assert.deepEqual(
      extension.engines().map(({ kind }) => kind),
      ['docker'],
    );
    await showAll(true);
    await extension.snapshot('second');
    const shown = await until('both engines', () => extension.engines().length > 1 && extension.engines());
    // DOCKER_HOST names a third one, where nobody listens.
    assert.deepEqual(
      shown.map(({ kind, endpoint }) => [kind, endpoint]),
      [
        ['docker', engineUrl()],
        ['podman', secondUrl()],
      ],
    );
    assert.equal((await extension.snapshot()).engine.kind, 'docker');
    await showAll(false);
    await until('one engine', () => extension.engines().length === 1);
  });

  test('are each asked by name, and told apart in what commands change', async () => {
    await vscode.commands.executeCommand(commandIds.createNetwork, {
      engine: 'second',
      name: 'side-net',
      subnets: [{ subnet: '10.202.0.0/24' }],
    });
    assert.match(await dockerOnSecond('network', 'ls', '--format', '{{.Name}}'), /^side-net$/m);
    assert.doesNotMatch(await docker('network', 'ls', '--format', '{{.Name}}'), /^side-net$/m);
    assert.ok((await extension.snapshot('second')).networks.some(({ name }) => name === 'side-net'));
    assert.ok(!(await extension.snapshot()).networks.some(({ name }) => name === 'side-net'));
    await dockerOnSecond('network', 'rm', 'side-net');
  });
});

suite('engines side by side, in the Networks view', () => {
  const specs = [
    { id: 'setting', label: 'first', url: engineUrl(), source: 'setting' as const },
    { id: 'context:second', label: 'second', url: secondUrl(), source: 'context' as const },
    { id: 'DOCKER_HOST', label: 'nobody', url: 'tcp://127.0.0.1:1', source: 'environment' as const },
  ];
  const memory = new Map<string, unknown>();
  let engines: LiveEngines;
  let provider: NetworksProvider;
  let needs: readonly Disposable[] = [];

  const labels = (parent?: TreeNode): readonly unknown[] =>
    provider.getChildren(parent).map((row) => provider.getTreeItem(row).label);
  const root = (label: string): TreeNode => {
    const row = provider.getChildren().find((one) => provider.getTreeItem(one).label === label);
    assert.ok(row, `no root ${label} among ${labels().join(', ')}`);
    return row;
  };

  suiteSetup(async () => {
    const folder = vscode.extensions.getExtension(extensionId)?.extensionPath ?? '';
    const built: typeof import('#engine/client') = createRequire(import.meta.url)(join(folder, 'dist', 'client.cjs'));
    engines = new LiveEngines({
      discover: async () => specs,
      connect: (asked) => built.createClient(asked),
      memory: { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
      setting: () => '',
      showAll: () => true,
    });
    await engines.discover();
    provider = new NetworksProvider(engines, new Look());
    needs = engines.sessions.map((session) => session.need());
    await engines.find('first').complete();
    await engines.find('second').complete();
    await until('the silent one to be left out', () => engines.sessions.length === 2);
  });
  suiteTeardown(() => {
    for (const need of needs) need.dispose();
    provider.dispose();
    engines.dispose();
  });

  test('have a root each, with kind and version, and their own networks below', () => {
    assert.deepEqual(labels(), ['first', 'second']);
    const items = provider.getChildren().map((row) => provider.getTreeItem(row));
    assert.match(String(items[0]?.description), /^Docker 28\./);
    assert.match(String(items[1]?.description), /^Podman 5\./);
    for (const item of items) assert.equal(item.contextValue, 'engine');
    assert.ok(labels(root('first')).includes(tutorial.network));
    assert.ok(!labels(root('second')).includes(tutorial.network));
    assert.ok(labels(root('second')).includes('podman'));
    const ids = provider.getChildren().flatMap((row) => provider.getChildren(row).map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
  });

  test('change each below its own root', async () => {
    const before = labels(root('first'));
    const refreshed: unknown[] = [];
    const subscription = provider.onDidChangeTreeData((rows) => refreshed.push(...[rows].flat()));
    await dockerOnSecond('network', 'create', '--subnet', '10.203.0.0/24', 'only-there');
    await until('the network in the second engine', async () => {
      await engines.find('second').look();
      return labels(root('second')).includes('only-there');
    });
    subscription.dispose();
    assert.deepEqual(labels(root('first')), before);
    assert.ok(refreshed.length > 0 && refreshed.every((row) => row === root('second')));
    await dockerOnSecond('network', 'rm', 'only-there');
  });

  test('lead from any row up to their root', () => {
    const network = provider.getChildren(root('first'))[0];
    assert.ok(network);
    assert.equal(provider.getParent(network), root('first'));
    assert.equal(provider.rowOf({ kind: 'engine', engine: 'context:second' }), root('second'));
    assert.equal(provider.getParent(root('second')), undefined);
  });
});
