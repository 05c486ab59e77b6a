/**
 * A swarm of one node on a real engine: services, their virtual addresses, tasks and ports as the tree's rows, and who
 * reaches them. The kernel here has no IPVS, so nothing answers at a virtual address or through the routing mesh: of
 * those the names are asked, and of the rest the answers.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '#engine/client';
import { type RealEngine, startEngine } from '#harness/engines';
import { specOf } from '#harness/fullRead';
import { tinyImage } from '#harness/image';
import { labSnapshot } from '#harness/labEngine';
import { until } from '#harness/processes';
import { runServing, serve } from '#harness/tutorial';
import type { Party } from '#model/reach';
import { reach } from '#model/reachability';
import type { Container, Network, Service, Snapshot } from '#model/snapshot';
import { portNodes } from '#views/ports/rows';
import { EngineTree } from '#views/tree/engineTree';
import type { TreeNode } from '#views/tree/nodes';

let engine: RealEngine;
let snapshot: Snapshot;

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
const cli = async (...args: string[]): Promise<unknown> => JSON.parse(await engine.docker(...args));

async function createService(name: string, ...args: string[]): Promise<void> {
  const own = ['--detach', '--no-resolve-image', '--name', name, ...args];
  await engine.docker('service', 'create', ...own, tinyImage, ...serve(name));
}

async function read(): Promise<Snapshot> {
  const client = await createClient(specOf(engine));
  try {
    await client.describe();
    const services = await client.services();
    return { ...(await labSnapshot(engine)), services };
  } finally {
    client.dispose();
  }
}

beforeAll(async () => {
  engine = await startEngine('docker-28', 'swarm');
  await engine.loadImage();
  await engine.docker('swarm', 'init', '--advertise-addr', '127.0.0.1');
  await engine.docker('network', 'create', '-d', 'overlay', '--attachable', '--subnet', '10.76.0.0/24', 'over');
  await engine.docker('network', 'create', '-d', 'overlay', '--subnet', '10.77.0.0/24', 'closed');
  await createService('shop', '--network', 'over', '--replicas', '2', '-p', '12346:80');
  await createService('hosted', '--network', 'over', '-p', 'mode=host,published=12347,target=80');
  await createService('inner', '--network', 'closed');
  await runServing(engine.docker, 'guest', ['--network', 'over']);
  await runServing(engine.docker, 'stranger', []);
  snapshot = await until(
    'four tasks to run',
    async () => {
      const now = await read();
      const up = now.services?.flatMap(({ tasks }) => tasks).filter(({ state }) => state === 'running') ?? [];
      const known = up.filter(({ container }) => now.containers.some(({ id }) => id === container));
      return known.length === 4 && now;
    },
    180_000,
    1_000,
  );
}, 300_000);

afterAll(async () => {
  await engine?.dispose();
});

const service = (name: string): Service => {
  const found = snapshot.services?.find((one) => one.name === name);
  if (!found) throw new Error(`no service ${name}`);
  return found;
};
const network = (name: string): Network => {
  const found = snapshot.networks.find((one) => one.name === name);
  if (!found) throw new Error(`no network ${name}`);
  return found;
};
const taskOf = (name: string, index = 0): Container => {
  const id = service(name).tasks[index]?.container;
  const found = snapshot.containers.find((one) => one.id === id);
  if (!found) throw new Error(`no container of task ${index} of ${name}`);
  return found;
};
const on = (container: Container, name: string): string =>
  container.endpoints.find((endpoint) => endpoint.network === name)?.ipv4 ?? '';

it('rows of the tree: services with their tasks below each of their networks, and plain containers', async () => {
  const tree = new EngineTree('e', snapshot, { sort: 'name', grouped: false, filter: {} });
  const roots = tree.roots().flatMap((row) => (row.kind === 'network' ? [row.network] : []));
  for (const name of lines(await engine.docker('network', 'ls', '--no-trunc', '-q'))) expect(roots).toContain(name);
  const below = (name: string): readonly TreeNode[] => tree.children(tree.network(network(name).id));
  const services = (name: string) => below(name).flatMap((row) => (row.kind === 'service' ? [row.service] : []));
  expect(services('over')).toEqual([service('hosted').id, service('shop').id]);
  expect(services('closed')).toEqual([service('inner').id]);
  // The mesh's own network holds who publishes through it.
  expect(services('ingress')).toEqual([service('shop').id]);
  const containers = below('over').flatMap((row) => (row.kind === 'container' ? [row.container] : []));
  expect(containers).toContain(snapshot.containers.find(({ name }) => name === 'guest')?.id);
  expect(containers).toContain(taskOf('shop').id);
  for (const name of ['shop', 'hosted', 'inner']) {
    const row = below(name === 'inner' ? 'closed' : 'over').find(
      (one) => one.kind === 'service' && one.service === service(name).id,
    );
    const tasks = row ? tree.children(row).flatMap((one) => (one.kind === 'task' ? [one.task] : [])) : [];
    const told = lines(
      await engine.docker('service', 'ps', '--no-trunc', '-q', '--filter', 'desired-state=running', name),
    );
    expect([...tasks].sort()).toEqual([...told].sort());
  }
});

it('virtual addresses, ports and nodes, as the command line tells them', async () => {
  for (const name of ['shop', 'hosted', 'inner']) {
    const told = (await cli('service', 'inspect', '--format', '{{json .Endpoint}}', name)) as {
      VirtualIPs: readonly { NetworkID: string; Addr: string }[];
      Ports?: readonly { PublishedPort: number; TargetPort: number; Protocol: string; PublishMode: string }[];
    };
    const vips = told.VirtualIPs.map(({ NetworkID, Addr }) => [NetworkID, Addr.split('/')[0]]);
    // Their order is nobody's promise.
    expect(service(name).networks).toHaveLength(vips.length);
    expect(Object.fromEntries(service(name).networks.map(({ networkId, vip }) => [networkId, vip]))).toEqual(
      Object.fromEntries(vips),
    );
    expect(service(name).published).toEqual(
      (told.Ports ?? []).map(({ PublishedPort, TargetPort, Protocol, PublishMode }) => ({
        hostPort: PublishedPort,
        port: TargetPort,
        protocol: Protocol,
        mode: PublishMode,
      })),
    );
  }
  const node = await engine.docker('node', 'inspect', 'self', '--format', '{{.Description.Hostname}}');
  expect(snapshot.services?.flatMap(({ tasks }) => tasks.map((task) => task.node))).toEqual(Array(4).fill(node));
  expect(network('over')).toMatchObject({ driver: 'overlay', scope: 'swarm', attachable: true, resolvesNames: true });
  expect(network('closed').attachable).toBe(false);
  expect(network('over').peers?.length).toBe(1);
  const ports = portNodes('e', snapshot).map(({ kind, hostPort }) => `${kind} ${hostPort}`);
  expect(ports).toEqual(['service 12346', 'port 12347']);
});

it('a service’s name is its virtual address, tasks.NAME its tasks', async () => {
  const asked = async (name: string): Promise<string> =>
    (await engine.tryDocker('exec', 'guest', 'nslookup', name)).stdout;
  const vip = service('shop').networks.find(({ networkId }) => networkId === network('over').id)?.vip ?? '?';
  expect(await asked('shop')).toContain(vip);
  const tasks = await asked('tasks.shop');
  for (const index of [0, 1]) expect(tasks).toContain(on(taskOf('shop', index), 'over'));
});

/** Whether an HTTP address answers; a busy machine gets three tries where an answer is expected. */
async function answers(from: Party, to: string, expected: boolean): Promise<boolean> {
  for (let attempt = 0; attempt < (expected ? 3 : 1); attempt += 1) {
    const { code } =
      'container' in from
        ? await engine.tryDocker('exec', from.container, 'wget', '-q', '-T', '4', '-O', '-', `http://${to}/`)
        : await engine.inNamespace('host' in from ? 'host' : 'lan', 'curl', '-s', '-m', '4', `http://${to}/`);
    if (code === 0) return true;
  }
  return false;
}

