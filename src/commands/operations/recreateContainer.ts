/**
 * Publishing a port on a container that exists: engines cannot, so it is made anew with everything else as it was, and
 * the earlier one is kept, stopped and renamed, until the new one runs.
 */
import { portFields } from '#commands/operations/containerBody';
import { type EndpointConfig, endpointConfigs, endpointSettings } from '#commands/operations/endpointConfig';
import { type Json, objectAt, objectsAt, textAt, textMapAt, textsAt } from '#commands/operations/rawJson';
import { detailOf, Refusal, type Steps } from '#commands/operations/refusal';
import type { EngineClient } from '#engine/types';
import type { PortSpec } from '#model/portSpec';
import type { Container, Snapshot } from '#model/snapshot';

export interface RecreatePlan {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
  readonly body: Json;
  /** Endpoints to connect after creation. */
  readonly connects: readonly EndpointConfig[];
  /** What cannot be kept, for the question before. */
  readonly losses: readonly { readonly rule: string; readonly args: Readonly<Record<string, string>> }[];
}

/** Reads what the container is. Changes nothing. Throws `Refusal` where publishing can have no effect or no way back. */
export async function planPublish(
  client: EngineClient,
  snapshot: Snapshot,
  container: Container,
  ports: readonly PortSpec[],
): Promise<RecreatePlan> {
  const args = { container: container.name };
  if (container.mode === 'host') throw new Refusal('publish-in-host-mode', args);
  if (container.mode === 'none') throw new Refusal('publish-without-network', args);
  if (container.mode === 'container') {
    const owner = snapshot.containers.find((candidate) => candidate.id === container.sharesWith);
    throw new Refusal('publish-when-sharing', { container: owner?.name ?? container.name });
  }
  const raw = objectAt(await client.rawContainer(container.id));
  const host = objectAt(raw, 'HostConfig');
  if (host.AutoRemove === true) throw new Refusal('recreate-auto-remove', args);
  const configs = endpointConfigs(raw).map((config) => pinned(snapshot, container, config));
  const mode = textAt(host, 'NetworkMode');
  const first = configs.find(({ network, networkId }) => network === mode || networkId === mode) ?? configs[0];
  const running = container.state === 'running' || container.state === 'paused' || container.state === 'restarting';
  const body = bodyOf(raw, await imageOf(client, raw), ports, first, snapshot.engine.kind);
  const connects = configs.filter((config) => config !== first);
  return {
    id: container.id,
    name: container.name,
    running,
    body,
    connects,
    losses: lossesOf(snapshot, container, raw),
  };
}

/** Podman never tells whether an address was asked for: asking for the present one keeps it in either case. */
function pinned(snapshot: Snapshot, container: Container, config: EndpointConfig): EndpointConfig {
  const now = container.endpoints.find((endpoint) => endpoint.network === config.network);
  const network = snapshot.networks.find(({ id }) => id === now?.networkId);
  // The default network takes no static address.
  if (snapshot.engine.kind !== 'podman' || !now || network?.builtIn !== false) return config;
  const { ipv4, ipv6 } = now;
  return { ...config, body: { ...config.body, ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) } };
}

/** The image by name while the name still means the same image, else by id. */
async function imageOf(client: EngineClient, raw: Json): Promise<string> {
  const name = textAt(objectAt(raw, 'Config'), 'Image');
  const id = textAt(raw, 'Image');
  try {
    const now = textAt(objectAt(await client.rawImage(name)), 'Id');
    return now.replace('sha256:', '') === id.replace('sha256:', '') ? name : id;
  } catch {
    // The name is gone; the id holds as long as a container uses it.
    return id;
  }
}

function bodyOf(
  raw: Json,
  image: string,
  ports: readonly PortSpec[],
  first: EndpointConfig | undefined,
  kind: 'docker' | 'podman',
): Json {
  const config = objectAt(raw, 'Config');
  const { MemorySwappiness: swappiness, ...host } = objectAt(raw, 'HostConfig');
  const id = textAt(raw, 'Id');
  const { exposed, bindings } = portFields(ports);
  const merged: Record<string, unknown> = { ...objectAt(host, 'PortBindings') };
  for (const [key, value] of Object.entries(bindings))
    merged[key] = [...objectsAt(merged, key), ...(Array.isArray(value) ? value : [])];
  const { Hostname: hostname, MacAddress: _mac, ...kept } = config;
  // The default host name is the old id: the new container gets its own.
  const named = typeof hostname === 'string' && hostname !== '' && hostname !== id.slice(0, 12);
  const links = textsAt(host, 'Links').map(linkText);
  return {
    ...kept,
    ...(named ? { Hostname: hostname } : {}),
    Image: image,
    ExposedPorts: { ...objectAt(config, 'ExposedPorts'), ...exposed },
    HostConfig: {
      ...host,
      // Podman says 0 of every container, and refuses it where cgroups are of version 2.
      ...(kind === 'docker' ? { MemorySwappiness: swappiness } : {}),
      PortBindings: merged,
      Binds: [...textsAt(host, 'Binds'), ...anonymousVolumes(raw)],
      ...(links.length > 0 ? { Links: links } : {}),
      ...(first ? { NetworkMode: first.network } : {}),
    },
    ...(first ? { NetworkingConfig: { EndpointsConfig: { [first.network]: endpointSettings(first.body) } } } : {}),
  };
}

