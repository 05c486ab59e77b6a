/** The calls that change something, the events they cause, and what an engine says when it refuses: on real engines. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient } from '#engine/client';
import { EngineError } from '#engine/errors';
import type { EngineClient, EngineEvent } from '#engine/types';
import { enginesUnderTest, type RealEngine, startEngine } from '#harness/engines';
import { tinyImage } from '#harness/image';
import { until } from '#harness/processes';
import type { Container } from '#model/snapshot';

async function failure(call: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EngineError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

describe.each(enginesUnderTest())('%s', (name) => {
  let engine: RealEngine;
  let client: EngineClient;
  const events: EngineEvent[] = [];

  beforeAll(async () => {
    engine = await startEngine(name, 'client');
    await engine.loadImage();
    client = await createClient({ id: name, label: name, url: engine.url, source: 'socket' });
    await client.describe();
    await client.events(
      (event) => events.push(event),
      () => undefined,
    );
  }, 240_000);
  afterAll(async () => {
    client?.dispose();
    await engine?.dispose();
  });

  const inspected = async (id: string): Promise<Container> => {
    const { containers } = await client.list();
    const listed = containers.find((container) => container.id === id);
    const complete = listed && (await client.inspectContainer(listed));
    if (!complete) throw new Error(`no container ${id}`);
    return complete;
  };

  it('networks and containers come, join, leave, run, and go', async () => {
    const subnets = [
      { subnet: '10.73.0.0/24', gateway: '10.73.0.254', ipRange: '10.73.0.128/25', reserved: { nas: '10.73.0.200' } },
      { subnet: 'fd00:73::/64' },
    ];
    const network = {
      name: 'made',
      driver: 'bridge',
      internal: false,
      ipv6: true,
      subnets,
      options: {},
      labels: { made: 'here' },
    };
    const { id } = await client.createNetwork(network);
    const made = await client.inspectNetwork(id);
    expect(made).toMatchObject({ id, name: 'made', ipv6: true, labels: { made: 'here' } });
    expect(made?.ipam[0]).toMatchObject({ subnet: '10.73.0.0/24', gateway: '10.73.0.254' });
    if (engine.kind === 'docker') expect(made?.ipam[0]).toEqual(subnets[0]);

    const created = await client.createContainer('worker', {
      Image: tinyImage,
      StopSignal: 'SIGKILL',
      ExposedPorts: { '80/tcp': {} },
      // PidsLimit as docker's command line sends it: Podman's own default needs a cgroup controller that a test machine may lack.
      HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '' }] }, PidsLimit: 0 },
    });
    await client.startContainer(created.id);
    await client.startContainer(created.id); // already running: no error
    await client.list();
    const address = { ipv4: '10.73.0.130', ipv6: 'fd00:73::130', aliases: ['nick'] };
    await client.connect(id, { container: created.id, ...address });
    const joined = (await inspected(created.id)).endpoints.find((endpoint) => endpoint.networkId === id);
    expect(joined).toMatchObject({ network: 'made', ipv4: '10.73.0.130', ipv6: 'fd00:73::130', aliases: ['nick'] });
    expect((await inspected(created.id)).published[0]?.hostPort).toBeGreaterThan(1024);

    expect(await client.exec(created.id, ['sh', '-c', 'echo out; echo err >&2; exit 3'], 20_000)).toEqual({
      exitCode: 3,
      output: 'out\nerr\n',
    });
    expect((await client.exec(created.id, ['sh', '-c', 'echo begun; sleep 1000'], 1_500)).exitCode).toBe(-1);

    await client.renameContainer(created.id, 'renamed');
    expect((await inspected(created.id)).name).toBe('renamed');
    await client.disconnect(id, created.id, false);
    expect((await inspected(created.id)).endpoints.some((endpoint) => endpoint.networkId === id)).toBe(false);
    await client.restartContainer(created.id);
    expect((await inspected(created.id)).state).toBe('running');
    await client.stopContainer(created.id);
    await client.stopContainer(created.id); // already stopped: no error
    expect((await inspected(created.id)).state).toBe('exited');
    await client.removeContainer(created.id, true);
    await client.removeNetwork(id);
    expect(await client.inspectNetwork(id)).toBeUndefined();

    await until('the last event', () =>
      events.some((event) => event.type === 'container' && event.action === 'destroy'),
    );
    const told = new Set(events.filter((event) => event.id === created.id).map((event) => event.action));
    for (const action of ['create', 'start', 'rename', 'die', 'destroy']) expect(told).toContain(action);
    expect([...told].some((action) => /^exec|^attach|^init$/.test(action))).toBe(false);
    const joins = events.filter(
      (event) => event.type === 'network' && event.action === 'connect' && event.container === created.id,
    );
    expect(joins.length).toBeGreaterThan(0);
    // Podman 4.3 names no network; later ones give the name, from which the id is known.
    if (name !== 'podman-4.3') {
      expect(joins.some((event) => event.id === id && event.name === 'made')).toBe(true);
      await vi.waitFor(() => expect(events.some((event) => event.action === 'destroy' && event.id === id)).toBe(true), {
        timeout: 10_000,
      });
    }
  });

  it('a refusal has its kind and the engine’s own words', async () => {
    const body = { name: 'twice', driver: 'bridge', subnets: [{ subnet: '10.74.0.0/24' }], options: {}, labels: {} };
    const { id } = await client.createNetwork(body);
    const again = await failure(client.createNetwork(body));
    expect(again.kind).toMatch(/^(conflict|server|forbidden|bad-request)$/);
    expect(again.detail).toMatch(/already (exists|used)|exists/);
    const overlap = await failure(client.createNetwork({ ...body, name: 'other' }));
    expect(overlap.detail).toMatch(/overlap|already (used|in use)/);
    expect((await failure(client.removeNetwork('nothing-of-that-name'))).kind).toBe('not-found');
    expect((await failure(client.rawContainer('nothing-of-that-name'))).kind).toBe('not-found');
    expect((await failure(client.createContainer('x', { Image: 'no/such:image' }))).kind).toBe('not-found');
    await client.removeNetwork(id);
  });

  it('images and their exposed ports', async () => {
    const tags = (await client.images()).flatMap((image) => image.tags);
    expect(tags.some((tag) => tag.endsWith(tinyImage))).toBe(true);
    expect(await client.rawImage(tinyImage)).toMatchObject({ Config: { ExposedPorts: { '80/tcp': {} } } });
  });

  // Podman has no swarm.
  if (name.startsWith('docker'))
    it('swarm: services with VIP, tasks, nodes, peers', { timeout: 240_000 }, async () => {
      await engine.docker('swarm', 'init', '--advertise-addr', engine.hostAddress);
      await engine.docker('network', 'create', '-d', 'overlay', '--attachable', '--subnet', '10.75.0.0/24', 'over');
      const service = [
        '--name',
        'shop',
        '--network',
        'over',
        '--replicas',
        '2',
        '-p',
        '12345:80',
        '--no-resolve-image',
        '--detach',
      ];
      await engine.docker('service', 'create', ...service, tinyImage);
      await client.describe();
      const running = async () => {
        const [found] = await client.services();
        const up = found?.tasks.filter((task) => task.state === 'running' && task.container !== undefined) ?? [];
        return up.length === 2 ? found : undefined;
      };
      const found = await until('two tasks to run', running, 120_000);
      const { networks } = await client.list();
      const over = networks.find((network) => network.name === 'over');
      const vips = JSON.parse(
        await engine.docker('service', 'inspect', '--format', '{{json .Endpoint.VirtualIPs}}', 'shop'),
      );
      const expected = Object.fromEntries(
        (vips as readonly { NetworkID: string; Addr: string }[]).map((one) => [one.NetworkID, one.Addr.split('/')[0]]),
      );
      expect(Object.fromEntries(found.networks.map((one) => [one.networkId, one.vip]))).toEqual(expected);
      expect(expected[over?.id ?? '']).toMatch(/^10\.75\.0\./);
      expect(found.published).toEqual([{ hostPort: 12345, port: 80, protocol: 'tcp', mode: 'ingress' }]);
      expect(new Set(found.tasks.map((task) => task.node))).toEqual(
        new Set([await engine.docker('node', 'inspect', 'self', '--format', '{{.Description.Hostname}}')]),
      );
      for (const task of found.tasks) {
        const container = await inspected(task.container ?? '');
        expect(container.name).toBe(task.name);
        const address = container.endpoints.find((endpoint) => endpoint.networkId === over?.id)?.ipv4;
        expect(task.addresses).toContainEqual({ networkId: over?.id, address });
      }
      expect((await client.inspectNetwork(over?.id ?? ''))?.peers?.length).toBeGreaterThan(0);
      expect(events.some((event) => event.type === 'service' && event.action === 'create')).toBe(true);
    });
});
