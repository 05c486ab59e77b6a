/** A snapshot equals, field by field, what the command line says: on the tutorial's topology and on random ones. */
import { afterAll, describe, expect, it } from 'vitest';
import { createClient } from '#engine/client';
import type { EngineClient } from '#engine/types';
import { cliTruth } from '#harness/cliTruth';
import { enginesUnderTest, type RealEngine, startEngine, timeShare } from '#harness/engines';
import { layOutTopology, planTopology } from '#harness/randomTopology';
import { countFields, fieldDifferences, snapshotTruth } from '#harness/snapshotTruth';
import { layOutTutorial, removeLabelled, tutorial } from '#harness/tutorial';
import type { Container, Snapshot } from '#model/snapshot';

const engines = enginesUnderTest();
/** In all, shared out among the engines. */
const topologies = Number(process.env.TOPOLOGIES ?? 6);
let compared = 0;
let fields = 0;

afterAll(() => {
  console.log(`engines: ${engines.join(', ')}; random topologies compared: ${compared}; fields compared: ${fields}`);
});

async function read(client: EngineClient): Promise<Snapshot> {
  const engine = await client.describe();
  const listing = await client.list();
  const containers: Container[] = [];
  for (const listed of listing.containers) {
    const complete = await client.inspectContainer(listed);
    if (complete) containers.push(complete);
  }
  return { engine, takenAt: 0, complete: true, networks: listing.networks, containers };
}

async function compare(real: RealEngine, client: EngineClient): Promise<void> {
  const truth = await cliTruth(real);
  expect(fieldDifferences(snapshotTruth(await read(client)), truth)).toEqual([]);
  fields += countFields(truth);
}

describe.each(engines.map((name, index) => ({ name, index })))('$name', ({ name, index }) => {
  it('tells what the command line tells', { timeout: 900_000 }, async () => {
    const real = await startEngine(name, 'snap');
    const client = await createClient({ id: name, label: name, url: real.url, source: 'socket' });
    try {
      await real.loadImage();
      await compare(real, client);
      await layOutTutorial(real.docker, { kind: real.kind });
      const fresh = await createClient(client.spec);
      const { engine, networks, containers } = await read(fresh);
      expect(fresh.requests).toBe(4 + containers.length);
      fresh.dispose();
      expect(engine).toMatchObject({ kind: real.kind });
      expect(engine.version.startsWith(name.split('-')[1] ?? '?')).toBe(true);
      expect(containers).toHaveLength(9);
      const mynet = networks.find((network) => network.name === tutorial.network);
      expect(mynet).toMatchObject({ driver: 'bridge', ipam: [{ subnet: tutorial.subnet, gateway: tutorial.gateway }] });
      const web = containers.find((container) => container.name === tutorial.web);
      expect(web?.endpoints).toMatchObject([{ network: tutorial.network, ipv4: tutorial.webAddress }]);
      await compare(real, client);
      await removeLabelled(real.docker);
      const isOver = timeShare(0.9);
      let done = 0;
      for (let seed = index + 1; seed <= topologies && (done < 2 || !isOver()); seed += engines.length) {
        done++;
        await layOutTopology(real, planTopology(seed, real));
        try {
          await compare(real, client);
        } catch (error) {
          throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
        }
        compared += 1;
        await removeLabelled(real.docker);
      }
    } finally {
      client.dispose();
      await real.dispose();
    }
  });
});