it('who reaches a task, answered by the model and by asking', async () => {
  const guest = { container: 'guest' };
  const stranger = { container: 'stranger' };
  const shop = taskOf('shop');
  const asked: readonly [Party, Container, string, 'yes' | 'no' | 'depends', boolean][] = [
    [guest, shop, on(shop, 'over'), 'yes', true],
    [guest, shop, shop.name, 'yes', true],
    [{ container: taskOf('shop', 1).id }, shop, on(shop, 'over'), 'yes', true],
    [{ container: taskOf('hosted').id }, shop, shop.name, 'yes', true],
    [guest, taskOf('inner'), on(taskOf('inner'), 'closed'), 'no', false],
    [stranger, taskOf('inner'), on(taskOf('inner'), 'closed'), 'no', false],
    [{ host: true }, taskOf('inner'), on(taskOf('inner'), 'closed'), 'no', false],
    [{ host: true }, taskOf('hosted'), '127.0.0.1:12347', 'yes', true],
    [{ outside: true }, taskOf('hosted'), `${engine.hostAddress}:12347`, 'yes', true],
    [stranger, taskOf('hosted'), `${engine.hostAddress}:12347`, 'yes', true],
    // Through the mesh perhaps, by its address never.
    [stranger, shop, on(shop, 'over'), 'depends', false],
    [{ outside: true }, shop, on(shop, 'over'), 'depends', false],
  ];
  for (const [from, to, address, expected, reached] of asked) {
    const title = `${JSON.stringify(from)} → ${to.name} by ${address}`;
    const answer = reach(snapshot, { from, to: { container: to.id }, port: 80 });
    expect(answer.answer, title).toBe(expected);
    if (address === to.name) expect(answer.routes.flatMap(({ names }) => names)).toContain(to.name);
    expect(await answers(from, address, reached), title).toBe(reached);
  }
});

