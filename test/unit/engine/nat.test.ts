/** Live NAT rules: read from what the tools print, matched to ports, a reason where they may not be read. */
import { describe, expect, it } from 'vitest';
import { NatReader, type Printed } from '#engine/nat';
import { liveNatRules } from '#model/liveNat';
import type { PortRow } from '#model/ports';
import { relationsOf } from '#model/relations';
import type { LiveNatRule, Snapshot } from '#model/snapshot';

// Printed by Docker 28.5 with a network of both families, and by Podman 5.4 (netavark on nftables).
const saved = `*nat
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 10.71.0.0/24 ! -o br-3039b75d5873 -j MASQUERADE
-A DOCKER ! -i br-3039b75d5873 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.71.0.2:80
-A DOCKER -d 127.0.0.1/32 ! -i br-3039b75d5873 -p udp -m udp --dport 8081 -j DNAT --to-destination 10.71.0.2:81
-A DOCKER ! -i br-3039b75d5873 -p tcp -m tcp --dport 8081 -j DNAT --to-destination 10.71.0.9:81
COMMIT`;
const saved6 = `*nat
-A DOCKER ! -s fe80::/10 ! -i br-3039b75d5873 -p tcp -m tcp --dport 8080 -j DNAT --to-destination [fd71::2]:80
COMMIT`;
const listed = `table inet netavark {
  chain NETAVARK-HOSTPORT-DNAT {
    tcp dport 9000-9003 jump nv_d523ea5a_10_71_0_0_nm24_dnat
  }
  chain nv_d523ea5a_10_71_0_0_nm24_dnat {
    tcp dport 8080 dnat ip to 10.71.0.2:80
    ip daddr 127.0.0.1 udp dport 8081 counter packets 7 bytes 420 dnat ip to 10.71.0.2:81
    tcp dport 8080 dnat ip6 to [fd71::2]:80
    tcp dport 9001 dnat ip to 10.71.0.2:9001
  }
}`;

function reader(answers: Readonly<Record<string, Printed>>): { readonly reader: NatReader; readonly asked: string[] } {
  const asked: string[] = [];
  const run = async (command: string): Promise<Printed> => {
    asked.push(command);
    return answers[command] ?? { failed: 'tool' };
  };
  return { reader: new NatReader(run), asked };
}

const snapshot = {
  engine: { kind: 'docker' },
  networks: [],
  containers: [{ id: 'web', endpoints: [{ networkId: 'n', ipv4: '10.71.0.2', ipv6: 'fd71::2' }], published: [] }],
} as unknown as Snapshot;

function found(rules: readonly LiveNatRule[], row: Partial<PortRow>): readonly string[] {
  const whole: PortRow = {
    containerId: 'web',
    hostIps: ['0.0.0.0', '::'],
    hostPort: 8080,
    hostPortEnd: row.hostPort ?? 8080,
    port: 80,
    portEnd: 80,
    protocol: 'tcp',
    scope: 'all',
    ...row,
  };
  return liveNatRules(whole, relationsOf(snapshot), rules).map(({ tool, text }) => `${tool}: ${text}`);
}

describe('live NAT rules', () => {
  it('of iptables, both families; only DNAT, only to this container', async () => {
    const { reader: docker, asked } = reader({ 'iptables-save': saved, 'ip6tables-save': saved6 });
    const { rules = [] } = await docker.read();
    expect(rules).toHaveLength(4);
    expect(asked).toEqual(['iptables-save', 'ip6tables-save']);
    expect(found(rules, {})).toEqual([
      'iptables: -A DOCKER ! -i br-3039b75d5873 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.71.0.2:80',
      'ip6tables: -A DOCKER ! -s fe80::/10 ! -i br-3039b75d5873 -p tcp -m tcp --dport 8080 -j DNAT --to-destination [fd71::2]:80',
    ]);
    expect(found(rules, { hostIps: ['127.0.0.1'], hostPort: 8081, protocol: 'udp' })).toHaveLength(1);
    expect(found(rules, { hostIps: ['0.0.0.0'], hostPort: 8081, protocol: 'udp' })).toEqual([]);
    expect(found(rules, { hostIps: ['10.0.0.1'], hostPort: 8081, protocol: 'udp' })).toEqual([]);
    expect(found(rules, { hostPort: 8081 })).toEqual([]);
    expect(found(rules, { hostPort: 808 })).toEqual([]);
  });

  it('of nftables, without the counters that grow', async () => {
    const { rules = [] } = await reader({ 'iptables-save': '*nat\nCOMMIT', nft: listed }).reader.read();
    expect(found(rules, {})).toEqual([
      'nft: tcp dport 8080 dnat ip to 10.71.0.2:80',
      'nft: tcp dport 8080 dnat ip6 to [fd71::2]:80',
    ]);
    expect(found(rules, { hostIps: ['127.0.0.1'], hostPort: 8081, protocol: 'udp' })).toEqual([
      'nft: ip daddr 127.0.0.1 udp dport 8081 dnat ip to 10.71.0.2:81',
    ]);
    expect(found(rules, { hostPort: 9000, hostPortEnd: 9003 })).toHaveLength(1);
  });

  it('no rules are not no answer', async () => {
    expect(await reader({ 'iptables-save': '*nat\nCOMMIT' }).reader.read()).toEqual({ rules: [] });
  });

  it('a reason instead, asked for once', async () => {
    const denied = { failed: 'permission' } as const;
    const { reader: user, asked } = reader({ 'iptables-save': denied, 'ip6tables-save': denied, nft: denied });
    expect(await user.read()).toEqual({ unavailable: 'permission' });
    expect(await user.read()).toEqual({ unavailable: 'permission' });
    expect(asked).toHaveLength(3);
    expect(await reader({}).reader.read()).toEqual({ unavailable: 'tool' });
    const failing = reader({ 'iptables-save': { failed: 'failed' } });
    expect(await failing.reader.read()).toEqual({ unavailable: 'failed' });
    await failing.reader.read();
    expect(failing.asked).toHaveLength(6);
  });
});
