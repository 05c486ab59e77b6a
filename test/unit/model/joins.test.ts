import { describe, expect, it } from 'vitest';
import { defaultGateway } from '#model/gateway';
import { endpointNames, linksOf } from '#model/names';
import { composeNetworkKey, groupByProject, projectsOn } from '#model/projects';
import { namespaceOwner, relationsOf } from '#model/relations';
import type { Container } from '#model/snapshot';
import { dockers } from '../engine/recorded.ts';
import { container, network } from '../live/fakeEngine.ts';
import { named, snapshotOf, snapshotWith } from './recordedSnapshot.ts';

const on = (id: string, more: object = {}) => ({
  networkId: id,
  network: id,
  ipv4: '10.0.0.2',
  gateway: '10.0.0.1',
  staticIp: false,
  ...more,
});

describe('the default gateway', () => {
  const networks = new Map(
    [
      network('a'),
      network('b'),
      network('inner', 'inner', { internal: true }),
      network('o', 'o', { driver: 'overlay' }),
    ].map((one) => [one.id, one]),
  );
  const choose = (endpoints: Container['endpoints'], kind: 'docker' | 'podman' = 'docker') => {
    const found = defaultGateway(container('c', 'c', { endpoints }), networks, { kind });
    return found && [found.endpoint.networkId, found.rule];
  };

  it('is the only network with a way out', () => {
    expect(choose([on('inner'), on('b')])).toEqual(['b', 'only']);
    expect(choose([on('o', { gateway: undefined }), on('b')])).toEqual(['b', 'only']);
  });

  it('is the first by name among equals, on Docker', () => {
    expect(choose([on('b'), on('a')])).toEqual(['a', 'name']);
    expect(choose([on('b'), on('a')], 'podman')).toBeUndefined();
  });

  it('is the one with the highest priority', () => {
    expect(choose([on('a'), on('b', { gatewayPriority: 5 })])).toEqual(['b', 'priority']);
    expect(choose([on('a', { gatewayPriority: -1 }), on('b')])).toEqual(['b', 'priority']);
  });

  it('is none with internal networks only', () => {
    expect(choose([on('inner')])).toBeUndefined();
  });

  it('is what the recorded container with a priority says', () => {
    const snapshot = snapshotOf('docker-28');
    const chosen = snapshot.containers.filter((one) => one.endpoints.some(({ gatewayPriority }) => gatewayPriority));
    expect(chosen.length).toBeGreaterThan(0);
    for (const one of chosen) {
      const found = defaultGateway(one, relationsOf(snapshot).networks, snapshot.engine);
      const highest = Math.max(...one.endpoints.map(({ gatewayPriority }) => gatewayPriority ?? 0));
      expect(found?.endpoint.gatewayPriority ?? 0).toBe(highest);
    }
  });
});

describe('names', () => {
  it.each(dockers)('on %s are the name, the short id and the aliases of a user-defined network', (engine) => {
    const snapshot = snapshotOf(engine);
    const { networks } = relationsOf(snapshot);
    const web = named(snapshot.containers, 'web');
    const endpoint = web.endpoints[0];
    if (!endpoint) throw new Error('web has no endpoint');
    const { names, reason } = endpointNames(web, endpoint, networks.get(endpoint.networkId));
    expect(reason).toBeUndefined();
    expect(names[0]).toEqual({ text: 'web', kind: 'name' });
    expect(names).toContainEqual({ text: web.id.slice(0, 12), kind: 'id' });
  });

  it.each(dockers)('on %s are none on the default bridge', (engine) => {
    const snapshot = snapshotOf(engine);
    const { networks } = relationsOf(snapshot);
    const legacy = named(snapshot.containers, 'legacy');
    const endpoint = legacy.endpoints[0];
    if (!endpoint) throw new Error('legacy has no endpoint');
    const answered = endpointNames(legacy, endpoint, networks.get(endpoint.networkId));
    expect(answered).toMatchObject({ names: [], reason: 'default-bridge' });
  });

  it.each(dockers)('on %s by link are told both ways', (engine) => {
    const snapshot = snapshotOf(engine);
    const relations = relationsOf(snapshot);
    const legacy = named(snapshot.containers, 'legacy');
    const [first] = linksOf(legacy, snapshot.containers, relations).to;
    expect(first?.container).toBeDefined();
    if (!first?.container) return;
    expect(linksOf(first.container, snapshot.containers, relations).from).toContainEqual({
      container: legacy,
      name: 'legacy',
      alias: first.alias,
    });
  });

  it('of a stopped container are told, and that nobody answers them', () => {
    const stopped = container('c1', 'c1', { state: 'exited' });
    const [endpoint] = stopped.endpoints;
    if (!endpoint) throw new Error('no endpoint');
    const answered = endpointNames(stopped, endpoint, network('n1'));
    expect(answered.reason).toBe('stopped');
    expect(answered.names.map(({ text }) => text)).toContain('c1');
  });
});

describe('namespaces', () => {
  it('belong to the owner, and to nobody when it is gone', () => {
    const owner = container('o', 'o');
    const sharer = container('s', 's', { mode: 'container', sharesWith: 'o', endpoints: [] });
    const orphan = container('x', 'x', { mode: 'container', sharesWith: 'gone', endpoints: [] });
    const circle = container('z', 'z', { mode: 'container', sharesWith: 'z', endpoints: [] });
    const relations = relationsOf(snapshotWith([], [owner, sharer, orphan, circle]));
    expect(namespaceOwner(relations, sharer)).toBe(owner);
    expect(namespaceOwner(relations, orphan)).toBeUndefined();
    expect(namespaceOwner(relations, circle)).toBeUndefined();
  });
});

describe('projects', () => {
  it('group networks by label, the rest last', () => {
    const label = (project: string) => ({
      labels: { 'com.docker.compose.project': project, 'com.docker.compose.network': 'default' },
    });
    const networks = [network('plain'), network('z_default', 'z', label('z')), network('a_default', 'a', label('a'))];
    expect(groupByProject(networks).map(({ project }) => project)).toEqual(['a', 'z', undefined]);
    expect(networks.map(composeNetworkKey)).toEqual([undefined, 'default', 'default']);
  });

  it('that share a network are each named once', () => {
    const of = (id: string, project: string) => container(id, id, { compose: { project, service: id } });
    expect(projectsOn([of('1', 'b'), of('2', 'a'), of('3', 'b'), container('4')])).toEqual(['a', 'b']);
  });
});
