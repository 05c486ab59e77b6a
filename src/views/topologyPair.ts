/** How one node of the drawing reaches another, for the page: the best route, or the break with its reasons and remedies. */
import * as vscode from 'vscode';
import type { Party, ReachAnswer, RuleHit } from '#model/reach';
import type { Snapshot } from '#model/snapshot';
import { buildGraph } from '#model/topology/graph';
import { type AskedPair, askPair } from '#model/topology/pairRoute';
import type { DetailCell, NodeDetails, PairAnswer } from '#protocol';
import { remedyArgument } from '#views/reachPage';
import { ruleSentence } from '#views/reachWords';
import { answerSentence, answerWord, partyWord, remedyWord, viaWord } from '#views/reachWordsRoutes';

/** A pair as “Explain Connection” takes it: a container's id, `host` or `outside` on each side. */
export interface PairTarget {
  readonly from: string;
  readonly to: string;
  readonly port?: number;
}

/** `from` and `to` are node keys; undefined when one of the two is no party (a network) or gone. */
export function pairOf(
  snapshot: Snapshot,
  from: string,
  to: string,
  engine: string,
  planned: boolean,
): PairAnswer | undefined {
  const asked = askPair(buildGraph(snapshot), from, to);
  if (!asked) return undefined;
  const { question, reach, answer, networks, ports } = asked;
  const asker = partyWord(snapshot, question.from);
  const name = partyWord(snapshot, question.to);
  const target = question.port === undefined ? name : `${name}:${question.port}`;
  const sentence = answerSentence(answer, asker, target);
  const notes = notesOf(reach, engine, planned);
  const pair: PairTarget = {
    from: idOf(question.from),
    to: idOf(question.to),
    ...(question.port === undefined ? {} : { port: question.port }),
  };
  const container = 'container' in question.from ? pair.from : pair.to;
  const explain = {
    icon: 'target',
    label: vscode.l10n.t('Explain Connection'),
    command: 'explainConnection',
    target: { kind: 'container', engine, container, pair },
  };
  const details: NodeDetails = {
    key: from,
    title: `${asker} → ${target}`,
    subtitle: answerWord(answer),
    actions: planned ? [] : [explain],
    route: stopsOf(asked, asker, target, snapshot),
    tables: [],
    notes: [{ text: sentence, tone: answer === 'no' ? 'bad' : 'plain' }, ...notes],
  };
  const said = [sentence, ...notes.slice(0, 1).map(({ text }) => text)].join(' ');
  return { from, to, answer, said, networks, ports, details };
}

const idOf = (party: Party): string => ('container' in party ? party.container : 'host' in party ? 'host' : 'outside');

function stopsOf(asked: AskedPair, from: string, to: string, snapshot: Snapshot): readonly DetailCell[] {
  const { best } = asked;
  if (!best) return [];
  const host = best.address.includes(':') && best.port !== undefined ? `[${best.address}]` : best.address;
  const address = best.port === undefined ? host : `${host}:${best.port}`;
  const [network] = asked.networks;
  const [name] = best.names;
  return [
    { text: from },
    { text: viaWord(best, snapshot), ...(network === undefined ? {} : { network }) },
    { text: to },
    ...(address === '' ? [] : [{ text: address, mono: true }]),
    ...(name === undefined ? [] : [{ text: name, mono: true, dim: true }]),
  ];
}

function notesOf(answer: ReachAnswer, engine: string, planned: boolean): NonNullable<NodeDetails['notes']> {
  const hits = answer.answer === 'depends' ? (answer.dependsOn ?? []) : answer.blockedBy;
  return hits.slice(0, 4).map((hit) => noteOf(hit, engine, planned));
}

function noteOf(hit: RuleHit, engine: string, planned: boolean): NonNullable<NodeDetails['notes']>[number] {
  const { remedy } = hit;
  const note = { text: ruleSentence(hit), tone: 'plain' as const };
  if (remedy === undefined) return note;
  const label = remedyWord(remedy);
  if (remedy.command === undefined || planned) return { ...note, remedy: { label } };
  return { ...note, remedy: { label, command: remedy.command, target: remedyArgument(engine, remedy) } };
}
