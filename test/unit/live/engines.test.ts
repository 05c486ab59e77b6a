import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '#engine/errors';
import type { EndpointSpec } from '#engine/types';
import { LiveEngines } from '#live/engines';
import { FakeEngine, network } from './fakeEngine.ts';

const at = (id: string, source: EndpointSpec['source'] = 'socket', url = `unix:///${id}`): EndpointSpec => ({
  id,
  label: `label of ${id}`,
  url,
  source,
});

function start(...found: EndpointSpec[]) {
  const memory = new Map<string, unknown>();
  const fakes = new Map<string, FakeEngine>();
  const fake = (id: string): FakeEngine => {
    const known = fakes.get(id) ?? new FakeEngine();
    fakes.set(id, known);
    return known;
  };
  const settings = { showAll: false, setting: '', found };
  const make = () =>
    new LiveEngines({
      discover: async () => settings.found,
      connect: (spec) => fake(spec.id).connect(),
      memory: {
        get: (key) => memory.get(key),
        update: async (key, value) => {
          memory.set(key, value);
        },
      },
      setting: () => settings.setting,
      showAll: () => settings.showAll,
      linger: 0,
    });
  return { make, fake, settings };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('engines', () => {
  it('names each address once and asks nobody', async () => {
    const { make, fake } = start(at('a'), at('b', 'context', 'unix:///a'), at('c'));
    const engines = make();
    expect(engines.current).toBeUndefined();
    expect(() => engines.find()).toThrow(EngineError);
    await engines.discover();
    expect(engines.specs.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(engines.sessions).toEqual([engines.current]);
    expect(fake('a').connections).toBe(0);
    expect(engines.find('label of c').spec.id).toBe('c');
    expect(() => engines.find('nobody')).toThrow(EngineError);
    engines.dispose();
  });

  it('remembers the choice across windows, until the setting says otherwise', async () => {
    const { make, settings } = start(at('a'), at('b'));
    const engines = make();
    await engines.discover();
    const changed = vi.fn();
    engines.onDidChange(changed);
    await engines.choose('b');
    expect(changed).toHaveBeenCalledTimes(1);
    expect(engines.current?.spec.id).toBe('b');
    engines.dispose();
    const next = make();
    await next.discover();
    expect(next.current?.spec.id).toBe('b');
    settings.setting = 'unix:///set';
    settings.found = [at('set', 'setting'), at('a'), at('b')];
    await next.discover();
    expect(next.current?.spec.id).toBe('set');
    await next.choose('a');
    expect(next.current?.spec.id).toBe('a');
    await expect(next.choose('nobody')).rejects.toThrow(EngineError);
    next.dispose();
  });

  it('keeps a session whose endpoint stays, and ends one whose endpoint goes', async () => {
    const { make, fake, settings } = start(at('a'), at('b'));
    const engines = make();
    await engines.discover();
    const kept = engines.find('a');
    engines.find('b').need();
    await vi.advanceTimersByTimeAsync(100);
    expect(fake('b').openStreams).toBe(1);
    settings.found = [at('a')];
    await engines.discover();
    expect(engines.find('a')).toBe(kept);
    expect(fake('b').openStreams).toBe(0);
    engines.dispose();
  });

  it('side by side, hides what never answered, not what answered once', async () => {
    const { make, fake, settings } = start(at('a'), at('b'), at('c'));
    settings.showAll = true;
    fake('b').networks.set('n', network('n'));
    fake('c').down = new EngineError('refused', 'no');
    const engines = make();
    await engines.discover();
    for (const session of engines.sessions) session.need();
    await vi.advanceTimersByTimeAsync(100);
    expect(engines.sessions.map(({ spec }) => spec.id)).toEqual(['a', 'b']);
    expect(engines.find('fake')).toBeDefined();
    fake('b').die();
    await vi.advanceTimersByTimeAsync(100);
    expect(engines.sessions.map(({ spec }) => spec.id)).toEqual(['a', 'b']);
    engines.dispose();
  });
});
