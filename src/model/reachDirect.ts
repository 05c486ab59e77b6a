/** Whether a container's own address answers, asked from a container, the host or a machine outside. */
import {
  addressOf,
  defaultLeg,
  exitLegs,
  type Facts,
  gatewayMode,
  type Leg,
  masquerades,
  repliesElsewhere,
  type Stack,
} from '#model/reachFacts';
import { agreed, depends, type Judgement, no, yes } from '#model/reachRules';
import type { Container, Network, Protocol } from '#model/snapshot';

/** What is asked for at the target: a port it listens on, or any. */
export interface Wanted {
  readonly port: number | undefined;
  readonly protocol: Protocol | undefined;
  /** Whether names are wanted too: a matrix has no use for them. */
  readonly names?: boolean;
}

const about = (leg: Leg): Record<string, string> => ({ network: leg.network.name, networkId: leg.network.id });

/** Whether the target itself publishes (or, in gateway mode `routed`, opens) the port asked for. */
export function publishes(container: Container | undefined, wanted: Wanted): boolean {
  return (container?.published ?? []).some(
    (entry) =>
      (wanted.port === undefined || entry.port === wanted.port) &&
      (wanted.protocol === undefined || entry.protocol === wanted.protocol),
  );
}

/** From one container's stack to an address another has on a network. */
export function fromStack(
  facts: Facts,
  from: Stack,
  to: Stack,
  leg: Leg,
  family: 4 | 6,
  wanted: Wanted,
  linked: boolean,
): Judgement {
  const shared = from.legs.some(
    ({ network, endpoint }) =>
      network.id === leg.network.id && addressOf({ network, endpoint, driver: leg.driver }, family) !== undefined,
  );
  if (from.key === to.key) return yes('own-address', about(leg));
  return shared ? onNetwork(facts, leg, family, linked) : acrossNetworks(facts, from, to, leg, family, wanted);
}

function onNetwork(facts: Facts, leg: Leg, family: 4 | 6, linked: boolean): Judgement {
  const { network } = leg;
  const args = about(leg);
  switch (leg.driver) {
    case 'bridge':
      if (!facts.docker || network.interContainer) return yes('same-network', args);
      if (family === 6 && facts.major < 27) return yes('ipv6-unfiltered', args);
      return linked && network.builtIn ? depends('link-opens-exposed', args) : no('icc-disabled', args);
    case 'macvlan': {
      const mode = network.options.macvlan_mode ?? network.options.mode ?? 'bridge';
      if (mode === 'private') return no('macvlan-private', args);
      return mode === 'bridge' ? yes('same-macvlan', args) : depends('lan-switch', args);
    }
    case 'ipvlan':
      return yes('same-ipvlan', args);
    case 'overlay':
      return yes('same-overlay', args);
    default:
      return depends('driver-unknown', { ...args, driver: network.driver });
  }
}

function acrossNetworks(facts: Facts, from: Stack, to: Stack, leg: Leg, family: 4 | 6, wanted: Wanted): Judgement {
  const args = about(leg);
  if (from.kind === 'none') return no('mode-none');
  if (from.kind === 'orphan') return no('owner-gone');
  const exits = exitLegs(facts, from, family);
  if (exits.length === 0 && from.legs.length > 0 && from.legs.every(({ network }) => network.internal))
    return no('internal-source', args);
  if (leg.network.internal) return no('internal-target', args);
  if (leg.driver === 'overlay') return no('overlay-members-only', args);
  if (leg.driver === 'other') return depends('driver-unknown', { ...args, driver: leg.network.driver });
  if (leg.driver === 'macvlan' || leg.driver === 'ipvlan') return no('macvlan-bridge', args);
  const judged = exits.map((exit) =>
    exit.driver === 'macvlan' || exit.driver === 'ipvlan'
      ? no('macvlan-bridge', args)
      : betweenBridges(facts, exit, to, leg, family, wanted),
  );
  return agreed(judged, no('other-network', args));
}

/** What the engine's firewall lets through from one bridge to another; also decides Podman's published ports. */
function betweenBridges(facts: Facts, exit: Leg, to: Stack, leg: Leg, family: 4 | 6, wanted: Wanted): Judgement {
  const args = about(leg);
  if (!facts.docker) return betweenPodmanBridges(facts, exit.network, leg.network, args);
  if (family === 6 && facts.major < 27) return yes('ipv6-unfiltered', args);
  // Ports are opened on the network of the target's default route only.
  const opens = defaultLeg(to, family)?.network.id === leg.network.id && publishes(to.owner, wanted);
  if (gatewayMode(facts, leg.network, family) === 'routed' && opens) return yes('routed-published', args);
  return no('other-network', args);
}

/**
 * Netavark drops traffic between two networks only when both are isolated. The Docker API makes isolated networks,
 * Podman's own command does not, and the Docker API shows neither: `isolate` is there only where somebody read it.
 */
