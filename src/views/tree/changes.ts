/** Which rows a change of the snapshot touches: only those are told to VS Code. */
import type { SnapshotChange } from '#live/types';
import type { Network, Snapshot } from '#model/snapshot';
import type { EngineTree } from '#views/tree/engineTree';
import { isFiltering } from '#views/tree/filter';
import type { TreeNode } from '#views/tree/nodes';

/** `roots`: the list of the engine's own rows differs; `nodes`: these rows, with what is below them. */
export type Refresh = 'roots' | { readonly nodes: readonly TreeNode[] };

/** Takes the change over into the tree and answers what to draw anew. */
export function acceptChange(tree: EngineTree, change: SnapshotChange): Refresh {
  const before = tree.snapshot;
  const known = new Map([...change.networks].map((id) => [id, tree.places.networks.get(id)]));
  const now = new Map<string, Network>();
  if (change.networks.size > 0)
    for (const network of change.snapshot.networks) if (known.has(network.id)) now.set(network.id, network);
  const cameOrWent = [...known].some(([id, network]) => (network === undefined) !== (now.get(id) === undefined));
  if (change.all || cameOrWent) {
    tree.accept(change.snapshot, undefined);
    return 'roots';
  }
  const linked = linkTargets(tree, change);
  const touched = tree.accept(change.snapshot, change.containers);
  const { filter, sort } = tree.look;
  if (isFiltering(filter) || [...known].some(([id, old]) => old && isElsewhere(old, now.get(id)))) return 'roots';
  if (sort === 'containers' && [...touched].some((place) => place.startsWith('network:'))) return 'roots';

  const nodes = new Map<string, TreeNode>();
  const add = (node: TreeNode | undefined): void => {
    if (node) nodes.set(node.id, node);
  };
  for (const id of known.keys()) add(tree.network(id));
  for (const place of touched) {
    if (place.startsWith('container:')) for (const row of tree.book.rowsOf(place.slice('container:'.length))) add(row);
    else if (place.startsWith('network:')) add(tree.rowAt(place));
    // A group is there only while it has members.
    else return 'roots';
  }
  for (const id of change.containers) for (const row of tree.book.rowsOf(id)) add(row);
  for (const name of [...linked, ...linkTargets(tree, change)]) {
    const target = tree.places.named(name);
    if (target) for (const row of tree.book.rowsOf(target.id)) add(row);
  }
  for (const id of networksOfServices(before, change.snapshot)) if (tree.places.networks.has(id)) add(tree.network(id));
  return { nodes: [...nodes.values()].filter((node) => !hasAncestor(node, nodes)) };
}

/** Whether a network moves to another place in the list. */
function isElsewhere(old: Network, next: Network | undefined): boolean {
  const key = (network: Network): string =>
    JSON.stringify([network.name, network.driver, network.builtIn, network.ipam, network.labels]);
  return next !== undefined && key(old) !== key(next);
}

/** Names that changed containers link to: their rows tell the link as well. */
function linkTargets(tree: EngineTree, change: SnapshotChange): readonly string[] {
  return [...change.containers].flatMap((id) =>
    (tree.places.containers.get(id)?.links ?? []).map(({ container }) => container),
  );
}

/** Networks whose services or tasks differ; services are few, and compared whole. */
function networksOfServices(before: Snapshot, after: Snapshot): ReadonlySet<string> {
  const found = new Set<string>();
  if (before.services === after.services) return found;
  const old = new Map((before.services ?? []).map((service) => [service.id, service]));
  const next = new Map((after.services ?? []).map((service) => [service.id, service]));
  for (const id of new Set([...old.keys(), ...next.keys()])) {
    if (JSON.stringify(old.get(id)) === JSON.stringify(next.get(id))) continue;
    for (const service of [old.get(id), next.get(id)])
      for (const { networkId } of service?.networks ?? []) found.add(networkId);
  }
  return found;
}

/** A row below another that is drawn anew is drawn with it. */
function hasAncestor(node: TreeNode, nodes: ReadonlyMap<string, TreeNode>): boolean {
  for (let end = node.id.lastIndexOf('/'); end > 0; end = node.id.lastIndexOf('/', end - 1))
    if (nodes.has(node.id.slice(0, end))) return true;
  return false;
}
