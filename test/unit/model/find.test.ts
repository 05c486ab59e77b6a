import { describe, expect, it } from 'vitest';
import { type Finding, find, portIn } from '#model/find';
import { snapshotOf } from './recordedSnapshot.ts';

const snapshot = snapshotOf('docker-28');

function told(text: string): readonly string[] {
  return find(snapshot, text).map(describeFinding);
}

function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'endpoint':
      return `${finding.configured ? 'later ' : ''}${finding.container.name} on ${finding.endpoint.network}`;
    case 'gateway':
    case 'free':
    case 'subnet':
    case 'reserved':
    case 'network':
      return `${finding.kind} ${finding.network.name}`;
    case 'published':
      return `published ${finding.container.name}`;
    case 'listens':
    case 'container':
      return `${finding.kind} ${finding.container.name}`;
    case 'service':
    case 'virtual-ip':
      return `${finding.kind} ${finding.service.name}`;
    default:
      return finding.kind;
  }
}

describe('find', () => {
  it('an address', () => {
    expect(told('192.168.100.100')).toEqual(['web on front']);
    expect(told(' 192.168.100.254 ')).toEqual(['gateway front']);
    expect(told('192.168.100.200')).toEqual(['free front']);
    expect(told('192.168.100.77')).toContain('later stopped1 on front');
    expect(told('203.0.113.9')).toEqual([]);
  });

  it('the subject of a question', () => {
    expect(told('who has 192.168.100.100?')).toEqual(['web on front']);
    expect(told('What is in 192.168.100.0/24 ?')).toEqual(['subnet front']);
    expect(told('who is on 12800')).toEqual(['published web']);
  });

  it('an IPv6 address, however it is written', () => {
    expect(told('fd00:30::50')).toEqual(['dual1 on dual']);
    expect(told('[FD00:30:0:0::50]')).toEqual(['dual1 on dual']);
  });

  it('a subnet', () => {
    expect(told('192.168.100.0/24')).toEqual(['subnet front']);
    expect(told('192.168.100.128/25')).toEqual(['subnet front']);
  });

  it('a port, with the publisher before those who only listen', () => {
    expect(told('12800')).toEqual(['published web']);
    expect(told('localhost:12800')).toEqual(['published web']);
    expect(told('12800/udp')).toEqual([]);
    expect(told(':80').every((text) => text.startsWith('listens') || text.startsWith('published'))).toBe(true);
  });

  it('a name, the exact one first', () => {
    expect(told('web')[0]).toBe('container web');
    expect(told('front')[0]).toBe('network front');
  });

  it('nothing for nothing', () => {
    expect(told('')).toEqual([]);
    expect(told('   ')).toEqual([]);
  });
});

describe('portIn', () => {
  it.each([
    ['8080', { number: 8080 }],
    [':8080', { number: 8080 }],
    ['8080/UDP', { number: 8080, protocol: 'udp' }],
    ['0', undefined],
    ['65536', undefined],
    ['web', undefined],
  ])('reads %s', (text, port) => {
    expect(portIn(text)).toEqual(port);
  });
});
