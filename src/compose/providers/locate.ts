/** From a place in a Compose file to what it stands for on the engine, and back. */
import type { ComposeProject, ComposeService } from '#compose/types';
import type { Container, Network, Snapshot } from '#model/snapshot';

/** Containers of a service, running ones first. */
export function containersOf(
  project: ComposeProject,
  service: ComposeService,
  snapshot: Snapshot,
): readonly Container[] {
  return snapshot.containers
    .filter(({ compose }) => compose?.project === project.name && compose.service === service.name)
    .sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
}

export function networkOf(project: ComposeProject, key: string, snapshot: Snapshot): Network | undefined {
  const network = project.networks.find((one) => one.key === key);
  return (
    snapshot.networks.find(({ name }) => name === network?.name) ??
    snapshot.networks.find(
      ({ labels }) =>
        labels['com.docker.compose.project'] === project.name && labels['com.docker.compose.network'] === key,
    )
  );
}

export type ComposePlace =
  | { readonly kind: 'service'; readonly service: ComposeService }
  | { readonly kind: 'network'; readonly key: string };

/** What the cursor is in: a service, a network a service names, or a top-level network. */
export function placeAt(project: ComposeProject, file: string, offset: number): ComposePlace | undefined {
  const within = (span: { readonly file: string; readonly start: number; readonly end: number }): boolean =>
    span.file === file && span.start <= offset && offset <= span.end;
  for (const network of project.networks)
    if (network.declared && (within(network.at) || (network.body.start >= network.at.end && within(network.body))))
      return { kind: 'network', key: network.key };
  for (const service of project.services) {
    const named = service.networks.find(({ at }) => at !== service.at && within(at));
    if (named) return { kind: 'network', key: named.network };
  }
  const service = project.services.find(({ at, body }) => within(at) || within(body));
  return service && { kind: 'service', service };
}

/** The service a name stands for: its own name, its container's, or an alias. */
export function serviceNamed(project: ComposeProject, name: string): ComposeService | undefined {
  const wish = name.toLowerCase();
  return (
    project.services.find((service) => service.name.toLowerCase() === wish) ??
    project.services.find(
      (service) =>
        service.containerName?.toLowerCase() === wish ||
        service.networks.some(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === wish)),
    )
  );
}
