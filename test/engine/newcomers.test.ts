/** Each newcomer's question, answered by the model with a real probe beside it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enginesUnderTest, type RealEngine, startEngine } from '#harness/engines';
import { prepareLab } from '#harness/lab';
import { labSnapshot } from '#harness/labEngine';
import { layOutNewcomers, newcomerQuestions } from '#harness/newcomers';
import { reach } from '#model/reachability';
import type { Snapshot } from '#model/snapshot';

/** Whether the address answers HTTP; a busy machine gets three tries where an answer is expected. */
async function probe(engine: RealEngine, from: string, to: string, expected: boolean): Promise<boolean> {
  for (let attempt = 0; attempt < (expected ? 3 : 1); attempt += 1) {
    const { code } =
      from === 'HOST' || from === 'LAN'
        ? await engine.inNamespace(from === 'HOST' ? 'host' : 'lan', 'curl', '-s', '-m', '4', `http://${to}/`)
        : await engine.tryDocker('exec', from, 'wget', '-q', '-T', '4', '-O', '-', `http://${to}/`);
    if (code === 0) return true;
  }
  return false;
}

describe.each([...enginesUnderTest()])('%s', (name) => {
  let engine: RealEngine;
  let sides: { dispose(): void } | undefined;
  let snapshot: Snapshot;

  beforeAll(async () => {
    engine = await startEngine(name, 'newcomers');
    sides = await prepareLab(engine);
    await layOutNewcomers(engine);
    snapshot = await labSnapshot(engine);
  });

  afterAll(async () => {
    sides?.dispose();
    await engine?.dispose();
  });

  const kind = name.startsWith('docker') ? 'docker' : 'podman';
  const number = name.replace(/^docker-(\d+).*/, '$1').replace(/^podman-(\d)\.(\d)/, '$1$2');
  const questions = newcomerQuestions(`10.99.${number}.1`).filter(({ only }) => only === undefined || only === kind);

  test.each(questions)('$question', async ({ ask, answer, because, unsureOn, name: wanted, probe: tried }) => {
    const { from, to, reached } = tried;
    const answered = reach(snapshot, ask);
    const isUnsure = unsureOn?.includes(name) === true && answered.answer === 'depends';
    if (isUnsure) expect(answered.dependsOn).not.toEqual([]);
    else expect(answered.answer).toBe(answer);
    if (because !== undefined && !isUnsure) expect(answered.blockedBy.map(({ rule }) => rule)).toContain(because);
    const names = answered.routes.flatMap((route) => route.names);
    if (wanted?.startsWith('!')) expect(names).not.toContain(wanted.slice(1));
    else if (wanted !== undefined) expect(names).toContain(wanted);
    expect(await probe(engine, from, to, reached)).toBe(reached);
  });
});
