/** The recorded answers of seven engines, decoded as the client decodes them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { completeContainer, decodeContainers } from '#engine/decodeContainer';
import { NetworkIndex } from '#engine/decodeEndpoint';
import { decodeKind } from '#engine/decodeEngine';
import { decodeNetworks } from '#engine/decodeNetwork';
import type { Container, Network } from '#model/snapshot';

export const engines = [
  'docker-20.10',
  'docker-26',
  'docker-28',
  'podman-4.3',
  'podman-5.4',
  'podman-5.8',
  'podman-6.1',
] as const;
export type RecordedEngine = (typeof engines)[number];
export const dockers = engines.filter((name) => name.startsWith('docker'));
export const podmans = engines.filter((name) => name.startsWith('podman'));

const folder = fileURLToPath(new URL('../../fixtures/engine-answers/', import.meta.url));

export const recordedText = (engine: RecordedEngine, file: string): string =>
  readFileSync(`${folder}${engine}/${file}`, 'utf8');
export const recorded = (engine: RecordedEngine, file: string): unknown => JSON.parse(recordedText(engine, file));

export interface RecordedSnapshot {
  readonly kind: 'docker' | 'podman';
  readonly networks: readonly Network[];
  readonly listed: readonly Container[];
  /** Completed where an inspect was recorded, else as listed. */
  readonly complete: readonly Container[];
  network(name: string): Network;
  listedOne(name: string): Container;
  one(name: string): Container;
}

export function recordedSnapshot(engine: RecordedEngine): RecordedSnapshot {
  const kind = decodeKind(recorded(engine, 'version.json'));
  const networks = decodeNetworks(recorded(engine, 'networks.json'), kind);
  const listed = decodeContainers(recorded(engine, 'containers.json'), kind, networks);
  const index = new NetworkIndex(networks, kind);
  const files = new Set(readdirSync(`${folder}${engine}`));
  const complete = listed.map((container) => {
    const file = `ctr_${container.name}.json`;
    return files.has(file) ? completeContainer(recorded(engine, file), container, kind, index) : container;
  });
  const pick = <T extends { readonly name: string }>(list: readonly T[], name: string): T => {
    const found = list.find((item) => item.name === name);
    if (!found) throw new Error(`${engine} has no '${name}'`);
    return found;
  };
  return {
    kind,
    networks,
    listed,
    complete,
    network: (name) => pick(networks, name),
    listedOne: (name) => pick(listed, name),
    one: (name) => pick(complete, name),
  };
}
