/** The Networks and Ports views, fed by a real engine, as VS Code is given them. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { extensionId } from '#contributions';
import { label, tutorial } from '#harness/tutorial';
import { LiveEngines } from '#live/engines';
import type { Disposable } from '#live/types';
import { Look } from '#views/tree/look';
import type { TreeNode } from '#views/tree/nodes';
import { NetworksProvider } from '#views/tree/provider';
import { docker, engineUrl, tryDocker, until } from './host.ts';

const spec = { id: 'setting', label: 'test', url: engineUrl(), source: 'setting' as const };
const extra = 'tree-extra';

/** The client as it is built: dockerode in it wants what only our own build leaves out. */
function builtClient(): typeof import('#engine/client') {
  const folder = vscode.extensions.getExtension(extensionId)?.extensionPath ?? '';
  return createRequire(import.meta.url)(join(folder, 'dist', 'client.cjs'));
}

suite('the Networks view', () => {
  let engines: LiveEngines;
  let provider: NetworksProvider;
  let need: Disposable;
  const memory = new Map<string, unknown>();

  suiteSetup(async () => {
    engines = new LiveEngines({
      discover: async () => [spec],
      connect: (asked) => builtClient().createClient(asked),
      memory: { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
      setting: () => spec.url,
      showAll: () => false,
    });
    await engines.discover();
    provider = new NetworksProvider(engines, new Look());
    need = engines.find().need();
    await engines.find().complete();
  });

  suiteTeardown(async () => {
    need.dispose();
    provider.dispose();
    engines.dispose();
    await tryDocker('network', 'rm', extra);
  });

  const named = (rows: readonly TreeNode[], name: string): TreeNode => {
    const row = rows.find((one) => itemOf(one).label === name);
    assert.ok(row, `no row ${name} among ${rows.map((one) => itemOf(one).label).join(', ')}`);
    return row;
  };
  const itemOf = (row: TreeNode): vscode.TreeItem => provider.getTreeItem(row);
  const mynet = (): TreeNode => named(provider.getChildren(), tutorial.network);
  const web = (): TreeNode => named(provider.getChildren(mynet()), tutorial.web);
  const tooltipOf = (row: TreeNode): vscode.MarkdownString =>
    provider.resolveTreeItem(itemOf(row), row).tooltip as vscode.MarkdownString;

  test('shows networks with driver, subnet and counts, built-in ones last', () => {
    const labels = provider.getChildren().map((row) => itemOf(row).label);
    assert.equal(labels[0], tutorial.network);
    assert.deepEqual(labels.slice(-3).sort(), ['bridge', 'host', 'none']);
    const item = itemOf(mynet());
    assert.equal(item.description, `bridge · ${tutorial.subnet} · 3 containers`);
    assert.equal(item.contextValue, 'network.own.bridgeable');
    assert.match(
      item.accessibilityInformation?.label ?? '',
      /^Network mynet, driver bridge, subnet 192\.168\.100\.0\/24/,
    );
    assert.ok(item.iconPath instanceof vscode.ThemeIcon);
  });

  test('shows containers with address and state, and what hangs below them', () => {
    const item = itemOf(web());
    assert.equal(item.description, `${tutorial.webAddress} · static · running`);
    assert.equal(item.contextValue, 'container.attached.running');
    const below = provider.getChildren(web()).map((row) => itemOf(row));
    assert.equal(below[0]?.label, tutorial.sharer);
    assert.match(String(below[0]?.description), /shares the network of web/);
    assert.ok(below.some(({ label: text, contextValue }) => text === '8080 → 80/tcp' && contextValue === 'port.open'));
  });

  test('shows host, none and links where they are', () => {
    const on = (network: string): readonly TreeNode[] => provider.getChildren(named(provider.getChildren(), network));
    assert.equal(itemOf(named(on('host'), tutorial.host)).contextValue, 'container.host.running');
    assert.equal(itemOf(named(on('none'), tutorial.none)).contextValue, 'container.none.running');
    const client = provider.getChildren(named(on('bridge'), tutorial.linkClient));
    const server = provider.getChildren(named(on('bridge'), tutorial.linkServer));
    assert.ok(client.some((row) => itemOf(row).label === tutorial.linkAlias && row.kind === 'link'));
    assert.ok(server.some((row) => itemOf(row).label === tutorial.linkClient && row.kind === 'link'));
  });

  test('tells the facts in tooltips, with links that run our commands only', () => {
    const tooltip = tooltipOf(web());
    assert.match(tooltip.value, /192\.168\.100\.100/);
    assert.match(tooltip.value, /192\.168\.100\.254/);
    const trust = tooltip.isTrusted;
    assert.ok(typeof trust === 'object');
    assert.ok(trust.enabledCommands.every((command) => command.startsWith('dockerNetworks.')));
  });

  test('follows the engine, one row at a time', async () => {
    const drawn: unknown[] = [];
    const subscription = provider.onDidChangeTreeData((rows) => drawn.push(rows));
    await docker('stop', tutorial.db);
    await until('the stopped container is dim', async () => {
      const row = named(provider.getChildren(mynet()), tutorial.db);
      return (
        itemOf(row).resourceUri?.scheme === 'docker-networks-dim' && /^stopped/.test(String(itemOf(row).description))
      );
    });
    assert.ok(drawn.length > 0);
    assert.ok(
      drawn.every((rows) => Array.isArray(rows)),
      'the whole tree was drawn anew for one row',
    );
    assert.equal(itemOf(named(provider.getChildren(mynet()), tutorial.db)).contextValue, 'container.attached.stopped');
    await docker('start', tutorial.db);
    await docker('network', 'create', '--label', label, '--internal', '--subnet', '10.231.7.0/24', extra);
    await until('the network made outside appears', async () =>
      provider.getChildren().some((row) => itemOf(row).label === extra),
    );
    const made = itemOf(named(provider.getChildren(), extra));
    assert.equal(made.description, 'bridge · internal · 10.231.7.0/24 · 0 containers');
    await docker('network', 'rm', extra);
    await until('the removed network disappears', async () =>
      provider.getChildren().every((row) => itemOf(row).label !== extra),
    );
    subscription.dispose();
  });

  test('finds the row of a target, and its parents', () => {
    const snapshot = engines.find().snapshot;
    const container = snapshot?.containers.find(({ name }) => name === tutorial.sharer);
    assert.ok(container);
    const row = provider.rowOf({ kind: 'container', engine: spec.id, container: container.id });
    assert.ok(row);
    const path: string[] = [];
    for (let at: TreeNode | undefined = row; at; at = provider.getParent(at)) path.push(String(itemOf(at).label));
    assert.deepEqual(path, [tutorial.sharer, tutorial.web, tutorial.network]);
  });
});
