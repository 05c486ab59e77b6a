/** Lays a planned lab out on a real engine, reads it back as a snapshot, and serves something on the host and the LAN. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from '#engine/client';
import type { RealEngine } from '#harness/engines';
import { tinyImage } from '#harness/image';
import type { LabPlan } from '#harness/labPlan';
import { label } from '#harness/tutorial';
import type { Container, Host, Network, Snapshot } from '#model/snapshot';

export const hostPort = 30020;
export const lanPort = 30030;

/** A container's command: serve the name on the port, over IPv4 and, where there is any, IPv6. */
const command = (name: string, port: number): string[] => [
  'sh',
  '-c',
  `mkdir -p /www && echo ${name} >/www/index.html && httpd -p ${port} -h /www && exec sleep 100000`,
];

export async function layOut(engine: RealEngine, plan: LabPlan): Promise<void> {
  for (const network of plan.networks)
    await engine.docker('network', 'create', '--label', label, ...network.args, network.name);
  for (const container of plan.containers) {
    const marks = ['--label', label, '--name', container.name, '--stop-signal', 'SIGKILL'];
    await engine.docker(
      'run',
      '-d',
      ...marks,
      ...container.args,
      tinyImage,
      ...command(container.name, container.port),
    );
    for (const join of container.joins)
      await engine.docker('network', 'connect', ...join.args, join.network, container.name);
  }
  for (const { name, fate } of plan.containers) if (fate !== 'nothing') await engine.docker(fate, name);
}

/** Removes every container and every network somebody made. */
export async function clear(engine: RealEngine): Promise<void> {
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
  for (let pass = 0; pass < 3; pass += 1) {
    const containers = lines(await engine.docker('ps', '-aq'));
    if (containers.length > 0) await engine.tryDocker('rm', '-f', ...containers);
  }
  const networks = lines(await engine.docker('network', 'ls', '--format', '{{.Name}}'));
  for (const name of networks)
    if (!/^(bridge|host|none|podman)$/.test(name)) await engine.docker('network', 'rm', name);
}

/** The engine's complete snapshot, through the extension's own client, with the host as its namespace shows it. */
export async function labSnapshot(engine: RealEngine): Promise<Snapshot> {
  const client = await createClient({ id: engine.name, label: engine.name, url: engine.url, source: 'setting' });
  try {
    const described = await client.describe();
    const listing = await client.list();
    const containers: Container[] = [];
    for (const listed of listing.containers) {
      const complete = await client.inspectContainer(listed);
      if (complete !== undefined) containers.push(complete);
    }
    const networks: Network[] = [];
    for (const listed of listing.networks) networks.push((await client.inspectNetwork(listed.id)) ?? listed);
    return {
      engine: { ...described, where: 'this-host' },
      takenAt: Date.now(),
      complete: true,
      networks,
      containers,
      host: await hostOf(engine),
    };
  } finally {
    client.dispose();
  }
}

async function hostOf(engine: RealEngine): Promise<Host> {
  const answer = await engine.inNamespace('host', 'ip', '-j', 'addr');
  const devices = JSON.parse(answer.stdout) as {
    ifname: string;
    addr_info: { local: string; prefixlen: number }[];
  }[];
  const addresses = devices.flatMap(({ ifname, addr_info }) =>
    addr_info.map(({ local, prefixlen }) => ({ name: ifname, address: local, prefix: prefixlen })),
  );
  return { addresses, routes: [] };
}

/** A tiny server in a namespace that answers with `name`; Node itself runs there. */
async function serveIn(namespace: string, name: string, port: number): Promise<ChildProcess> {
  // It ends with this process, whatever ends that: then its standard input closes.
  const source = `process.stdin.resume().on('end', () => process.exit());
    require('http').createServer((q, r) => r.end(${JSON.stringify(name)})).listen(${port}, '::', () => console.log('up'))`;
  const server = spawn('ip', ['netns', 'exec', namespace, process.execPath, '-e', source], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  return server;
}

/** Serves `HOST` on the host and `LAN` on the peer; the peer loses its route to container subnets (few LANs have one). */
export async function prepareSides(engine: RealEngine): Promise<{ dispose(): void }> {
  const servers = [
    await serveIn(engine.hostNamespace, 'HOST', hostPort),
    await serveIn(engine.lanNamespace, 'LAN', lanPort),
  ];
  await engine.inNamespace('lan', 'ip', 'route', 'del', 'default');
  return { dispose: () => servers.forEach((server) => void server.kill('SIGKILL')) };
}

/** Gives or takes the LAN peer the route to container subnets through the engine's host. */
export async function routeFromLan(engine: RealEngine, present: boolean): Promise<void> {
  await engine.inNamespace(
    'lan',
    'ip',
    'route',
    present ? 'replace' : 'del',
    '10.60.0.0/16',
    'via',
    engine.hostAddress,
  );
  await engine.inNamespace(
    'lan',
    'ip',
    'route',
    present ? 'replace' : 'del',
    '172.17.0.0/16',
    'via',
    engine.hostAddress,
  );
  await engine.inNamespace(
    'lan',
    'ip',
    'route',
    present ? 'replace' : 'del',
    '10.88.0.0/16',
    'via',
    engine.hostAddress,
  );
  const six = engine.hostAddress.split('.')[2];
  await engine.inNamespace(
    'lan',
    'ip',
    '-6',
    'route',
    present ? 'replace' : 'del',
    'fd60::/16',
    'via',
    `fd99:${six}::1`,
  );
}
