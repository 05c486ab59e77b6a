/** Rows of the Networks view as plain values: ids and nothing that changes, so that one value stays one row. */
import type { Protocol } from '#model/snapshot';
import type { Target } from '#views/target';

/** Rows for containers without a network row of their own. */
export type GroupKind = 'host' | 'none' | 'gone' | 'loose';

interface NodeBase {
  /** The path engine/network/container/…: unique in the tree and stable while the thing exists. */
  readonly id: string;
  /** Id of the parent row; undefined for a root. */
  readonly parent: string | undefined;
  /** Spec id of the engine. */
  readonly engine: string;
  /** What commands are about; menus hand over the node, and `asTarget` reads this. */
  readonly target?: Target;
}

export type TreeNode =
  | (NodeBase & { readonly kind: 'engine' })
  | (NodeBase & { readonly kind: 'problem'; readonly line: 'cause' | 'remedy' | 'retry' | 'choose' | 'log' })
  | (NodeBase & { readonly kind: 'project'; readonly project: string })
  | (NodeBase & { readonly kind: 'network'; readonly network: string })
  | (NodeBase & { readonly kind: 'group'; readonly group: GroupKind })
  | (NodeBase & { readonly kind: 'container'; readonly container: string; readonly network?: string })
  | (NodeBase & { readonly kind: 'port'; readonly container: string; readonly key: string })
  | (NodeBase & {
      readonly kind: 'exposed';
      readonly container: string;
      readonly port: number;
      readonly protocol: Protocol;
    })
  | (NodeBase & {
      readonly kind: 'alias';
      readonly container: string;
      readonly network: string;
      readonly alias: string;
    })
  | (NodeBase & {
      readonly kind: 'link';
      readonly container: string;
      readonly direction: 'to' | 'from';
      readonly name: string;
      readonly alias: string;
    })
  | (NodeBase & { readonly kind: 'service'; readonly network: string; readonly service: string })
  | (NodeBase & { readonly kind: 'task'; readonly network: string; readonly service: string; readonly task: string });

/** A container's row. */
export type ContainerNode = TreeNode & { readonly kind: 'container' };

export type NodeKind = TreeNode['kind'];

/** Joins parts into a path; a slash inside a part (IPv6 prefixes, image names) cannot break it. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[%/]/g, (character) => (character === '/' ? '%2F' : '%25'))).join('/');
}

/** One more step on an existing path. */
export function below(parent: string, ...parts: readonly string[]): string {
  return `${parent}/${pathOf(...parts)}`;
}
