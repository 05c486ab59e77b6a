import { describe, expect, it } from 'vitest';
import type { PublishedPort, Service } from '#model/snapshot';
import { portNodes } from '#views/ports/rows';
import { engines } from '../engine/recorded.ts';
import { container, network } from '../live/fakeEngine.ts';
import { snapshotOf, snapshotWith } from '../model/recordedSnapshot.ts';

const port = (hostPort: number): PublishedPort => ({ hostIp: '0.0.0.0', hostPort, port: 80, protocol: 'tcp' });

describe('the Ports view', () => {
  it('is sorted by host port, with those given at start only last', () => {
    const containers = [
      container('1', '1', { published: [port(9000), port(0)] }),
      container('2', '2', { published: [port(80)] }),
    ];
    const nodes = portNodes('e', snapshotWith([network('n1')], containers));
    expect(nodes.map(({ hostPort }) => hostPort)).toEqual([80, 9000, 0]);
  });

  it('has the ports of the routing mesh, but not those a task’s container lists itself', () => {
    const service: Service = {
      id: 's',
      name: 's',
      networks: [],
      published: [
        { hostPort: 8080, port: 80, protocol: 'tcp', mode: 'ingress' },
        { hostPort: 8081, port: 80, protocol: 'tcp', mode: 'host' },
      ],
      tasks: [],
    };
    const nodes = portNodes('e', { ...snapshotWith([], []), services: [service] });
    expect(nodes).toMatchObject([{ kind: 'service', hostPort: 8080, target: { kind: 'service', service: 's' } }]);
  });

  it.each(engines)('gives every row of %s an id of its own', (engine) => {
    const ids = portNodes('e', snapshotOf(engine)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
