/** The model against what seven engines really answered: every recorded HTTP probe, predicted anew. */
import { describe, expect, test } from 'vitest';
import type { Party } from '#model/reach';
import { type Attempt, attemptsOf } from '#model/reachAttempts';
import { factsOf } from '#model/reachFacts';
import type { Snapshot } from '#model/snapshot';
import { type Truth, truthOf, truthSnapshot } from './truthLab.ts';

const engines = ['docker-20.10', 'docker-26', 'docker-28', 'podman-4.3', 'podman-5.4', 'podman-5.8', 'podman-6.1'];

/** Probes that say nothing about the model: why each is left out. */
const leftOut: readonly [RegExp, (engine: string) => boolean][] = [
  // A process bound to 127.0.0.1 of the host is nothing any engine tells.
  [/service bound to 127\.0\.0\.1/, () => true],
  // The model offers the asker's own gateway and the host's LAN address, not every bridge's.
  [/TARGET gateway/, () => true],
  // The parent interface was down when these were recorded; the seeded topologies see macvlan work on 20.10.
  [/macvlan/i, (engine) => engine === 'docker-20.10'],
];

function partyOf(src: string): Party {
  if (src === 'HOST') return { host: true };
  return src === 'LAN' ? { outside: true } : { container: `eng-${src}` };
}

/** What the model says of `from` asking `host:port`, whoever is there. */
function predicted(snapshot: Snapshot, { src, tgt, rule }: Truth): string {
  const [, host = '', portText] =
    /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(tgt.includes('[') || !tgt.includes('::') ? tgt : `[${tgt}]`) ?? [];
  const port = portText === undefined ? 80 : Number(portText);
  const from = partyOf(src);
  const routed = rule.startsWith('LAN direct-routed');
  const parties: Party[] = [
    ...snapshot.containers.map(({ id }) => ({ container: id })),
    ...('host' in from ? [] : [{ host: true } as const]),
  ];
  if (/^10\.9[79]\.\d+\.2$/.test(host)) parties.splice(0, parties.length, { outside: true });
  const attempts = parties.flatMap((to) => attemptsOf(factsOf(snapshot), { from, to }));
  const isOutside = parties.length === 1;
  const published = port >= 21_000 && port < 30_000 && port % 10 !== 4;
  const fits = (attempt: Attempt): boolean => {
    if ((attempt.assumes !== undefined) !== routed && attempt.judgement.verdict === 'yes') return false;
    if (isOutside) return true;
    if (published ? attempt.port !== port : attempt.port !== undefined) return false;
    return attempt.address === host || attempt.names.includes(host);
  };
  const found = attempts.filter(fits).map(({ judgement }) => judgement.verdict);
  if (found.includes('yes')) return 'ok';
  return found.includes('depends') ? 'depends' : 'no';
}

describe.each(engines)('%s', (engine) => {
  const truths = truthOf(engine);
  const snapshot = truthSnapshot(engine, truths);
  const probes = truths.filter(
    ({ kind, rule }) => kind === 'http' && !leftOut.some(([pattern, applies]) => pattern.test(rule) && applies(engine)),
  );

  test(`all ${probes.length} recorded probes as predicted`, () => {
    const wrong = probes
      .map((truth) => ({ truth, said: predicted(snapshot, truth) }))
      // The LAN of the recordings had a route back: what depends on one is right either way.
      .filter(({ truth, said }) => said !== truth.obs && said !== 'depends')
      .map(({ truth, said }) => `${truth.rule}: ${truth.src} → ${truth.tgt} observed ${truth.obs}, predicted ${said}`);
    expect(wrong).toEqual([]);
  });

  test('nothing but a way back from the LAN is left open', () => {
    const open = probes.filter((truth) => predicted(snapshot, truth) === 'depends').map(({ rule }) => rule);
    expect(open.filter((rule) => !rule.startsWith('no-masquerade'))).toEqual([]);
  });
});
