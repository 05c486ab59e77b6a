/** Why an engine is not live and what mends it, in the user's words. The engine's own words follow as `detail`. */
import * as vscode from 'vscode';
import { tlsCause } from '#live/tlsCause';
import type { Problem } from '#live/types';

/** What the views need of an endpoint: its name and address. */
interface AskedEngine {
  readonly label: string;
  readonly url: string;
}

export interface ProblemWords {
  /** One sentence: what is the case. */
  readonly cause: string;
  /** One sentence: what to do. */
  readonly remedy: string;
}

export function problemWords(problem: Pick<Problem, 'kind' | 'detail'>, asked: AskedEngine): ProblemWords {
  switch (problem.kind) {
    case 'missing':
      return {
        cause: vscode.l10n.t('No engine was found at {0}.', asked.url),
        remedy: vscode.l10n.t('Start the engine, or choose another one.'),
      };
    case 'refused':
      return {
        cause: vscode.l10n.t('Nobody listens at {0}: the engine is not running.', asked.url),
        remedy: vscode.l10n.t('Start the engine.'),
      };
    case 'permission':
      return {
        cause: vscode.l10n.t('You may not open {0}.', asked.url),
        remedy: vscode.l10n.t('Add yourself to the group that owns the socket (usually "docker"), then log in again.'),
      };
    case 'timeout':
      return {
        cause: vscode.l10n.t('{0} does not answer in time.', asked.label),
        remedy: vscode.l10n.t('Restart the engine if this lasts.'),
      };
    case 'cut-off':
    case 'closed':
      return {
        cause: vscode.l10n.t('The connection to {0} was cut off.', asked.label),
        remedy: vscode.l10n.t('It is tried again by itself; start the engine if it was stopped.'),
      };
    case 'not-an-engine':
      return {
        cause: vscode.l10n.t('Something answers at {0}, but it is not a container engine.', asked.url),
        remedy: vscode.l10n.t('Check the address, or choose another engine.'),
      };
    case 'tls':
      return tlsWords(problem.detail, asked);
    case 'ssh':
      return sshWords(problem.detail, asked);
    case 'forbidden':
      return {
        cause: vscode.l10n.t('{0} forbids the request.', asked.label),
        remedy: vscode.l10n.t('A proxy or an authorization plugin stands in front of the engine: ask who runs it.'),
      };
    case 'not-found':
    case 'conflict':
    case 'bad-request':
    case 'server':
      return {
        cause: vscode.l10n.t('{0} answered with an error.', asked.label),
        remedy: vscode.l10n.t('The log shows what was asked and what the engine said.'),
      };
    default:
      return { cause: String(problem.kind satisfies never), remedy: '' };
  }
}

function tlsWords(detail: string, asked: AskedEngine): ProblemWords {
  const cause = tlsCause(detail);
  switch (cause) {
    case 'client-missing':
      return {
        cause: vscode.l10n.t('{0} asks for a client certificate, and there is none.', asked.url),
        remedy: vscode.l10n.t('Put cert.pem and key.pem into the Docker context or DOCKER_CERT_PATH.'),
      };
    case 'client-expired':
      return {
        cause: vscode.l10n.t('Your client certificate for {0} has expired.', asked.url),
        remedy: vscode.l10n.t('Have a new cert.pem and key.pem made by whoever runs the engine.'),
      };
    case 'client-rejected':
      return {
        cause: vscode.l10n.t('{0} rejects your client certificate.', asked.url),
        remedy: vscode.l10n.t(
          'Use a cert.pem signed by the authority of the engine; an expired one is rejected as well.',
        ),
      };
    case 'expired':
      return {
        cause: vscode.l10n.t('The certificate of {0} has expired.', asked.url),
        remedy: vscode.l10n.t('Have a new certificate made, or check the clock of this machine.'),
      };
    case 'other-name':
      return {
        cause: vscode.l10n.t('The certificate of {0} was made for another name.', asked.url),
        remedy: vscode.l10n.t('Use the name in the certificate as address.'),
      };
    case 'unknown-authority':
      return {
        cause: vscode.l10n.t('The certificate of {0} was not signed by a known authority.', asked.url),
        remedy: vscode.l10n.t('Put the ca.pem of the engine into the Docker context or DOCKER_CERT_PATH.'),
      };
    case 'other':
      return {
        cause: vscode.l10n.t('No secure connection to {0} could be made.', asked.url),
        remedy: vscode.l10n.t('Check the client certificate (cert.pem, key.pem) and the port.'),
      };
    default:
      return { cause: String(cause satisfies never), remedy: '' };
  }
}

/** OpenSSH's words on standard error name the cause. */
function sshWords(detail: string, asked: AskedEngine): ProblemWords {
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|host key .* changed/i.test(detail))
    return {
      cause: vscode.l10n.t('The host key of {0} has changed since you last logged in.', asked.url),
      remedy: vscode.l10n.t('If the change is expected, remove the old key with ssh-keygen -R and log in once.'),
    };
  if (/host key verification failed|authenticity/i.test(detail))
    return {
      cause: vscode.l10n.t('The host key of {0} is not known on this machine.', asked.url),
      remedy: vscode.l10n.t('Log in once with ssh in a terminal and accept the key.'),
    };
  if (/permission denied/i.test(detail))
    return {
      cause: vscode.l10n.t('{0} accepts none of your SSH keys.', asked.url),
      remedy: vscode.l10n.t('Add your key to the agent with ssh-add, or to authorized_keys on that machine.'),
    };
  if (/could not resolve|name or service not known|no such host/i.test(detail))
    return {
      cause: vscode.l10n.t('The host name of {0} is unknown.', asked.url),
      remedy: vscode.l10n.t('Check the name, or add the host to your SSH configuration.'),
    };
  return {
    cause: vscode.l10n.t('No SSH connection to {0} could be made.', asked.url),
    remedy: vscode.l10n.t('Try the same address with ssh in a terminal.'),
  };
}
