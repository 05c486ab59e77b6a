/** Makes rows, and hands out the same value for the same row every time: VS Code knows rows by identity. */
import type { PortRow } from '#model/ports';
import type { Container, ExposedPort, ServiceTask } from '#model/snapshot';
import { below, type ContainerNode, type GroupKind, pathOf, type TreeNode } from '#views/tree/nodes';

export class NodeBook {
  readonly #engine: string;
  readonly #nodes = new Map<string, TreeNode>();
  /** Rows of a container that VS Code may know. */
  readonly #rows = new Map<string, Set<string>>();

  constructor(engine: string) {
    this.#engine = engine;
  }

  get root(): string {
    return pathOf(this.#engine);
  }

  byId(id: string): TreeNode | undefined {
    return this.#nodes.get(id);
  }

  /** Rows of a container, in any network, that were handed out. */
  rowsOf(container: string): readonly TreeNode[] {
    return [...(this.#rows.get(container) ?? [])].flatMap((id) => this.#nodes.get(id) ?? []);
  }

  /** Rows of containers that are gone are not kept: an engine may see thousands come and go. */
  forget(isGone: (container: string) => boolean, candidates: Iterable<string> = [...this.#rows.keys()]): void {
    for (const id of candidates) {
      if (!isGone(id)) continue;
      for (const row of this.#rows.get(id) ?? []) this.#nodes.delete(row);
      this.#rows.delete(id);
    }
  }

  project(project: string): TreeNode {
    const id = pathOf(this.#engine, `project:${project}`);
    return this.#node({ kind: 'project', id, parent: this.root, engine: this.#engine, project });
  }

  network(network: string, parent: string): TreeNode {
    const engine = this.#engine;
    const id = pathOf(engine, network);
    return this.#node({ kind: 'network', id, parent, engine, network, target: { kind: 'network', engine, network } });
  }

  group(group: GroupKind): TreeNode {
    const id = pathOf(this.#engine, `group:${group}`);
    return this.#node({ kind: 'group', id, parent: this.root, engine: this.#engine, group });
  }

  container(container: string, parent: TreeNode): TreeNode {
    const engine = this.#engine;
    const network = parent.kind === 'network' || parent.kind === 'container' ? parent.network : undefined;
    const where = network === undefined ? {} : { network };
    const id = below(parent.id, container);
    const target = { kind: 'container', engine, container, ...where } as const;
    const rows = this.#rows.get(container);
    if (rows) rows.add(id);
    else this.#rows.set(container, new Set([id]));
    return this.#node({ kind: 'container', id, parent: parent.id, engine, container, ...where, target });
  }

  port(parent: ContainerNode, row: PortRow): TreeNode {
    const key = portKey(row);
    const { hostIps, hostPort, port, protocol, containerId: container } = row;
    const hostIp = hostIps[0] ?? '';
    const target = { kind: 'port', engine: this.#engine, container, hostIp, hostPort, port, protocol } as const;
    return this.#node({ kind: 'port', ...this.#under(parent, `port:${key}`), key, target });
  }

  exposed(parent: ContainerNode, { port, protocol }: ExposedPort): TreeNode {
    return this.#node({ kind: 'exposed', ...this.#under(parent, `exposed:${port}/${protocol}`), port, protocol });
  }

  alias(parent: ContainerNode, alias: string): TreeNode {
    const target = parent.target ? { target: parent.target } : {};
    const network = parent.network ?? '';
    return this.#node({ kind: 'alias', ...this.#under(parent, `alias:${alias}`), network, alias, ...target });
  }

  link(
    parent: ContainerNode,
    direction: 'to' | 'from',
    other: Container | undefined,
    link: { readonly name: string; readonly alias: string },
  ): TreeNode {
    const base = this.#under(parent, `link:${direction}:${link.name}:${link.alias}`);
    const target = other ? { target: { kind: 'container', engine: this.#engine, container: other.id } as const } : {};
    return this.#node({ kind: 'link', ...base, direction, name: link.name, alias: link.alias, ...target });
  }

  service(parent: TreeNode & { readonly kind: 'network' }, service: string): TreeNode {
    const engine = this.#engine;
    const { network } = parent;
    const id = below(parent.id, `service:${service}`);
    const target = { kind: 'service', engine, service } as const;
    return this.#node({ kind: 'service', id, parent: parent.id, engine, network, service, target });
  }

  task(parent: TreeNode & { readonly kind: 'service' }, task: ServiceTask): TreeNode {
    const engine = this.#engine;
    const { network, service } = parent;
    const id = below(parent.id, `task:${task.id}`);
    const target =
      task.container === undefined
        ? {}
        : { target: { kind: 'container', engine, container: task.container, network } as const };
    return this.#node({ kind: 'task', id, parent: parent.id, engine, network, service, task: task.id, ...target });
  }

  #under(parent: ContainerNode, step: string) {
    return { id: below(parent.id, step), parent: parent.id, engine: this.#engine, container: parent.container };
  }

  #node(made: TreeNode): TreeNode {
    const known = this.#nodes.get(made.id);
    if (known && known.parent === made.parent) return known;
    this.#nodes.set(made.id, made);
    return made;
  }
}

/** Stable and unique among the ports of one container. */
export function portKey(row: PortRow): string {
  return `${row.hostIps.join(',')}|${row.hostPort}-${row.hostPortEnd}|${row.port}-${row.portEnd}|${row.protocol}`;
}
