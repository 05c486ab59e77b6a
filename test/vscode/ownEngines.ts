/** Engines of a test's own, through the built client: nobody but the test asks them, and every request is counted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { RequestCounter } from '#bench/requestCounter';
import { extensionId } from '#contributions';
import { LiveEngines } from '#live/engines';
import { engineUrl } from './host.ts';

export interface OwnEngines {
  readonly engines: LiveEngines;
  /** Every request since the start, as its path without version and query. */
  requests(): readonly string[];
  dispose(): void;
}

export async function ownEngines(): Promise<OwnEngines> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-networks-own-'));
  const counter = await RequestCounter.start(join(folder, 'counted.sock'), engineUrl().replace('unix://', ''));
  const extension = vscode.extensions.getExtension(extensionId)?.extensionPath ?? '';
  const built: typeof import('#engine/client') = createRequire(import.meta.url)(join(extension, 'dist', 'client.cjs'));
  const memory = new Map<string, unknown>();
  const spec = { id: 'setting', label: 'counted', url: counter.url, source: 'setting' as const };
  const engines = new LiveEngines({
    discover: async () => [spec],
    connect: (asked) => built.createClient(asked),
    memory: { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
    setting: () => '',
    showAll: () => false,
  });
  await engines.discover();
  return {
    engines,
    requests: () => counter.between(0, Number.POSITIVE_INFINITY),
    dispose: () => {
      engines.dispose();
      counter.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
