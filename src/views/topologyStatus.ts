/** The state of an engine as the topology page shows it. */
import * as vscode from 'vscode';
import type { EngineSession } from '#live/types';
import type { PageStatus } from '#protocol';
import { problemWords } from '#views/problems';

export function statusOf(session: EngineSession): PageStatus {
  const { state, snapshot, spec } = session;
  switch (state.kind) {
    case 'live':
      return { tone: 'live', text: vscode.l10n.t('Live') };
    case 'idle':
      return { tone: 'waiting', text: vscode.l10n.t('Paused') };
    case 'connecting':
      return { tone: 'waiting', text: snapshot ? vscode.l10n.t('Reconnecting…') : vscode.l10n.t('Connecting…') };
    case 'offline': {
      const { problem } = state;
      const { cause, remedy } = problemWords(problem, spec);
      return {
        tone: 'bad',
        text: vscode.l10n.t('Not connected'),
        notice: {
          title: vscode.l10n.t('{0} is not answering', spec.label),
          lines: [cause, remedy].filter((line) => line !== ''),
          ...(problem.detail ? { detail: problem.detail } : {}),
          ...(problem.nextTry === undefined ? {} : { nextTry: problem.nextTry }),
        },
        ...(snapshot ? { lastSeen: lastSeen(snapshot.takenAt) } : {}),
      };
    }
  }
}

function lastSeen(at: number): string {
  const time = new Date(at).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
  return vscode.l10n.t('last seen {0}', time);
}

/** When no engine was found at all. */
export function noEngine(): PageStatus {
  return {
    tone: 'bad',
    text: vscode.l10n.t('Not connected'),
    notice: {
      title: vscode.l10n.t('No container engine was found'),
      lines: [vscode.l10n.t('Start Docker or Podman, or choose an engine.')],
    },
  };
}
