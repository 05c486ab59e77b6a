/**
 * Compose for real: what `docker compose up` makes is what the plan said, drift is nothing then and everything that was
 * broken afterwards; and the recorded answers of `docker compose config` are what it still answers.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftOf } from '#compose/drift';
import { plan } from '#compose/plan';
import { loadProject } from '#compose/project';
import type { ComposeProject } from '#compose/types';
import { createClient } from '#engine/client';
import { composeCli } from '#harness/composeCli';
import { fixtureNames, fixturesDirectory } from '#harness/composeFixtures';
import { type RealEngine, startEngine } from '#harness/engines';
import { fullRead, specOf } from '#harness/fullRead';
import { attempt, run } from '#harness/processes';
import { reach } from '#model/reachability';
import type { Snapshot } from '#model/snapshot';

const six = `
name: six
services:
  edge:
    image: tiny:1
    ports: ["18080:80", "127.0.0.1:18081-18082:81-82"]
    networks: {front: {aliases: [www]}}
  api: {image: tiny:1, networks: [front, back], expose: ["3000"]}
  db: {image: tiny:1, networks: {back: {ipv4_address: 172.29.7.10}}}
  cache: {image: tiny:1, networks: [back]}
  worker: {image: tiny:1, networks: [back], deploy: {replicas: 2}, ports: ["90"]}
  agent: {image: tiny:1, network_mode: host}
  side: {image: tiny:1, network_mode: "service:edge"}
networks:
  front: {ipam: {config: [{subnet: 172.29.8.0/24}]}}
  back: {internal: true, ipam: {config: [{subnet: 172.29.7.0/24}]}}
`;

const folder = mkdtempSync(join(tmpdir(), 'docker-networks-compose-'));
const file = join(folder, 'compose.yaml');
let engine: RealEngine;
let compose: string;

const environment = { PATH: process.env.PATH ?? '', HOME: folder };

async function project(text: string): Promise<ComposeProject> {
  writeFileSync(file, text);
  const read = async (name: string): Promise<string | undefined> => (name === file ? text : undefined);
  return loadProject({ files: [file], directory: folder, read, environment: () => undefined });
}

async function snapshot(): Promise<Snapshot> {
  const client = await createClient(specOf(engine));
  try {
    return { engine: await client.describe(), takenAt: 0, complete: true, ...(await fullRead(engine)) };
  } finally {
    client.dispose();
  }
}

beforeAll(async () => {
  compose = await composeCli();
  engine = await startEngine('docker-28', 'compose');
  await engine.loadImage();
  await project(six);
  await run(compose, ['up', '-d'], { cwd: folder, env: { ...environment, DOCKER_HOST: engine.url }, timeout: 180_000 });
}, 600_000);

afterAll(async () => {
  await engine?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('a project that is up', () => {
  it('is as the plan said: no drift, and every pair reaches alike', async () => {
    const known = await project(six);
    const live = await snapshot();
    expect(driftOf(known, live)).toEqual({ running: true, differences: [] });
    const planned = plan(known, live);
    const idOf = (name: string): string => planned.containers.find((one) => one.name === name)!.id;
    const own = live.containers.filter((one) => one.compose?.project === 'six');
    expect(own.length).toBe(8);
    for (const from of own)
      for (const to of own) {
        if (from === to) continue;
        const ask = (a: string, b: string, of: Snapshot): string =>
          reach(of, { from: { container: a }, to: { container: b }, port: 80 }).answer;
        expect(ask(idOf(from.name), idOf(to.name), planned), `${from.name} to ${to.name}`).toBe(
          ask(from.id, to.id, live),
        );
      }
  });

  it('is told place by place where it was broken or the file changed', async () => {
    await engine.docker('network', 'disconnect', 'six_front', 'six-api-1');
    await engine.docker('rm', '-f', 'six-cache-1');
    await engine.docker('network', 'disconnect', 'six_back', 'six-db-1');
    await engine.docker('network', 'connect', '--ip', '172.29.7.99', 'six_back', 'six-db-1');
    const changed = six
      .replace('18080:80', '18090:80')
      .replace('[www]', '[www, ftp]')
      .replace('replicas: 2', 'replicas: 1');
    const { differences } = driftOf(await project(changed), await snapshot());
    expect(differences.map(({ rule, args }) => `${rule} ${args.container ?? args.service}`).sort()).toEqual([
      'address six-db-1',
      'alias-missing six-edge-1',
      'attachment-missing six-api-1',
      'port-changed six-edge-1',
      'replicas worker',
      'service-missing cache',
    ]);
  });
});

describe('the recorded answers of docker compose config', () => {
  it.each(fixtureNames())('are what it answers for %s', async (name) => {
    const cwd = join(fixturesDirectory, name);
    const recorded = JSON.parse(readFileSync(join(cwd, 'config.json'), 'utf8')) as {
      networks: object;
      services: Record<string, Record<string, unknown>>;
    };
    const { code, stdout, stderr } = await attempt(compose, ['config', '--format', 'json'], { cwd, env: environment });
    expect(code, stderr).toBe(0);
    const now = JSON.parse(stdout) as typeof recorded;
    expect(now.networks ?? {}).toEqual(recorded.networks);
    expect(Object.keys(now.services ?? {}).sort()).toEqual(Object.keys(recorded.services).sort());
    for (const [service, values] of Object.entries(recorded.services))
      expect(now.services[service]).toMatchObject(values);
  });
});
