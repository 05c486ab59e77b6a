/**
 * Measures: `npm run bench`, `npm run bench -- --only fill,events`, `npm run bench -- --write` (docs/BENCHMARKS.md too).
 * Every `test/bench/*.bench.ts` is one part; it exports `name` and `run(print)`. A part that fails makes the exit code 1.
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bench, Figure } from '#bench/figure';

const project = fileURLToPath(new URL('../', import.meta.url));
// npm takes the `--` away, run.mjs does not.
const args = process.argv.slice(2).filter((argument) => argument !== '--');
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : [];
const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');

const benches: Bench[] = [];
for (const file of globSync('test/bench/*.bench.ts', { cwd: project }).sort())
  benches.push((await import(pathToFileURL(`${project}${file}`).href)) as Bench);
const chosen = benches.filter(({ name }) => only.length === 0 || only.includes(name));
if (chosen.length === 0) {
  console.error(`No such part; there are ${benches.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`;
console.log(`${command}\n${machine}\n`);

const sections: string[] = [];
for (const bench of chosen) {
  const figures: Figure[] = [];
  console.log(bench.name);
  try {
    await bench.run((figure) => {
      figures.push(figure);
      console.log(`  ${line(figure)}`);
    });
  } catch (error) {
    process.exitCode = 1;
    console.error(error);
    figures.push({ what: 'failed', value: error instanceof Error ? error.message : String(error) });
  }
  sections.push(section(bench.name, figures));
}

if (args.includes('--write')) {
  mkdirSync(`${project}docs`, { recursive: true });
  writeFileSync(`${project}docs/BENCHMARKS.md`, `${heading()}\n${sections.join('\n')}`);
  console.log('\nWritten: docs/BENCHMARKS.md');
}

function line({ what, of, value, unit, goal, met }: Figure): string {
  const mark = met === undefined ? '' : met ? ' ✓' : ' ✗';
  return `${of ? `${of}: ` : ''}${what}: ${value}${unit ? ` ${unit}` : ''}${goal ? ` (goal: ${goal})` : ''}${mark}`;
}

function heading(): string {
  return [
    '# Benchmarks',
    '',
    `Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
    '',
    'Engines of 100, 1,000 and 10,000 containers are recorded ones: an HTTP server on a unix socket that answers with what',
    'Docker 28 answered (`test/fixtures/engine-answers`), as often as needed. Rows that name an engine come from a real one.',
    'Times depend on the machine; ratios compare two things in one run. A goal that is missed is marked ✗.',
    '',
  ].join('\n');
}

function section(name: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ what, of, value, unit, goal, met }) => {
    const mark = met === undefined ? '' : met ? '✓' : '✗';
    return `| ${what} | ${of ?? ''} | ${value}${unit ? ` ${unit}` : ''} | ${goal ?? ''} | ${mark} |`;
  });
  return [`## ${name}`, '', '| what | of | value | goal | |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}
