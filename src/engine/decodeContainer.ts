/** Containers, from `/containers/json` and `/containers/{id}/json`. */
import { type DecodeContext, decodeEndpoints, defined, NetworkIndex, shortId } from '#engine/decodeEndpoint';
import type { EngineKind } from '#engine/decodeNetwork';
import { decodeExposed, decodeListedPorts, decodePortMap, sorted, withoutPortsOf } from '#engine/decodePorts';
import {
  asList,
  asObject,
  asText,
  asTexts,
  byNameThenId,
  isObject,
  type RawObject,
  someText,
  textMap,
} from '#engine/raw';
import type { Container, ContainerState, Health, Link, Network, NetworkMode, PublishedPort } from '#model/snapshot';

/** The containers of a list, sorted by name, then id. */
export function decodeContainers(raw: unknown, kind: EngineKind, networks: readonly Network[]): readonly Container[] {
  const context: DecodeContext = { kind, networks: new NetworkIndex(networks, kind) };
  const items = asList(raw).filter(isObject);
  const byShortId = new Map(items.map((item) => [shortId(asText(item.Id)), asText(item.Id)]));
  const byName = new Map(items.map((item) => [decodeName(item.Names, asText(item.Id)), asText(item.Id)]));
  return items
    .filter((item) => asText(item.Id) !== '')
    .map((item) => decodeListed(item, context, byShortId, byName))
    .sort(byNameThenId);
}

function decodeListed(
  raw: RawObject,
  context: DecodeContext,
  byShortId: ReadonlyMap<string, string>,
  byName: ReadonlyMap<string, string>,
): Container {
  const id = asText(raw.Id);
  const state = decodeState(raw.State);
  const live = isLive(state);
  const networks = asObject(raw.NetworkSettings).Networks;
  const networkMode = asText(asObject(raw.HostConfig).NetworkMode);
  const owner =
    decodeOwner(networkMode, byName) ??
    (context.kind === 'podman' && networkMode === '' ? ownerByAliases(id, networks, byShortId) : undefined);
  const mode = owner === undefined ? decodeMode(networkMode, networks) : 'container';
  const labels = textMap(raw.Labels);
  const health = live ? decodeListedHealth(raw) : undefined;
  return {
    id,
    name: decodeName(raw.Names, id),
    image: asText(raw.Image),
    state,
    ...defined('health', health),
    mode,
    ...defined('sharesWith', owner),
    // Podman repeats the owner's endpoints and ports at every sharer, even one that was never started.
    endpoints: mode === 'container' ? [] : decodeEndpoints(networks, id, live, context, undefined),
    // Docker keeps ports of an exited container after it was killed hard; Podman lists what a stopped one will bind.
    published: mode === 'container' || !(live || context.kind === 'podman') ? [] : decodeListedPorts(raw.Ports),
    ...compose(labels),
    labels,
    complete: false,
  };
}

