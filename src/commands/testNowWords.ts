/** A test's result beside the prediction, with the likely causes where they differ. */
import * as vscode from 'vscode';
import type { Outcome, ProbeTarget } from '#commands/testNowProbe';
import type { ReachAnswer } from '#model/reach';
import type { TestLine } from '#reachProtocol';

export interface Tested {
  readonly target: ProbeTarget;
  /** What was used: `curl`, `nc`, … */
  readonly tool: string;
  readonly outcome: Outcome;
}

function outcomeWord(outcome: Outcome): string {
  switch (outcome) {
    case 'answered':
      return vscode.l10n.t('answered');
    case 'connected':
      return vscode.l10n.t('connected, said nothing');
    case 'refused':
      return vscode.l10n.t('refused: nothing listens there');
    case 'unresolved':
      return vscode.l10n.t('the name does not resolve');
    case 'unreachable':
      return vscode.l10n.t('no route to it');
    case 'timeout':
      return vscode.l10n.t('no answer in time');
    default:
      return vscode.l10n.t('not tested: no tool on board');
  }
}

const got = ({ outcome }: Tested): boolean => outcome === 'answered' || outcome === 'connected';

export function testLine(answer: ReachAnswer, tested: readonly Tested[]): TestLine {
  const reached = tested.some(got);
  const lines = tested.map(({ target: { host, port }, tool, outcome }) => {
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    return tool === '' ? `${address}: ${outcomeWord(outcome)}` : `${address}: ${outcomeWord(outcome)} (${tool})`;
  });
  const tone = reached ? 'yes' : 'no';
  const predicted = answer.answer;
  if (predicted === tone) return { tone, text: vscode.l10n.t('As predicted.'), lines };
  if (predicted === 'depends')
    return {
      tone,
      text: reached
        ? vscode.l10n.t('Here and now it gets through.')
        : vscode.l10n.t('Here and now it does not get through.'),
      lines,
    };
  return { tone, text: differs(reached, tested), lines };
}

/** The likely causes, the likeliest first; what is predicted is about the network, not about the process behind it. */
function differs(reached: boolean, tested: readonly Tested[]): string {
  if (reached)
    return vscode.l10n.t(
      'It gets through although “no” was predicted. Likely causes: firewall rules changed by hand, or another service at that address.',
    );
  if (tested.some(({ outcome }) => outcome === 'refused'))
    return vscode.l10n.t(
      'The network lets it through, but nobody answers. Likely causes: the service is not listening on this port (yet), or only on 127.0.0.1 inside its container.',
    );
  if (tested.every(({ outcome }) => outcome === 'unresolved'))
    return vscode.l10n.t('The name does not resolve. Likely cause: DNS settings of the source container itself.');
  return vscode.l10n.t(
    'No answer came, though “yes” was predicted. Likely causes: a firewall inside the container or on the host, or a service that hangs.',
  );
}
