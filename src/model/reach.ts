/** The question "who reaches whom" and its answer, in rule ids and arguments: the views put them into words. */
import type { Protocol, Snapshot } from '#model/snapshot';

export type Party = { readonly container: string } | { readonly host: true } | { readonly outside: true };

export interface ReachQuestion {
  readonly from: Party;
  readonly to: Party;
  /** Port number the target listens on (container side), or a published host port when the target is the host. */
  readonly port?: number;
  readonly protocol?: Protocol;
}

/** How a route goes. */
export type RouteVia =
  | { readonly kind: 'network'; readonly networkId: string }
  | { readonly kind: 'localhost' }
  | { readonly kind: 'published'; readonly hostIp: string }
  | { readonly kind: 'gateway'; readonly networkId: string }
  | { readonly kind: 'host' }
  | { readonly kind: 'lan'; readonly networkId?: string };

export interface Route {
  readonly via: RouteVia;
  /** Address to use, without port. */
  readonly address: string;
  /** Names that resolve to it from where the question starts. */
  readonly names: readonly string[];
  readonly port?: number;
  /** Of a published port: the protocol it is published for. */
  readonly protocol?: Protocol;
}

/** A rule by id, with the values its sentence needs; `remedy` is one that can be carried out. */
export interface RuleHit {
  readonly rule: string;
  readonly args: Readonly<Record<string, string>>;
  readonly remedy?: Remedy;
}

/** `command` is a key of the scriptable commands, `args` what fills it in. */
export interface Remedy {
  readonly rule: string;
  readonly command?: string;
  readonly args: Readonly<Record<string, string>>;
}

export interface ReachAnswer {
  readonly answer: 'yes' | 'no' | 'depends';
  readonly routes: readonly Route[];
  readonly blockedBy: readonly RuleHit[];
  readonly dependsOn?: readonly RuleHit[];
}

export type Reach = (snapshot: Snapshot, question: ReachQuestion) => ReachAnswer;
