import { readFileSync } from 'node:fs';

/** The recorded answers of Docker 28 are the templates: every field a real engine sends is there, and as long. */
const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/engine-answers/docker-28/${name}.json`, import.meta.url), 'utf8'));

interface ListedContainer {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, object>> };
}

const template = {
  version: JSON.stringify(recorded('version')),
  listed: (recorded('containers') as ListedContainer[]).find(({ Names }) => Names[0] === '/back1')!,
  inspected: recorded('ctr_back1') as {
    readonly NetworkSettings: { readonly Networks: Readonly<Record<string, object>> };
  },
  network: (recorded('networks') as { readonly Name: string }[]).find(({ Name }) => Name === 'back')!,
};

const CONTAINERS_PER_NETWORK = 25;
const id = (kind: string, index: number): string => kind.repeat(56) + index.toString(16).padStart(8, '0');

/** As many networks and containers as asked for; the same number always makes the same answers. */
export class RecordedAnswers {
  readonly version = template.version;
  readonly info = JSON.stringify({
    Name: 'recorded',
    OperatingSystem: 'Debian',
    Swarm: { LocalNodeState: 'inactive' },
  });
  readonly networks: string;
  readonly #listed = new Map<string, object>();
  readonly #count: number;
  /** How often a container was changed: its names follow. */
  readonly #turn = new Map<number, number>();
  #containers: string | undefined;

  constructor(count: number) {
    this.#count = count;
    const networks = Math.max(3, Math.ceil(count / CONTAINERS_PER_NETWORK));
    this.networks = JSON.stringify(Array.from({ length: networks }, (_, index) => this.#network(index)));
    for (let index = 0; index < count; index += 1) this.#listed.set(containerId(index), this.#list(index));
  }

  get containers(): string {
    this.#containers ??= JSON.stringify([...this.#listed.values()]);
    return this.#containers;
  }

  /** Renames a container; gives the event line of the engine. */
  change(index: number): string {
    const turn = (this.#turn.get(index) ?? 0) + 1;
    this.#turn.set(index, turn);
    this.#listed.set(containerId(index), this.#list(index));
    this.#containers = undefined;
    const attributes = { image: 'tiny:1', name: this.#name(index) };
    const actor = { ID: containerId(index), Attributes: attributes };
    const time = Date.now();
    return `${JSON.stringify({ Type: 'container', Action: 'rename', Actor: actor, scope: 'local', time: Math.floor(time / 1000), timeNano: time * 1e6 })}\n`;
  }

  inspect(container: string): string | undefined {
    const index = Number.parseInt(container.slice(-8), 16);
    if (!this.#listed.has(container)) return undefined;
    return JSON.stringify({
      ...template.inspected,
      Id: container,
      Name: `/${this.#name(index)}`,
      NetworkSettings: {
        ...template.inspected.NetworkSettings,
        Ports: {
          '80/tcp': this.#ports(index)?.map(({ IP, PublicPort }) => ({ HostIp: IP, HostPort: `${PublicPort}` })),
        },
        Networks: this.#endpoints(index, [this.#name(index), container.slice(0, 12)]),
      },
    });
  }

  #list(index: number): object {
    return {
      ...template.listed,
      Id: containerId(index),
      Names: [`/${this.#name(index)}`],
      Labels: { 'com.docker.compose.project': `project${index % 20}`, 'com.docker.compose.service': `service${index}` },
      Ports: this.#ports(index) ?? [],
      NetworkSettings: { Networks: this.#endpoints(index, null) },
    };
  }

  #name(index: number): string {
    const turn = this.#turn.get(index) ?? 0;
    return `container-${index.toString().padStart(5, '0')}${turn > 0 ? `-${turn}` : ''}`;
  }

  #ports(index: number) {
    if (index % 4 > 0) return undefined;
    const port = { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 20_000 + (index % 40_000), Type: 'tcp' };
    return [port, { ...port, IP: '::' }];
  }

  #endpoints(index: number, names: readonly string[] | null): Record<string, object> {
    const [, shape = {}] = Object.entries(template.inspected.NetworkSettings.Networks)[0] ?? [];
    const networks = Math.max(3, Math.ceil(this.#count / CONTAINERS_PER_NETWORK));
    // Every fifth is on two networks.
    const on = index % 5 === 0 ? [index % networks, (index + 1) % networks] : [index % networks];
    return Object.fromEntries(
      on.map((network, place) => [
        `network-${network}`,
        {
          ...shape,
          DNSNames: names,
          Aliases: names && [`service${index}`],
          NetworkID: id('b', network),
          EndpointID: id('e', index * 2 + place),
          Gateway: `10.${network >> 8}.${network & 255}.1`,
          IPAddress: `10.${network >> 8}.${network & 255}.${2 + (index % 250)}`,
          IPPrefixLen: 24,
          MacAddress: '02:42:0a:00:00:02',
        },
      ]),
    );
  }

  #network(index: number): object {
    const base = `10.${index >> 8}.${index & 255}`;
    const ipam = { Driver: 'default', Options: {}, Config: [{ Subnet: `${base}.0/24`, Gateway: `${base}.1` }] };
    return { ...template.network, Name: `network-${index}`, Id: id('b', index), IPAM: ipam };
  }
}

export const containerId = (index: number): string => id('c', index);
