/** What mends a blocked connection, filled in so that a button can carry it out. */
import type { Remedy } from '#model/reach';
import type { Side } from '#model/reachAttempts';
import type { Facts, Stack } from '#model/reachFacts';
import { serviceOf } from '#model/reachMesh';
import { type Judgement, type RemedyId, type RuleId, remedies } from '#model/reachRules';
import type { Container, Network } from '#model/snapshot';

const remedy = (rule: RemedyId, args: Record<string, string>): Remedy => {
  const command = remedies[rule];
  return command === undefined ? { rule, args } : { rule, command, args };
};

/** Both sides of the question with the port asked for. */
export interface Asked {
  readonly facts: Facts;
  readonly from: Side;
  readonly to: Side;
  readonly port: number | undefined;
}

export function remedyFor(asked: Asked, { rule, args }: Judgement): Remedy | undefined {
  const target = asked.to.kind === 'container' ? asked.to.container : undefined;
  switch (rule) {
    case 'source-stopped':
    case 'target-stopped':
      return remedy('start', { container: args.container ?? '' });
    case 'source-paused':
    case 'target-paused':
      return remedy('unpause', { container: args.container ?? '' });
    case 'owner-gone':
      return ownerRemedy(asked);
    case 'mode-none':
      return recreate(asked);
    case 'not-published':
    case 'outside-no-route':
    case 'vm-address':
    case 'remote-address':
    case 'rootless-address':
    case 'published-elsewhere':
      // A task made anew by hand would be no task any more: its service is what publishes.
      if (target === undefined || serviceOf(asked.facts, target.id)) return undefined;
      return remedy('publish', portArgs(target, asked.port));
    case 'published-loopback':
      return remedy('publish-wider', {
        container: args.container ?? target?.name ?? '',
        port: args.port ?? '',
        hostIp: '0.0.0.0',
      });
    case 'host-no-names':
    case 'macvlan-no-names':
      return remedy('use-address', {});
    case 'sharer-no-name':
      return remedy('use-owner-name', { name: args.owner ?? '' });
    default:
      return networkRemedy(asked, rule);
  }
}

function portArgs(container: Container, port: number | undefined): Record<string, string> {
  const chosen = port ?? container.exposed?.[0]?.port;
  return { container: container.name, ...(chosen === undefined ? {} : { port: String(chosen) }) };
}

function ownerRemedy({ to, from, facts }: Asked): Remedy | undefined {
  const side = to.kind === 'container' && to.stack.kind === 'orphan' ? to : from;
  const owner = side.kind === 'container' ? facts.container(side.container.sharesWith ?? '') : undefined;
  return owner === undefined
    ? recreate({ to, from, facts, port: undefined })
    : remedy('restart-owner', { container: owner.name });
}

function recreate({ from, to }: Asked): Remedy | undefined {
  const side = to.kind === 'container' && to.stack.kind !== 'networks' ? to : from;
  if (side.kind !== 'container') return undefined;
  return remedy('recreate-with-network', { image: side.container.image, container: side.container.name });
}

const joins: readonly RuleId[] = [
  'other-network',
  'internal-source',
  'internal-target',
  'macvlan-bridge',
  'podman-isolation-unknown',
  'overlay-members-only',
  'default-bridge-no-names',
  'published-internal',
  'internal-to-published',
  'internal-host-address',
  'macvlan-host',
  'icc-disabled',
  'no-masquerade',
  'gateway-isolated',
];

function networkRemedy(asked: Asked, rule: RuleId): Remedy | undefined {
  if (!joins.includes(rule)) return undefined;
  const { facts, from, to } = asked;
  const source = from.kind === 'container' && from.stack.kind === 'networks' ? from.stack : undefined;
  const target = to.kind === 'container' && to.stack.kind === 'networks' ? to.stack : undefined;
  if (source?.owner !== undefined && target?.owner !== undefined) return joinRemedy(facts, source, target, rule);
  // Towards or from the host and the outside, what helps is a bridge that is not internal.
  const mover = source?.owner ?? target?.owner;
  if (mover === undefined) return undefined;
  const open = facts.snapshot.networks.find((network) => isOpenBridge(network) && !isOn(mover, network));
  return open === undefined
    ? remedy('create-network', { container: mover.name })
    : remedy(rule.startsWith('macvlan') ? 'join-bridge' : 'leave-internal', {
        container: mover.name,
        network: open.name,
      });
}

function joinRemedy(facts: Facts, source: Stack, target: Stack, rule: RuleId): Remedy {
  const from = source.owner as Container;
  const to = target.owner as Container;
  const good = (network: Network): boolean =>
    !network.builtIn &&
    network.resolvesNames &&
    (network.interContainer || !facts.docker) &&
    network.driver !== 'macvlan' &&
    (network.driver !== 'overlay' || network.attachable);
  const theirs = target.legs.map(({ network }) => network).find((network) => good(network) && !isOn(from, network));
  if (theirs !== undefined) return remedy('connect-source', { container: from.name, network: theirs.name });
  const ours = source.legs.map(({ network }) => network).find((network) => good(network) && !isOn(to, network));
  if (ours !== undefined) return remedy('connect-target', { container: to.name, network: ours.name });
  const shared = target.legs.map(({ network }) => network).find((network) => good(network) && isOn(from, network));
  if (shared !== undefined && rule === 'default-bridge-no-names') return remedy('use-name', { name: to.name });
  return remedy('create-network', { container: from.name, other: to.name });
}

const isOn = (container: Container, network: Network): boolean =>
  container.endpoints.some(({ networkId }) => networkId === network.id);
const isOpenBridge = (network: Network): boolean =>
  network.driver === 'bridge' && !network.internal && !network.builtIn && network.interContainer;
