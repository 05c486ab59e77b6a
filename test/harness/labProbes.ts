/** What the model says of every ordered pair, as probes with an expectation each, and the real answers to them. */
import type { RealEngine } from '#harness/engines';
import { hostPort, lanPort, routeFromLan } from '#harness/labEngine';
import type { LabPlan } from '#harness/labPlan';
import type { Party, ReachQuestion } from '#model/reach';
import { type Attempt, attemptsOf } from '#model/reachAttempts';
import { reach } from '#model/reachability';
import { factsOf } from '#model/reachFacts';
import type { Container, Snapshot } from '#model/snapshot';

export interface Probe {
  readonly from: string;
  readonly to: string;
  /** `address`, `name` or `published`. */
  readonly by: string;
  readonly url: string;
  /** What a reached target says. */
  readonly says: string;
  readonly expected: 'yes' | 'no' | 'depends';
  readonly rule: string;
  readonly assumes?: 'lan-route';
}

export interface PairPlan {
  readonly from: string;
  readonly to: string;
  readonly answer: 'yes' | 'no' | 'depends';
  /** The rules a "depends" hangs on. */
  readonly rules: readonly string[];
  readonly probes: readonly Probe[];
}

const bracket = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** Every ordered pair of what can ask (running containers, host, LAN) and what can be asked. */
export function planPairs(snapshot: Snapshot, plan: LabPlan): PairPlan[] {
  const ports = new Map(plan.containers.map(({ name, port }) => [name, port]));
  const parties: [string, Party][] = [
    ...snapshot.containers.map(({ name }): [string, Party] => [name, { container: name }]),
    ['HOST', { host: true }],
    ['LAN', { outside: true }],
  ];
  const asks = (name: string): boolean => {
    const container = snapshot.containers.find((one) => one.name === name);
    return container === undefined || container.state === 'running';
  };
  return parties
    .filter(([name]) => asks(name))
    .flatMap(([from, source]) =>
      parties
        .filter(([to]) => to !== from || ports.has(to))
        .map(([to, target]) => {
          const port = ports.get(to) ?? (to === 'HOST' ? hostPort : lanPort);
          return planPair(snapshot, from, to, { from: source, to: target, port });
        }),
    );
}

function planPair(snapshot: Snapshot, from: string, to: string, question: ReachQuestion): PairPlan {
  const attempts = attemptsOf(factsOf(snapshot), question);
  const answer = reach(snapshot, question);
  const container = snapshot.containers.find(({ name }) => name === to);
  const probes = new Map<string, Probe>();
  const add = (host: string, port: number, attempt: Pick<Attempt, 'judgement' | 'assumes'>, by: string): void => {
    const { verdict: expected, rule } = attempt.judgement;
    const url = `http://${bracket(host)}:${port}/`;
    const assumes = attempt.assumes === undefined ? {} : { assumes: attempt.assumes };
    const key = `${url} ${attempt.assumes ?? ''}`;
    if (!probes.has(key)) probes.set(key, { from, to, by, url, says: to, expected, rule, ...assumes });
  };
  const listed = new Set(answer.routes.flatMap(({ names }) => names));
  for (const attempt of attempts) {
    const port = attempt.port ?? question.port ?? 0;
    const by = attempt.via.kind === 'published' ? 'published' : 'address';
    if (attempt.address !== '') add(attempt.address, port, attempt, by);
    if (attempt.judgement.verdict !== 'yes') continue;
    for (const name of attempt.names) if (listed.has(name)) add(name, port, attempt, 'name');
  }
  if (to === 'LAN' && attempts[0] !== undefined && from !== 'LAN')
    add(lanAddress(snapshot), lanPort, attempts[0], 'address');
  if (container !== undefined) addRefusals(snapshot, container, question.port ?? 0, attempts, listed, add);
  const rules = answer.answer === 'depends' ? (answer.dependsOn ?? []).map(({ rule }) => rule) : [];
  return { from, to, answer: answer.answer, rules, probes: [...probes.values()] };
}

/** The peer's address: the host's LAN address ends in 1, the peer's in 2. */
function lanAddress(snapshot: Snapshot): string {
  const lan = snapshot.host?.addresses.find(({ name, address }) => name === 'lan0' && !address.includes(':'));
  return lan?.address.replace(/\.1$/, '.2') ?? '';
}

