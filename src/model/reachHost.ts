/** From a container to the host's own services, or to a container that uses the host's stack. */

import type { RouteVia } from '#model/reach';
import {
  addressOf,
  type Facts,
  gatewayMode,
  gatewayOf,
  isV6,
  type Leg,
  legsTowards,
  type Stack,
} from '#model/reachFacts';
import { agreed, depends, type Judgement, no, yes } from '#model/reachRules';

export interface HostTry {
  readonly via: RouteVia;
  readonly address: string;
  readonly judgement: Judgement;
}

/**
 * The host's addresses as a container sees them: every own bridge's gateway, and the LAN addresses through the default
 * route. `person`: the host meant is the machine this editor's user sits at, which a VM or a remote engine is not.
 */
export function toHost(facts: Facts, from: Stack, person: boolean): HostTry[] {
  if (from.kind === 'host') return [fromHostStack(facts, person)];
  const blocked = from.kind === 'none' ? no('mode-none') : from.kind === 'orphan' ? no('owner-gone') : undefined;
  if (blocked !== undefined) return [{ via: { kind: 'host' }, address: '', judgement: blocked }];
  if (from.legs.length === 0) return [{ via: { kind: 'host' }, address: '', judgement: depends('private-stack') }];
  const elsewhere = person ? notThisHost(facts) : undefined;
  const tries: HostTry[] = [];
  for (const leg of from.legs) {
    for (const family of [4, 6] as const) {
      const own = addressOf(leg, family);
      if (own === undefined) continue;
      const address = hostSide(facts, leg, family);
      if (leg.driver === 'bridge' && address === undefined) continue;
      tries.push({
        via: { kind: 'gateway', networkId: leg.network.id },
        address: address ?? '',
        judgement: elsewhere ?? atGateway(facts, leg, family),
      });
    }
  }
  for (const address of facts.lanAddresses)
    tries.push({
      via: { kind: 'host' },
      address,
      judgement: elsewhere ?? atLanAddress(facts, from, address),
    });
  return tries;
}

function hostSide(facts: Facts, leg: Leg, family: 4 | 6): string | undefined {
  if (leg.driver === 'bridge') return gatewayOf(leg, family);
  if (leg.driver !== 'overlay') return undefined;
  const bridge = facts.snapshot.networks.find(({ name }) => name === 'docker_gwbridge');
  return bridge?.ipam.find(({ gateway }) => gateway !== undefined && isV6(gateway) === (family === 6))?.gateway;
}

function fromHostStack(facts: Facts, person: boolean): HostTry {
  const elsewhere = person ? notThisHost(facts) : undefined;
  return { via: { kind: 'localhost' }, address: '127.0.0.1', judgement: elsewhere ?? yes('host-stack') };
}

/** Why "this host" is not what the engine's containers see as their host; undefined when it is. */
function notThisHost(facts: Facts): Judgement | undefined {
  switch (facts.where) {
    case 'vm':
      return depends('vm-forwarding');
    case 'remote':
      return depends('remote-forwarding');
    case 'rootless':
      return depends('rootless-host');
    case 'unknown':
      return depends('where-unknown');
    default:
      return undefined;
  }
}

function atGateway(facts: Facts, leg: Leg, family: 4 | 6): Judgement {
  const args = { network: leg.network.name, networkId: leg.network.id };
  switch (leg.driver) {
    case 'bridge':
      return gatewayMode(facts, leg.network, family) === 'isolated'
        ? no('gateway-isolated', args)
        : yes('gateway-is-host', args);
    case 'overlay':
      // An overlay's members leave through docker_gwbridge, whose gateway is the host.
      return leg.network.internal ? no('internal-source', args) : yes('gateway-is-host', args);
    case 'macvlan':
    case 'ipvlan':
      return no('macvlan-host', args);
    default:
      return depends('driver-unknown', { ...args, driver: leg.network.driver });
  }
}

function atLanAddress(facts: Facts, from: Stack, address: string): Judgement {
  const family = isV6(address) ? 6 : 4;
  const exits = legsTowards(facts, from, address).map((exit) => {
    const args = { network: exit.network.name, networkId: exit.network.id };
    return exit.driver === 'macvlan' || exit.driver === 'ipvlan' ? no('macvlan-host', args) : yes('host-address', args);
  });
  if (exits.length > 0) return agreed(exits, no('internal-host-address'));
  const internal = from.legs.find((leg) => leg.network.internal && addressOf(leg, family) !== undefined);
  const args = internal === undefined ? {} : { network: internal.network.name, networkId: internal.network.id };
  if (internal === undefined) return no('internal-host-address', args);
  // Docker 20.10 gives internal networks a default route and filters only what is forwarded.
  return facts.docker && facts.major < 26 && family === 4
    ? yes('host-address', args)
    : no('internal-host-address', args);
}
