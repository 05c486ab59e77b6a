/** SSH endpoints: which URLs are let through, and what OpenSSH's words mean. */
import { describe, expect, it } from 'vitest';
import { decodeSshUrl, explainSsh, sshArguments, sshCause } from '#engine/sshWords';

describe('URLs', () => {
  it.each([
    ['ssh://host', { host: 'host', socket: '/var/run/docker.sock' }],
    ['ssh://me@host.example', { host: 'host.example', user: 'me', socket: '/var/run/docker.sock' }],
    ['ssh://me@host:2222/', { host: 'host', user: 'me', port: 2222, socket: '/var/run/docker.sock' }],
    [
      'ssh://me@[fd00::5]:22/run/user/1000/docker.sock',
      { host: 'fd00::5', user: 'me', port: 22, socket: '/run/user/1000/docker.sock' },
    ],
    ['ssh://my_alias', { host: 'my_alias', socket: '/var/run/docker.sock' }],
  ])('%s', (url, target) => {
    expect(decodeSshUrl(url)).toEqual(target);
  });

  it.each([
    'ssh://-oProxyCommand=touch%20x',
    'ssh://-oProxyCommand=x@host',
    'ssh://me@-host',
    'ssh://ho st',
    'ssh://host;id',
    'ssh://$(id)@host',
    'ssh://host:99999',
    'ssh://host/run/x.sock:/etc',
    'ssh://host/run/a b.sock',
    'ssh://',
    'ssh://@host',
    'tcp://host',
  ])('%s is refused', (url) => {
    expect(() => decodeSshUrl(url)).toThrowError(expect.objectContaining({ kind: 'ssh' }));
  });

  it('the command asks nothing, forwards one socket, and ends its options before the host', () => {
    const words = sshArguments({ host: 'h', user: 'me', port: 22, socket: '/r.sock' }, '/l.sock');
    expect(words.join(' ')).toContain('-o BatchMode=yes');
    expect(words.join(' ')).toContain('-L /l.sock:/r.sock');
    expect(words.slice(-6)).toEqual(['-p', '22', '-l', 'me', '--', 'h']);
    expect(words.join(' ')).not.toMatch(/StrictHostKeyChecking|UserKnownHostsFile/);
  });
});

describe('words', () => {
  it.each([
    ['me@h: Permission denied (publickey).', 'key-refused', 'ssh'],
    [
      'No ED25519 host key is known for [h]:22 and you have requested strict checking.\nHost key verification failed.',
      'host-key-unknown',
      'ssh',
    ],
    [
      '@@@@@@@\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\n@@@@@@@\nHost key verification failed.',
      'host-key-changed',
      'ssh',
    ],
    ['ssh: Could not resolve hostname nowhere: Name or service not known', 'host-not-found', 'missing'],
    ['ssh: connect to host h port 22: Connection refused', 'unreachable', 'refused'],
    ['ssh: connect to host h port 22: No route to host', 'unreachable', 'refused'],
    ['channel 2: open failed: connect failed: open failed', 'no-engine', 'missing'],
    ['channel 2: open failed: administratively prohibited: open failed', 'forward-refused', 'ssh'],
    ['something new', 'other', 'ssh'],
  ])('%s', (words, cause, kind) => {
    expect(sshCause(words)).toBe(cause);
    const error = explainSsh(words);
    expect(error).toMatchObject({ kind, reason: cause });
    expect(error.detail).not.toMatch(/^@|@$/m);
    expect(error.detail).not.toBe('');
  });
});