export function betweenPodmanBridges(
  facts: Facts,
  exit: Network,
  target: Network,
  args: Record<string, string>,
): Judgement {
  if (facts.major >= 6) return no('other-network', args);
  if (exit.builtIn || target.builtIn) return yes('podman-open-bridges', args);
  const isolated = [exit.options.isolate, target.options.isolate];
  if (isolated.includes('strict')) return no('other-network', args);
  if (isolated.includes('false')) return yes('podman-open-bridges', args);
  return isolated.every((value) => value === 'true')
    ? no('other-network', args)
    : depends('podman-isolation-unknown', args);
}

/** From the host's own stack; `person` when the host meant is the machine this editor's user sits at. */
export function fromHost(facts: Facts, leg: Leg, family: 4 | 6, person: boolean): Judgement {
  const args = about(leg);
  if (person && facts.where === 'vm') return no('vm-address', args);
  if (person && facts.where === 'remote') return no('remote-address', args);
  if (facts.where === 'rootless' && (person || !facts.docker)) return no('rootless-address', args);
  if (person && facts.where === 'unknown') return depends('where-unknown', args);
  switch (leg.driver) {
    case 'bridge':
      return gatewayMode(facts, leg.network, family) === 'isolated'
        ? no('gateway-isolated', args)
        : yes('host-on-bridge', args);
    case 'overlay':
      return no('overlay-members-only', args);
    case 'macvlan':
    case 'ipvlan':
      return no('macvlan-host', args);
    default:
      return depends('driver-unknown', { ...args, driver: leg.network.driver });
  }
}

/** From a machine outside that has no route of its own to container addresses; `openToRoutes` says what one would get. */
export function fromOutside(facts: Facts, leg: Leg): Judgement {
  const args = about(leg);
  if (leg.network.internal) return no('internal-target', args);
  switch (leg.driver) {
    case 'macvlan':
      return facts.docker && !leg.network.options.parent ? no('macvlan-no-parent', args) : yes('on-the-lan', args);
    case 'ipvlan':
      return leg.network.options.ipvlan_mode?.startsWith('l3') ? depends('lan-switch', args) : yes('on-the-lan', args);
    case 'other':
      return depends('driver-unknown', { ...args, driver: leg.network.driver });
    default:
      return no('outside-no-route', args);
  }
}

/**
 * Whether a machine on the LAN that routes the subnet through the host gets through to the address: before Docker 28
 * to published ports (also those bound to 127.0.0.1), over IPv6 before 27 to all; on Podman to all.
 */
export function openToRoutes(facts: Facts, to: Stack, leg: Leg, family: 4 | 6, wanted: Wanted): boolean {
  if (leg.driver !== 'bridge' || leg.network.internal) return false;
  if (facts.lanAddresses.some((address) => repliesElsewhere(to, address))) return false;
  if (!facts.docker || (family === 6 && facts.major < 27)) return true;
  const mode = gatewayMode(facts, leg.network, family);
  if (mode === 'nat-unprotected') return true;
  // Docker opens ports on the network of the default route only.
  if (defaultLeg(to, family)?.network.id !== leg.network.id) return false;
  return (mode === 'routed' || facts.major < 28) && publishes(to.owner, wanted);
}

/** From a stack to machines outside the host. */
export function toOutside(facts: Facts, from: Stack): Judgement {
  const judged = byDefaultRoute(facts, from);
  if (judged.verdict === 'yes') return judged;
  // A second leg on the LAN itself needs no default route.
  const onLan = from.legs.find(
    ({ driver, network }) =>
      driver === 'macvlan' && !network.internal && (!facts.docker || network.options.parent !== undefined),
  );
  return onLan === undefined ? judged : yes('on-the-lan', about(onLan));
}

function byDefaultRoute(facts: Facts, from: Stack): Judgement {
  if (from.kind === 'host') return yes('host-out');
  if (from.kind === 'none') return no('mode-none');
  if (from.kind === 'orphan') return no('owner-gone');
  if (from.legs.length === 0) return depends('private-stack');
  const exit = defaultLeg(from, 4) ?? defaultLeg(from, 6);
  if (exit === undefined) return no('internal-source', from.legs[0] ? about(from.legs[0]) : {});
  const args = about(exit);
  if (exit.driver === 'macvlan')
    return facts.docker && !exit.network.options.parent ? no('macvlan-no-parent', args) : yes('on-the-lan', args);
  if (exit.driver === 'ipvlan') return yes('on-the-lan', args);
  if (exit.driver === 'overlay') return yes('masquerade-out', args);
  const family = addressOf(exit, 4) === undefined ? 6 : 4;
  const mode = gatewayMode(facts, exit.network, family);
  const translated =
    mode !== 'routed' && masquerades(facts, exit.network) && (family === 4 || !facts.docker || facts.major >= 27);
  if (translated) return yes('masquerade-out', args);
  return facts.docker && facts.major >= 28 && mode !== 'routed'
    ? no('no-masquerade', args)
    : depends('no-masquerade-return', args);
}

/** Addresses of a bind that this family's client could use; wild binds answer on every address of their family. */
export function isWildcard(hostIp: string): boolean {
  return hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::';
}