/** The container as inspect completes it; what only the list tells (image) is kept from `listed`. */
export function completeContainer(
  raw: unknown,
  listed: Container,
  kind: EngineKind,
  networks: NetworkIndex,
): Container {
  const inspected = asObject(raw);
  const config = asObject(inspected.Config);
  const hostConfig = asObject(inspected.HostConfig);
  const settings = asObject(inspected.NetworkSettings);
  const state = decodeState(asObject(inspected.State).Status);
  const live = isLive(state);
  const networkMode = asText(hostConfig.NetworkMode);
  const owner = decodeOwner(networkMode, new Map()) ?? (networkMode === '' ? listed.sharesWith : undefined);
  const mode = owner === undefined ? decodeMode(networkMode, settings.Networks) : 'container';
  const name = asText(inspected.Name).replace(/^\//, '') || listed.name;
  const hostname = someText(config.Hostname);
  const labels = isObject(config.Labels) ? textMap(config.Labels) : listed.labels;
  const exposed = decodeExposed(config.ExposedPorts);
  const publishAll = hostConfig.PublishAllPorts === true;
  const health = live ? asHealth(asText(asObject(asObject(inspected.State).Health).Status)) : undefined;
  return {
    id: listed.id,
    name,
    image: listed.image || asText(config.Image),
    state,
    ...defined('health', health),
    mode,
    ...defined('sharesWith', owner),
    endpoints:
      mode === 'container'
        ? []
        : decodeEndpoints(settings.Networks, listed.id, live, { kind, networks }, { name, hostname }),
    published: mode === 'networks' ? decodePublished(settings, hostConfig, live, exposed, publishAll) : [],
    exposed,
    publishAll,
    links: decodeLinks(hostConfig.Links, settings.Networks),
    ...defined('hostname', hostname),
    ...compose(labels),
    labels,
    complete: true,
  };
}

function decodePublished(
  settings: RawObject,
  hostConfig: RawObject,
  live: boolean,
  exposed: Container['exposed'] & object,
  publishAll: boolean,
): readonly PublishedPort[] {
  const asked = decodePortMap(hostConfig.PortBindings);
  // Asked for, but on an internal network Docker binds nothing: it stays visible, for the views say that it has no effect.
  if (live) {
    const bound = decodePortMap(settings.Ports);
    return sorted([...bound, ...withoutPortsOf(asked, bound)]);
  }
  const all = publishAll ? exposed.map((port) => ({ hostIp: '0.0.0.0', hostPort: 0, ...port })) : [];
  return sorted([...asked, ...withoutPortsOf(all, asked)]);
}

/** A linked container has `/legacy/alias` among its names: its own is the one with a single slash. */
function decodeName(raw: unknown, id: string): string {
  const names = asTexts(raw);
  const own = names.find((name) => name.lastIndexOf('/') <= 0) ?? names[0];
  return own?.replace(/^\//, '') || shortId(id);
}

/** `container:ID` of NetworkMode; the owner may be gone. Engines write the id, a body made by hand may hold a name. */
function decodeOwner(networkMode: string, byName: ReadonlyMap<string, string>): string | undefined {
  if (!networkMode.startsWith('container:')) return undefined;
  const owner = networkMode.slice('container:'.length);
  return byName.get(owner) ?? owner;
}

/**
 * Podman 4.3 to 5.8 list no NetworkMode, and give a sharer the owner's endpoints, with the owner's short id among the
 * aliases where its own should be.
 */
function ownerByAliases(id: string, networks: unknown, byShortId: ReadonlyMap<string, string>): string | undefined {
  for (const network of Object.values(asObject(networks))) {
    const aliases = asTexts(asObject(network).Aliases);
    if (aliases.includes(shortId(id))) return undefined;
    for (const alias of aliases) {
      const owner = byShortId.get(alias);
      if (owner !== undefined) return owner;
    }
  }
  return undefined;
}

/**
 * NetworkMode goes stale: after `network disconnect none` and `network connect back` it still says `none`, after the
 * last disconnect it names a network the container is not on. Endpoints are believed first.
 * Unset it is `default` on Docker 20.10, `bridge` on later ones; it may be a network's id; Podman says `bridge` for all.
 */
function decodeMode(networkMode: string, networks: unknown): NetworkMode {
  const names = Object.keys(asObject(networks));
  if (names.includes('host')) return 'host';
  if (names.some((name) => name !== 'none')) return 'networks';
  if (names.includes('none')) return 'none';
  // Docker and Podman 4.3 give a created host or none container no endpoint yet.
  return networkMode === 'host' || networkMode === 'none' ? networkMode : 'networks';
}

const states: Readonly<Record<string, ContainerState>> = {
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  exited: 'exited',
  dead: 'dead',
  removing: 'removing',
  stopped: 'stopped',
  // Podman's own words, which its Docker-compatible answers let through at times.
  configured: 'created',
  initialized: 'created',
  stopping: 'running',
};

function decodeState(raw: unknown): ContainerState {
  const word = asText(raw).toLowerCase();
  return (Object.hasOwn(states, word) ? states[word] : undefined) ?? 'exited';
}

/** Whether addresses and ports are to be believed. A restarting one has none for the moment. */
function isLive(state: ContainerState): boolean {
  return state === 'running' || state === 'paused';
}

function asHealth(word: string): Health | undefined {
  return word === 'healthy' || word === 'unhealthy' || word === 'starting' ? word : undefined;
}

/** Docker tells health inside the text of Status only: `Up 7 minutes (healthy)`, `(health: starting)`; Podman 6.1 in Health. */
function decodeListedHealth(raw: RawObject): Health | undefined {
  const told = asHealth(asText(asObject(raw.Health).Status));
  if (told !== undefined) return told;
  const word = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(asText(raw.Status))?.[1];
  return word === undefined ? undefined : asHealth(word);
}

function compose(labels: Readonly<Record<string, string>>): Pick<Container, 'compose'> {
  const project = labels['com.docker.compose.project'];
  const service = labels['com.docker.compose.service'];
  return project === undefined || service === undefined ? {} : { compose: { project, service } };
}

/** `HostConfig.Links` on the default bridge (`/db:/web/alias`), and each endpoint's own (`db:alias`). */
function decodeLinks(hostLinks: unknown, networks: unknown): readonly Link[] {
  const texts = [
    ...asTexts(hostLinks),
    ...Object.values(asObject(networks)).flatMap((network) => asTexts(asObject(network).Links)),
  ];
  const links = new Map<string, Link>();
  for (const text of texts) {
    const [target = '', alias = target] = text.split(':');
    const link = { container: target.replace(/^\//, ''), alias: alias.slice(alias.lastIndexOf('/') + 1) };
    if (link.container !== '') links.set(`${link.container}:${link.alias}`, link);
  }
  return [...links.values()];
}
