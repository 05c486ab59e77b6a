/** Rows of the Ports view as plain values: every published port of the engine, of containers and of swarm services. */
import { allPortRows, type PortRow } from '#model/ports';
import { relationsOf } from '#model/relations';
import type { Protocol, Snapshot } from '#model/snapshot';
import type { Target } from '#views/target';
import { portKey } from '#views/tree/nodeBook';
import { pathOf } from '#views/tree/nodes';

interface Base {
  readonly id: string;
  readonly engine: string;
  readonly hostPort: number;
  readonly target: Target;
}

export type PortNode =
  | (Base & { readonly kind: 'port'; readonly row: PortRow })
  | (Base & {
      readonly kind: 'service';
      readonly service: string;
      readonly port: number;
      readonly protocol: Protocol;
      readonly mode: 'ingress' | 'host';
    });

/** Sorted by host port; what gets its port at start only comes last. */
export function portNodes(engine: string, snapshot: Snapshot): readonly PortNode[] {
  const ofContainers = allPortRows(snapshot.containers, relationsOf(snapshot)).map(
    (row): PortNode => ({
      kind: 'port',
      id: pathOf(engine, row.containerId, portKey(row)),
      engine,
      hostPort: row.hostPort,
      row,
      target: {
        kind: 'port',
        engine,
        container: row.containerId,
        hostIp: row.hostIps[0] ?? '',
        hostPort: row.hostPort,
        port: row.port,
        protocol: row.protocol,
      },
    }),
  );
  return [...ofContainers, ...ofServices(engine, snapshot)].sort(
    (left, right) => sortable(left.hostPort) - sortable(right.hostPort),
  );
}

/** `host` mode ports are listed by the task's container already, so only the routing mesh's are added. */
function ofServices(engine: string, snapshot: Snapshot): readonly PortNode[] {
  return (snapshot.services ?? []).flatMap((service) =>
    service.published
      .filter(({ mode }) => mode === 'ingress')
      .map(
        ({ hostPort, port, protocol, mode }): PortNode => ({
          kind: 'service',
          id: pathOf(engine, `service:${service.id}`, `${hostPort}/${protocol}`),
          engine,
          hostPort,
          service: service.id,
          port,
          protocol,
          mode,
          target: { kind: 'service', engine, service: service.id },
        }),
      ),
  );
}

function sortable(hostPort: number): number {
  return hostPort === 0 ? 65_536 : hostPort;
}
