import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeFragment, networkCreateLine, quoteWord, runLine } from '#model/dockerLine';
import type { NetworkDraft } from '#model/networkDraft';

const draft: NetworkDraft = {
  name: 'mynet',
  driver: 'macvlan',
  internal: true,
  subnets: [
    {
      subnet: '192.168.100.0/24',
      gateway: '192.168.100.254',
      ipRange: '192.168.100.128/25',
      reserved: { router: '192.168.100.2' },
    },
    { subnet: 'fd00:1::/64' },
  ],
  options: { parent: 'eth0', 'com.example.quote': "it's" },
  labels: { team: 'net & more' },
};

describe('lines to copy', () => {
  it('creates the network', () => {
    expect(networkCreateLine(draft)).toBe(
      "docker network create --driver macvlan --subnet 192.168.100.0/24 --gateway 192.168.100.254 --ip-range 192.168.100.128/25 --aux-address router=192.168.100.2 --subnet fd00:1::/64 --ipv6 --internal --opt parent=eth0 --opt 'com.example.quote=it'\\''s' --label 'team=net & more' mynet",
    );
  });

  it('runs the container, and connects it to the networks beyond the first', () => {
    expect(
      runLine({
        image: 'nginx:1',
        name: 'web',
        mode: {
          kind: 'networks',
          networks: [
            { id: '1', name: 'mynet', ipv4: '192.168.100.100', aliases: ['www'] },
            { id: '2', name: 'other', aliases: ['w'] },
          ],
        },
        publish: [{ hostPorts: { first: 8080, last: 8080 }, ports: { first: 80, last: 80 }, protocol: 'tcp' }],
        publishAll: true,
        links: ['redis:cache'],
        env: ['GREETING=hello you'],
        volumes: ['data:/data'],
        restart: 'always',
        command: ['sh', '-c', 'echo $HOME'],
      }),
    ).toBe(
      [
        "docker run --detach --name web --network mynet --ip 192.168.100.100 --network-alias www --publish-all --publish 8080:80 --link redis:cache --env 'GREETING=hello you' --volume data:/data --restart always nginx:1 sh -c 'echo $HOME'",
        'docker network connect --alias w other web',
      ].join('\n'),
    );
  });

  it('quotes so that a shell gives every word back', () => {
    const words = fc.sample(fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }), { seed: 3, numRuns: 200 });
    // A NUL cannot be an argument of any process, nor half a surrogate pair text.
    const usable = words.filter((word) => !word.includes('\0') && word.isWellFormed());
    const script = `printf '%s\\001' ${usable.map(quoteWord).join(' ')}`;
    const output = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
    expect(output.split('\u0001').slice(0, -1).join('|')).toBe(usable.join('|').replaceAll('\u0001', '|'));
  });

  it('writes a Compose fragment that reads back', () => {
    expect(parse(composeFragment(draft))).toEqual({
      networks: {
        mynet: {
          name: 'mynet',
          driver: 'macvlan',
          internal: true,
          enable_ipv6: true,
          driver_opts: { parent: 'eth0', 'com.example.quote': "it's" },
          labels: { team: 'net & more' },
          ipam: {
            config: [
              {
                subnet: '192.168.100.0/24',
                gateway: '192.168.100.254',
                ip_range: '192.168.100.128/25',
                aux_addresses: { router: '192.168.100.2' },
              },
              { subnet: 'fd00:1::/64' },
            ],
          },
        },
      },
    });
    for (const name of ['true', '123', 'no', 'a.b'])
      expect(Object.keys(parse(composeFragment({ ...draft, name })).networks)).toEqual([name]);
  });
});
