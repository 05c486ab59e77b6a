/** Words of the tools a probe may find on board, as they really print them. */
import { describe, expect, test } from 'vitest';
import { outcomeOf, probeCommand } from '#commands/testNowProbe';

describe('outcomeOf', () => {
  test.each([
    ['curl|0|http 200', 'answered'],
    ['curl|52|curl: (52) Empty reply from server http 000', 'answered'],
    ['curl|7|curl: (7) Failed to connect to 10.0.0.2 port 80: Connection refused http 000', 'refused'],
    ['curl|6|curl: (6) Could not resolve host: db http 000', 'unresolved'],
    ['curl|28|curl: (28) Connection timed out after 3001 milliseconds http 000', 'timeout'],
    ["wget|1|wget: can't connect to remote host (10.0.0.2): Connection refused", 'refused'],
    ["wget|1|wget: bad address 'db'", 'unresolved'],
    ['wget|1|wget: server returned error: HTTP/1.0 404 Not Found', 'answered'],
    ['wget|1|wget: download timed out', 'timeout'],
    ['nc|0|HTTP/1.0 200 OK', 'answered'],
    ['nc|0|', 'connected'],
    ["nc|1|nc: can't connect to remote host (10.0.0.2): No route to host", 'unreachable'],
    ['bash|0|', 'connected'],
    ['', 'no-tool'],
    ['getent|0|10.0.0.2 db', 'no-tool'],
  ])('%s is %s', (output, outcome) => {
    expect(outcomeOf(output).outcome).toBe(outcome);
  });

  test('the best news of all tools counts', () => {
    expect(outcomeOf('wget|1|wget: download timed out\nnc|0|\n')).toEqual({ outcome: 'connected', tool: 'nc' });
  });
});

test('a hostile name stays a parameter of the script', () => {
  const host = '$(reboot)"; rm -rf /';
  const command = probeCommand({ host, port: 80 });
  expect(command.filter((part) => part.includes('reboot'))).toEqual([host]);
});
