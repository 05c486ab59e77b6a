import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOf, type Family, formatBlock, overlaps, parseAddress, parseBlock } from '#model/addresses';
import { addressProblem, freeAddress } from '#model/freeAddress';
import type { Container, Network, Snapshot } from '#model/snapshot';
import { conflictsOf, freeSubnets, uniqueLocalPool } from '#model/subnets';

const seed = { seed: 20_261, numRuns: 200 };

function network(name: string, ipam: Network['ipam'], more: Partial<Network> = {}): Network {
  return {
    id: `id-${name}`,
    name,
    driver: 'bridge',
    scope: 'local',
    internal: false,
    attachable: false,
    ingress: false,
    ipv6: false,
    ipam,
    builtIn: false,
    resolvesNames: true,
    interContainer: true,
    options: {},
    labels: {},
    created: '',
    ...more,
  };
}

function snapshot(networks: readonly Network[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    engine: {
      name: 'test',
      endpoint: 'unix:///var/run/docker.sock',
      kind: 'docker',
      version: '28.0.0',
      apiVersion: '1.48',
      where: 'this-host',
    },
    takenAt: 0,
    complete: true,
    networks,
    containers: [],
    ...more,
  };
}

function container(name: string, networkId: string, endpoint: Partial<Container['endpoints'][number]>): Container {
  return {
    id: `id-${name}`,
    name,
    image: 'tiny:1',
    state: 'running',
    mode: 'networks',
    endpoints: [{ networkId, network: networkId.slice(3), staticIp: false, ...endpoint }],
    published: [],
    labels: {},
    complete: true,
  };
}

describe('conflicts', () => {
  const world = snapshot(
    [
      network('shop_default', [{ subnet: '172.20.0.0/16', gateway: '172.20.0.1' }], { bridgeName: 'br-shop' }),
      network('six', [{ subnet: 'fd00:1::/64' }]),
    ],
    {
      host: {
        addresses: [
          { name: 'eth0', address: '10.0.0.5', prefix: 24 },
          { name: 'br-shop', address: '172.20.0.1', prefix: 16 },
        ],
        routes: [
          { destination: '10.0.0.0/24', device: 'eth0' },
          { destination: '172.20.0.0/16', device: 'br-shop' },
          { destination: '10.8.0.0/16', device: 'tun0' },
          { destination: '0.0.0.0/1', device: 'tun0' },
        ],
      },
    },
  );

  it('names the network that has the range, not its bridge or route', () => {
    expect(conflictsOf(world, '172.20.5.0/24')).toEqual([
      {
        cidr: '172.20.0.0/16',
        owner: { kind: 'network', networkId: 'id-shop_default', name: 'shop_default' },
        certain: true,
      },
    ]);
    expect(conflictsOf(world, 'fd00:1:0:0:5::/80')).toHaveLength(1);
  });

  it('names interface and route, once each device, and ignores a split default route', () => {
    expect(conflictsOf(world, '10.0.0.0/8')).toEqual([
      { cidr: '10.0.0.0/24', owner: { kind: 'interface', name: 'eth0', address: '10.0.0.5' }, certain: false },
      { cidr: '10.8.0.0/16', owner: { kind: 'route', device: 'tun0' }, certain: false },
    ]);
    expect(conflictsOf(world, '10.9.0.0/16')).toEqual([]);
  });

  it('lets a network be replaced in place, and macvlan share the LAN', () => {
    expect(conflictsOf(world, '172.20.0.0/16', { except: 'id-shop_default' })).toEqual([]);
    expect(conflictsOf(world, '10.0.0.0/24', { driver: 'macvlan' })).toEqual([]);
  });

  it('has none for what is no subnet', () => {
    for (const text of ['', '10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'x/8', '1.2.3/8'])
      expect(conflictsOf(world, text)).toEqual([]);
  });
});

const block = (family: Family) =>
  fc
    .tuple(
      fc.bigInt({ min: 0n, max: (1n << BigInt(bitsOf(family))) - 1n }),
      fc.integer({ min: 8, max: bitsOf(family) - 2 }),
    )
    .map(([value, prefix]) => {
      const size = 1n << BigInt(bitsOf(family) - prefix);
      const first = value - (value % size);
      return formatBlock({ family, prefix, first, last: first + size - 1n });
    });

describe('free subnets', () => {
  it.each(['ipv4', 'ipv6'] as const)('never overlap anything known nor each other (%s)', (family) => {
    // Crowd the pools: half of the occupied blocks lie in the private ranges proposals come from.
    const near = fc
      .tuple(fc.integer({ min: 16, max: 31 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 14, max: 28 }))
      .map(([second, third, prefix]) => `172.${second}.${third}.0/${prefix}`);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(block(family), family === 'ipv4' ? near : block(family)), { maxLength: 30 }),
        fc.array(block(family), { maxLength: 5 }),
        family === 'ipv4' ? fc.integer({ min: 12, max: 29 }) : fc.integer({ min: 48, max: 80 }),
        (taken, routed, prefix) => {
          const world = snapshot(
            taken.map((subnet, index) => network(`n${index}`, [{ subnet }])),
            { host: { addresses: [], routes: routed.map((destination) => ({ destination, device: 'tun0' })) } },
          );
          const proposals = freeSubnets(world, { prefix, family, count: 4 });
          for (const proposal of proposals) {
            expect(conflictsOf(world, proposal)).toEqual([]);
            expect(proposal.endsWith(`/${prefix}`)).toBe(true);
          }
          const blocks = proposals.map((proposal) => parseBlock(proposal)!);
          for (const [index, one] of blocks.entries())
            for (const other of blocks.slice(index + 1)) expect(overlaps(one, other)).toBe(false);
        },
      ),
      seed,
    );
  });

  it('proposes the first free default pool of the engine', () => {
    const world = snapshot([network('bridge', [{ subnet: '172.17.0.0/16' }])]);
    expect(freeSubnets(world, { prefix: 16, family: 'ipv4', count: 2 })).toEqual(['172.18.0.0/16', '172.19.0.0/16']);
    const podman = snapshot([], { engine: { ...world.engine, kind: 'podman' } });
    expect(freeSubnets(podman, { prefix: 24, family: 'ipv4', count: 1 })).toEqual(['10.89.0.0/24']);
  });

  it('proposes unique local IPv6, the same each time', () => {
    const world = snapshot([]);
    const [first] = freeSubnets(world, { prefix: 64, family: 'ipv6', count: 1 });
    expect(first).toMatch(/^fd/);
    expect(freeSubnets(world, { prefix: 64, family: 'ipv6', count: 1 })).toEqual([first]);
    expect(uniqueLocalPool('a')).not.toBe(uniqueLocalPool('b'));
  });

  it('is empty when nothing is left or the size makes no sense', () => {
    const full = snapshot(
      ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((subnet, i) => network(`n${i}`, [{ subnet }])),
    );
    expect(freeSubnets(full, { prefix: 24, family: 'ipv4', count: 1 })).toEqual([]);
    for (const prefix of [0, 31, 1.5, Number.NaN])
      expect(freeSubnets(snapshot([]), { prefix, family: 'ipv4', count: 1 })).toEqual([]);
  });
});

