// Runs scripts/NAME.ts under the Node 24 of node_modules (the package `node`), whatever Node started this (20 or later).
// Installs the packages first when they are missing or not those of package-lock.json. Needs nothing but Node and npm.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const modules = join(project, 'node_modules');
const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** npm writes what it installed beside the packages: it must have every package of the lock file in the same version. */
function isInstalled() {
  const written = join(modules, '.package-lock.json');
  if (!existsSync(written) || !existsSync(node)) return false;
  const wanted = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(written, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === '' || there[place]?.version === version || (optional && !there[place]),
  );
}

function install() {
  console.log('Installing the packages of package-lock.json into node_modules (npm ci) …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const { status, error } = spawnSync(command, args, { cwd: project, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`npm ci failed${error ? `: ${error.message}` : ''}`);
    process.exit(status ?? 1);
  }
}

const [name = '', ...args] = process.argv.slice(2);
const script = join(project, 'scripts', `${name}.ts`);
if (!/^[A-Za-z]+$/.test(name) || !existsSync(script)) {
  console.error(`There is no script '${name}' in scripts/`);
  process.exit(2);
}
if (!isInstalled()) install();

const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
const child = spawn(node, [script, ...args], { cwd: project, stdio: 'inherit', env: { ...process.env, PATH: path } });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // Ctrl-C reaches the script by the terminal itself; what is sent to this process alone is passed on.
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('error', (error) => {
  console.error(`${node} does not start: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
