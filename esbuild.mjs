// Builds the host bundle (Node, CommonJS) and the webview bundles (browser) into dist/, and the Korean strings.
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  legalComments: 'none',
  logLevel: 'warning',
};

// dockerode drags in ssh2, gRPC and protobuf, which this extension never uses: SSH is the system's OpenSSH.
const unused = {
  name: 'unused',
  setup(builder) {
    builder.onResolve(
      { filter: /^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs(\/.*)?|cpu-features)$/ },
      (found) => ({ path: found.path, namespace: 'unused' }),
    );
    builder.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

// The engine client loads dockerode, so it is a bundle of its own, loaded when an engine is first asked.
const lazyClient = {
  name: 'lazy-client',
  setup(builder) {
    builder.onResolve({ filter: /^#engine\/client$/ }, (found) =>
      found.kind === 'dynamic-import' ? { path: './client.cjs', external: true } : undefined,
    );
  },
};

const host = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
};
const builds = [
  { ...host, entryPoints: { extension: 'src/extension.ts' }, plugins: [lazyClient, unused] },
  { ...host, entryPoints: { client: 'src/engine/client.ts' }, plugins: [unused] },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    outdir: 'dist/webview',
    entryPoints: { topology: 'src/webview/topology.ts', reach: 'src/webview/reach.ts' },
  },
];

// Each room keeps its own translations; VS Code wants one file a language.
const parts = 'media/l10n/parts';
if (existsSync(parts)) {
  const rooms = globSync(`${parts}/*.ko.json`).sort();
  const korean = Object.assign({}, ...rooms.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
  writeFileSync('media/l10n/bundle.l10n.ko.json', `${JSON.stringify(korean, null, 2)}\n`);
}

rmSync('dist', { recursive: true, force: true });
if (watch) for (const options of builds) await (await context(options)).watch();
else await Promise.all(builds.map((options) => build(options)));
