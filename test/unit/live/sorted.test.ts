import { describe, expect, it } from 'vitest';
import { agrees, merged } from '#live/listed';
import { byName, patched } from '#live/sorted';
import { container } from './fakeEngine.ts';

/** A small generator with a seed, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('patched', () => {
  it.each([1, 2, 3, 4, 5])('equals sorting anew (seed %i)', (seed) => {
    const random = seeded(seed);
    const pick = (below: number) => Math.floor(random() * below);
    const current = new Map<string, { id: string; name: string }>();
    let sorted: readonly { id: string; name: string }[] = [];
    for (let round = 0; round < 300; round += 1) {
      const changed = new Map<string, { id: string; name: string } | undefined>();
      for (let index = pick(6); index >= 0; index -= 1) {
        const id = `id${pick(40)}`;
        if (!changed.has(id)) changed.set(id, current.get(id));
        if (random() < 0.3) current.delete(id);
        // Few names, so that equal names are common.
        else current.set(id, { id, name: `name${pick(10)}` });
      }
      sorted = patched(sorted, changed, current);
      expect(sorted).toEqual([...current.values()].sort(byName));
    }
  });
});

describe('a list over an inspected container', () => {
  const known = container('c', 'web', {
    published: [{ hostIp: '0.0.0.0', hostPort: 8080, port: 80, protocol: 'tcp' }],
    exposed: [{ port: 80, protocol: 'tcp' }],
    links: [],
  });
  const {
    exposed: _,
    links: __,
    ...listed
  } = {
    ...known,
    complete: false,
    endpoints: known.endpoints.map(({ aliases: ___, ...endpoint }) => endpoint),
  };

  it('agrees when it is only poorer', () => {
    expect(agrees(known, listed)).toBe(true);
  });

  it('disagrees when an address is another, and keeps what only inspect tells', () => {
    const moved = { ...listed, endpoints: [{ ...listed.endpoints[0]!, ipv4: '10.0.0.9' }] };
    expect(agrees(known, moved)).toBe(false);
    expect(merged(known, moved)).toMatchObject({
      complete: false,
      exposed: known.exposed,
      endpoints: [{ ipv4: '10.0.0.9', aliases: ['web-alias'] }],
    });
  });

  it('keeps a stopped container’s ports, which lists do not tell', () => {
    const stopped = { ...listed, state: 'exited' as const, published: [] };
    expect(merged(known, stopped).published).toEqual(known.published);
    expect(merged(known, { ...listed, published: [] }).published).toEqual([]);
  });
});
