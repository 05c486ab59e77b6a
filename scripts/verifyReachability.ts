/**
 * Proves the reachability model against real kernels: seeded random topologies, every ordered pair, probed for real.
 *
 *   npm run verify:reachability -- --seed 1 --topologies 10 --engines docker-20.10,docker-28,podman-5.4 --minutes 20
 */
import { parseArgs } from 'node:util';
import { allEngines, type EngineName, startEngine } from '#harness/engines';
import { count, prepareLab, runLab } from '#harness/lab';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    topologies: { type: 'string', default: '10' },
    engines: { type: 'string', default: 'docker-20.10,docker-28,podman-5.4' },
    minutes: { type: 'string', default: '60' },
  },
});

const end = Date.now() + Number(values.minutes) * 60_000;
const names = values.engines === 'all' ? allEngines : (values.engines.split(',') as EngineName[]);
const total = { topologies: 0, pairs: 0, probes: 0, dependsPairs: 0, disagreements: 0 };
const dependsByRule = new Map<string, number>();
const probesByRule = new Map<string, number>();

for (const name of names) {
  const engine = await startEngine(name, 'reach');
  const sides = await prepareLab(engine);
  try {
    for (let index = 0; index < Number(values.topologies) && Date.now() < end; index += 1) {
      const result = await runLab(engine, Number(values.seed) + index);
      total.topologies += 1;
      total.pairs += result.pairs;
      total.probes += result.probes;
      total.dependsPairs += result.dependsPairs;
      total.disagreements += result.disagreements.length;
      for (const [rule, number] of result.depends) count(dependsByRule, rule, number);
      for (const [rule, number] of result.rules) count(probesByRule, rule, number);
      console.log(
        `${name} seed ${result.seed}: ${result.pairs} pairs, ${result.probes} probes, ${result.dependsPairs} depend, ${result.disagreements.length} disagree`,
      );
      for (const { from, to, by, url, expected, rule } of result.disagreements)
        console.log(`  ${from} → ${to} by ${by} ${url}: predicted ${expected} (${rule}), observed the contrary`);
    }
  } finally {
    sides.dispose();
    await engine.dispose();
  }
}

const sorted = (counts: Map<string, number>): string =>
  [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([rule, number]) => `  ${rule}: ${number}`)
    .join('\n');
console.log(`probes by rule:\n${sorted(probesByRule)}`);
const share = total.pairs === 0 ? 0 : (100 * total.dependsPairs) / total.pairs;
console.log(
  `"depends": ${total.dependsPairs} of ${total.pairs} pairs (${share.toFixed(1)} %), by rule:\n${sorted(dependsByRule)}`,
);
console.log(
  `${total.topologies} topologies, ${total.pairs} pairs, ${total.probes} probes, ${total.disagreements} disagreements`,
);
if (total.disagreements > 0 || share > 5) process.exitCode = 1;
