/** The host's part of a snapshot: where the engine is at home it is proven, elsewhere it is not claimed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '#engine/client';
import { enginesUnderTest, type RealEngine, sharedWithEngines, startEngine } from '#harness/engines';
import { ensureCommand } from '#harness/packages';
import { run } from '#harness/processes';
import { layOutTutorial, tutorial } from '#harness/tutorial';
import { liveNatRules } from '#model/liveNat';
import { portRows } from '#model/ports';
import { relationsOf } from '#model/relations';
import type { Container, Snapshot } from '#model/snapshot';

const script = fileURLToPath(new URL('../harness/hostOverlay.ts', import.meta.url));
// `-r` is not set for nsenter: the file system stays this machine's, with /proc and /sys of the engine's namespaces.
const inside = 'mount -t proc proc /proc && mount -t sysfs sysfs /sys && exec "$0" "$@"';

/** The engine's first process, as this machine numbers it: the only child of the one that the script remembers. */
async function firstProcess(engine: RealEngine): Promise<string> {
  const remembered = readFileSync(
    join(sharedWithEngines, 'run', `${engine.hostNamespace.replace('engine-', '')}.pid`),
    'utf8',
  ).trim();
  return (await run('pgrep', ['-P', remembered])).split('\n')[0] ?? '';
}

async function overlayAtHome(engine: RealEngine, asUser: readonly string[] = []): Promise<Snapshot> {
  // Not the network of that process: Podman's first thread may be left in a container's.
  const network = `--net=/run/netns/${engine.hostNamespace}`;
  const enter = ['-t', await firstProcess(engine), network, '--pid', '--', 'unshare', '--mount', 'sh', '-c', inside];
  return JSON.parse(await run('nsenter', [...enter, ...asUser, process.execPath, script, engine.socket])) as Snapshot;
}

interface HostLink {
  readonly ifindex: number;
  readonly ifname: string;
}

/** What the container itself says is the other end of its interfaces, by MAC address: the truth, by executing inside. */
async function truth(engine: RealEngine, container: Container): Promise<ReadonlyMap<string, string>> {
  const links = JSON.parse((await engine.inNamespace('host', 'ip', '-j', 'link')).stdout) as HostLink[];
  const reading = 'for i in /sys/class/net/eth*; do echo $(cat $i/address) $(cat $i/iflink); done';
  const lines = (await engine.docker('exec', container.id, 'sh', '-c', reading)).split('\n');
  const pairs = lines.map((line) => line.split(' '));
  return new Map(
    pairs.flatMap(([mac = '', index]) => {
      const link = links.find((one) => one.ifindex === Number(index));
      return link ? [[mac, link.ifname] as const] : [];
    }),
  );
}

/** Every published port of the engine with the live rules found for it, as text. */
function liveRules(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const relations = relationsOf(snapshot);
  const rows = snapshot.containers.flatMap((container) => portRows(container, relations));
  return new Map(
    rows.map((row) => [
      `${row.hostIps.join()} ${row.hostPort}/${row.protocol}`,
      liveNatRules(row, relations, snapshot.host?.nat ?? []).map(({ text }) => text),
    ]),
  );
}

/** Whatever the syntax: the rule names the host's port, the protocol and where it leads. */
function expectRule(rules: readonly string[] | undefined, protocol: string, port: number, to: string): void {
  const expected = new RegExp(`\\b${protocol}\\b.*\\bdport ${port}\\b.*\\bto[- ](destination )?${to}$`);
  // Podman leads the port to the container's other networks as well.
  expect(rules?.filter((rule) => expected.test(rule))).toHaveLength(1);
}

beforeAll(async () => {
  await ensureCommand('iptables-save', 'iptables', 'it prints the live NAT rules of Docker');
  await ensureCommand('nft', 'nftables', 'it prints the live NAT rules of Podman');
}, 240_000);

