/** The pure half of SSH endpoints: which command to run, and what OpenSSH's words mean. */
import { EngineError } from '#engine/errors';

export interface SshTarget {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** The engine's socket on the other machine. */
  readonly socket: string;
}

/**
 * `ssh://[user@]host[:port][/socket]`. Host and user become arguments of a command (never of a shell), so nothing that
 * could be an option or carries odd characters is let through; aliases of `~/.ssh/config` are hosts too.
 * @throws EngineError `ssh`
 */
export function decodeSshUrl(text: string): SshTarget {
  const parts = /^ssh:\/\/(?:([^@/]+)@)?(\[[0-9A-Fa-f:.%a-z]+\]|[^:/@]+)(?::(\d{1,5}))?(\/.*)?$/.exec(text);
  const user = parts?.[1];
  const host = parts?.[2]?.replace(/^\[|\]$/g, '') ?? '';
  const port = parts?.[3] === undefined ? undefined : Number(parts[3]);
  const path = parts?.[4] ?? '/';
  const socket = path === '/' ? '/var/run/docker.sock' : path;
  const valid =
    /^[A-Za-z0-9_](?:[A-Za-z0-9._:%-]*[A-Za-z0-9_])?$|^::[0-9A-Fa-f:.]*$/.test(host) &&
    (user === undefined || /^[A-Za-z0-9_][A-Za-z0-9._\\$-]*$/.test(user)) &&
    (port === undefined || (port > 0 && port < 65536)) &&
    /^\/[A-Za-z0-9._/@+-]+$/.test(socket);
  if (!valid) throw new EngineError('ssh', text);
  return { host, socket, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
}

export function sshArguments(target: SshTarget, localSocket: string): readonly string[] {
  return [
    '-N', // no command on the other side
    '-T',
    '-o',
    'BatchMode=yes', // never ask: there is no terminal to answer on
    '-o',
    'ExitOnForwardFailure=yes',
    '-o',
    'StreamLocalBindUnlink=yes',
    '-o',
    'StreamLocalBindMask=0177',
    '-o',
    'ConnectTimeout=10',
    '-o',
    'ServerAliveInterval=15', // a peer that vanished is found within 45 s
    '-o',
    'ServerAliveCountMax=3',
    '-o',
    'ControlMaster=no', // a shared connection would outlive this one, and its death take ours with it
    '-o',
    'ControlPath=none',
    '-o',
    'ForwardAgent=no',
    '-o',
    'ForwardX11=no',
    '-L',
    `${localSocket}:${target.socket}`,
    ...(target.port === undefined ? [] : ['-p', String(target.port)]),
    ...(target.user === undefined ? [] : ['-l', target.user]),
    '--',
    target.host,
  ];
}

/** Causes that a person is told apart; the views put them into words with the remedy. */
export type SshCause =
  | 'host-key-changed'
  | 'host-key-unknown'
  | 'key-refused'
  | 'host-not-found'
  | 'unreachable'
  | 'no-engine'
  | 'forward-refused'
  | 'other';

/** What OpenSSH's words mean; the order matters, for a changed key is also a failed verification. */
export function sshCause(words: string): SshCause {
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED/.test(words)) return 'host-key-changed';
  if (/Host key verification failed|No .* host key is known/.test(words)) return 'host-key-unknown';
  if (/Permission denied|Too many authentication failures|no mutual signature|UNPROTECTED PRIVATE KEY/.test(words))
    return 'key-refused';
  if (/Could not resolve hostname|Name or service not known/.test(words)) return 'host-not-found';
  if (/administratively prohibited|forwarding (?:request )?failed/i.test(words)) return 'forward-refused';
  // After the login, for each request: `channel 2: open failed: connect failed: open failed`.
  if (/open failed: connect failed/.test(words)) return 'no-engine';
  if (
    /Connection (?:refused|timed out|closed|reset)|No route to host|Network is unreachable|Operation timed out/.test(
      words,
    )
  )
    return 'unreachable';
  return 'other';
}

/** An `EngineError` whose kind is `ssh`, or `missing` and `refused` where another kind says it better; words kept. */
export function explainSsh(words: string): EngineError {
  const cause = sshCause(words);
  const detail = tidy(words);
  if (cause === 'host-not-found' || cause === 'no-engine') return new SshError('missing', detail, cause);
  if (cause === 'unreachable') return new SshError('refused', detail, cause);
  return new SshError('ssh', detail, cause);
}

/** An `EngineError` that also says which of OpenSSH's troubles it was. */
export class SshError extends EngineError {
  readonly reason: SshCause;

  static override [Symbol.hasInstance](value: unknown): value is SshError {
    return value instanceof EngineError && 'reason' in value;
  }

  constructor(kind: 'ssh' | 'missing' | 'refused', detail: string, reason: SshCause) {
    super(kind, detail);
    this.reason = reason;
  }
}

/** OpenSSH's words without its frames of @ signs and empty lines. */
function tidy(words: string): string {
  return words
    .split(/\r?\n/)
    .map((line) => line.replace(/^@+|@+$/g, '').trim())
    .filter((line) => line !== '')
    .join('\n');
}
