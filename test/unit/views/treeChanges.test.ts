/** Row-by-row refreshes against whole redraws: what VS Code would show after each is the same. */
import { describe, expect, it } from 'vitest';
import { Random } from '#harness/random';
import type { SnapshotChange } from '#live/types';
import type { Container, Network, Snapshot } from '#model/snapshot';
import { acceptChange } from '#views/tree/changes';
import { EngineTree, type TreeLook } from '#views/tree/engineTree';
import type { TreeNode } from '#views/tree/nodes';
import { container, network } from '../live/fakeEngine.ts';
import { snapshotWith } from '../model/recordedSnapshot.ts';

/** Remembers rows as VS Code does: what it was not told to draw anew stays as it was. */
class Screen {
  readonly #tree: EngineTree;
  #roots: readonly TreeNode[] = [];
  readonly #drawn = new Map<string, { readonly text: string; readonly children: readonly TreeNode[] }>();

  constructor(tree: EngineTree) {
    this.#tree = tree;
    this.drawAll();
  }

  drawAll(): void {
    this.#drawn.clear();
    this.#roots = this.#tree.roots();
    for (const row of this.#roots) this.draw(row);
  }

  draw(row: TreeNode): void {
    const children = this.#tree.children(row);
    this.#drawn.set(row.id, { text: textOf(this.#tree, row), children });
    for (const child of children) this.draw(child);
  }

  /** A row that was never asked for is not known, and not drawn. */
  knows(row: TreeNode): boolean {
    return this.#drawn.has(row.id);
  }

  get picture(): readonly string[] {
    const lines = (rows: readonly TreeNode[], depth: string): readonly string[] =>
      rows.flatMap((row) => {
        const drawn = this.#drawn.get(row.id);
        return [`${depth}${row.id} ${drawn?.text}`, ...lines(drawn?.children ?? [], `${depth}  `)];
      });
    return lines(this.#roots, '');
  }
}

/** Everything a row's item is made of. */
function textOf(tree: EngineTree, row: TreeNode): string {
  switch (row.kind) {
    case 'network':
      return JSON.stringify([tree.places.networks.get(row.network), tree.counts(`network:${row.network}`)]);
    case 'container': {
      const found = tree.places.containers.get(row.container);
      const owner = found?.mode === 'container' ? tree.places.containers.get(found.sharesWith ?? '') : undefined;
      return JSON.stringify([found, owner?.name, owner?.endpoints, found && tree.hasChildren(found, row.network)]);
    }
    default:
      return row.kind;
  }
}

const looks: readonly TreeLook[] = [
  { sort: 'name', grouped: false, filter: {} },
  { sort: 'containers', grouped: true, filter: {} },
  { sort: 'name', grouped: false, filter: { runningOnly: true } },
  { sort: 'subnet', grouped: false, filter: { text: 'c1' } },
];

describe.each(looks)('with %j', (look) => {
  it.each([1, 2, 3])('300 random changes (seed %i) leave the picture of a whole redraw', (seed) => {
    const world = new World(seed);
    const tree = new EngineTree('e', world.snapshot, look);
    const screen = new Screen(tree);
    for (let step = 0; step < 300; step += 1) {
      const change = world.change();
      const refresh = acceptChange(tree, change);
      if (refresh === 'roots') screen.drawAll();
      else for (const row of refresh.nodes) if (screen.knows(row)) screen.draw(row);
      const fresh = new Screen(new EngineTree('e', change.snapshot, look));
      expect(screen.picture, `step ${step}`).toEqual(fresh.picture);
    }
  });
});

describe('a change of one container among many', () => {
  const many = (count: number): Snapshot =>
    snapshotWith(
      [network('n1')],
      Array.from({ length: count }, (_, index) => container(`c${index}`)),
    );

  it.each([100, 10_000])('among %i draws one row', (count) => {
    const before = many(count);
    const tree = new EngineTree('e', before, looks[0] as TreeLook);
    for (const row of tree.roots()) tree.children(row);
    const containers = before.containers.map((one) => (one.id === 'c7' ? { ...one, state: 'paused' as const } : one));
    const snapshot = { ...before, containers };
    const refresh = acceptChange(tree, { snapshot, all: false, networks: new Set(), containers: new Set(['c7']) });
    expect(refresh).toMatchObject({ nodes: [{ kind: 'container', container: 'c7' }] });
  });
});

/** A small engine that changes at random: containers come, go, move, stop, are renamed, link and share. */
class World {
  readonly #random: Random;
  #networks: readonly Network[] = [
    network('n1'),
    network('n2', 'n2', { labels: { 'com.docker.compose.project': 'p' } }),
  ];
  #containers: readonly Container[] = [container('c1'), container('c2')];
  #next = 3;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  get snapshot(): Snapshot {
    return snapshotWith([...this.#networks].sort(byName), [...this.#containers].sort(byName));
  }

  change(): SnapshotChange {
    const networks = new Set<string>();
    const containers = new Set<string>();
    const count = 1 + this.#random.below(3);
    for (let step = 0; step < count; step += 1) {
      if (this.#random.below(8) === 0) networks.add(this.#changeNetwork());
      else {
        const id = this.#changeContainer();
        if (id !== undefined) containers.add(id);
      }
    }
    return { snapshot: this.snapshot, all: false, networks, containers };
  }

  #changeNetwork(): string {
    const id = `n${this.#random.below(5)}`;
    const known = this.#networks.find((one) => one.id === id);
    const others = this.#networks.filter((one) => one.id !== id);
    if (known && this.#random.below(2) === 0) this.#networks = others;
    else this.#networks = [...others, network(id, `${id}${this.#random.below(2)}`)];
    return id;
  }

  #changeContainer(): string | undefined {
    const one = this.#random.pick(this.#containers);
    const choice = this.#random.below(9);
    if (choice === 0 || !one) {
      const id = `c${this.#next}`;
      this.#next += 1;
      this.#containers = [...this.#containers, container(id, id, { endpoints: [this.#endpoint()] })];
      return id;
    }
    const changed = this.#changed(one, choice);
    this.#containers = this.#containers.flatMap((other) => (other === one ? (changed ? [changed] : []) : [other]));
    return one.id;
  }

  #changed(one: Container, choice: number): Container | undefined {
    switch (choice) {
      case 1:
        return undefined;
      case 2:
        return { ...one, state: one.state === 'running' ? 'exited' : 'running' };
      case 3:
        return { ...one, name: this.#freeName() ?? one.name };
      case 4:
        return { ...one, mode: 'networks', endpoints: [this.#endpoint()] };
      case 5:
        return { ...one, mode: 'host', endpoints: [] };
      case 6:
        return {
          ...one,
          published: [{ hostIp: '0.0.0.0', hostPort: 8000 + this.#random.below(9), port: 80, protocol: 'tcp' }],
        };
      case 7: {
        const owner = this.#random.pick(this.#containers);
        if (!owner || owner === one || owner.mode === 'container') return one;
        if (this.#containers.some(({ sharesWith }) => sharesWith === one.id)) return one;
        return { ...one, mode: 'container', sharesWith: owner.id, endpoints: [] };
      }
      default:
        return { ...one, links: [{ container: this.#random.pick(this.#containers)?.name ?? '', alias: 'l' }] };
    }
  }

  /** Names come back, and no two containers have one at a time. */
  #freeName(): string | undefined {
    const name = `c${this.#random.below(20)}x`;
    return this.#containers.some((other) => other.name === name) ? undefined : name;
  }

  #endpoint(): Container['endpoints'][number] {
    const id = `n${this.#random.below(5)}`;
    return { networkId: id, network: id, ipv4: `10.0.0.${this.#random.below(200)}`, staticIp: false, aliases: ['a'] };
  }
}

function byName(left: { name: string; id: string }, right: { name: string; id: string }): number {
  return left.name < right.name || (left.name === right.name && left.id < right.id) ? -1 : 1;
}
