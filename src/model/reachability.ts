/** Who reaches whom, and why not: a pure function of a snapshot. "Reached" means answered with data by what listens. */
import type { Reach, ReachAnswer, ReachQuestion, Route, RuleHit } from '#model/reach';
import { type Attempt, attemptsOf, type Side, sideOf } from '#model/reachAttempts';
import { type Facts, factsOf, isLoopback, runs } from '#model/reachFacts';
import { meshTries } from '#model/reachMesh';
import { entriesOf } from '#model/reachPublished';
import { type Asked, remedyFor } from '#model/reachRemedies';
import { type Judgement, no } from '#model/reachRules';
import type { Snapshot } from '#model/snapshot';

/**
 * Answers one question. `yes` when any route answers; `depends` when none is certain and one may; else `no`.
 * With `yes`, `blockedBy` holds only what a person would trip over on the way: names that do not resolve. `dependsOn`
 * may stand beside any answer: what else would let someone in (a LAN that routes container subnets), or on what a
 * "depends" hangs. Names and ids are taken alike; an unknown one is answered `no` with the rule `not-found`.
 */
export const reach: Reach = (snapshot: Snapshot, question: ReachQuestion): ReachAnswer => {
  const facts = factsOf(snapshot);
  const asked: Asked = {
    facts,
    from: sideOf(facts, question.from),
    to: sideOf(facts, question.to),
    port: question.port,
  };
  const attempts = attemptsOf(facts, question);
  const routes = routesOf(attempts);
  const uncertain = attempts.filter(
    ({ judgement, assumes }) => judgement.verdict === 'depends' || assumes !== undefined,
  );
  const dependsOn = hits(
    asked,
    uncertain.map(({ judgement }) => judgement),
  );
  const answer =
    routes.length > 0 ? 'yes' : attempts.some(({ judgement }) => judgement.verdict === 'depends') ? 'depends' : 'no';
  const reasons = answer === 'yes' ? namesMissing(asked, routes) : blockers(asked, attempts, question);
  return {
    answer,
    routes,
    blockedBy: hits(asked, reasons),
    ...(dependsOn.length > 0 && (answer !== 'yes' || uncertain.some(({ assumes }) => assumes !== undefined))
      ? { dependsOn }
      : {}),
  };
};

function routesOf(attempts: readonly Attempt[]): Route[] {
  // A name that also resolves to an address that does not answer is not a name to rely on.
  const spoiled = new Set(
    attempts.filter(({ judgement }) => judgement.verdict !== 'yes').flatMap(({ names }) => names),
  );
  return attempts
    .filter(({ judgement, assumes }) => judgement.verdict === 'yes' && assumes === undefined)
    .map(({ via, address, names, port, protocol }) => ({
      via,
      address,
      names: names.filter((name) => name === 'localhost' || !spoiled.has(name)),
      ...(port === undefined ? {} : { port }),
      ...(protocol === undefined ? {} : { protocol }),
    }));
}

/** The reasons of a "no", the telling ones first, and that nothing is published where publishing would have helped. */
function blockers(asked: Asked, attempts: readonly Attempt[], question: ReachQuestion): Judgement[] {
  const failed = attempts.filter(({ judgement }) => judgement.verdict === 'no').map(({ judgement }) => judgement);
  const { to, facts } = asked;
  if (to.kind === 'container' && to.stack.kind === 'networks' && runs(to.container) && askerRuns(asked.from)) {
    const wanted = { port: question.port, protocol: question.protocol };
    const published = entriesOf(to.stack, wanted).length + meshTries(facts, to.stack, wanted).length;
    if (published === 0 && publishingHelps(facts, asked.from, to.stack.legs.length)) {
      const port = question.port === undefined ? {} : { port: String(question.port) };
      failed.push(no('not-published', { container: to.container.name, ...port }));
    }
  }
  return failed;
}

const askerRuns = (from: Side): boolean =>
  from.kind !== 'missing' && (from.kind !== 'container' || runs(from.container));

function publishingHelps(facts: Facts, from: Side, legs: number): boolean {
  if (legs === 0) return false;
  if (from.kind !== 'container') return true;
  return facts.docker && from.stack.kind === 'networks' && from.stack.legs.some(({ network }) => !network.internal);
}

/** Reached, but not by name: the stumbling block of every newcomer, said together with the "yes". */
function namesMissing({ from, to, facts }: Asked, routes: readonly Route[]): Judgement[] {
  if (to.kind !== 'container') return [];
  const { container } = to;
  const args = { container: container.name };
  if (routes.some(({ names, address }) => names.some((name) => name !== 'localhost') || isLoopback(address)))
    return container.mode === 'container' && from.kind === 'container' && from.stack.key !== to.stack.key
      ? [no('sharer-no-name', { ...args, owner: to.stack.owner?.name ?? '' })]
      : [];
  if (from.kind === 'host' || (from.kind === 'container' && from.stack.kind === 'host'))
    return [no('host-no-names', args)];
  if (from.kind !== 'container') return [];
  const shared = to.stack.legs.find(({ network }) => from.stack.legs.some((leg) => leg.network.id === network.id));
  if (shared === undefined) return [];
  if (shared.network.builtIn) return [no('default-bridge-no-names', { ...args, network: shared.network.name })];
  return !facts.docker && shared.driver === 'macvlan' ? [no('macvlan-no-names', args)] : [];
}

/** Each rule once for the same thing it is about. */
function hits(asked: Asked, judgements: readonly Judgement[]): RuleHit[] {
  const seen = new Map<string, RuleHit>();
  for (const judgement of judgements) {
    const key = `${judgement.rule} ${judgement.args.network ?? ''} ${judgement.args.hostPort ?? ''}`;
    if (seen.has(key)) continue;
    const remedy = remedyFor(asked, judgement);
    seen.set(key, { rule: judgement.rule, args: judgement.args, ...(remedy === undefined ? {} : { remedy }) });
  }
  return [...seen.values()];
}
