/** Where the engine runs, remedies, names and the matrix: what no single engine here can show. */
import { describe, expect, test } from 'vitest';
import type { Party } from '#model/reach';
import { reach } from '#model/reachability';
import { reachMatrix } from '#model/reachMatrix';
import type { EngineWhere, Snapshot } from '#model/snapshot';
import { truthOf, truthSnapshot } from './truthLab.ts';

const truths = truthOf('docker-28');
const base = truthSnapshot('docker-28', truths);
const at = (where: EngineWhere): Snapshot => ({ ...base, engine: { ...base.engine, where } });
const c = (name: string): Party => ({ container: `eng-${name}` });
const host: Party = { host: true };
const outside: Party = { outside: true };
const rulesOf = (snapshot: Snapshot, from: Party, to: Party, port?: number): string[] => {
  const answer = reach(snapshot, { from, to, ...(port === undefined ? {} : { port }) });
  return [
    answer.answer,
    ...answer.blockedBy.map(({ rule }) => rule),
    ...(answer.dependsOn ?? []).map(({ rule }) => rule),
  ];
};

describe('where the engine runs', () => {
  test.each([
    ['this-host', 'yes'],
    ['vm', 'depends'],
    ['rootless', 'yes'],
    ['remote', 'depends'],
    ['unknown', 'depends'],
  ] as const)('%s: a published port from the host is %s', (where, answer) => {
    expect(reach(at(where), { from: host, to: c('a1'), port: 80 }).answer).toBe(answer);
  });

  test.each([
    ['vm', 'no', 'vm-address'],
    ['rootless', 'no', 'rootless-address'],
    ['remote', 'no', 'remote-address'],
    ['unknown', 'depends', 'where-unknown'],
  ] as const)('%s: an unpublished container from the host is %s because of %s', (where, answer, rule) => {
    const said = rulesOf(at(where), host, c('a2'));
    expect(said[0]).toBe(answer);
    expect(said).toContain(rule);
  });

  test('between containers it does not matter', () => {
    for (const where of ['vm', 'rootless', 'remote', 'unknown'] as const)
      expect(reach(at(where), { from: c('a1'), to: c('a2') }).answer).toBe('yes');
  });
});

describe('remedies can be carried out', () => {
  const remedyOf = (from: Party, to: Party, port?: number) =>
    reach(base, { from, to, ...(port === undefined ? {} : { port }) }).blockedBy.map(({ remedy }) => remedy);

  test('two networks: connect the source to the network of the target', () => {
    expect(remedyOf(c('b1'), c('a2'))).toContainEqual({
      rule: 'connect-source',
      command: 'connectContainer',
      args: { container: 'eng-b1', network: 'a' },
    });
  });

  test('nothing published: publish the port', () => {
    expect(remedyOf(outside, c('a2'), 5432)).toContainEqual({
      rule: 'publish',
      command: 'publishPort',
      args: { container: 'eng-a2', port: '5432' },
    });
  });

  test('published on 127.0.0.1: publish it wider', () => {
    expect(remedyOf(outside, c('lo1'))).toContainEqual({
      rule: 'publish-wider',
      command: 'publishPort',
      args: { container: 'eng-lo1', port: '80', hostIp: '0.0.0.0' },
    });
  });

  test('stopped: start it', () => {
    expect(remedyOf(c('a1'), c('st1'))).toEqual([
      { rule: 'start', command: 'startContainer', args: { container: 'eng-st1' } },
    ]);
  });

  test('names on the default bridge: create a network', () => {
    expect(remedyOf(c('d2'), c('d1'))).toContainEqual({
      rule: 'create-network',
      command: 'createNetwork',
      args: { container: 'eng-d2', other: 'eng-d1' },
    });
  });
});

describe('answers', () => {
  test('an unknown container is said to be unknown', () => {
    expect(rulesOf(base, c('nobody'), c('a1'))).toEqual(['no', 'not-found']);
  });

  test('a short id will do', () => {
    expect(reach(base, { from: c('a2'), to: { container: base.containers[0]?.id ?? '' } }).answer).toBe('yes');
  });

  test('a name that two containers answer to is not offered', () => {
    const aliases = (name: string) => ({ ...base.containers.find((one) => one.name === name)! });
    const twin = (name: string) => {
      const one = aliases(name);
      return { ...one, endpoints: one.endpoints.map((endpoint) => ({ ...endpoint, aliases: ['both'] })) };
    };
    const snapshot = {
      ...base,
      containers: base.containers.map((one) => (one.name === 'eng-a1' || one.name === 'eng-l2' ? twin(one.name) : one)),
    };
    const names = reach(snapshot, { from: c('a2'), to: c('a1') }).routes.flatMap((route) => route.names);
    expect(names).toContain('eng-a1');
    expect(names).not.toContain('both');
  });

  test('a ring of shared networks ends', () => {
    const snapshot = {
      ...base,
      containers: [
        { ...base.containers[0]!, id: 'r1', name: 'r1', mode: 'container' as const, sharesWith: 'r2', endpoints: [] },
        { ...base.containers[0]!, id: 'r2', name: 'r2', mode: 'container' as const, sharesWith: 'r1', endpoints: [] },
      ],
    };
    expect(reach(snapshot, { from: { container: 'r1' }, to: { container: 'r2' } }).answer).toBe('no');
  });

  test('a published host port asked of the host is its container’s', () => {
    const answer = reach(base, { from: outside, to: host, port: 21_280 });
    expect(answer.routes.map(({ via }) => via.kind)).toContain('published');
  });
});

test('the matrix says what reach says, cell by cell', () => {
  for (const snapshot of [base, at('unknown'), truthSnapshot('podman-5.4', truthOf('podman-5.4'))]) {
    const matrix = reachMatrix(snapshot);
    for (const [row, from] of snapshot.containers.entries())
      for (const [column, to] of snapshot.containers.entries())
        expect([from.name, to.name, matrix.cell(row, column).verdict]).toEqual([
          from.name,
          to.name,
          reach(snapshot, { from: { container: from.id }, to: { container: to.id } }).answer,
        ]);
    expect(reachMatrix(snapshot)).toBe(matrix);
  }
});
