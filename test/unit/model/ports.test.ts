import { describe, expect, it } from 'vitest';
import { natRules } from '#model/natRules';
import { allPortRows, exposedOnly, type PortRow, portRows, portRowsReaching } from '#model/ports';
import { relationsOf } from '#model/relations';
import type { PublishedPort, Snapshot } from '#model/snapshot';
import { engines } from '../engine/recorded.ts';
import { container, network } from '../live/fakeEngine.ts';
import { named, snapshotOf, snapshotWith } from './recordedSnapshot.ts';

const published = (hostIp: string, hostPort: number, port: number, protocol: 'tcp' | 'udp' = 'tcp'): PublishedPort => ({
  hostIp,
  hostPort,
  port,
  protocol,
});

function rowsWith(ports: readonly PublishedPort[], more: Parameters<typeof container>[2] = {}): readonly PortRow[] {
  const snapshot = snapshotWith([network('n1')], [container('c1', 'c1', { published: ports, ...more })]);
  return portRows(named(snapshot.containers, 'c1'), relationsOf(snapshot));
}

describe('rows of published ports', () => {
  it('join both families', () => {
    const [row, ...rest] = rowsWith([published('0.0.0.0', 8080, 80), published('::', 8080, 80)]);
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ hostIps: ['0.0.0.0', '::'], hostPort: 8080, port: 80, scope: 'all' });
  });

  it('stay apart where the families got different random ports', () => {
    const rows = rowsWith([published('0.0.0.0', 32768, 80), published('::', 32769, 80)]);
    expect(rows.map(({ scope }) => scope)).toEqual(['all-ipv4', 'all-ipv6']);
  });

  it('join ranges of three and more, per protocol', () => {
    const range = [7000, 7001, 7002].map((port, step) => published('0.0.0.0', port, 80 + step));
    expect(rowsWith([...range].reverse())).toMatchObject([
      { hostPort: 7000, hostPortEnd: 7002, port: 80, portEnd: 82 },
    ]);
    expect(rowsWith(range.slice(0, 2))).toHaveLength(2);
    expect(rowsWith([...range.slice(0, 2), published('0.0.0.0', 7002, 82, 'udp')])).toHaveLength(3);
  });

  it('do not join ports that are given at start only', () => {
    const rows = rowsWith([80, 81, 82].map((port) => published('0.0.0.0', 0, port)));
    expect(rows).toHaveLength(3);
  });

  it.each([
    ['127.0.0.1', 'this-machine'],
    ['127.0.0.53', 'this-machine'],
    ['::1', 'this-machine'],
    ['192.168.1.5', 'address'],
    ['', 'all-ipv4'],
  ])('tell the scope of %s', (hostIp, scope) => {
    expect(rowsWith([published(hostIp, 8080, 80)])[0]?.scope).toBe(scope);
  });

  it('have no effect on a stopped container, or with only internal networks', () => {
    expect(rowsWith([published('0.0.0.0', 1, 1)], { state: 'exited' })[0]?.noEffect).toBe('stopped');
    const inner = network('n1', 'n1', { internal: true });
    const mixed = container('c1', 'c1', { published: [published('0.0.0.0', 1, 1)] });
    const alone = snapshotWith([inner], [mixed]);
    expect(portRows(mixed, relationsOf(alone))[0]?.noEffect).toBe('internal-only');
    const second = { networkId: 'n2', network: 'n2', staticIp: false };
    const both = { ...mixed, endpoints: [...mixed.endpoints, second] };
    const joined = snapshotWith([inner, network('n2')], [both]);
    expect(portRows(both, relationsOf(joined))[0]?.noEffect).toBeUndefined();
  });

  it('of a sharer are those of the one it shares with', () => {
    const snapshot = snapshotOf('docker-28');
    const sharer = named(snapshot.containers, 'share1');
    const relations = relationsOf(snapshot);
    const owner = relations.containers.get(sharer.sharesWith ?? '');
    expect(owner).toBeDefined();
    expect(portRowsReaching(sharer, relations)).toEqual(owner && portRows(owner, relations));
  });
});

describe.each(engines)('on %s', (engine) => {
  const snapshot: Snapshot = snapshotOf(engine);
  const relations = relationsOf(snapshot);

  it('every published port is in exactly one row', () => {
    const rows = allPortRows(snapshot.containers, relations);
    const count = (row: PortRow): number => row.hostIps.length * (row.portEnd - row.port + 1);
    const owners = snapshot.containers.filter(({ mode }) => mode !== 'container');
    const all = owners.flatMap(({ id, published: ports }) =>
      ports.map(({ hostIp, hostPort, port, protocol }) => `${id} ${hostIp} ${hostPort} ${port} ${protocol}`),
    );
    expect(rows.reduce((sum, row) => sum + count(row), 0)).toBe(new Set(all).size);
    expect(rows.map(({ hostPort }) => hostPort)).toEqual(
      [...rows.map(({ hostPort }) => hostPort)].sort((a, b) => a - b),
    );
  });

  it('an exposed port is not a published one', () => {
    for (const one of snapshot.containers)
      for (const { port, protocol } of exposedOnly(one) ?? [])
        expect(one.published.some((other) => other.port === port && other.protocol === protocol)).toBe(false);
  });
});

describe('the NAT rule', () => {
  const snapshot = snapshotOf('docker-28');
  const relations = relationsOf(snapshot);
  const textsOf = (name: string): readonly string[] =>
    portRows(named(snapshot.containers, name), relations)
      .flatMap((row) => natRules(row, relations, snapshot.engine))
      .map(({ tool, text }) => `${tool} ${text}`);

  it('of a port on all interfaces names bridge, port and the static address', () => {
    const front = named(snapshot.networks, 'front');
    expect(textsOf('web')).toEqual([
      `iptables -A DOCKER ! -i ${front.bridgeName ?? `br-${front.id.slice(0, 12)}`} -p tcp -m tcp --dport 12800 -j DNAT --to-destination 192.168.100.100:80`,
    ]);
  });

  it('of both families has one for each, where the container has both addresses', () => {
    expect(textsOf('dual1').map((text) => text.split(' ')[0])).toEqual(['iptables', 'ip6tables']);
    expect(textsOf('dual1')[1]).toContain('[fd00:30::50]:80');
  });

  it('of a local port names its address', () => {
    expect(textsOf('local1').some((text) => text.includes('-d 127.0.0.1/32 ! -i'))).toBe(true);
  });

  it('is not there for what has no effect', () => {
    const stopped = snapshot.containers.filter(({ state }) => state === 'exited').map(({ name }) => name);
    expect(stopped.flatMap(textsOf)).toEqual([]);
  });
});
