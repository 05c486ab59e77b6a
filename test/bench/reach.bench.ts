/** How fast reachability answers: one pair among 1,000 containers, and the whole matrix of 200. */
import { median, type Print } from '#bench/figure';
import { reach } from '#model/reachability';
import { reachMatrix } from '#model/reachMatrix';
import type { Container, Network, Snapshot } from '#model/snapshot';

export const name = 'reachability';

const network = (index: number): Network => ({
  id: `n${index}`,
  name: `net${index}`,
  driver: 'bridge',
  scope: 'local',
  internal: index % 7 === 6,
  attachable: false,
  ingress: false,
  ipv6: false,
  ipam: [{ subnet: `10.${index}.0.0/16`, gateway: `10.${index}.0.1` }],
  builtIn: false,
  resolvesNames: true,
  interContainer: index % 11 !== 10,
  options: {},
  labels: {},
  created: '',
});

const container = (index: number, networks: number): Container => {
  const on = index % networks;
  const endpoint = (number: number) => ({
    networkId: `n${number}`,
    network: `net${number}`,
    ipv4: `10.${number}.${Math.floor(index / 250)}.${(index % 250) + 2}`,
    staticIp: false,
    aliases: [`alias${index}`],
    dnsNames: [`c${index}`, `alias${index}`],
  });
  return {
    id: index.toString(16).padStart(64, 'a'),
    name: `c${index}`,
    image: 'tiny:1',
    state: index % 17 === 16 ? 'exited' : 'running',
    mode: 'networks',
    endpoints: index % 5 === 4 ? [endpoint(on), endpoint((on + 1) % networks)] : [endpoint(on)],
    published:
      index % 3 === 0
        ? [{ hostIp: index % 2 === 0 ? '0.0.0.0' : '127.0.0.1', hostPort: 9000 + index, port: 80, protocol: 'tcp' }]
        : [],
    labels: {},
    complete: true,
  };
};

/** A made-up engine: `size` containers on `networks` bridges, with stopped, published and double-homed ones among them. */
export function manyContainers(size: number, networks = 20): Snapshot {
  return {
    engine: {
      name: 'bench',
      endpoint: 'unix:///bench.sock',
      kind: 'docker',
      version: '28.0.0',
      apiVersion: '1.48',
      where: 'this-host',
    },
    takenAt: 0,
    complete: true,
    networks: Array.from({ length: networks }, (_, index) => network(index)),
    containers: Array.from({ length: size }, (_, index) => container(index, networks)),
    host: { addresses: [{ name: 'eth0', address: '192.0.2.10', prefix: 24 }], routes: [] },
  };
}

/** Milliseconds of several runs, each on a snapshot of its own: nothing is cached from the run before. */
function timed(make: () => Snapshot, act: (snapshot: Snapshot) => void): readonly number[] {
  return Array.from({ length: 9 }, () => {
    const snapshot = make();
    const start = performance.now();
    act(snapshot);
    return performance.now() - start;
  });
}

export async function run(print: Print): Promise<void> {
  const tell = (what: string, of: string, milliseconds: number, goal: number): void =>
    print({
      what,
      of,
      value: milliseconds.toFixed(2),
      unit: 'ms',
      goal: `under ${goal} ms`,
      met: milliseconds < goal,
    });
  const pair = (snapshot: Snapshot): void =>
    void reach(snapshot, { from: { container: 'c1' }, to: { container: 'c901' }, port: 80 });
  const matrix = (snapshot: Snapshot): void => void reachMatrix(snapshot);
  tell('one pair, snapshot never asked before', '1,000 containers', median(timed(() => manyContainers(1000), pair)), 5);
  const asked = manyContainers(1000);
  pair(asked);
  tell('one pair, asked again', '1,000 containers', median(timed(() => asked, pair)), 5);
  tell('whole matrix', '200 containers on 20 networks', median(timed(() => manyContainers(200), matrix)), 100);
  const apart = median(timed(() => manyContainers(200, 200), matrix));
  print({
    what: 'whole matrix, no two containers alike',
    of: '200 containers on 200 networks',
    value: apart.toFixed(1),
    unit: 'ms',
  });
}
