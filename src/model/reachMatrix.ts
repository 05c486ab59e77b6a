/** Containers × containers: who reaches whom, worked out once a snapshot. */
import { attemptsOf } from '#model/reachAttempts';
import { addressOf, type Facts, factsOf, type Stack } from '#model/reachFacts';
import type { RuleId, Verdict } from '#model/reachRules';
import type { Container, Snapshot } from '#model/snapshot';

export interface Cell {
  readonly verdict: Verdict;
  /** The rule of the first route that answers, else of the first reason against it. */
  readonly rule: RuleId;
}

export interface ReachMatrix {
  /** Rows and columns alike: the snapshot's containers in its order. */
  readonly containers: readonly Container[];
  /** By indexes into `containers`; the diagonal is a container asking itself. */
  cell(from: number, to: number): Cell;
}

const cache = new WeakMap<Snapshot, ReachMatrix>();

/**
 * The whole matrix, cached by snapshot. Containers alike in all that decides (state, networks, what they publish) are
 * judged once: 200 containers need far fewer than 40,000 questions.
 */
export function reachMatrix(snapshot: Snapshot): ReachMatrix {
  const known = cache.get(snapshot);
  if (known !== undefined) return known;
  const made = makeMatrix(snapshot);
  cache.set(snapshot, made);
  return made;
}

const shared: Cell = { verdict: 'yes', rule: 'shared-stack' };

function makeMatrix(snapshot: Snapshot): ReachMatrix {
  const facts = factsOf(snapshot);
  const { containers } = snapshot;
  const stacks = containers.map((container) => facts.stack(container));
  const numbers = new Map<string, number>();
  const classes = containers.map((container, index) => {
    const key = classOf(container, stacks[index] as Stack);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const byClass = new Map<number, Cell>();
  const size = containers.length;
  const cells: Cell[] = new Array(size * size);
  for (let from = 0; from < size; from += 1) {
    for (let to = 0; to < size; to += 1) {
      const isShared =
        stacks[from]?.key === stacks[to]?.key &&
        containers[from]?.state === 'running' &&
        containers[to]?.state === 'running';
      cells[from * size + to] = isShared ? shared : judgedByClass(from, to);
    }
  }
  return { containers, cell: (from, to) => cells[from * size + to] ?? shared };

  function judgedByClass(from: number, to: number): Cell {
    const key = (classes[from] ?? 0) * numbers.size + (classes[to] ?? 0);
    const found = byClass.get(key) ?? judge(facts, containers[from] as Container, containers[to] as Container);
    byClass.set(key, found);
    return found;
  }
}

/** One pair's verdict without routes, names and remedies. */
export function judge(facts: Facts, from: Container, to: Container): Cell {
  const attempts = attemptsOf(facts, { from: { container: from.id }, to: { container: to.id } }, false);
  const sure = attempts.filter(({ assumes }) => assumes === undefined);
  const decided =
    sure.find(({ judgement }) => judgement.verdict === 'yes') ??
    sure.find(({ judgement }) => judgement.verdict === 'depends') ??
    sure[0];
  return decided === undefined
    ? { verdict: 'no', rule: 'target-restarting' }
    : { verdict: decided.judgement.verdict, rule: decided.judgement.rule };
}

/** Everything that decides, as text: equal texts, equal answers to any third container. */
function classOf(container: Container, stack: Stack): string {
  if (container.state !== 'running') return container.state;
  if (stack.kind !== 'networks') return stack.kind;
  const legs = stack.legs.map(
    (leg) =>
      `${leg.network.id}/${addressOf(leg, 4) === undefined ? '' : 4}${addressOf(leg, 6) === undefined ? '' : 6}/${leg.endpoint.gatewayPriority ?? 0}`,
  );
  const published = stack.owner?.published.map(({ hostIp, hostPort }) => `${hostIp}${hostPort > 0 ? '+' : '-'}`) ?? [];
  const links = stack.owner?.links?.map(({ container: name }) => name) ?? [];
  // A link counts at its target too: the name keeps the two ends of one apart.
  const name = links.length > 0 || stack.legs.some(({ network }) => network.builtIn && !network.interContainer);
  return `${legs.sort().join()}|${[...new Set(published)].sort().join()}|${links.join()}|${name ? container.id : ''}`;
}
