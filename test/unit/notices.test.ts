/** Whoever's work is in the package is named in THIRD-PARTY-NOTICES.md, which is in the package too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8');

/** What esbuild.mjs leaves out of the bundles. */
const external = ['vscode', 'ssh2', '@grpc/*', 'protobufjs', 'protobufjs/*', 'cpu-features'];

describe('third-party notices', () => {
  it('name every package in the bundles, and codicons', async () => {
    const { metafile } = await build({
      entryPoints: ['src/extension.ts', 'src/engine/client.ts', 'src/webview/topology.ts', 'src/webview/reach.ts'],
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      outdir: 'out',
      external,
      logLevel: 'silent',
    });
    const inside = new Set<string>();
    for (const file of Object.keys(metafile.inputs)) {
      const name = [...file.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].at(-1)?.[1];
      if (name) inside.add(name);
    }
    expect(inside.size).toBeGreaterThan(10);
    expect([...inside].filter((name) => !notices.includes(`| ${name} |`))).toEqual([]);
    expect(notices).toContain('codicons');
    expect(notices).toContain('Creative Commons Attribution 4.0');
  });

  it('are in the package', () => {
    expect(readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n')).toContain('!THIRD-PARTY-NOTICES.md');
  });
});
