/** Published ports: at which of the host's addresses one answers, asked from the host, a container or outside. */
import { betweenPodmanBridges, isWildcard, type Wanted } from '#model/reachDirect';
import {
  addressOf,
  defaultLeg,
  type Facts,
  gatewayMode,
  gatewayOf,
  isLoopback,
  isV6,
  type Leg,
  legsTowards,
  masquerades,
  repliesElsewhere,
  type Stack,
} from '#model/reachFacts';
import { agreed, depends, type Judgement, no, yes } from '#model/reachRules';
import type { PublishedPort } from '#model/snapshot';

/** One address a published port could be asked at, with its judgement. */
export interface PublishedTry {
  readonly entry: PublishedPort;
  readonly address: string;
  readonly judgement: Judgement;
}

const argsOf = (entry: PublishedPort, container: string): Record<string, string> => ({
  container,
  hostIp: entry.hostIp,
  hostPort: String(entry.hostPort),
  port: String(entry.port),
  protocol: entry.protocol,
});

/** The entries that carry the wanted port, those without a host port (gateway mode `routed`) left out. */
export function entriesOf(to: Stack, wanted: Wanted): readonly PublishedPort[] {
  return (to.owner?.published ?? []).filter(
    (entry) =>
      entry.hostPort > 0 &&
      (wanted.port === undefined || entry.port === wanted.port) &&
      (wanted.protocol === undefined || entry.protocol === wanted.protocol),
  );
}

/** Why an entry has no effect whoever asks; undefined when it has one. */
function vain(facts: Facts, to: Stack, args: Record<string, string>): Judgement | undefined {
  const network = to.legs[0]?.network.name ?? '';
  if (to.kind !== 'networks') return no('not-published', args);
  if (to.legs.length > 0 && to.legs.every(({ network: { internal } }) => internal))
    return no('published-internal', { ...args, network });
  if (to.legs.length > 0 && to.legs.every(({ driver }) => driver === 'macvlan' || driver === 'ipvlan'))
    return no('macvlan-host', { ...args, network });
  const exit = defaultLeg(to);
  if (facts.docker && (exit?.driver === 'macvlan' || exit?.driver === 'ipvlan'))
    return no('published-gateway-elsewhere', { ...args, network: exit.network.name });
  return undefined;
}

/** The addresses a host-side client has for an entry. */
function hostAddresses(facts: Facts, entry: PublishedPort): string[] {
  if (!isWildcard(entry.hostIp)) return [entry.hostIp];
  const six = entry.hostIp === '::';
  return [six ? '::1' : '127.0.0.1', ...facts.lanAddresses.filter((address) => isV6(address) === six)];
}

/** From the host's stack; `person` when it is the machine this editor's user sits at. */
export function publishedFromHost(facts: Facts, to: Stack, wanted: Wanted, person: boolean): PublishedTry[] {
  return entriesOf(to, wanted).flatMap((entry) => {
    const args = argsOf(entry, to.owner?.name ?? '');
    const none = vain(facts, to, args);
    return hostAddresses(facts, entry).map((address) => ({
      entry,
      address,
      judgement: none ?? hostJudgement(facts, to, address, args, person),
    }));
  });
}

function hostJudgement(
  facts: Facts,
  to: Stack,
  address: string,
  args: Record<string, string>,
  person: boolean,
): Judgement {
  if (person && facts.where === 'remote') return depends('remote-forwarding', args);
  if (person && facts.where === 'vm') return depends('vm-forwarding', args);
  if (person && facts.where === 'unknown') return depends('where-unknown', args);
  if (!facts.docker && address === '::1') return no('podman-no-v6-loopback', args);
  if (!isLoopback(address) && repliesElsewhere(to, address)) return no('replies-elsewhere', args);
  return yes('published-on-host', args);
}

/** From a machine on the LAN. */
export function publishedFromOutside(facts: Facts, to: Stack, wanted: Wanted): PublishedTry[] {
  return entriesOf(to, wanted).flatMap((entry) => {
    const args = argsOf(entry, to.owner?.name ?? '');
    const six = isV6(entry.hostIp);
    const none = vain(facts, to, args);
    const lan = facts.lanAddresses.filter((address) => isV6(address) === six);
    // Where the host's addresses are not known the address stays empty: "the host's address".
    const addresses = !isWildcard(entry.hostIp) ? [entry.hostIp] : lan.length > 0 ? lan : [''];
    return addresses.map((address) => ({
      entry,
      address,
      judgement: none ?? outsideJudgement(facts, to, entry, address, args),
    }));
  });
}

