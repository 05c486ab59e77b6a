/** Swarm services with their tasks, from `/services`, `/tasks` and `/nodes` of a manager. */
import { defined } from '#engine/decodeEndpoint';
import {
  asList,
  asObject,
  asText,
  byNameThenId,
  type RawObject,
  someNumber,
  someText,
  withoutPrefix,
} from '#engine/raw';
import type { Protocol, Service, ServiceTask } from '#model/snapshot';

const protocols: ReadonlySet<string> = new Set<Protocol>(['tcp', 'udp', 'sctp']);

/** @param nodeId this node's own id: only its tasks have a container here. */
export function decodeServices(
  services: unknown,
  tasks: unknown,
  nodes: unknown,
  nodeId: string | undefined,
): readonly Service[] {
  const nodeNames = new Map(
    asList(nodes)
      .map(asObject)
      .map((node) => [asText(node.ID), asText(asObject(node.Description).Hostname)] as const),
  );
  const tasksOf = new Map<string, RawObject[]>();
  for (const task of asList(tasks).map(asObject)) {
    // The others are history: tasks that failed, or were replaced by an update.
    if (task.DesiredState !== 'running' && task.DesiredState !== 'ready') continue;
    const service = asText(task.ServiceID);
    tasksOf.set(service, [...(tasksOf.get(service) ?? []), task]);
  }
  return asList(services)
    .map(asObject)
    .filter((service) => asText(service.ID) !== '')
    .map((service) => decodeService(service, tasksOf.get(asText(service.ID)) ?? [], nodeNames, nodeId))
    .sort(byNameThenId);
}

function decodeService(
  raw: RawObject,
  tasks: readonly RawObject[],
  nodeNames: ReadonlyMap<string, string>,
  nodeId: string | undefined,
): Service {
  const id = asText(raw.ID);
  const name = asText(asObject(raw.Spec).Name);
  const endpoint = asObject(raw.Endpoint);
  const networks = new Map<string, { readonly networkId: string; readonly vip?: string }>();
  for (const attached of asList(asObject(asObject(asObject(raw.Spec).TaskTemplate)).Networks).map(asObject)) {
    const networkId = asText(attached.Target);
    if (networkId !== '') networks.set(networkId, { networkId });
  }
  for (const virtual of asList(endpoint.VirtualIPs).map(asObject)) {
    const networkId = asText(virtual.NetworkID);
    const address = someText(virtual.Addr);
    if (networkId !== '')
      networks.set(networkId, {
        networkId,
        ...defined('vip', address === undefined ? undefined : withoutPrefix(address)),
      });
  }
  return {
    id,
    name,
    networks: [...networks.values()],
    published: asList(endpoint.Ports).map(asObject).flatMap(decodePublished),
    tasks: tasks.map((task) => decodeTask(task, name, nodeNames, nodeId)).sort(byNameThenId),
  };
}

function decodePublished(raw: RawObject): Service['published'] {
  const port = someNumber(raw.TargetPort);
  const protocol = asText(raw.Protocol) || 'tcp';
  if (port === undefined || !protocols.has(protocol)) return [];
  return [
    {
      // Absent until the swarm has chosen one.
      hostPort: someNumber(raw.PublishedPort) ?? 0,
      port,
      protocol: protocol as Protocol,
      mode: raw.PublishMode === 'host' ? 'host' : 'ingress',
    },
  ];
}

function decodeTask(
  raw: RawObject,
  service: string,
  nodeNames: ReadonlyMap<string, string>,
  nodeId: string | undefined,
): ServiceTask {
  const id = asText(raw.ID);
  const node = asText(raw.NodeID);
  const status = asObject(raw.Status);
  const container = node === nodeId ? someText(asObject(status.ContainerStatus).ContainerID) : undefined;
  const slot = someNumber(raw.Slot);
  const addresses = asList(raw.NetworksAttachments)
    .map(asObject)
    .flatMap((attachment) =>
      asList(attachment.Addresses)
        .filter((address) => typeof address === 'string')
        .map((address) => ({
          networkId: asText(asObject(attachment.Network).ID),
          address: withoutPrefix(address),
        })),
    );
  return {
    id,
    // As `docker ps` names its container; global services have no slot but one task a node.
    name: `${service}.${slot ?? node}.${id}`,
    ...defined('node', someText(nodeNames.get(node)) ?? someText(node)),
    ...defined('container', container),
    ...defined('state', someText(status.State)),
    addresses,
  };
}
