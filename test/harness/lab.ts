/** One seeded topology after another on a real engine: what the model predicts beside what the kernel does. */
import { buildEngine, type RealEngine } from '#harness/engines';
import { clear, labSnapshot, layOut, prepareSides } from '#harness/labEngine';
import { planLab } from '#harness/labPlan';
import { disagrees, type Observed, planPairs, probeAll } from '#harness/labProbes';

export interface LabResult {
  readonly engine: string;
  readonly seed: number;
  readonly pairs: number;
  readonly probes: number;
  /** Pairs answered "depends", counted by rule. */
  readonly depends: ReadonlyMap<string, number>;
  readonly dependsPairs: number;
  /** Probes by the rule that decided them. */
  readonly rules: ReadonlyMap<string, number>;
  readonly disagreements: readonly Observed[];
}

/** Lays out, probes and removes one topology. The engine must have the image and its sides (`prepareLab`). */
export async function runLab(engine: RealEngine, seed: number): Promise<LabResult> {
  const plan = planLab(seed, engine);
  await clear(engine);
  await layOut(engine, plan);
  const snapshot = await labSnapshot(engine);
  const pairs = planPairs(snapshot, plan);
  const observed = await probeAll(engine, pairs);
  const depends = new Map<string, number>();
  for (const { rules } of pairs) for (const rule of new Set(rules)) count(depends, rule);
  const rules = new Map<string, number>();
  for (const { rule } of observed) count(rules, rule);
  await clear(engine);
  return {
    engine: engine.name,
    seed,
    pairs: pairs.length,
    probes: observed.length,
    depends,
    dependsPairs: pairs.filter(({ answer }) => answer === 'depends').length,
    rules,
    disagreements: observed.filter((probe) => disagrees(probe)),
  };
}

export async function prepareLab(engine: RealEngine): Promise<{ dispose(): void }> {
  // The probes need a newer busybox than Debian 12's: its file system comes with this engine.
  await buildEngine('docker-28');
  await engine.loadImage();
  return prepareSides(engine);
}

export function count(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
