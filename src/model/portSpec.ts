/** `docker run --publish` in every form, read as Docker's own nat.ParsePortSpec reads it. */
import { formatAddress, parseAddress } from '#model/addresses';
import type { Protocol } from '#model/snapshot';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export interface PortSpec {
  /** One address of the host; undefined: all of them. */
  readonly hostIp?: string;
  /** Undefined: the engine chooses. Longer than `ports`: the engine takes the first free one of the range. */
  readonly hostPorts?: PortRange;
  /** Container side. */
  readonly ports: PortRange;
  readonly protocol: Protocol;
}

export type PortRule =
  | 'port-empty'
  | 'port-syntax' // { text }
  | 'port-number' // { text, part }: outside 1 to 65535
  | 'port-range-backwards' // { text, part }
  | 'port-range-length' // { text, host, container }
  | 'port-protocol' // { text, protocol }
  | 'port-host-address'; // { text, address }

export interface PortProblem {
  readonly rule: PortRule;
  readonly args: Readonly<Record<string, string>>;
}

export type PortReading = { readonly spec: PortSpec } | { readonly problem: PortProblem };

const protocols: readonly string[] = ['tcp', 'udp', 'sctp'];

/** Reads `80`, `8080:80`, `8000-8010:80-90/udp`, `127.0.0.1:8080:80`, `127.0.0.1::80`, `[::1]:8080:80`. */
export function parsePortSpec(input: string): PortReading {
  const text = input.trim();
  const problem = (rule: PortRule, args: Readonly<Record<string, string>> = {}): PortReading => ({
    problem: { rule, args: { text, ...args } },
  });
  if (text === '') return problem('port-empty');
  const slash = text.lastIndexOf('/');
  const protocol = slash < 0 ? 'tcp' : text.slice(slash + 1).toLowerCase();
  if (!protocols.includes(protocol)) return problem('port-protocol', { protocol });
  const parts = partsOf(slash < 0 ? text : text.slice(0, slash));
  if (!parts) return problem('port-syntax');
  const hostIp = parts.address === undefined ? undefined : parseAddress(parts.address);
  if (parts.address !== undefined && !hostIp) return problem('port-host-address', { address: parts.address });
  const ports = parseRange(parts.container);
  if ('rule' in ports) return problem(ports.rule, { part: parts.container });
  const shared = { ports, protocol: protocol as Protocol, ...(hostIp ? { hostIp: formatAddress(hostIp) } : {}) };
  if (!parts.host) return { spec: shared };
  const hostPorts = parseRange(parts.host);
  if ('rule' in hostPorts) return problem(hostPorts.rule, { part: parts.host });
  const lengths = [lengthOf(hostPorts), lengthOf(ports)] as const;
  if (lengths[0] !== lengths[1] && lengths[1] !== 1)
    return problem('port-range-length', { host: `${lengths[0]}`, container: `${lengths[1]}` });
  return { spec: { ...shared, hostPorts } };
}

interface Parts {
  readonly address?: string;
  readonly host?: string;
  readonly container: string;
}

function partsOf(text: string): Parts | undefined {
  const bracket = /^\[([^\]]*)\]:(.*)$/.exec(text);
  const rest = bracket ? (bracket[2] ?? '') : text;
  const fields = rest.split(':');
  const container = fields.at(-1) ?? '';
  if (bracket) {
    if (fields.length > 2) return undefined;
    return { address: bracket[1] ?? '', container, ...(fields.length === 2 ? { host: fields[0] ?? '' } : {}) };
  }
  if (fields.length === 1) return { container };
  if (fields.length === 2) return fields[0] === '' ? undefined : { host: fields[0] ?? '', container };
  // An IPv6 address without brackets, as Docker accepts it: everything before the last two fields.
  return { address: fields.slice(0, -2).join(':'), host: fields.at(-2) ?? '', container };
}

function parseRange(text: string): PortRange | { readonly rule: PortRule } {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return { rule: 'port-syntax' };
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first < 1 || first > 65_535 || last < 1 || last > 65_535) return { rule: 'port-number' };
  return last < first ? { rule: 'port-range-backwards' } : { first, last };
}

function lengthOf(range: PortRange): number {
  return range.last - range.first + 1;
}

/** The text Docker's command line takes: `127.0.0.1:8080:80/udp`; `/tcp` is left out. */
export function formatPortSpec(spec: PortSpec): string {
  const range = (value: PortRange): string =>
    value.first === value.last ? `${value.first}` : `${value.first}-${value.last}`;
  const protocol = spec.protocol === 'tcp' ? '' : `/${spec.protocol}`;
  const host = spec.hostPorts ? range(spec.hostPorts) : '';
  const address = spec.hostIp?.includes(':') ? `[${spec.hostIp}]` : spec.hostIp;
  if (address !== undefined) return `${address}:${host}:${range(spec.ports)}${protocol}`;
  return host === '' ? `${range(spec.ports)}${protocol}` : `${host}:${range(spec.ports)}${protocol}`;
}

export interface PortBinding {
  readonly port: number;
  readonly protocol: Protocol;
  readonly hostIp: string;
  /** As the Engine API takes it: `''` (the engine chooses), `8080` or `8000-8010`. */
  readonly hostPort: string;
}

/** One binding for each container port. */
export function bindingsOf(spec: PortSpec): readonly PortBinding[] {
  const { ports, hostPorts, protocol, hostIp = '' } = spec;
  return Array.from({ length: lengthOf(ports) }, (_, index) => {
    const port = ports.first + index;
    if (!hostPorts) return { port, protocol, hostIp, hostPort: '' };
    if (lengthOf(hostPorts) === lengthOf(ports))
      return { port, protocol, hostIp, hostPort: `${hostPorts.first + index}` };
    return { port, protocol, hostIp, hostPort: `${hostPorts.first}-${hostPorts.last}` };
  });
}
