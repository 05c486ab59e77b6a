/** Which welcome text an empty view shows, and what stands above a full one. */
import * as vscode from 'vscode';
import type { EngineSession, Problem } from '#live/types';
import { problemWords } from '#views/problems';
import { isFiltering, type TreeFilter } from '#views/tree/filter';

/** Values of the context key `dockerNetworks.state`, as `viewsWelcome` of package.json reads them. */
export type ViewState = 'loading' | 'missing' | 'permission' | 'down' | 'refusing' | 'filtered' | 'empty' | 'ready';

export function viewState(session: EngineSession | undefined, isDiscovered: boolean, filter: TreeFilter): ViewState {
  if (!session) return isDiscovered ? 'missing' : 'loading';
  if (session.snapshot) {
    if (session.snapshot.networks.length === 0 && session.snapshot.containers.length === 0) return 'empty';
    // Shown only when the tree is empty, and with networks it is empty only under a filter.
    return isFiltering(filter) ? 'filtered' : 'ready';
  }
  return session.state.kind === 'offline' ? stateOf(session.state.problem) : 'loading';
}

function stateOf(problem: Problem): ViewState {
  switch (problem.kind) {
    case 'missing':
    case 'permission':
      return problem.kind;
    case 'refused':
    case 'timeout':
    case 'cut-off':
    case 'closed':
      return 'down';
    default:
      return 'refusing';
  }
}

/** Trouble with a cause and a remedy of its own, which no fixed welcome text can tell: shown as rows instead. */
export function needsRows(problem: Problem): boolean {
  return problem.kind === 'tls' || problem.kind === 'ssh' || problem.kind === 'forbidden';
}

/** The line above the rows: an old picture says how old it is, a filter says what it leaves out. */
export function messageOf(sessions: readonly EngineSession[], filter: TreeFilter): string {
  const parts = sessions.flatMap((session) => {
    if (session.state.kind !== 'offline' || !session.snapshot) return [];
    const { cause } = problemWords(session.state.problem, session.spec);
    return [vscode.l10n.t('{0} Last picture: {1}.', cause, timeOf(session.snapshot.takenAt))];
  });
  if (isFiltering(filter)) parts.push(vscode.l10n.t('Filter: {0}', filterWords(filter)));
  return parts.join(' ');
}

export function filterWords(filter: TreeFilter): string {
  return [
    filter.text ? `"${filter.text}"` : undefined,
    filter.driver ? vscode.l10n.t('driver {0}', filter.driver) : undefined,
    filter.project ? vscode.l10n.t('project {0}', filter.project) : undefined,
    filter.runningOnly ? vscode.l10n.t('running only') : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** The time of day, with the date when it is not today's. */
function timeOf(milliseconds: number): string {
  const then = new Date(milliseconds);
  const isToday = then.toDateString() === new Date().toDateString();
  return isToday ? then.toLocaleTimeString(vscode.env.language) : then.toLocaleString(vscode.env.language);
}
