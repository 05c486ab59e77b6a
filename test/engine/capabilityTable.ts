/** What each engine can and cannot do or tell. Y and - in the order of `columns`; beside them the evidence of every no. */
import type { EngineName } from '#harness/engines';

const columns: readonly EngineName[] = [
  'docker-20.10',
  'docker-26',
  'docker-28',
  'podman-4.3',
  'podman-5.4',
  'podman-5.8',
  'podman-6.1',
];

const rows = `
network mode in the list                          | Y Y Y - - - Y | Podman up to 5.8: no HostConfig in /containers/json
network mode names the network                    | Y Y Y - - - - | Podman: NetworkMode \`bridge\` for any bridge
static address is told                            | Y Y Y - - - - | Podman: IPAMConfig null, even in inspect
aliases in the list                               | - - - Y Y Y Y | Docker: Aliases null until inspect
DNS names apart from aliases                      | - Y Y - - - - | Docker 20.10: no DNSNames; Podman: absent or null
hostname answers                                  | Y Y Y - Y Y Y | Podman 4.3: no hostname among the aliases
network id in the list                            | Y Y Y - Y Y Y | Podman 4.3: NetworkID is the name
host and none are networks                        | Y Y Y - - - - | Podman: neither in /networks
network options are kept                          | Y Y Y - - - - | Podman: Options empty
address range is kept                             | Y Y Y - - - - | Podman: no IPRange
gateway listed where none was asked               | - - - Y Y Y Y | Docker: no Gateway in IPAM.Config
members in the network list                       | - - - Y Y Y Y | Docker: Containers {} in the list
both families of a published port                 | Y Y Y - - - - | Podman: one entry a port
every port of a range in the list                 | Y Y Y - - Y Y | Podman 4.3, 5.4: the first only
exposed ports in the list                         | Y Y Y - - Y Y | Podman 4.3, 5.4: published ones only
ports of a stopped container in the list          | - - - Y Y Y Y | Docker: Ports [] when stopped
a sharer repeats its owner’s address              | - - - Y Y Y Y | Docker: Networks {} of a sharer
gateway priority                                  | - - Y - - - - | GwPriority: API 1.48; Podman keeps 0
links                                             | Y Y Y - - - - | Podman: the creation is refused
two networks of one name                          | Y - - - - - - | Docker 26, 28, Podman: 409
a network with a stopped container can be removed | Y Y Y - - - - | Podman: 409, network is being used
network events                                    | Y Y Y - Y Y Y | Podman 4.3: containers only
a connect event names the network                 | Y Y Y - Y Y Y | Podman 4.3: the container only
start tells of the endpoint                       | Y Y Y - - - - | Podman: no connect at start
connecting a stopped container is told            | - - - Y Y Y Y | Docker: no event
`;

export interface Capability {
  readonly feature: string;
  readonly evidence: string;
  can(engine: EngineName): boolean;
}

export const capabilityTable: readonly Capability[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [feature = '', marks = '', evidence = ''] = row.split('|').map((part) => part.trim());
    const cells = marks.split(' ');
    return { feature, evidence, can: (engine) => cells[columns.indexOf(engine)] === 'Y' };
  });

/** The table as text, for the end of a run. */
export const capabilityText = (): string => `columns: ${columns.join(', ')}${rows}`;
