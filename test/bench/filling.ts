import { request } from 'node:http';
import { median } from '#bench/figure';
import { createClient } from '#engine/client';
import type { EndpointSpec } from '#engine/types';
import { Session } from '#live/session';

const ROUNDS = 7;
const LISTS = ['/networks', '/containers/json?all=1'] as const;

/** One plain call on a unix socket, parsed: what any client must at least do. Gives the answer's bytes too. */
export async function bareCall(spec: EndpointSpec, path: string): Promise<{ bytes: number; answer: unknown }> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const call = request({ socketPath: spec.url.replace('unix://', ''), path, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', resolve);
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });
  const body = Buffer.concat(chunks);
  return { bytes: body.length, answer: JSON.parse(body.toString()) };
}

export async function bytesOfLists(spec: EndpointSpec): Promise<number> {
  const answers = await Promise.all(LISTS.map((path) => bareCall(spec, path)));
  return answers.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Median times in milliseconds, turn about, so that what slows the machine slows both. */
export async function fillingTimes(spec: EndpointSpec): Promise<{ ratio: number; filled: number }> {
  const bare: number[] = [];
  const filled: number[] = [];
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    let start = performance.now();
    await Promise.all(LISTS.map((path) => bareCall(spec, path)));
    const bareTime = performance.now() - start;
    const session = new Session(spec, { connect: createClient, linger: 0 });
    start = performance.now();
    session.need();
    await whenSnapshot(session, () => true);
    const filledTime = performance.now() - start;
    session.dispose();
    // The first rounds warm both up.
    if (round < 2) continue;
    bare.push(bareTime);
    filled.push(filledTime);
  }
  return { ratio: median(filled) / median(bare), filled: median(filled) };
}

/** Resolves with the session's first snapshot for which `holds`. */
export function whenSnapshot(session: Session, holds: () => boolean): Promise<void> {
  if (session.snapshot && holds()) return Promise.resolve();
  return new Promise((resolve) => {
    const listener = session.onDidChangeSnapshot(() => {
      if (!holds()) return;
      listener.dispose();
      resolve();
    });
  });
}
