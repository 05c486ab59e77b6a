/** What must be asked for to give a container the endpoint it has now: read from `docker inspect`. */
import { type Json, objectAt, textAt, textMapAt, textsAt } from '#commands/operations/rawJson';
import type { ConnectBody } from '#engine/types';

export interface EndpointConfig {
  /** The network's name as the container knows it. */
  readonly network: string;
  readonly networkId: string;
  readonly body: ConnectBody;
}

/** Every endpoint of a container, in the engine's order. `raw` is the engine's inspect. */
export function endpointConfigs(raw: unknown): readonly EndpointConfig[] {
  const container = objectAt(raw);
  const id = textAt(container, 'Id');
  return Object.entries(objectAt(container, 'NetworkSettings', 'Networks')).map(([network, value]) => {
    const endpoint = objectAt(value);
    return { network, networkId: textAt(endpoint, 'NetworkID'), body: { container: id, ...configured(endpoint, id) } };
  });
}

function configured(endpoint: Json, id: string): Omit<ConnectBody, 'container'> {
  const ipam = objectAt(endpoint, 'IPAMConfig');
  const ipv4 = textAt(ipam, 'IPv4Address');
  const ipv6 = textAt(ipam, 'IPv6Address');
  const linkLocal = textsAt(ipam, 'LinkLocalIPs');
  // The engines add the short id by themselves: asked for, it would outlive the container as an alias.
  const aliases = textsAt(endpoint, 'Aliases').filter((alias) => alias !== id.slice(0, 12));
  const links = textsAt(endpoint, 'Links');
  const driverOptions = textMapAt(endpoint, 'DriverOpts');
  const priority = endpoint.GwPriority;
  return {
    ...(ipv4 === '' ? {} : { ipv4 }),
    ...(ipv6 === '' ? {} : { ipv6 }),
    ...(linkLocal.length === 0 ? {} : { linkLocal }),
    ...(aliases.length === 0 ? {} : { aliases: [...new Set(aliases)] }),
    ...(links.length === 0 ? {} : { links }),
    ...(Object.keys(driverOptions).length === 0 ? {} : { driverOptions }),
    ...(typeof priority === 'number' && priority !== 0 ? { gatewayPriority: priority } : {}),
  };
}

/** The same as the Engine API's EndpointSettings, for a container that is about to be created. */
export function endpointSettings(body: Omit<ConnectBody, 'container'>): Json {
  const ipam: Record<string, unknown> = {};
  if (body.ipv4) ipam.IPv4Address = body.ipv4;
  if (body.ipv6) ipam.IPv6Address = body.ipv6;
  if (body.linkLocal) ipam.LinkLocalIPs = body.linkLocal;
  return {
    ...(Object.keys(ipam).length === 0 ? {} : { IPAMConfig: ipam }),
    ...(body.aliases ? { Aliases: body.aliases } : {}),
    ...(body.links ? { Links: body.links } : {}),
    ...(body.driverOptions ? { DriverOpts: body.driverOptions } : {}),
    ...(body.gatewayPriority ? { GwPriority: body.gatewayPriority } : {}),
  };
}
