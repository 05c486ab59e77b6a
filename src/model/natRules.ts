/** The DNAT rule a published port stands for: what the engine writes into the host's packet filter, in iptables' words. */
import { defaultGateway } from '#model/gateway';
import type { PortRow } from '#model/ports';
import { isWild } from '#model/ports';
import type { Joins } from '#model/relations';
import type { Engine, Network } from '#model/snapshot';

export interface NatRule {
  readonly family: 'ipv4' | 'ipv6';
  /** `iptables` or `ip6tables`: the tool whose syntax `text` is. */
  readonly tool: 'iptables' | 'ip6tables';
  /** One rule of table nat as `iptables -t nat -S DOCKER` prints it. */
  readonly text: string;
}

/**
 * Rules by which a packet to the host's port gets the container's address. Empty where there is none: no effect, no
 * host port, or a family the container has no address in (there the userland proxy answers, or nobody).
 * A range is one rule a port, as the engine writes it.
 *
 * Docker, chain DOCKER: moby's `setPerPortNAT` writes `[-d HOSTIP/32] ! -i BRIDGE -p PROTO -m PROTO --dport PORT
 * -j DNAT --to-destination IP:PORT`; the same was read with `iptables -t nat -S DOCKER` on 20.10, 26 and 28.
 * Podman (netavark): chain NETAVARK-DN-<hash of the network>, the same without the interface; the hash is not told.
 */
export function natRules(row: PortRow, relations: Joins, engine: Pick<Engine, 'kind'>): readonly NatRule[] {
  const container = relations.containers.get(row.containerId);
  if (!container || row.noEffect || row.hostPort === 0) return [];
  const endpoint = defaultGateway(container, relations.networks, engine)?.endpoint ?? container.endpoints[0];
  const network = endpoint && relations.networks.get(endpoint.networkId);
  if (!endpoint || !network) return [];
  return row.hostIps.flatMap((hostIp): readonly NatRule[] => {
    const family = hostIp.includes(':') ? 'ipv6' : 'ipv4';
    const target = family === 'ipv6' ? endpoint.ipv6 : endpoint.ipv4;
    if (target === undefined) return [];
    const tool = family === 'ipv6' ? 'ip6tables' : 'iptables';
    const ports = Array.from({ length: row.hostPortEnd - row.hostPort + 1 }, (_, step) => step);
    return ports.map((step) => ({ family, tool, text: ruleText(row, step, hostIp, target, network, engine) }));
  });
}

function ruleText(
  row: PortRow,
  step: number,
  hostIp: string,
  target: string,
  network: Network,
  engine: Pick<Engine, 'kind'>,
): string {
  const six = hostIp.includes(':');
  const destination = isWild(hostIp) ? '' : `-d ${hostIp}/${six ? 128 : 32} `;
  const to = `${six ? `[${target}]` : target}:${row.port + step}`;
  const match = `-p ${row.protocol} -m ${row.protocol} --dport ${row.hostPort + step}`;
  if (engine.kind === 'podman') return `-A NETAVARK-DN-… ${destination}${match} -j DNAT --to-destination ${to}`;
  return `-A DOCKER ${destination}! -i ${bridgeOf(network)} ${match} -j DNAT --to-destination ${to}`;
}

function bridgeOf(network: Network): string {
  return network.bridgeName ?? `br-${network.id.slice(0, 12)}`;
}