/** What the model does not offer must not answer: the target's name, and its published ports at other addresses. */
function addRefusals(
  snapshot: Snapshot,
  container: Container,
  port: number,
  attempts: readonly Attempt[],
  listed: ReadonlySet<string>,
  add: (host: string, port: number, attempt: Pick<Attempt, 'judgement'>, by: string) => void,
): void {
  const refused = { judgement: { verdict: 'no', rule: attempts[0]?.judgement.rule ?? 'not-found', args: {} } } as const;
  const named = attempts.some(({ names }) => names.includes(container.name));
  if (!named && !listed.has(container.name)) add(container.name, port, refused, 'name');
  const known = new Set(attempts.map(({ address, port: at }) => `${address} ${at}`));
  const lan = snapshot.host?.addresses.find(({ name, address }) => name === 'lan0' && !address.includes(':'))?.address;
  for (const { hostPort: at } of container.published) {
    if (lan !== undefined && at > 0 && !known.has(`${lan} ${at}`)) add(lan, at, refused, 'published');
  }
  if (attempts.every(({ address }) => address === ''))
    for (const { ipv4 } of container.endpoints) if (ipv4) add(ipv4, port, refused, 'address');
}

/** Runs one asker's probes together: each in the background, all within the limit (seconds). Undefined: cannot ask. */
async function ask(
  engine: RealEngine,
  from: string,
  probes: readonly Probe[],
  limit: number,
): Promise<boolean[] | undefined> {
  const inside = from !== 'HOST' && from !== 'LAN';
  const get = (url: string): string =>
    inside ? `wget -q -T ${limit} -O - '${url}' 2>/dev/null` : `curl -s -g -m ${limit} '${url}'`;
  const script = `${probes.map(({ url }, index) => `( echo "${index} $(${get(url)})" ) &`).join('\n')}\nwait`;
  const answer = inside
    ? await engine.tryDocker('exec', from, 'sh', '-c', script)
    : await engine.inNamespace(from === 'HOST' ? 'host' : 'lan', 'sh', '-c', script);
  // Docker refuses exec in a container whose legacy link's other end has stopped: nothing can be asked from there.
  if (answer.stderr.includes('Cannot link to a non running container')) return undefined;
  const said = new Map<number, string>();
  for (const line of answer.stdout.split('\n')) {
    const found = /^(\d+) (.*)$/.exec(line);
    if (found !== null) said.set(Number(found[1]), found[2] ?? '');
  }
  return probes.map(({ says }, index) => said.get(index) === says);
}

export interface Observed extends Probe {
  readonly reached: boolean;
}

const disagrees = ({ expected, reached }: Observed): boolean =>
  (expected === 'yes' && !reached) || (expected === 'no' && reached);

/** Probes everything; what disagrees is asked twice more with a longer limit, because a loaded machine is slow. */
export async function probeAll(engine: RealEngine, pairs: readonly PairPlan[]): Promise<Observed[]> {
  const all = pairs.flatMap(({ probes }) => probes);
  const observed: Observed[] = [];
  for (const routed of [false, true]) {
    const now = all.filter(({ assumes }) => (assumes === 'lan-route') === routed);
    if (routed) await routeFromLan(engine, true);
    const askers = [...new Set(now.map(({ from }) => from))];
    const answers = await Promise.all(askers.map((from) => askPatiently(engine, from, now)));
    observed.push(...answers.flat());
    if (routed) await routeFromLan(engine, false);
  }
  return observed;
}

async function askPatiently(engine: RealEngine, from: string, all: readonly Probe[]): Promise<Observed[]> {
  const own = all.filter((probe) => probe.from === from);
  const first = await ask(engine, from, own, 2);
  if (first === undefined) return [];
  let observed = first.map((reached, index): Observed => ({ ...own[index]!, reached }));
  for (const limit of [4, 8]) {
    const doubtful = observed.filter((probe) => disagrees(probe));
    if (doubtful.length === 0) break;
    const again = await ask(engine, from, doubtful, limit);
    const settled = new Map(doubtful.map((probe, index) => [probe.url + probe.to, again?.[index] ?? false]));
    observed = observed.map((probe) => ({ ...probe, reached: settled.get(probe.url + probe.to) ?? probe.reached }));
  }
  return observed;
}

export { disagrees };
