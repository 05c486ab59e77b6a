/** What the embedded DNS answers for a container on one of its networks, and what `--link` adds. */
import { isRunning, type Relations } from '#model/relations';
import type { Container, Endpoint, Network } from '#model/snapshot';

export type NameKind = 'name' | 'id' | 'alias' | 'hostname' | 'service';

export interface AnsweredName {
  readonly text: string;
  readonly kind: NameKind;
}

/** Why no name is answered: the network has no DNS, the default bridge answers links only, the container does not run. */
export type NoNames = 'default-bridge' | 'no-dns' | 'stopped' | 'gone';

export interface EndpointNames {
  readonly names: readonly AnsweredName[];
  readonly reason?: NoNames;
  /** False until the container was inspected: aliases and DNS names may be missing. */
  readonly complete: boolean;
}

/**
 * Names by which siblings on this network find the container, the container's own name first.
 * Docker 26 and later list them as DNSNames; 20.10 answers name, aliases (the short id among them) and nothing else.
 */
export function endpointNames(container: Container, endpoint: Endpoint, network: Network | undefined): EndpointNames {
  const complete = endpoint.aliases !== undefined;
  if (!network) return { names: [], reason: 'gone', complete };
  if (!network.resolvesNames)
    return { names: [], reason: network.driver === 'bridge' ? 'default-bridge' : 'no-dns', complete };
  const names = namesWhenRunning(container, endpoint);
  return isRunning(container) ? { names, complete } : { names, reason: 'stopped', complete };
}

function namesWhenRunning(container: Container, endpoint: Endpoint): readonly AnsweredName[] {
  const shortId = container.id.slice(0, 12);
  const found = new Map<string, NameKind>([[container.name, 'name']]);
  const aliases = endpoint.aliases ?? [];
  for (const text of aliases) if (!found.has(text)) found.set(text, kindOf(text, shortId, container));
  for (const text of endpoint.dnsNames ?? []) {
    if (found.has(text)) continue;
    const kind = kindOf(text, shortId, container);
    found.set(text, kind === 'alias' && text === container.hostname ? 'hostname' : kind);
  }
  return [...found].map(([text, kind]) => ({ text, kind })).sort((left, right) => rank[left.kind] - rank[right.kind]);
}

const rank: Readonly<Record<NameKind, number>> = { name: 0, service: 1, alias: 2, hostname: 3, id: 4 };

function kindOf(text: string, shortId: string, container: Container): NameKind {
  if (text === shortId) return 'id';
  return text === container.compose?.service ? 'service' : 'alias';
}

export interface LinkSeen {
  /** The other container; undefined when none of that name exists now. */
  readonly container: Container | undefined;
  readonly name: string;
  readonly alias: string;
}

/** Links a container has to others, and the others' links to it: `--link` reaches one way only. */
export function linksOf(
  container: Container,
  containers: readonly Container[],
  relations: Relations,
): { readonly to: readonly LinkSeen[]; readonly from: readonly LinkSeen[] } {
  const to = (container.links ?? []).map((link) => ({
    container: relations.containerByName.get(link.container),
    name: link.container,
    alias: link.alias,
  }));
  const from = containers.flatMap((other) =>
    (other.links ?? [])
      .filter((link) => link.container === container.name)
      .map((link) => ({ container: other, name: other.name, alias: link.alias })),
  );
  return { to, from };
}