/** Inspect says `/redis:/legacy/cache`; creation takes `redis:cache`. */
function linkText(link: string): string {
  const [target = '', alias = ''] = link.split(':');
  return `${target.replace(/^\//, '')}:${alias.split('/').at(-1) ?? ''}`;
}

/** Volumes the engine made for this container alone: bound by name, or the new container would get empty ones. */
function anonymousVolumes(raw: Json): readonly string[] {
  const host = objectAt(raw, 'HostConfig');
  const bound = [
    ...textsAt(host, 'Binds').map((bind) => bind.split(':')[1] ?? ''),
    ...objectsAt(host, 'Mounts').map((mount) => textAt(mount, 'Target')),
  ];
  return objectsAt(raw, 'Mounts')
    .filter((mount) => textAt(mount, 'Type') === 'volume' && !bound.includes(textAt(mount, 'Destination')))
    .map((mount) => `${textAt(mount, 'Name')}:${textAt(mount, 'Destination')}${mount.RW === false ? ':ro' : ''}`);
}

function lossesOf(snapshot: Snapshot, container: Container, raw: Json): RecreatePlan['losses'] {
  const args = { container: container.name };
  const losses: { rule: string; args: Readonly<Record<string, string>> }[] = [{ rule: 'recreate-files', args }];
  const pins = snapshot.engine.kind === 'podman';
  const unpinned = container.endpoints.filter((endpoint) => endpoint.ipv4 && !endpoint.staticIp && !pins);
  for (const endpoint of unpinned)
    losses.push({ rule: 'loss-address', args: { ...args, address: endpoint.ipv4 ?? '' } });
  const sharers = snapshot.containers.filter((other) => other.sharesWith === container.id);
  for (const sharer of sharers) losses.push({ rule: 'recreate-sharer', args: { ...args, sharer: sharer.name } });
  const linkers = snapshot.containers.filter((other) => other.links?.some((link) => link.container === container.name));
  for (const linker of linkers) losses.push({ rule: 'recreate-linker', args: { ...args, linker: linker.name } });
  if (textMapAt(objectAt(raw, 'Config'), 'Labels')['com.docker.compose.project'])
    losses.push({ rule: 'recreate-compose', args });
  return losses;
}

/** Carries the plan out. A failed or cancelled step brings the earlier container back and throws `recreate-rolled-back`. */
export async function recreateContainer(
  client: EngineClient,
  plan: RecreatePlan,
  { step, signal }: Steps = {},
): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
  const aside = `${plan.name}-before-${plan.id.slice(0, 6)}`;
  const undo: (() => Promise<void>)[] = [];
  const args = { container: plan.name };
  const begin = (code: string): void => {
    signal?.throwIfAborted();
    step?.(code, args);
  };
  try {
    begin('step-stop');
    if (plan.running) {
      undo.push(() => client.startContainer(plan.id));
      await client.stopContainer(plan.id);
    }
    begin('step-rename');
    await client.renameContainer(plan.id, aside);
    undo.push(() => client.renameContainer(plan.id, plan.name));
    begin('step-create-container');
    const created = await client.createContainer(plan.name, plan.body);
    undo.push(() => client.removeContainer(created.id, true));
    for (const { network, body } of plan.connects) {
      begin('step-connect-again');
      await client.connect(network, { ...body, container: created.id });
    }
    if (plan.running) {
      begin('step-start');
      await client.startContainer(created.id);
    }
    begin('step-remove-earlier');
    await client.removeContainer(plan.id, true);
    return created;
  } catch (error) {
    const failures: string[] = [];
    for (const back of undo.reverse()) {
      try {
        await back();
      } catch (failure) {
        failures.push(detailOf(failure));
      }
    }
    const detail = detailOf(error);
    if (failures.length > 0)
      throw new Refusal('recreate-stuck', { ...args, detail, aside, rollback: failures.join('; ') }, error);
    throw new Refusal(signal?.aborted ? 'recreate-cancelled' : 'recreate-rolled-back', { ...args, detail }, error);
  }
}
