/** One pair's answer as the page shows it: every text in the user's language, remedies as numbered buttons. */
import * as vscode from 'vscode';
import type { ReachAnswer, ReachQuestion, Remedy, Route, RuleHit } from '#model/reach';
import { reach } from '#model/reachability';
import { type RuleId, rules } from '#model/reachRules';
import type { Snapshot } from '#model/snapshot';
import type { PairPage, ReasonLine, RouteLine, Stop, TestLine } from '#reachProtocol';
import { ruleSentence } from '#views/reachWords';
import { answerSentence, answerWord, partyWord, remedyWord, viaWord } from '#views/reachWordsRoutes';

export interface PairView {
  readonly page: PairPage;
  /** What the page's `remedy` messages count on. */
  readonly remedies: readonly Remedy[];
}

export function pairPage(snapshot: Snapshot, question: ReachQuestion, test: TestLine | undefined): PairView {
  const answer = reach(snapshot, question);
  const from = partyWord(snapshot, question.from);
  const to = partyWord(snapshot, question.to);
  const target = question.port === undefined ? to : `${to}:${question.port}`;
  const remedies: Remedy[] = [];
  const reason = (hit: RuleHit): ReasonLine => reasonLine(hit, remedies);
  const reasons = answer.blockedBy.map(reason);
  const depends = (answer.dependsOn ?? []).map(reason);
  const title = `${from} → ${target}`;
  const page: PairPage = {
    kind: 'pair',
    title,
    tone: answer.answer,
    answer: answerWord(answer.answer),
    sentence: answerSentence(answer.answer, from, target),
    routes: answer.routes.map((route) => routeLine(route, from, target, snapshot)),
    drawn: drawn(answer, from, target, snapshot),
    reasons,
    depends,
    ...(test === undefined ? {} : { test }),
    words: pairWords(answer.answer),
  };
  return { page, remedies };
}

function reasonLine(hit: RuleHit, remedies: Remedy[]): ReasonLine {
  const seen = rules[hit.rule as RuleId];
  const said = seen === undefined || seen === 'all' || seen === 'documented' ? {} : { seen: seenWord(seen) };
  const base = { text: ruleSentence(hit), ...said };
  if (hit.remedy === undefined) return base;
  const label = remedyWord(hit.remedy);
  if (hit.remedy.command === undefined) return { ...base, remedy: { label } };
  remedies.push(hit.remedy);
  return { ...base, remedy: { label, index: remedies.length - 1 } };
}

function stopsOf(route: Route, from: string, to: string, snapshot: Snapshot): Stop[] {
  return [
    { kind: 'party', text: from },
    { kind: 'between', text: viaWord(route, snapshot) },
    { kind: 'party', text: to, detail: written(route) },
  ];
}

/** An address as it is typed: IPv6 in brackets when a port follows. */
function written(route: Route): string {
  if (route.port === undefined) return route.address;
  const host = route.address.includes(':') ? `[${route.address}]` : route.address;
  return `${host}:${route.port}`;
}

function routeLine(route: Route, from: string, to: string, snapshot: Snapshot): RouteLine {
  return {
    stops: stopsOf(route, from, to, snapshot),
    address: route.address === '' ? vscode.l10n.t('the host’s address') : written(route),
    names: route.names,
  };
}

/** The first route, or where the way ends. */
function drawn(answer: ReachAnswer, from: string, to: string, snapshot: Snapshot): Stop[] {
  const [route] = answer.routes;
  if (route !== undefined) return stopsOf(route, from, to, snapshot);
  const hit = answer.answer === 'depends' ? answer.dependsOn?.[0] : answer.blockedBy[0];
  const why = hit === undefined ? answerWord(answer.answer) : ruleSentence(hit);
  return [
    { kind: 'party', text: from },
    answer.answer === 'depends'
      ? { kind: 'between', text: '?', detail: why }
      : { kind: 'break', text: why, detail: why },
    { kind: 'party', text: to },
  ];
}

function pairWords(answer: ReachAnswer['answer']): PairPage['words'] {
  return {
    routes: vscode.l10n.t('Ways to it'),
    reasons: answer === 'yes' ? vscode.l10n.t('Mind') : vscode.l10n.t('Why not, and what mends it'),
    depends: answer === 'depends' ? vscode.l10n.t('It depends on') : vscode.l10n.t('Besides'),
    names: vscode.l10n.t('by name:'),
    seen: vscode.l10n.t('Seen on'),
    test: vscode.l10n.t('Test it now'),
    testHint: vscode.l10n.t('Tries the connection for real, with what the source container has on board.'),
    result: vscode.l10n.t('Tested'),
    swap: vscode.l10n.t('The other way round'),
    copy: vscode.l10n.t('Copy'),
    drawn: vscode.l10n.t('The way'),
  };
}

/** Versions are the same in every language; what is said about them is not. */
function seenWord(seen: string): string {
  switch (seen) {
    case 'all (Podman: networks made through the Docker API; from 6.1 every network)':
      return vscode.l10n.t('all (Podman: networks made through the Docker API; from 6.1 every network)');
    case 'Docker 20.10, 26, 28; Podman where forwarding allows it':
      return vscode.l10n.t('Docker 20.10, 26, 28; Podman where forwarding allows it');
    case 'Docker 20.10, 26, 28 (one node)':
      return vscode.l10n.t('Docker 20.10, 26, 28 (one node)');
    case 'Podman rootless':
      return vscode.l10n.t('Podman rootless');
    default:
      return seen;
  }
}
