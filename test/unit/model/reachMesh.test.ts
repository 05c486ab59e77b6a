/** Swarm's routing mesh, which no kernel here can show: what the model says of it is what Docker documents. */
import { describe, expect, it } from 'vitest';
import type { Party } from '#model/reach';
import { reach } from '#model/reachability';
import type { Service, Snapshot } from '#model/snapshot';
import { container, network } from '../live/fakeEngine.ts';
import { snapshotWith } from './recordedSnapshot.ts';

const on = (networkId: string, ipv4: string) => [{ networkId, network: networkId, ipv4, staticIp: false, aliases: [] }];
const shop: Service = {
  id: 's',
  name: 'shop',
  networks: [{ networkId: 'over', vip: '10.0.1.2' }],
  published: [
    { hostPort: 8080, port: 80, protocol: 'tcp', mode: 'ingress' },
    { hostPort: 8081, port: 81, protocol: 'tcp', mode: 'host' },
    { hostPort: 0, port: 82, protocol: 'tcp', mode: 'ingress' },
  ],
  tasks: [{ id: 't', name: 'shop.1.t', container: 'task', addresses: [] }],
};
const overlay = { driver: 'overlay', scope: 'swarm', attachable: true };
const snapshot: Snapshot = {
  ...snapshotWith(
    [network('over', 'over', overlay), network('n1'), network('shut', 'shut', { internal: true })],
    [
      container('task', 'shop.1.t', { endpoints: on('over', '10.0.1.3') }),
      container('plain', 'plain', { endpoints: on('n1', '10.0.0.2') }),
      container('shut', 'shut', { endpoints: on('shut', '10.0.2.2') }),
    ],
  ),
  services: [shop],
};
const ask = (from: Party, port?: number) =>
  reach(snapshot, { from, to: { container: 'task' }, ...(port === undefined ? {} : { port }) });

describe('the routing mesh', () => {
  it.each<[string, Party]>([
    ['the host', { host: true }],
    ['outside', { outside: true }],
    ['a container elsewhere', { container: 'plain' }],
  ])('may lead %s to a task, or to another of them', (_, from) => {
    const answer = ask(from, 80);
    expect(answer.answer).toBe('depends');
    expect(answer.dependsOn?.map(({ rule, args }) => `${rule} ${args.hostPort}`)).toContain('routing-mesh 8080');
    expect(answer.blockedBy.map(({ rule }) => rule)).not.toContain('not-published');
  });

  it('leads nobody to a port published on the task’s node only, or not yet given', () => {
    for (const port of [81, 82]) {
      const { dependsOn = [] } = ask({ outside: true }, port);
      expect(dependsOn.map(({ rule }) => rule)).not.toContain('routing-mesh');
    }
  });

  it('is not asked from inside an internal network', () => {
    expect(ask({ container: 'shut' }, 80).answer).toBe('no');
  });

  it('is no reason to publish a task by hand', () => {
    const { blockedBy } = ask({ outside: true }, 81);
    expect(blockedBy.length).toBeGreaterThan(0);
    expect(blockedBy.map(({ remedy }) => remedy?.rule)).not.toContain('publish');
  });
});
