/**
 * Swarm's routing mesh: a port published in mode `ingress` answers on every node and leads to any task of its service.
 * Documented (https://docs.docker.com/engine/swarm/ingress/), not probed: it needs the kernel's IPVS.
 */
import type { Facts, Stack } from '#model/reachFacts';
import { depends, type Judgement } from '#model/reachRules';
import type { Protocol, Service, Snapshot } from '#model/snapshot';

export interface MeshTry {
  readonly hostPort: number;
  readonly protocol: Protocol;
  readonly judgement: Judgement;
}

/** Services by the containers of their tasks: a table of all pairs asks for every one. */
const byTask = new WeakMap<Snapshot, ReadonlyMap<string, Service>>();

/** The service a container is a task of; undefined for plain containers. */
export function serviceOf({ snapshot }: Facts, containerId: string): Service | undefined {
  let known = byTask.get(snapshot);
  if (known === undefined) {
    known = new Map(
      (snapshot.services ?? []).flatMap((service) =>
        service.tasks.flatMap(({ container }) => (container === undefined ? [] : [[container, service] as const])),
      ),
    );
    byTask.set(snapshot, known);
  }
  return known.get(containerId);
}

/** The mesh's ports that may lead to this container; it depends, for the next connection gets the next task. */
export function meshTries(
  facts: Facts,
  to: Stack,
  wanted: { readonly port?: number | undefined; readonly protocol?: Protocol | undefined },
): readonly MeshTry[] {
  const service = to.owner && serviceOf(facts, to.owner.id);
  return (service?.published ?? [])
    .filter(
      ({ mode, hostPort, port, protocol }) =>
        mode === 'ingress' &&
        hostPort > 0 &&
        (wanted.port === undefined || wanted.port === port) &&
        (wanted.protocol === undefined || wanted.protocol === protocol),
    )
    .map(({ hostPort, port, protocol }) => ({
      hostPort,
      protocol,
      judgement: depends('routing-mesh', {
        service: service?.name ?? '',
        hostPort: String(hostPort),
        port: String(port),
        protocol,
      }),
    }));
}
