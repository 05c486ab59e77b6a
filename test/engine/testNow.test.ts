/** The probe of "Test it now", run by the extension's own client in real containers: every outcome it can tell. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withHelper } from '#commands/testNowContainer';
import { outcomeOf, probeCommand, probeDeadline } from '#commands/testNowProbe';
import { createClient } from '#engine/client';
import type { EngineClient } from '#engine/types';
import { enginesUnderTest, type RealEngine, startEngine } from '#harness/engines';
import { runServing } from '#harness/tutorial';

describe.each([...enginesUnderTest()])('%s', (name) => {
  let engine: RealEngine;
  let client: EngineClient | undefined;

  beforeAll(async () => {
    engine = await startEngine(name, 'testnow');
    await engine.loadImage();
    await engine.docker('network', 'create', '--subnet', '10.71.1.0/24', 'shop');
    await engine.docker('network', 'create', '--subnet', '10.71.2.0/24', 'office');
    await runServing(engine.docker, 'web', ['--network', 'shop', '--ip', '10.71.1.10']);
    await runServing(engine.docker, 'asker', ['--network', 'shop']);
    await runServing(engine.docker, 'desk', ['--network', 'office', '--ip', '10.71.2.10']);
    client = await createClient({ id: name, label: name, url: engine.url, source: 'setting' });
  });

  afterAll(async () => {
    client?.dispose();
    await engine?.dispose();
  });

  test.each([
    ['web', 80, ['answered']],
    ['10.71.1.10', 80, ['answered']],
    ['10.71.1.10', 81, ['refused']],
    ['no-such-name', 80, ['unresolved']],
    ['10.71.2.10', 80, ['timeout', 'unreachable']],
  ] as const)('%s:%i', async (host, port, outcomes) => {
    const { output } = await client!.exec('asker', probeCommand({ host, port }), probeDeadline);
    expect(outcomes).toContain(outcomeOf(output).outcome);
  });

  test('a throw-away container asks from the source’s network, and is gone afterwards', async () => {
    const listed = (await client!.list()).containers;
    const source = listed.find((container) => container.name === 'asker')!;
    const said = await withHelper(client!, source, 'tiny:1', (id) =>
      client!.exec(id, probeCommand({ host: 'web', port: 80 }), probeDeadline),
    );
    expect(outcomeOf(said.output).outcome).toBe('answered');
    const failing = withHelper(client!, source, 'tiny:1', () => Promise.reject(new Error('on purpose')));
    await expect(failing).rejects.toThrow('on purpose');
    expect((await client!.list()).containers).toHaveLength(listed.length);
  });
});
