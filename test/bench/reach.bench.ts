/** How fast reachability answers: one pair among 1,000 containers, and the whole matrix of 200. */
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

/** Median of several cold runs (a fresh snapshot each), in milliseconds. */
function median(make: () => Snapshot, act: (snapshot: Snapshot) => void): number {
  const times = Array.from({ length: 9 }, () => {
    const snapshot = make();
    const start = performance.now();
    act(snapshot);
    return performance.now() - start;
  }).sort((left, right) => left - right);
  return times[4] ?? 0;
}

export async function run(print: (line: string) => void): Promise<void> {
  const pair = (snapshot: Snapshot) =>
    void reach(snapshot, { from: { container: 'c1' }, to: { container: 'c901' }, port: 80 });
  const cold = median(() => manyContainers(1000), pair);
  const snapshot = manyContainers(1000);
  pair(snapshot);
  const warm = median(() => snapshot, pair);
  const matrix = median(
    () => manyContainers(200),
    (made) => void reachMatrix(made),
  );
  const apart = median(
    () => manyContainers(200, 200),
    (made) => void reachMatrix(made),
  );
  print(`one pair among 1,000 containers: ${cold.toFixed(2)} ms cold, ${warm.toFixed(3)} ms warm (goal: under 5 ms)`);
  print(
    `matrix of 200 on 20 networks: ${matrix.toFixed(1)} ms (goal: under 100 ms); on 200 networks: ${apart.toFixed(1)} ms`,
  );
}
