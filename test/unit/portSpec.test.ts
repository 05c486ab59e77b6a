import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindingsOf, formatPortSpec, type PortSpec, parsePortSpec } from '#model/portSpec';

const read = (text: string): PortSpec | string => {
  const reading = parsePortSpec(text);
  return 'spec' in reading ? reading.spec : reading.problem.rule;
};
const one = (port: number) => ({ first: port, last: port });

describe('published ports', () => {
  it.each<[string, PortSpec]>([
    ['80', { ports: one(80), protocol: 'tcp' }],
    ['80/udp', { ports: one(80), protocol: 'udp' }],
    ['8080:80', { hostPorts: one(8080), ports: one(80), protocol: 'tcp' }],
    ['8080:80/SCTP', { hostPorts: one(8080), ports: one(80), protocol: 'sctp' }],
    ['8000-8010:80-90', { hostPorts: { first: 8000, last: 8010 }, ports: { first: 80, last: 90 }, protocol: 'tcp' }],
    ['8000-8010:80', { hostPorts: { first: 8000, last: 8010 }, ports: one(80), protocol: 'tcp' }],
    ['127.0.0.1:8080:80/udp', { hostIp: '127.0.0.1', hostPorts: one(8080), ports: one(80), protocol: 'udp' }],
    ['127.0.0.1::80', { hostIp: '127.0.0.1', ports: one(80), protocol: 'tcp' }],
    ['[::1]:8080:80', { hostIp: '::1', hostPorts: one(8080), ports: one(80), protocol: 'tcp' }],
    ['[::1]::80', { hostIp: '::1', ports: one(80), protocol: 'tcp' }],
    ['::1:8080:80', { hostIp: '::1', hostPorts: one(8080), ports: one(80), protocol: 'tcp' }],
  ])('reads %s', (text, spec) => expect(read(text)).toEqual(spec));

  it.each([
    ['', 'port-empty'],
    ['web', 'port-syntax'],
    [':80', 'port-syntax'],
    ['80:', 'port-syntax'],
    ['80:80x', 'port-syntax'],
    ['[::1]:1:2:3', 'port-syntax'],
    ['0', 'port-number'],
    ['65536', 'port-number'],
    ['99999:80', 'port-number'],
    ['90-80', 'port-range-backwards'],
    ['8000-8001:80-90', 'port-range-length'],
    ['8000:80-90', 'port-range-length'],
    ['80/icmp', 'port-protocol'],
    ['80/', 'port-protocol'],
    ['localhost:8080:80', 'port-host-address'],
    ['300.0.0.1:8080:80', 'port-host-address'],
    ['[zz]:8080:80', 'port-host-address'],
  ])('refuses %s: %s', (text, rule) => expect(read(text)).toBe(rule));

  it('gives one binding a container port, and leaves a choice to the engine', () => {
    const bindings = (text: string) =>
      bindingsOf(read(text) as PortSpec).map((b) => `${b.hostIp}|${b.hostPort}|${b.port}`);
    expect(bindings('8000-8001:80-81')).toEqual(['|8000|80', '|8001|81']);
    expect(bindings('8000-8010:80')).toEqual(['|8000-8010|80']);
    expect(bindings('80-81')).toEqual(['||80', '||81']);
  });

  it('writes what it reads', () => {
    const port = fc.integer({ min: 1, max: 65_000 });
    const spec = fc
      .tuple(
        port,
        fc.integer({ min: 0, max: 20 }),
        fc.option(port),
        fc.constantFrom('tcp', 'udp', 'sctp'),
        fc.constantFrom(undefined, '127.0.0.1', '::1'),
      )
      .map(([first, more, host, protocol, hostIp]) => ({
        ports: { first, last: first + more },
        protocol,
        ...(host ? { hostPorts: { first: host, last: host + more } } : {}),
        ...(hostIp ? { hostIp } : {}),
      })) as fc.Arbitrary<PortSpec>;
    fc.assert(
      fc.property(spec, (value) => {
        expect(read(formatPortSpec(value))).toEqual(value);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parsePortSpec(text);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
