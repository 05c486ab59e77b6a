import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect, connectProblem, disconnect } from '#commands/operations/connect';
import { pruneNetworks, unusedNetworks } from '#commands/operations/prune';
import { planPublish, recreateContainer } from '#commands/operations/recreateContainer';
import type { Refusal } from '#commands/operations/refusal';
import { attachedTo, removeNetwork } from '#commands/operations/removeNetwork';
import { endpointOn, resolveContainer } from '#commands/operations/resolve';
import { runContainer, StartRefusal } from '#commands/operations/runContainer';
import { enginesUnderTest } from '#harness/engines';
import { freeAddress } from '#model/freeAddress';
import { freeHostPorts } from '#model/hostPorts';
import { parsePortSpec } from '#model/portSpec';
import type { RunRequest } from '#model/runRequest';
import { failingAt, openWorld, type World } from './commandsWorld';

const port = (text: string) => {
  const reading = parsePortSpec(text);
  if ('problem' in reading) throw new Error(reading.problem.rule);
  return reading.spec;
};
const request = (more: Partial<RunRequest>): RunRequest => ({
  image: 'tiny:1',
  mode: { kind: 'networks', networks: [] },
  publish: [],
  publishAll: false,
  links: [],
  env: [],
  volumes: [],
  ...more,
});

