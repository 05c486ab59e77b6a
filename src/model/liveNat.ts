/** Which of the host's DNAT rules carry a published port: the packet filter's own lines, matched, never made. */
import type { PortRow } from '#model/ports';
import { isWild } from '#model/ports';
import type { Joins } from '#model/relations';
import type { LiveNatRule } from '#model/snapshot';

interface ReadRule {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  /** Where the rule leads, without brackets. */
  readonly address: string;
  /** The host's address it is for; undefined for every one. */
  readonly hostIp?: string;
}

/** The rules that lead the row's host ports to its container, in the order of the packet filter. */
export function liveNatRules(row: PortRow, relations: Joins, rules: readonly LiveNatRule[]): readonly LiveNatRule[] {
  const container = relations.containers.get(row.containerId);
  if (!container || row.hostPort === 0) return [];
  const addresses = new Set(container.endpoints.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]));
  return rules.filter(({ text }) => {
    const rule = readRule(text);
    if (!rule || rule.protocol !== row.protocol || !addresses.has(rule.address)) return false;
    if (rule.last < row.hostPort || rule.first > row.hostPortEnd) return false;
    return row.hostIps.some((hostIp) => (isWild(hostIp) ? rule.hostIp === undefined : rule.hostIp === hostIp));
  });
}

/** Both syntaxes: `… -p tcp … --dport 80 -j DNAT --to-destination A:P` and `… tcp dport 80 dnat ip to A:P`. */
function readRule(text: string): ReadRule | undefined {
  const protocol = /(?:-p |^|\s)(tcp|udp|sctp)\s/.exec(text)?.[1];
  const ports = /dports? (\d+)(?:[:-](\d+))?/.exec(text);
  const target = /(?:--to-destination|dnat(?: ip6?)? to) (?:\[([^\]]+)\]|([\d.]+))/.exec(text);
  const address = target?.[1] ?? target?.[2];
  if (protocol === undefined || ports === null || address === undefined) return undefined;
  const hostIp = /(?<!! )(?:-d|daddr) ([\da-f.:]+)/.exec(text)?.[1];
  const first = Number(ports[1]);
  return { protocol, first, last: Number(ports[2] ?? first), address, ...(hostIp === undefined ? {} : { hostIp }) };
}
