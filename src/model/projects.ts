/** Compose projects: what belongs to which, by the labels Compose sets. */
import type { Container, Network } from '#model/snapshot';

/** Docker Compose's label, and the one podman-compose sets. */
const projectLabels = ['com.docker.compose.project', 'io.podman.compose.project'] as const;
const networkLabel = 'com.docker.compose.network';

/** The project a network was made for; undefined for one made by hand, and in lists that leave labels out. */
export function projectOfNetwork(network: Network): string | undefined {
  return projectLabels.map((label) => network.labels[label]).find((value) => value !== undefined && value !== '');
}

/** The network's key in the Compose file (`default`, `backend`), where Compose told it. */
export function composeNetworkKey(network: Network): string | undefined {
  return network.labels[networkLabel];
}

/** Projects with members on a network: more than one makes it shared. */
export function projectsOn(members: readonly Container[]): readonly string[] {
  return [...new Set(members.flatMap((member) => (member.compose ? [member.compose.project] : [])))].sort();
}

export interface ProjectGroup {
  /** Undefined for what belongs to no project. */
  readonly project: string | undefined;
  readonly networks: readonly Network[];
}

/** Networks by project, projects by name, those without last. Built-in networks belong to none. */
export function groupByProject(networks: readonly Network[]): readonly ProjectGroup[] {
  const groups = new Map<string, Network[]>();
  const rest: Network[] = [];
  for (const network of networks) {
    const project = network.builtIn ? undefined : projectOfNetwork(network);
    if (project === undefined) rest.push(network);
    else groups.set(project, [...(groups.get(project) ?? []), network]);
  }
  const named = [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    ...named.map(([project, members]) => ({ project, networks: members })),
    ...(rest.length > 0 ? [{ project: undefined, networks: rest }] : []),
  ];
}
