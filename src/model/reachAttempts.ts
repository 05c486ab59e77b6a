/**
 * Every address one party could use to get at another, each with its judgement: what `reach` sums up, and what
 * `npm run verify:reachability` probes one by one on real engines.
 */
import type { Party, ReachQuestion, RouteVia } from '#model/reach';
import { fromHost, fromOutside, fromStack, openToRoutes, toOutside, type Wanted } from '#model/reachDirect';
import { addressOf, type Facts, hostStack, type Stack } from '#model/reachFacts';
import { toHost } from '#model/reachHost';
import { meshTries } from '#model/reachMesh';
import { isLinked, namesFrom } from '#model/reachNames';
import {
  entriesOf,
  type PublishedTry,
  publishedFromHost,
  publishedFromOutside,
  publishedFromStack,
} from '#model/reachPublished';
import { depends, type Judgement, no, yes } from '#model/reachRules';
import type { Container, Protocol } from '#model/snapshot';

export interface Attempt {
  readonly via: RouteVia;
  /** Empty where the address is not told (the host's LAN address of an engine elsewhere). */
  readonly address: string;
  readonly names: readonly string[];
  readonly port?: number;
  readonly protocol?: Protocol;
  readonly judgement: Judgement;
  /** Set where the judgement holds only for a LAN machine that routes container subnets through the host. */
  readonly assumes?: 'lan-route';
}

/** Who asks or is asked, with the stack traffic leaves or enters by. */
export type Side =
  | { readonly kind: 'container'; readonly container: Container; readonly stack: Stack }
  | { readonly kind: 'host' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'missing'; readonly name: string };

export function sideOf(facts: Facts, party: Party): Side {
  if ('host' in party) return { kind: 'host' };
  if ('outside' in party) return { kind: 'outside' };
  const container = facts.container(party.container);
  if (container === undefined) return { kind: 'missing', name: party.container };
  return { kind: 'container', container, stack: facts.stack(container) };
}

const withPort = (port: number | undefined): { port?: number } => (port === undefined ? {} : { port });

/** A judgement that needs no address: the whole question is decided by it. */
function whole(judgement: Judgement, via: RouteVia = { kind: 'host' }): Attempt[] {
  return [{ via, address: '', names: [], judgement }];
}

/** States that decide everything before addresses matter. */
function stateOf(side: Side, role: 'source' | 'target'): Judgement | undefined {
  if (side.kind === 'missing') return no('not-found', { container: side.name });
  if (side.kind !== 'container') return undefined;
  const args = { container: side.container.name, containerId: side.container.id, state: side.container.state };
  switch (side.container.state) {
    case 'running':
      return undefined;
    case 'paused':
      return no(role === 'source' ? 'source-paused' : 'target-paused', args);
    case 'restarting':
      return no(role === 'source' ? 'source-stopped' : 'target-restarting', args);
    default:
      return no(role === 'source' ? 'source-stopped' : 'target-stopped', args);
  }
}

/** Every address worth trying, in the order a person would: localhost, own network, published ports. */
export function attemptsOf(facts: Facts, question: ReachQuestion, names = true): Attempt[] {
  const from = sideOf(facts, question.from);
  const to = sideOf(facts, question.to);
  const decided = stateOf(from, 'source') ?? stateOf(to, 'target');
  if (decided !== undefined) return whole(decided);
  const wanted: Wanted = { port: question.port, protocol: question.protocol, names };
  if (to.kind === 'outside') return whole(outwards(facts, from), { kind: 'lan' });
  if (to.kind === 'container') return toContainer(facts, from, to.container, to.stack, wanted);
  return toHostSide(facts, from, wanted);
}

function outwards(facts: Facts, from: Side): Judgement {
  return from.kind === 'container' ? toOutside(facts, from.stack) : yes('host-out');
}

function toContainer(facts: Facts, from: Side, container: Container, to: Stack, wanted: Wanted): Attempt[] {
  if (to.kind === 'host') return hostServices(facts, from, wanted, false);
  if (from.kind === 'container' && from.stack.key === to.key)
    return sameStack(facts, from.stack, to, wanted, container);
  const args = { container: container.name, containerId: container.id };
  if (to.kind === 'none') return whole(no('mode-none', args));
  if (to.kind === 'orphan') return whole(no('owner-gone', args));
  return [...direct(facts, from, to, wanted), ...published(facts, from, to, wanted)];
}

function sameStack(facts: Facts, from: Stack, to: Stack, wanted: Wanted, container: Container): Attempt[] {
  // Podman writes the names of everybody in the stack into its hosts file (seen on 5.4).
  const own = facts.docker ? [] : [container.name];
  const localhost: Attempt = {
    via: { kind: 'localhost' },
    address: '127.0.0.1',
    names: ['localhost', ...own],
    ...withPort(wanted.port),
    judgement: yes('shared-stack'),
  };
  if (to.kind !== 'networks') return [localhost];
  const side: Side = { kind: 'container', container: to.owner as Container, stack: from };
  return [localhost, ...direct(facts, side, to, wanted), ...published(facts, side, to, wanted)];
}

