/** The matrix page and the two lists of one container, from the model's matrix. */
import * as vscode from 'vscode';
import type { Party } from '#model/reach';
import { reach } from '#model/reachability';
import { type ReachMatrix, reachMatrix } from '#model/reachMatrix';
import type { Container, Snapshot } from '#model/snapshot';
import type { ListPage, MatrixPage, Tone } from '#reachProtocol';
import { ruleSentence } from '#views/reachWords';
import { partyWord } from '#views/reachWordsRoutes';

export interface MatrixView {
  readonly page: MatrixPage;
  /** Container ids in the order of the page's rows. */
  readonly ids: readonly string[];
}

const letters: Readonly<Record<Tone, string>> = { yes: 'y', no: 'n', depends: 'd' };

export function matrixPage(snapshot: Snapshot, grouping: 'network' | 'project'): MatrixView {
  const matrix = reachMatrix(snapshot);
  const groups = groupsOf(snapshot, grouping);
  const order = groups.flatMap(({ members }) => members);
  const sentences: string[] = [];
  const numbers = new Map<string, number>();
  const sentenceOf = (rule: string): number => {
    const known = numbers.get(rule);
    if (known !== undefined) return known;
    // A cell has no room for arguments: "“web” …" becomes "it …" nowhere, so rules that need them name nobody.
    sentences.push(ruleSentence({ rule, args: generic() }));
    numbers.set(rule, sentences.length - 1);
    return sentences.length - 1;
  };
  const reasons = order.map((from) => order.map((to) => sentenceOf(matrix.cell(from, to).rule)));
  const cells = order.map((from) =>
    order.map((to) => (from === to ? '.' : letters[matrix.cell(from, to).verdict])).join(''),
  );
  return {
    ids: order.map((index) => matrix.containers[index]?.id ?? ''),
    page: {
      kind: 'matrix',
      title: vscode.l10n.t('Who reaches whom'),
      summary: summaryOf(matrix),
      names: order.map((index) => matrix.containers[index]?.name ?? ''),
      groups: groups.map(({ name, members }) => ({ name, size: members.length })),
      cells,
      sentences,
      reasons,
      grouping,
      words: matrixWords(),
    },
  };
}

/** Stand-ins for a rule's arguments where a sentence speaks of many pairs at once. */
function generic(): Readonly<Record<string, string>> {
  return {
    network: vscode.l10n.t('the network'),
    container: vscode.l10n.t('the container'),
    owner: vscode.l10n.t('the owner'),
    hostIp: vscode.l10n.t('one address of the host'),
    port: vscode.l10n.t('its port'),
    driver: vscode.l10n.t('its driver'),
    subnet: vscode.l10n.t('the subnet'),
  };
}

function summaryOf(matrix: ReachMatrix): string {
  const size = matrix.containers.length;
  let reached = 0;
  for (let from = 0; from < size; from += 1)
    for (let to = 0; to < size; to += 1) if (from !== to && matrix.cell(from, to).verdict === 'yes') reached += 1;
  return vscode.l10n.t(
    '{0} containers; {1} of {2} pairs reach each other. Rows ask, columns answer.',
    size,
    reached,
    size * (size - 1),
  );
}

interface Group {
  readonly name: string;
  readonly members: number[];
}

/** Each container once: by its first network's name, or by its Compose project. */
function groupsOf(snapshot: Snapshot, grouping: 'network' | 'project'): Group[] {
  const groups = new Map<string, Group>();
  for (const [index, container] of snapshot.containers.entries()) {
    const name = groupName(snapshot, container, grouping);
    const group = groups.get(name) ?? { name, members: [] };
    group.members.push(index);
    groups.set(name, group);
  }
  return [...groups.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

function groupName(snapshot: Snapshot, container: Container, grouping: 'network' | 'project'): string {
  if (grouping === 'project') return container.compose?.project ?? vscode.l10n.t('(no project)');
  if (container.mode === 'host') return vscode.l10n.t('host network');
  if (container.mode === 'none') return vscode.l10n.t('no network');
  const owner = snapshot.containers.find(({ id }) => id === container.sharesWith);
  if (container.mode === 'container' && owner !== undefined && owner.mode !== 'container')
    return groupName(snapshot, owner, grouping);
  return [...container.endpoints].map(({ network }) => network).sort()[0] ?? vscode.l10n.t('no network');
}

function matrixWords(): MatrixPage['words'] {
  return {
    filter: vscode.l10n.t('Filter by container, network or project'),
    byNetwork: vscode.l10n.t('By network'),
    byProject: vscode.l10n.t('By project'),
    from: vscode.l10n.t('from'),
    to: vscode.l10n.t('to'),
    yes: vscode.l10n.t('reaches'),
    no: vscode.l10n.t('does not reach'),
    depends: vscode.l10n.t('depends'),
    self: vscode.l10n.t('itself'),
    rowSummary: vscode.l10n.t('{0} reaches {1} of {2}', '{0}', '{1}', '{2}'),
    nothing: vscode.l10n.t('No container matches.'),
  };
}

export interface ListView {
  readonly page: ListPage;
  /** The other party of each item, by its index. */
  readonly parties: readonly Party[];
}

/** Everybody who can reach the container (`to`), or whom it can reach (`from`), the host and the outside among them. */
export function listPage(snapshot: Snapshot, id: string, direction: 'to' | 'from'): ListView {
  const self: Party = { container: id };
  const others: Party[] = [
    { host: true },
    { outside: true },
    ...snapshot.containers.filter((container) => container.id !== id).map(({ id: other }) => ({ container: other })),
  ];
  const judged = others.map((party, index) => {
    const answer = reach(snapshot, direction === 'to' ? { from: party, to: self } : { from: self, to: party });
    const [route] = answer.routes;
    const hit = answer.answer === 'depends' ? answer.dependsOn?.[0] : answer.blockedBy[0];
    const port = route?.port === undefined ? '' : `:${route.port}`;
    const detail =
      route === undefined
        ? hit === undefined
          ? ''
          : ruleSentence(hit)
        : [...route.names.slice(0, 1), `${route.address}${port}`].join(' · ');
    return { tone: answer.answer, item: { text: partyWord(snapshot, party), detail, index } };
  });
  const group = (tone: Tone, heading: string) => ({
    tone,
    heading,
    items: judged.filter((one) => one.tone === tone).map(({ item }) => item),
  });
  const name = partyWord(snapshot, self);
  const groups = [
    group('yes', vscode.l10n.t('Yes')),
    group('depends', vscode.l10n.t('It depends')),
    group('no', vscode.l10n.t('No')),
  ];
  return {
    parties: others,
    page: {
      kind: 'list',
      title:
        direction === 'to' ? vscode.l10n.t('What can reach “{0}”', name) : vscode.l10n.t('What “{0}” can reach', name),
      groups: groups.filter(({ tone, items }) => tone !== 'depends' || items.length > 0),
      words: { none: vscode.l10n.t('Nobody.') },
    },
  };
}