describe.each(enginesUnderTest())('changing %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, 'cmdchg');
  });
  afterAll(() => world?.dispose());
  afterEach(() => world?.clear());

  const field = (format: string, container: string): Promise<string> =>
    world.engine.docker('inspect', '-f', format, container);
  const makeNetwork = (network: string, subnet: string): Promise<string> =>
    world.engine.docker('network', 'create', '--subnet', subnet, network);

  it('connects with a static address and an alias, running or stopped, and disconnects', async () => {
    await makeNetwork('side', '10.81.0.0/24');
    await world.run('web');
    await world.run('old');
    await world.engine.docker('stop', '-t', '0', 'old');
    for (const container of ['web', 'old']) {
      const snapshot = await world.snapshot();
      const network = await world.network('side');
      const ipv4 = freeAddress(snapshot, network.id, 'ipv4')!;
      const { id } = resolveContainer(snapshot, container);
      await connect(world.client, network, { container: id, ipv4, aliases: ['www'] }, container);
      if (container === 'old') await world.engine.docker('start', 'old');
      expect(await field('{{.NetworkSettings.Networks.side.IPAddress}}', container)).toBe(ipv4);
      expect(await field('{{json .NetworkSettings.Networks.side.Aliases}}', container)).toContain('www');
      const again = await world.snapshot();
      const twice = connectProblem(again, network, resolveContainer(again, container), {});
      expect(twice?.rule).toBe('already-connected');
      const taken = connectProblem(
        again,
        network,
        { ...resolveContainer(again, container), id: 'x', endpoints: [] },
        { ipv4 },
      );
      expect(taken).toMatchObject({ rule: 'address-taken', args: { container } });
      await disconnect(world.client, network.id, id, false);
      expect(await field('{{json .NetworkSettings.Networks}}', container)).not.toContain('side');
    }
  });

  it('runs in every mode', async () => {
    await makeNetwork('one', '10.82.0.0/24');
    await makeNetwork('two', '10.83.0.0/24');
    const [one, two] = [await world.network('one'), await world.network('two')];
    const networks = [
      { id: one.id, name: one.name, ipv4: '10.82.0.50', aliases: ['www'] },
      { id: two.id, name: two.name, ipv4: '10.83.0.50' },
    ];
    const [free = 0] = freeHostPorts(await world.snapshot(), 18_080, 1);
    await runContainer(
      world.client,
      request({
        name: 'both',
        mode: { kind: 'networks', networks },
        publish: [port(`${free}:80`), port('127.0.0.1::81/udp')],
        env: ['GREETING=hello you'],
        volumes: ['stock:/data'],
        restart: 'on-failure',
        labels: { team: 'net' },
      }),
    );
    expect(
      await field('{{.NetworkSettings.Networks.one.IPAddress}} {{.NetworkSettings.Networks.two.IPAddress}}', 'both'),
    ).toBe('10.82.0.50 10.83.0.50');
    expect(await field('{{json .NetworkSettings.Networks.one.Aliases}}', 'both')).toContain('www');
    expect(await world.engine.docker('port', 'both', '80/tcp')).toContain(`:${free}`);
    expect(await world.engine.docker('port', 'both', '81/udp')).toMatch(/127\.0\.0\.1:\d+/);
    expect(await field('{{json .Config.Env}} {{.HostConfig.RestartPolicy.Name}} {{json .Mounts}}', 'both')).toMatch(
      /GREETING=hello you.* on-failure .*stock/,
    );

    await runContainer(world.client, request({ name: 'hosted', mode: { kind: 'host' } }));
    await runContainer(world.client, request({ name: 'alone', mode: { kind: 'none' } }));
    const { id } = resolveContainer(await world.snapshot(), 'both');
    await runContainer(world.client, request({ name: 'sidecar', mode: { kind: 'container', id, name: 'both' } }));
    await runContainer(world.client, request({ name: 'everything', publishAll: true }));
    expect(await field('{{.HostConfig.NetworkMode}}', 'hosted')).toBe('host');
    expect(await field('{{.HostConfig.NetworkMode}}', 'alone')).toBe('none');
    expect(await field('{{.HostConfig.NetworkMode}}', 'sidecar')).toBe(`container:${id}`);
    expect(await world.engine.docker('port', 'everything')).toMatch(/^80\/tcp -> /);
    if (world.engine.kind === 'docker') {
      await runContainer(world.client, request({ name: 'legacy', links: ['everything:cache'] }));
      expect(await world.engine.docker('exec', 'legacy', 'cat', '/etc/hosts')).toContain('cache');
    }
  });

  it('says what stands when the start fails after creation', async () => {
    await world.run('holder', '-p', '18090:80');
    const failing = runContainer(world.client, request({ name: 'late', publish: [port('18090:80')] }));
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StartRefusal);
    expect(await field('{{.Id}}', 'late')).toBe((error as StartRefusal).id);
    await expect(runContainer(world.client, request({ image: 'localhost:1/none:1' }))).rejects.toMatchObject({
      code: 'pull-failed',
    });
  });

  it('publishes a port of a container that exists, everything else kept', async () => {
    await makeNetwork('shop', '10.84.0.0/24');
    await makeNetwork('back', '10.85.0.0/24');
    await world.run(
      'web',
      '--network',
      'shop',
      '--ip',
      '10.84.0.9',
      '--network-alias',
      'www',
      '-e',
      'A=b c',
      '-v',
      '/anonymous',
      '-v',
      'named:/named',
      '--label',
      'team=net',
    );
    await world.engine.docker('network', 'connect', '--ip', '10.85.0.9', '--alias', 'inner', 'back', 'web');
    await world.engine.docker('exec', 'web', 'sh', '-c', 'echo kept >/anonymous/file');
    const look = async (): Promise<string> => {
      const fields =
        '{{.NetworkSettings.Networks.shop.IPAddress}} {{.NetworkSettings.Networks.back.IPAddress}} {{.Config.Labels.team}} {{.State.Running}} {{.Config.Image}}';
      const kept = await world.engine.docker('exec', 'web', 'cat', '/anonymous/file');
      const aliases = await field(
        '{{json .NetworkSettings.Networks.shop.Aliases}}{{json .NetworkSettings.Networks.back.Aliases}}{{json .Config.Env}}',
        'web',
      );
      return [
        await field(fields, 'web'),
        kept,
        aliases.includes('"www"'),
        aliases.includes('"inner"'),
        aliases.includes('A=b c'),
      ].join('|');
    };
    const before = await look();
    const plan = async () => {
      const snapshot = await world.snapshot();
      return planPublish(world.client, snapshot, resolveContainer(snapshot, 'web'), [port('18084:80')]);
    };
    const failed: string[] = [];
    for (let step = 0; step < 12; step++) {
      const broken = failingAt(world.client, step);
      try {
        await recreateContainer(broken.client, await plan());
        expect(broken.failed()).toBe('');
        break;
      } catch (error) {
        const { code, args } = error as Refusal;
        expect(code, JSON.stringify(args)).toBe('recreate-rolled-back');
        failed.push(broken.failed());
        expect(await look()).toBe(before);
        expect((await world.engine.docker('ps', '-a', '--format', '{{.Names}}')).trim()).toBe('web');
      }
    }
    expect(failed).toEqual([
      'stopContainer',
      'renameContainer',
      'createContainer',
      'connect',
      'startContainer',
      'removeContainer',
    ]);
    expect(await look()).toBe(before);
    expect(await world.engine.docker('port', 'web', '80/tcp')).toContain(':18084');
    expect((await world.engine.docker('ps', '-a', '--format', '{{.Names}}')).trim()).toBe('web');
  });

  it('removes a network after disconnecting everybody, or leaves all as it was', async () => {
    await makeNetwork('shop', '10.86.0.0/24');
    await world.run('web', '--network', 'shop', '--ip', '10.86.0.9');
    await world.run('old', '--network', 'shop');
    await world.engine.docker('stop', '-t', '0', 'old');
    const network = await world.network('shop');
    const attached = await attachedTo(world.client, await world.snapshot(), network);
    expect(attached.map(({ name: one, how }) => `${one} ${how}`).sort()).toEqual(['old stopped', 'web running']);
    // The third write is the removal itself.
    const broken = failingAt(world.client, 2);
    await expect(removeNetwork(broken.client, network, attached)).rejects.toThrow('made to fail: removeNetwork');
    const restored = await world.snapshot();
    for (const container of ['web', 'old'])
      expect(endpointOn(resolveContainer(restored, container), network)).toBeDefined();
    if (world.engine.kind === 'docker')
      expect(await field('{{.NetworkSettings.Networks.shop.IPAddress}}', 'web')).toBe('10.86.0.9');
    await removeNetwork(world.client, network, attached);
    expect(await world.engine.docker('network', 'ls', '--format', '{{.Name}}')).not.toContain('shop');
  });

  it('prunes only what was shown', async () => {
    await makeNetwork('unused', '10.87.0.0/24');
    await makeNetwork('late', '10.93.0.0/24');
    const shown = unusedNetworks(await world.snapshot());
    expect(shown.map(({ network }) => network.name)).toEqual(['late', 'unused']);
    await makeNetwork('newer', '10.91.0.0/24');
    await world.run('web', '--network', 'late');
    const outcome = await pruneNetworks(world.client, shown, await world.snapshot());
    expect(outcome).toEqual({ removed: ['unused'], kept: [{ name: 'late', detail: 'web' }] });
    expect((await world.engine.docker('network', 'ls', '--format', '{{.Name}}')).split('\n')).toEqual(
      expect.arrayContaining(['late', 'newer']),
    );
  });
});