function direct(facts: Facts, from: Side, to: Stack, wanted: Wanted): Attempt[] {
  const attempts: Attempt[] = [];
  if (to.legs.length === 0) return whole(depends('private-stack'));
  for (const leg of to.legs) {
    for (const family of [4, 6] as const) {
      const address = addressOf(leg, family);
      if (address === undefined) continue;
      const isHost = from.kind === 'host' || (from.kind === 'container' && from.stack.kind === 'host');
      const via: RouteVia = {
        kind: isHost ? 'gateway' : from.kind === 'outside' ? 'lan' : 'network',
        networkId: leg.network.id,
      };
      const base = { via, address, ...withPort(wanted.port) };
      if (isHost) {
        attempts.push({ ...base, names: [], judgement: fromHost(facts, leg, family, from.kind === 'host') });
      } else if (from.kind === 'container') {
        const judgement = fromStack(facts, from.stack, to, leg, family, wanted, isLinked(from.stack, to));
        attempts.push({
          ...base,
          names: wanted.names === false ? [] : namesFrom(facts, from.stack, to, leg),
          judgement,
        });
      } else {
        attempts.push({ ...base, names: [], judgement: fromOutside(facts, leg) });
        if (openToRoutes(facts, to, leg, family, wanted)) {
          const args = { network: leg.network.name, subnet: leg.network.ipam[0]?.subnet ?? '' };
          attempts.push({ ...base, names: [], judgement: yes('lan-direct-route', args), assumes: 'lan-route' });
        }
      }
    }
  }
  return attempts;
}

function published(facts: Facts, from: Side, to: Stack, wanted: Wanted): Attempt[] {
  const isHost = from.kind === 'host' || (from.kind === 'container' && from.stack.kind === 'host');
  let tries: PublishedTry[] = [];
  if (isHost) tries = publishedFromHost(facts, to, wanted, from.kind === 'host');
  else if (from.kind === 'outside') tries = publishedFromOutside(facts, to, wanted);
  else if (from.kind === 'container') tries = publishedFromStack(facts, from.stack, to, wanted);
  const own = tries.map(
    ({ entry, address, judgement }): Attempt => ({
      via: { kind: 'published', hostIp: entry.hostIp },
      address,
      names: address === '127.0.0.1' ? ['localhost'] : [],
      port: entry.hostPort,
      protocol: entry.protocol,
      judgement,
    }),
  );
  const isShut = from.kind === 'container' && !isHost && from.stack.legs.every(({ network }) => network.internal);
  if (isShut) return own;
  const mesh = meshTries(facts, to, wanted).map(
    ({ hostPort, protocol, judgement }): Attempt => ({
      via: { kind: 'published', hostIp: '' },
      address: '',
      names: [],
      port: hostPort,
      protocol,
      judgement,
    }),
  );
  return [...own, ...mesh];
}

/** The host as the target: a published port of that number belongs to its container, anything else to the host. */
function toHostSide(facts: Facts, from: Side, wanted: Wanted): Attempt[] {
  if (wanted.port !== undefined) {
    const attempts = facts.snapshot.containers.flatMap((container) => {
      if (container.mode !== 'networks' || container.state !== 'running') return [];
      const to = facts.stack(container);
      const held = entriesOf(to, { port: undefined, protocol: wanted.protocol }).filter(
        ({ hostPort }) => hostPort === wanted.port,
      );
      return held.length === 0
        ? []
        : published(facts, from, to, { port: undefined, protocol: wanted.protocol }).filter(
            ({ port }) => port === wanted.port,
          );
    });
    if (attempts.length > 0) return attempts;
  }
  return hostServices(facts, from, wanted, true);
}

function hostServices(facts: Facts, from: Side, wanted: Wanted, person: boolean): Attempt[] {
  if (from.kind === 'outside') {
    const judgement = fromLan(facts);
    const addresses = facts.lanAddresses.length > 0 ? facts.lanAddresses : [''];
    return addresses.map((address) => ({
      via: { kind: 'host' },
      address,
      names: [],
      ...withPort(wanted.port),
      judgement,
    }));
  }
  const stack = from.kind === 'container' ? from.stack : hostStack;
  // The host asking for itself needs no engine; between this machine and a host-mode container the engine's place counts.
  const asked = from.kind === 'host' ? !person : person;
  return toHost(facts, stack, asked).map(({ via, address, judgement }) => ({
    via,
    address,
    names: address === '127.0.0.1' ? ['localhost'] : [],
    ...withPort(wanted.port),
    judgement,
  }));
}

function fromLan(facts: Facts): Judgement {
  if (facts.where === 'vm') return depends('vm-forwarding');
  if (facts.where === 'remote') return depends('remote-forwarding');
  if (facts.where === 'unknown') return depends('where-unknown');
  return yes('host-from-lan');
}