describe('addresses of a network', () => {
  const net = network('mynet', [
    {
      subnet: '192.168.100.0/24',
      gateway: '192.168.100.254',
      ipRange: '192.168.100.0/29',
      reserved: { router: '192.168.100.2' },
    },
  ]);
  const world = snapshot([net], {
    containers: [
      container('web', net.id, { ipv4: '192.168.100.1' }),
      { ...container('db', net.id, { configuredIpv4: '192.168.100.3', staticIp: true }), state: 'exited' },
    ],
  });

  it('skips network address, holders, reserved ones and what a stopped container will ask for', () => {
    expect(freeAddress(world, net.id, 'ipv4')).toBe('192.168.100.4');
    expect(freeAddress(world, net.id, 'ipv4', { also: ['192.168.100.4'] })).toBe('192.168.100.5');
    expect(freeAddress(world, net.id, 'ipv6')).toBeUndefined();
    expect(freeAddress(world, 'nobody', 'ipv4')).toBeUndefined();
  });

  it.each([
    ['192.168.100.1', 'taken', true],
    ['192.168.100.3', 'taken-when-started', false],
    ['192.168.100.2', 'reserved', true],
    ['192.168.100.254', 'gateway', true],
    ['192.168.100.0', 'network-address', true],
    ['192.168.100.255', 'broadcast-address', true],
    ['192.168.101.1', 'outside', true],
    ['fd00::1', 'wrong-family', true],
    ['192.168.100', 'not-an-address', true],
  ])('tells why not %s: %s', (address, rule, certain) => {
    expect(addressProblem(world, net.id, address)).toMatchObject({ rule, certain });
  });

  it('allows a free one, also outside the IP range, and a container its own', () => {
    expect(addressProblem(world, net.id, '192.168.100.100')).toBeUndefined();
    expect(addressProblem(world, net.id, '192.168.100.1', { containerId: 'id-web' })).toBeUndefined();
    expect(addressProblem(world, net.id, '192.168.100.1')?.args.container).toBe('web');
  });

  it('takes the first address for the gateway when the engine lists none', () => {
    const bare = network('bare', [{ subnet: '10.1.0.0/24' }]);
    expect(freeAddress(snapshot([bare]), bare.id, 'ipv4')).toBe('10.1.0.2');
    expect(addressProblem(snapshot([bare]), bare.id, '10.1.0.1')?.rule).toBe('gateway');
  });

  it('is always usable by its own judgement, or the network is full', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 24, max: 30 }),
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }),
        (prefix, hosts) => {
          const home = network('home', [{ subnet: `10.9.8.0/${prefix}`, gateway: '10.9.8.1' }]);
          const filled = snapshot([home], {
            containers: hosts.map((host, i) => container(`c${i}`, home.id, { ipv4: `10.9.8.${host}` })),
          });
          const free = freeAddress(filled, home.id, 'ipv4');
          if (free !== undefined) expect(addressProblem(filled, home.id, free)).toBeUndefined();
          else expect(new Set(hosts).size).toBeGreaterThanOrEqual(2 ** (32 - prefix) - 3);
        },
      ),
      seed,
    );
  });
});

describe('parsing', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.oneof(block('ipv4'), block('ipv6')), (text) => {
        expect(formatBlock(parseBlock(text)!)).toBe(text);
      }),
      seed,
    );
  });
  it('refuses what engines refuse', () => {
    for (const text of ['1.2.3', '01.2.3.4', '256.1.1.1', 'fe80::1%eth0', '', ' ', '1.2.3.4/8', '::g'])
      expect(parseAddress(text)).toBeUndefined();
  });
});
