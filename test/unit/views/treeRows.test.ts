import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#model/snapshot';
import { EngineTree, type TreeLook } from '#views/tree/engineTree';
import type { TreeFilter } from '#views/tree/filter';
import type { TreeNode } from '#views/tree/nodes';
import { engines } from '../engine/recorded.ts';
import { container, network } from '../live/fakeEngine.ts';
import { named, snapshotOf, snapshotWith } from '../model/recordedSnapshot.ts';

const plain: TreeLook = { sort: 'name', grouped: false, filter: {} };

function treeOf(snapshot: Snapshot, look: Partial<TreeLook> = {}): EngineTree {
  return new EngineTree('engine', snapshot, { ...plain, ...look });
}

function everyRow(tree: EngineTree): readonly TreeNode[] {
  const below = (node: TreeNode): readonly TreeNode[] => [node, ...tree.children(node).flatMap(below)];
  return tree.roots().flatMap(below);
}

function labels(tree: EngineTree, rows: readonly TreeNode[]): readonly string[] {
  return rows.map((row) => {
    switch (row.kind) {
      case 'network':
        return tree.places.networks.get(row.network)?.name ?? '';
      case 'container':
        return tree.places.containers.get(row.container)?.name ?? '';
      case 'project':
        return row.project;
      case 'group':
        return row.group;
      default:
        return row.kind;
    }
  });
}

describe.each(engines)('the tree of %s', (engine) => {
  const snapshot = snapshotOf(engine);
  const tree = treeOf(snapshot);

  it('shows every network and every container', () => {
    const rows = everyRow(tree);
    const networks = rows.flatMap((row) => (row.kind === 'network' ? [row.network] : []));
    const containers = rows.flatMap((row) => (row.kind === 'container' ? [row.container] : []));
    const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();
    expect(unique(networks)).toEqual(snapshot.networks.map(({ id }) => id).sort());
    expect(unique(containers)).toEqual(snapshot.containers.map(({ id }) => id).sort());
  });

  it('gives every row an id of its own and a parent that is there', () => {
    const rows = everyRow(tree);
    const ids = rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const row of rows)
      if (row.parent !== tree.book.root) expect(tree.book.byId(row.parent ?? '')?.id).toBe(row.parent);
  });

  it('hands out the same values again', () => {
    const rows = everyRow(tree);
    for (const [index, row] of everyRow(tree).entries()) expect(row).toBe(rows[index]);
  });

  it('puts built-in networks last, and host and none where the engine lists none in groups', () => {
    const builtIn = tree
      .roots()
      .map((row) => row.kind === 'group' || tree.places.networks.get((row as { network: string }).network)?.builtIn);
    expect(builtIn).toEqual([...builtIn].sort((left, right) => Number(left) - Number(right)));
    const host = named(snapshot.containers, 'host1');
    const row = tree.container(host.id);
    const parent = tree.book.byId(row?.parent ?? '');
    expect(parent?.kind).toBe(snapshot.engine.kind === 'podman' ? 'group' : 'network');
  });

  it('hangs a sharer below the container whose network it shares', () => {
    const sharer = named(snapshot.containers, 'share1');
    const row = tree.container(sharer.id);
    expect(tree.book.byId(row?.parent ?? '')).toMatchObject({ kind: 'container', container: sharer.sharesWith });
  });
});

describe('filters', () => {
  const snapshot = snapshotOf('docker-28');
  const shown = (filter: TreeFilter): readonly string[] => {
    const tree = treeOf(snapshot, { filter });
    return labels(tree, tree.roots());
  };

  it('by text keep what has it, with the networks around', () => {
    const tree = treeOf(snapshot, { filter: { text: 'multi' } });
    expect(labels(tree, tree.roots())).toEqual(['back', 'front']);
    expect(tree.roots().flatMap((row) => labels(tree, tree.children(row)))).toEqual(['multi', 'multi']);
  });

  it('by a network’s name keep its members', () => {
    const tree = treeOf(snapshot, { filter: { text: 'emptynet' } });
    expect(labels(tree, tree.roots())).toEqual(['emptynet']);
    const front = treeOf(snapshot, { filter: { text: '192.168.100.0' } });
    expect(front.counts(`network:${named(snapshot.networks, 'front').id}`).shown).toBeGreaterThan(3);
  });

  it('by driver keep networks of that driver', () => {
    expect(shown({ driver: 'macvlan' })).toEqual(['mvlan']);
  });

  it('for running ones hide stopped containers', () => {
    const tree = treeOf(snapshot, { filter: { runningOnly: true } });
    const states = everyRow(tree).flatMap((row) =>
      row.kind === 'container' ? [tree.places.containers.get(row.container)?.state] : [],
    );
    expect(new Set(states)).toEqual(new Set(['running', 'paused']));
  });

  it('that match nothing leave nothing', () => {
    expect(shown({ text: 'no such thing anywhere' })).toEqual([]);
  });
});

describe('order and groups', () => {
  const labelled = (project: string) => ({ labels: { 'com.docker.compose.project': project } });
  const networks = [
    network('b', 'b', { ipam: [{ subnet: '10.9.0.0/24' }], driver: 'macvlan', ...labelled('shop') }),
    network('bridge', 'bridge', { builtIn: true, ipam: [{ subnet: '10.1.0.0/24' }] }),
    network('c', 'c', { ipam: [{ subnet: '10.10.0.0/24' }] }),
    network('d', 'd'),
  ];
  const members = [container('1', '1', { endpoints: [{ networkId: 'c', network: 'c', staticIp: false }] })];
  const sorted = (look: Partial<TreeLook>): readonly string[] => {
    const tree = treeOf(snapshotWith(networks, members), look);
    return labels(tree, tree.roots());
  };

  it.each([
    ['name', ['b', 'c', 'd', 'bridge']],
    ['driver', ['c', 'd', 'b', 'bridge']],
    ['subnet', ['b', 'c', 'd', 'bridge']],
    ['containers', ['c', 'b', 'd', 'bridge']],
  ] as const)('by %s', (sort, expected) => {
    expect(sorted({ sort })).toEqual(expected);
  });

  it('by project', () => {
    expect(sorted({ grouped: true })).toEqual(['shop', 'c', 'd', 'bridge']);
  });
});

describe('hostile input', () => {
  it('shows a container of a removed network, an orphan and one on nothing in groups', () => {
    const tree = treeOf(
      snapshotWith(
        [],
        [
          container('1', 'left'),
          container('2', 'orphan', { mode: 'container', sharesWith: 'gone', endpoints: [] }),
          container('3', 'nowhere', { endpoints: [] }),
        ],
      ),
    );
    expect(labels(tree, tree.roots())).toEqual(['gone', 'loose']);
    expect(labels(tree, tree.children(tree.book.group('loose')))).toEqual(['nowhere', 'orphan']);
  });

  it('keeps two networks of one name and names with slashes apart', () => {
    const tree = treeOf(snapshotWith([network('a/b', 'twin'), network('a', 'twin')], []));
    expect(new Set(tree.roots().map(({ id }) => id)).size).toBe(2);
  });

  it('puts a container on thirty networks under each', () => {
    const networks = Array.from({ length: 30 }, (_, index) => network(`n${index}`));
    const endpoints = networks.map(({ id }) => ({ networkId: id, network: id, staticIp: false }));
    const tree = treeOf(snapshotWith(networks, [container('1', 'wide', { endpoints })]));
    expect(everyRow(tree).filter((row) => row.kind === 'container')).toHaveLength(30);
  });
});
