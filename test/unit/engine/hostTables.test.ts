/** The kernel's tables, the proof that an engine runs here, and veth names, from files as they are on a real host. */
import { describe, expect, it } from 'vitest';
import { isProven } from '#engine/host';
import {
  decodeIpv4Addresses,
  decodeIpv4Routes,
  decodeIpv6Addresses,
  decodeIpv6Routes,
  ipv6Text,
} from '#engine/hostTables';
import { type HostFiles, VethFinder } from '#engine/veth';
import type { Container, Network } from '#model/snapshot';

const route = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0100A8C0	0003	0	0	0	00000000	0	0	0
docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
eth0	0000A8C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
wg0	0000000A	0200A8C0	0003	0	0	0	000000FF	0	0	0
`;
const trie = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 172.17.0.0
        /16 link UNICAST
     |-- 172.17.0.1
        /32 host LOCAL
     |-- 172.17.255.255
        /32 link BROADCAST
     |-- 192.168.0.5
        /32 host LOCAL
Local:
     |-- 172.17.0.1
        /32 host LOCAL
`;

describe('tables', () => {
  it('IPv4 routes without the default one', () => {
    expect(decodeIpv4Routes(route)).toEqual([
      { destination: '172.17.0.0/16', device: 'docker0' },
      { destination: '192.168.0.0/24', device: 'eth0' },
      { destination: '10.0.0.0/8', device: 'wg0' },
    ]);
  });

  it('IPv4 addresses, with a bridge that has no carrier', () => {
    expect(decodeIpv4Addresses(trie, route)).toEqual([
      { name: 'docker0', address: '172.17.0.1', prefix: 16 },
      { name: 'eth0', address: '192.168.0.5', prefix: 24 },
    ]);
  });

  it('IPv6 addresses and routes', () => {
    const table = `00000000000000000000000000000001 01 80 10 80       lo
fd000030000000000000000000000001 07 40 00 80 br-0123456789ab
`;
    expect(decodeIpv6Addresses(table)).toEqual([{ name: 'br-0123456789ab', address: 'fd00:30::1', prefix: 64 }]);
    const zero = '0'.repeat(32);
    const line = (destination: string, prefix: string, flags: string, device: string): string =>
      `${destination} ${prefix} ${zero} 00 ${zero} 00000100 00000001 00000000 ${flags} ${device}`;
    const routes = [
      line('fd000030000000000000000000000000', '40', '00000001', 'br-0123456789ab'),
      line('fe800000000000000000000000000000', '40', '00000001', 'eth0'),
      line('fd000030000000000000000000000001', '80', '80200001', 'br-0123456789ab'),
      line(zero, '00', '00450003', 'eth0'),
      line('ff000000000000000000000000000000', '08', '00000001', 'eth0'),
    ].join('\n');
    expect(decodeIpv6Routes(routes)).toEqual([{ destination: 'fd00:30::/64', device: 'br-0123456789ab' }]);
  });

  it('nothing readable is nothing, and spellings are one', () => {
    for (const decode of [decodeIpv4Routes, decodeIpv6Addresses, decodeIpv6Routes])
      expect(decode('garbage\nmore')).toEqual([]);
    expect(decodeIpv4Addresses('', '')).toEqual([]);
    expect(ipv6Text('FD00:0030:0:0::1')).toBe('fd00:30::1');
    expect(ipv6Text('10.0.0.1')).toBe('10.0.0.1');
  });
});

const network = (more: Partial<Network>): Network => ({
  id: '0123456789abcdef',
  name: 'n',
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: false,
  ipam: [{ subnet: '172.18.0.0/16', gateway: '172.18.0.1' }],
  builtIn: false,
  resolvesNames: true,
  interContainer: true,
  options: {},
  labels: {},
  created: '',
  ...more,
});