function outsideJudgement(
  facts: Facts,
  to: Stack,
  entry: PublishedPort,
  address: string,
  args: Record<string, string>,
): Judgement {
  if (isLoopback(entry.hostIp)) return no('published-loopback', args);
  if (facts.where === 'vm') return depends('vm-forwarding', args);
  if (facts.where === 'remote') return depends('remote-forwarding', args);
  if (facts.where === 'unknown') return depends('where-unknown', args);
  if (address !== '' && repliesElsewhere(to, address)) return no('replies-elsewhere', args);
  return yes('published-to-lan', args);
}

/** From a container with networks of its own. */
export function publishedFromStack(facts: Facts, from: Stack, to: Stack, wanted: Wanted): PublishedTry[] {
  return entriesOf(to, wanted).flatMap((entry) => {
    const args = argsOf(entry, to.owner?.name ?? '');
    const none = vain(facts, to, args);
    const six = isV6(entry.hostIp);
    return containerAddresses(facts, from, entry, six ? 6 : 4).map(({ address, legs }) => ({
      entry,
      address,
      judgement: none ?? containerJudgement(facts, from, to, entry, legs, address, args),
    }));
  });
}

/** The host's addresses a container can ask: the LAN's through the default route, each bridge's gateway on its bridge. */
function containerAddresses(
  facts: Facts,
  from: Stack,
  entry: PublishedPort,
  family: 4 | 6,
): { address: string; legs: readonly Leg[] }[] {
  const own = from.legs
    .filter(({ driver }) => driver === 'bridge')
    .flatMap((leg) => {
      const address = addressOf(leg, family) === undefined ? undefined : gatewayOf(leg, family);
      return address === undefined ? [] : [{ address, legs: [leg] as readonly Leg[] }];
    });
  if (isWildcard(entry.hostIp)) {
    const lan = facts.lanAddresses
      .filter((address) => isV6(address) === (family === 6))
      .map((address) => ({ address, legs: legsTowards(facts, from, address) }));
    return [...lan, ...own];
  }
  return [
    own.find(({ address }) => address === entry.hostIp) ?? {
      address: entry.hostIp,
      legs: legsTowards(facts, from, entry.hostIp),
    },
  ];
}

function containerJudgement(
  facts: Facts,
  from: Stack,
  to: Stack,
  entry: PublishedPort,
  legs: readonly Leg[],
  address: string,
  args: Record<string, string>,
): Judgement {
  if (from.kind === 'none') return no('mode-none');
  if (from.kind === 'orphan') return no('owner-gone');
  if (isLoopback(entry.hostIp)) return no('published-loopback', args);
  if (legs.length === 0) {
    if (from.legs.length > 0 && from.legs.every(({ network }) => network.internal))
      return no('internal-to-published', args);
    return from.legs.length === 0 ? depends('private-stack') : no('published-elsewhere', args);
  }
  const judged = legs.map((leg) => byLeg(facts, from, to, leg, isV6(address) ? 6 : 4, args));
  return agreed(judged, no('published-elsewhere', args));
}

/** When the question leaves by this leg. */
function byLeg(facts: Facts, from: Stack, to: Stack, leg: Leg, family: 4 | 6, args: Record<string, string>): Judgement {
  if (leg.driver === 'macvlan' || leg.driver === 'ipvlan') return no('macvlan-host', args);
  const behind = { ...args, network: leg.network.name };
  if (gatewayMode(facts, leg.network, family) === 'isolated') return no('gateway-isolated', behind);
  if (!facts.docker) return podmanJudgement(facts, from, to, leg, behind);
  if (leg.network.internal) return no('internal-to-published', behind);
  const siblings = to.legs.some(({ network }) => network.id === leg.network.id);
  if (!masquerades(facts, leg.network) && !siblings && family === 4) return no('other-network', behind);
  return yes('published-through-host', behind);
}

/** Podman rewrites the destination, then forwards: the same firewall as for the container's own address. */
function podmanJudgement(facts: Facts, from: Stack, to: Stack, leg: Leg, args: Record<string, string>): Judgement {
  if (from.key === to.key) return no('podman-no-hairpin', args);
  if (leg.network.internal) return no('internal-to-published', args);
  return podmanTarget(facts, leg, to, args);
}

/** Podman rewrites to the address on the network the container was started with, which the API does not tell. */
function podmanTarget(facts: Facts, leg: Leg, to: Stack, args: Record<string, string>): Judgement {
  const judged = to.legs
    .filter(({ driver, network }) => driver === 'bridge' && !network.internal)
    .map(({ network }) =>
      network.id === leg.network.id
        ? yes('published-through-host', args)
        : betweenPodmanBridges(facts, leg.network, network, args),
    );
  const [first] = judged;
  if (first === undefined) return no('published-internal', args);
  if (judged.some(({ verdict }) => verdict !== first.verdict)) return depends('podman-first-network', args);
  return first.verdict === 'yes' ? yes('published-through-host', args) : first;
}
