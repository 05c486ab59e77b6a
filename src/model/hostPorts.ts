/** Host ports: who holds one, which are free. What processes outside the engine hold is not in a snapshot. */
import { sameAddress } from '#model/addresses';
import { bindingsOf, type PortSpec } from '#model/portSpec';
import type { Container, Protocol, Snapshot } from '#model/snapshot';

export interface PortHolder {
  readonly hostIp: string;
  readonly hostPort: number;
  /** A container's or, in the routing mesh, a service's name. */
  readonly name: string;
  readonly container?: Container;
  /** Whether it holds the port now; false: it will ask for it when started. */
  readonly now: boolean;
}

const wild = (hostIp: string): boolean => hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::';

/** Whether a listener on one address keeps another from the same port. `0.0.0.0` and `::` are families of their own. */
function clash(one: string, other: string): boolean {
  if (one === '' || other === '') return true;
  const six = (text: string): boolean => text.includes(':');
  if (six(one) !== six(other)) return false;
  return wild(one) || wild(other) || sameAddress(one, other);
}

/** Everyone who has, or when started asks for, the port on that host address (`''`: on any), those who have it first. */
export function portHolders(
  snapshot: Snapshot,
  hostPort: number,
  protocol: Protocol,
  hostIp = '',
): readonly PortHolder[] {
  const found: PortHolder[] = [];
  for (const container of snapshot.containers) {
    // A sharer repeats its owner's ports on Podman: the owner holds them.
    if (container.mode === 'container') continue;
    const now = container.state === 'running' || container.state === 'paused' || container.state === 'restarting';
    const port = container.published.find(
      (published) =>
        published.hostPort === hostPort && published.protocol === protocol && clash(published.hostIp, hostIp),
    );
    if (port) found.push({ hostIp: port.hostIp, hostPort, name: container.name, container, now });
  }
  for (const service of snapshot.services ?? [])
    if (service.published.some((port) => port.hostPort === hostPort && port.protocol === protocol))
      found.push({ hostIp: '', hostPort, name: service.name, now: true });
  return found.sort((left, right) => Number(right.now) - Number(left.now));
}

/** The next host ports from `from` upwards that nothing of this engine has or will ask for. */
export function freeHostPorts(
  snapshot: Snapshot,
  from: number,
  count: number,
  protocol: Protocol = 'tcp',
): readonly number[] {
  const found: number[] = [];
  for (let port = Math.max(1, from); port <= 65_535 && found.length < count; port++)
    if (portHolders(snapshot, port, protocol).length === 0) found.push(port);
  return found;
}

/** The first host port a published port would clash on now, with its holder; ranges the engine chooses from clash only when full. */
export function portClash(snapshot: Snapshot, spec: PortSpec, exceptContainer?: string): PortHolder | undefined {
  for (const binding of bindingsOf(spec)) {
    if (!/^\d+$/.test(binding.hostPort)) continue;
    const holder = portHolders(snapshot, Number(binding.hostPort), binding.protocol, binding.hostIp).find(
      (candidate) => candidate.now && candidate.container?.id !== exceptContainer,
    );
    if (holder) return holder;
  }
  return undefined;
}
