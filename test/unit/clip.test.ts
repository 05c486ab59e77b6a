import { describe, expect, it } from 'vitest';
import type { Shape } from '#model/topology/drawing';
import { ShapeIndex } from '#webview/bounds';
import { clipped } from '#webview/clip';

const box = { x: 0, y: 0, width: 100, height: 100 };

describe('long lines', () => {
  it('are cut to what is seen', () => {
    expect(clipped('M-5000 50L5000 50', box)).toBe('M0 50L100 50');
    expect(clipped('M50 -9000V9000', box)).toBe('M50 0L50 100');
  });

  it('keep their corners in the box, and leave out what is elsewhere', () => {
    expect(clipped('M-5000 50L46 50Q50 50 50 54L50 900L7000 900', box)).toBe('M0 50L46 50Q50 50 50 54L50 100');
    expect(clipped('M-5000 500L5000 500', box)).toBe('');
  });

  it('begin anew where they come back into the box', () => {
    expect(clipped('M50 50H500V80H50', box)).toBe('M50 50L100 50M100 80L50 80');
  });

  it('are left alone where they are areas', () => {
    const area = 'M0 0L5000 0L5000 5000Z';
    expect(clipped(area, box)).toBe(area);
  });

  it('are found and cut around the view, and stay the same object while it moves a little', () => {
    const line: Shape = { kind: 'path', key: 'line', role: 'strand', d: 'M0 50L30000 50', levels: ['near'] };
    const index = new ShapeIndex([line]);
    const [seen] = index.within({ x: 10_000, y: 0, width: 100, height: 100 });
    expect(seen).toMatchObject({ key: 'line', d: 'M9950 50L10150 50' });
    expect(index.within({ x: 10_020, y: 0, width: 100, height: 100 })[0]).toBe(seen);
    expect(index.within({ x: 10_000, y: 300, width: 100, height: 100 })).toEqual([]);
  });
});
