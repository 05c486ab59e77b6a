/** Our resolver against recorded answers of `docker compose config`, on every project of the test set. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ComposeNetwork, ComposeProject, ComposeService } from '#compose/types';
import { isActive } from '#compose/types';
import { composeFixture, fixtureNames, fixturesDirectory } from '#harness/composeFixtures';

type Json = Record<string, unknown>;

const some = (entries: Json): Json =>
  Object.fromEntries(
    Object.entries(entries).filter(
      ([, value]) =>
        value !== undefined &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0) &&
        !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  );

function ofService(service: ComposeService): Json {
  return some({
    image: service.image,
    container_name: service.containerName,
    hostname: service.hostname,
    network_mode: service.networkMode?.value,
    networks: Object.fromEntries(
      service.networks.map((one) => [
        one.network,
        some({
          aliases: one.aliases,
          ipv4_address: one.ipv4?.value,
          ipv6_address: one.ipv6?.value,
          priority: one.priority,
        }),
      ]),
    ),
    ports: service.ports
      .map((port) => JSON.stringify([port.hostIp ?? '', port.published ?? '', port.target, port.protocol, port.mode]))
      .sort(),
    expose: service.expose.map(({ value }) => value).sort(),
    links: service.links.map(({ service: name, alias }) => (alias === undefined ? name : `${name}:${alias}`)).sort(),
    environment: Object.fromEntries([...service.environment].map(([key, { value }]) => [key, value])),
  });
}

function ofRecordedService(service: Json): Json {
  const networks = (service.networks ?? {}) as Record<string, Json | null>;
  const ports = (service.ports ?? []) as Json[];
  return some({
    ...service,
    profiles: undefined,
    scale: undefined,
    networks:
      service.networks === undefined
        ? undefined
        : Object.fromEntries(Object.entries(networks).map(([key, value]) => [key, value ?? {}])),
    ports: ports
      .map((port) => JSON.stringify([port.host_ip ?? '', port.published ?? '', port.target, port.protocol, port.mode]))
      .sort(),
    expose: [...((service.expose ?? []) as string[])].sort(),
    links: [...((service.links ?? []) as string[])].sort(),
    // A variable the shell passes on has no value here; ours leaves it out.
    environment: Object.fromEntries(
      Object.entries((service.environment ?? {}) as Json)
        .filter(([, value]) => value !== null)
        .map(([key, value]) => [key, String(value).replaceAll('$$', '$')]),
    ),
  });
}

function ofNetwork(network: ComposeNetwork): Json {
  return some({
    name: network.name,
    driver: network.driver,
    external: network.external,
    internal: network.internal,
    attachable: network.attachable,
    enable_ipv6: network.ipv6,
    driver_opts: network.options,
    labels: network.labels,
    ipam: network.ipam.map((one) =>
      some({
        subnet: one.subnet?.value,
        gateway: one.gateway?.value,
        ip_range: one.ipRange?.value,
        aux_addresses: one.reserved,
      }),
    ),
  });
}

function ofRecordedNetwork(network: Json): Json {
  return some({ ...network, ipam: (network.ipam as { config?: Json[] } | undefined)?.config ?? [] });
}

function ofProject(project: ComposeProject): Json {
  const active = project.services.filter((service) => isActive(project, service));
  const used = new Set(active.flatMap(({ networks }) => networks.map(({ network }) => network)));
  return {
    name: project.name,
    networks: Object.fromEntries(
      // `config` leaves out networks that no running service is on.
      project.networks.filter(({ key }) => used.has(key)).map((network) => [network.key, ofNetwork(network)]),
    ),
    services: Object.fromEntries(active.map((service) => [service.name, ofService(service)])),
  };
}

describe('the Compose resolver', () => {
  it('has a test set of at least 25 projects', () => {
    expect(
      readdirSync(fixturesDirectory, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length,
    ).toBeGreaterThanOrEqual(25);
  });

  it.each(fixtureNames())('resolves %s as docker compose config does', async (name) => {
    const recorded = JSON.parse(readFileSync(join(fixturesDirectory, name, 'config.json'), 'utf8')) as Json;
    const project = await composeFixture(name);
    expect(project.problems).toEqual([]);
    const services = (recorded.services ?? {}) as Record<string, Json>;
    const networks = (recorded.networks ?? {}) as Record<string, Json>;
    expect(ofProject(project)).toEqual({
      name: recorded.name,
      networks: Object.fromEntries(Object.entries(networks).map(([key, value]) => [key, ofRecordedNetwork(value)])),
      services: Object.fromEntries(Object.entries(services).map(([key, value]) => [key, ofRecordedService(value)])),
    });
  });
});