describe('whether the engine runs here', () => {
  const here = { hostname: 'me', kernel: '6.1' };
  const docker0 = network({
    name: 'bridge',
    bridgeName: 'docker0',
    ipam: [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1' }],
  });
  const addresses = decodeIpv4Addresses(trie, route);
  const routes = decodeIpv4Routes(route);

  it('docker0 alone needs host name and kernel to agree: every machine has one', () => {
    expect(isProven([docker0], addresses, routes, here, here)).toBe(true);
    expect(isProven([docker0], addresses, routes, { ...here, hostname: 'vm' }, here)).toBe(false);
    expect(isProven([docker0], addresses, routes, { ...here, kernel: '5.10-linuxkit' }, here)).toBe(false);
  });

  it('a bridge named after a network’s id is proof by itself', () => {
    const own = network({ bridgeName: 'br-0123456789ab' });
    const bridge = { name: 'br-0123456789ab', address: '172.18.0.1', prefix: 16 };
    expect(isProven([own], [bridge], [], { hostname: 'x', kernel: 'y' }, here)).toBe(true);
    expect(isProven([own], [{ ...bridge, name: 'eth1' }], [], here, here)).toBe(false);
    expect(isProven([own], [], [], here, here)).toBe(false);
  });

  it('no gateway listed (Docker 20.10): the bridge’s route', () => {
    const bare = { ...docker0, ipam: [{ subnet: '172.17.0.0/16' }] };
    expect(isProven([bare], addresses, routes, here, here)).toBe(true);
  });

  it('Podman names no bridge: the gateway alone', () => {
    expect(isProven([network({})], [{ name: 'podman1', address: '172.18.0.1', prefix: 16 }], [], here, here)).toBe(
      true,
    );
  });
});

describe('veth names', () => {
  const container: Container = {
    id: 'c1',
    name: 'c',
    image: '',
    state: 'running',
    mode: 'networks',
    endpoints: [{ networkId: 'n1', network: 'n', mac: '02:42:ac:12:00:02', staticIp: false }],
    published: [],
    labels: {},
    complete: true,
  };
  const tree: Record<string, string> = {
    '/sys/class/net/vethabc/ifindex': '7\n',
    '/sys/class/net/eth0/ifindex': '2\n',
    '/proc/42/root/sys/class/net/lo/address': '00:00:00:00:00:00\n',
    '/proc/42/root/sys/class/net/eth0/address': '02:42:ac:12:00:02\n',
    '/proc/42/root/sys/class/net/eth0/iflink': '7\n',
    '/proc/42/root/sys/class/net/eth0/ifindex': '6\n',
  };
  const files = (denied = false): HostFiles & { reads: number } => ({
    reads: 0,
    async read(path) {
      this.reads += 1;
      return tree[path];
    },
    async list(path) {
      if (denied && path.startsWith('/proc/')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      const under = Object.keys(tree).filter((file) => file.startsWith(`${path}/`));
      return [...new Set(under.map((file) => file.slice(path.length + 1).split('/')[0] ?? ''))];
    },
  });

  it('the other end of the container’s interface, and the next look costs nothing', async () => {
    const own = files();
    const finder = new VethFinder(own);
    const found = await finder.find([container], new Set(['n1']), new Map([['c1', 42]]));
    expect(found.containers[0]?.endpoints[0]?.veth).toBe('vethabc');
    expect(found.unavailable).toBeUndefined();
    const before = own.reads;
    expect((await finder.find([container], new Set(['n1']), new Map([['c1', 42]]))).containers).toEqual(
      found.containers,
    );
    expect(own.reads).toBe(before);
  });

  it('not on a macvlan network, not without a process', async () => {
    const finder = new VethFinder(files());
    expect((await finder.find([container], new Set(), new Map([['c1', 42]]))).containers[0]).toEqual(container);
    expect((await finder.find([container], new Set(['n1']), new Map())).containers[0]).toEqual(container);
  });

  it('a reason where permission lacks, or the process means nothing here', async () => {
    const denied = await new VethFinder(files(true)).find([container], new Set(['n1']), new Map([['c1', 42]]));
    expect(denied).toEqual({ containers: [container], unavailable: 'permission' });
    const strange = await new VethFinder(files()).find([container], new Set(['n1']), new Map([['c1', 43]]));
    expect(strange).toEqual({ containers: [container], unavailable: 'processes' });
  });
});
