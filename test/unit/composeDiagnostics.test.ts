/** Every check of Compose files: found where it must be, mended by its fix, and silent on the test set of real-looking projects. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, diagnose, type Fix } from '#compose/diagnostics';
import { cases, container, engine, network, taken } from '#harness/composeFaults';
import { composeFixture, composeText, fixtureNames } from '#harness/composeFixtures';
import type { Snapshot } from '#model/snapshot';

async function check(text: string, snapshot?: Snapshot): Promise<readonly Diagnostic[]> {
  const project = await composeText({ 'compose.yaml': text });
  return diagnose({ project, main: true, text: () => text, ...(snapshot ? { snapshot } : {}) });
}

function apply(text: string, fix: Fix): string {
  return [...fix.edits]
    .sort((a, b) => b.at.start - a.at.start)
    .reduce((out, { at, text: piece }) => out.slice(0, at.start) + piece + out.slice(at.end), text);
}

describe('diagnostics of Compose files', () => {
  const named = cases.map(([name, text, rule, place, snapshot, fixed]) => ({
    name,
    text,
    rule,
    place,
    snapshot,
    fixed,
  }));
  it.each(named)('finds $name', async ({ text, rule, place, snapshot, fixed }) => {
    const found = (await check(text, snapshot)).filter((one) => one.rule === rule);
    expect(found.map(({ at }) => text.slice(at.start, at.end))).toEqual([place]);
    if (fixed === false) {
      expect(found[0]?.fixes).toEqual([]);
      return;
    }
    const fix = found[0]?.fixes[0];
    expect(fix).toBeDefined();
    const mended = apply(text, fix!);
    const left = await check(mended, snapshot);
    expect(
      left.filter((one) => one.rule === rule || one.code === 'syntax'),
      mended,
    ).toEqual([]);
  });

  it("says nothing of ports and networks that are the project's own", async () => {
    const own = engine({
      containers: [
        container('project-a-1', {
          compose: { project: 'project', service: 'a' },
          published: [{ hostIp: '0.0.0.0', hostPort: 8080, port: 80, protocol: 'tcp' }],
        }),
      ],
      networks: [
        network('project_n', '10.5.0.0/24', {
          'com.docker.compose.project': 'project',
          'com.docker.compose.network': 'n',
        }),
      ],
    });
    const text =
      'services:\n  a: {image: a, ports: ["8080:80"], networks: {n: {ipv4_address: 10.5.0.7}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}\n';
    expect(await check(text, own)).toEqual([]);
  });

  it('relies on no value whose variable is not set', async () => {
    const text =
      'services:\n  a: {image: a, ports: ["$P:80", "$P:81"], networks: {n: {ipv4_address: "$IP"}}}\nnetworks: {n: {ipam: {config: [{subnet: $NET}]}}}\n';
    expect(await check(text, taken)).toEqual([]);
  });

  it('survives a file half written', async () => {
    for (const text of [
      '',
      'services:',
      'services:\n  a:',
      'services: [1, 2]',
      'services:\n  a:\n    ports:\n      -',
      'networks:\n  n: {ipam: {config: [{subnet: ',
    ]) {
      const found = await check(text, taken);
      expect(found.every(({ code }) => code === 'syntax')).toBe(true);
    }
  });

  /** What the test set has that is worth a word: hints and information, wanted and no alarm. */
  const wanted: Readonly<Record<string, readonly string[]>> = {
    cloud: ['link-adds-nothing'],
    links: ['link-adds-nothing'],
    // What extends another service publishes its ports as well: both cannot run.
    extends: ['port-twice', 'port-twice'],
  };
  it.each(fixtureNames())('raises no false alarm on %s', async (name) => {
    const project = await composeFixture(name);
    const text = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
    const found = diagnose({ project, snapshot: engine(), text, main: true });
    expect(found.map(({ rule }) => rule)).toEqual(wanted[name] ?? []);
  });
});