describe.each(enginesUnderTest())('%s', (name) => {
  it('is known to be at home only where its bridges are, with addresses, routes, bridges and veths', {
    timeout: 300_000,
  }, async () => {
    const engine = await startEngine(name, 'host');
    try {
      await engine.loadImage();
      await layOutTutorial(engine.docker, { kind: engine.kind });
      await engine.docker('network', 'create', '--subnet', '10.72.0.0/24', 'second');
      await engine.docker('network', 'connect', 'second', tutorial.web);

      const local = ['-p', '127.0.0.1:8087:81/udp', '-p', '8091-8093:91-93', '--ip', '10.72.0.9'];
      await engine.docker('run', '-d', '--name', 'more', '--network', 'second', ...local, 'tiny:1');

      const home = await overlayAtHome(engine);
      expect(home.engine.where).toBe('this-host');
      expect(home.host?.vethUnavailable).toBeUndefined();
      expect(home.host?.addresses).toContainEqual({ name: 'lan0', address: engine.hostAddress, prefix: 24 });
      const mynet = home.networks.find((network) => network.name === tutorial.network);
      expect(home.host?.addresses).toContainEqual({ name: mynet?.bridgeName, address: tutorial.gateway, prefix: 24 });
      expect(home.host?.routes).toContainEqual({ destination: tutorial.subnet, device: mynet?.bridgeName });
      expect(home.host?.routes.some((route) => route.destination === '0.0.0.0/0')).toBe(false);
      let checked = 0;
      for (const container of home.containers) {
        const bridged = container.endpoints.filter((endpoint) => endpoint.mac !== undefined);
        if (bridged.length === 0) continue;
        const expected = await truth(engine, container);
        for (const endpoint of bridged) {
          expect(endpoint.veth, `${container.name} on ${endpoint.network}`).toBe(expected.get(endpoint.mac ?? ''));
          expect(endpoint.veth).toMatch(/^veth/);
          checked += 1;
        }
      }
      expect(checked).toBe(8);

      expect(home.host?.natUnavailable).toBeUndefined();
      const rules = [...liveRules(home)];
      const of = (text: string) => rules.find(([key]) => key.endsWith(text))?.[1];
      expectRule(of(' 8080/tcp'), 'tcp', 8080, `${tutorial.webAddress}:80`);
      expectRule(of('127.0.0.1 8087/udp'), 'udp', 8087, '10.72.0.9:81');
      expect(of('127.0.0.1 8087/udp')?.[0]).toContain('127.0.0.1');
      // Older Podman lists only the first port of a range.
      const range = of(' 8091/tcp') ?? [];
      expect(range.some((text) => /dport 8091\b/.test(text))).toBe(true);
      if (engine.kind === 'docker') expect(range).toHaveLength(3);

      const client = await createClient({ id: 'far', label: 'far', url: engine.url, source: 'socket' });
      const listing = await client.list();
      const far = { engine: await client.describe(), takenAt: 0, complete: false, ...listing };
      expect(await client.withHost(far)).toEqual(far);
      expect(far.engine.where).toBe('unknown');
      client.dispose();
    } finally {
      await engine.dispose();
    }
  });
});

it('without permission there is a reason instead of names', { timeout: 120_000 }, async () => {
  const engine = await startEngine('docker-28', 'hostuser');
  try {
    await engine.loadImage();
    await layOutTutorial(engine.docker, { kind: engine.kind });
    // One who may ask the engine, but not look into other processes.
    const bounds = ['sys_ptrace', 'dac_override', 'dac_read_search', 'net_admin', 'net_raw'].map((one) => `-${one}`);
    const drop = ['setpriv', `--bounding-set=${bounds.join()}`, '--inh-caps=-sys_ptrace'];
    const home = await overlayAtHome(engine, drop);
    expect(home.engine.where).toBe('this-host');
    expect(home.host?.vethUnavailable).toBe('permission');
    expect(home.host?.natUnavailable).toBe('permission');
    expect(home.host?.nat).toBeUndefined();
    expect(
      home.containers.flatMap((container) => container.endpoints).some((endpoint) => endpoint.veth !== undefined),
    ).toBe(false);
  } finally {
    await engine.dispose();
  }
});