it('the mesh is told as what it hangs on, and a task is never to be made anew by hand', () => {
  const to = { container: taskOf('shop').id };
  for (const from of [{ outside: true } as const, { host: true } as const, { container: 'stranger' }]) {
    const { dependsOn, blockedBy } = reach(snapshot, { from, to, port: 80 });
    expect(dependsOn).toEqual([
      { rule: 'routing-mesh', args: { service: 'shop', hostPort: '12346', port: '80', protocol: 'tcp' } },
    ]);
    expect(blockedBy.map(({ rule }) => rule)).not.toContain('not-published');
    expect(blockedBy.map(({ remedy }) => remedy?.rule)).not.toContain('publish');
  }
  // Only services join a network that is not attachable: nobody is told to connect there.
  const closed = reach(snapshot, { from: { container: 'guest' }, to: { container: taskOf('inner').id } });
  expect(closed.blockedBy.flatMap(({ remedy }) => remedy?.args.network ?? [])).not.toContain('closed');
});

it('after `swarm leave` nothing of it is left', async () => {
  await engine.docker('rm', '-f', 'guest');
  await engine.docker('swarm', 'leave', '--force');
  const after = await until('the swarm’s networks to be gone', async () => {
    const now = await read();
    return now.networks.every(({ scope }) => scope !== 'swarm') && now.containers.length === 1 && now;
  });
  expect(after.engine.swarm?.active ?? false).toBe(false);
  expect(after.services).toEqual([]);
  const tree = new EngineTree('e', after, { sort: 'name', grouped: false, filter: {} });
  const kinds = tree.roots().flatMap((row) => tree.children(row).map(({ kind }) => kind));
  expect(kinds).toEqual(['container']);
});
