/** Bad inputs of scripted commands: the exact code and message, and an engine that did not change. */
import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { type CommandKey, commandIds } from '#contributions';
import { api, docker } from './host.ts';

const run = (command: CommandKey, argument: unknown): Thenable<unknown> =>
  vscode.commands.executeCommand(commandIds[command], argument);

/** Networks and containers as the docker command tells them. */
async function fingerprint(): Promise<string> {
  const networks = await docker('network', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}');
  const format = '{{.ID}} {{.Names}} {{.State}} {{.Networks}} {{.Ports}}';
  return [networks, await docker('ps', '-a', '--no-trunc', '--format', format)].join('\n---\n');
}

const subnet = (value: string, more: object = {}) => ({ name: 'fresh', subnets: [{ subnet: value, ...more }] });
const example = (more: object) => ({ image: 'tiny:1', name: 'fresh', ...more });

const refused: readonly (readonly [CommandKey, object, string, string])[] = [
  ['createNetwork', {}, 'argument-missing', 'The argument “name” is missing.'],
  ['createNetwork', { name: ' ' }, 'argument-missing', 'The argument “name” is missing.'],
  ['createNetwork', { name: 7 }, 'argument-type', 'The argument “name” must be text.'],
  [
    'createNetwork',
    { name: 'fresh', subnet: '10.0.0.0/8' },
    'argument-unknown',
    'There is no argument “subnet”. Known are: name, driver, subnets, ipv6, internal, attachable, options, labels.',
  ],
  [
    'createNetwork',
    { name: '-fresh' },
    'name-syntax',
    '“-fresh” is not a network name. Use letters, digits, “_”, “.” and “-”, beginning with a letter or digit.',
  ],
  ['createNetwork', { name: 'bridge' }, 'name-predefined', '“bridge” is reserved by the engine. Choose another name.'],
  ['createNetwork', { name: 'mynet' }, 'name-taken', 'A network called “mynet” exists already. Choose another name.'],
  [
    'createNetwork',
    { name: 'fresh', driver: 'host' },
    'driver-predefined',
    'The engine makes “host” networks itself. Choose another driver.',
  ],
  [
    'createNetwork',
    { name: 'fresh', driver: 'overlay' },
    'overlay-without-swarm',
    'Overlay networks need swarm mode, and this engine is not in a swarm. Run “docker swarm init” first.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0'),
    'subnet-syntax',
    '“10.200.0.0” is not a subnet in CIDR notation. Write it like 172.20.0.0/16 or fd00:1::/64.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.7/24'),
    'subnet-host-bits',
    '“10.200.0.7/24” has host bits set. Did you mean 10.200.0.0/24?',
  ],
  [
    'createNetwork',
    subnet('192.168.100.128/25'),
    'subnet-overlaps-network',
    '192.168.100.128/25 overlaps 192.168.100.0/24 of network “mynet”. Choose a free subnet.',
  ],
  [
    'createNetwork',
    { name: 'fresh', subnets: [{ subnet: '10.200.0.0/24' }, { subnet: '10.200.0.0/25' }] },
    'subnets-overlap-each-other',
    '10.200.0.0/25 and 10.200.0.0/24 overlap each other. Give one of them another range.',
  ],
  [
    'createNetwork',
    { ...subnet('fd00:77::/64'), ipv6: false },
    'subnet-needs-ipv6',
    'fd00:77::/64 is IPv6, but IPv6 is switched off. Switch it on.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { gateway: 'x' }),
    'gateway-syntax',
    '“x” is not an IP address. Leave it empty for the engine’s choice.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { gateway: '10.201.0.1' }),
    'gateway-outside',
    'The gateway 10.201.0.1 is outside 10.200.0.0/24. Choose an address inside.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { gateway: '10.200.0.0' }),
    'gateway-is-network-address',
    '10.200.0.0 is the network address of 10.200.0.0/24. Choose the next one.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { gateway: '10.200.0.255' }),
    'gateway-is-broadcast',
    '10.200.0.255 is the broadcast address of 10.200.0.0/24. Choose the one before.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { ipRange: '10.200.0' }),
    'range-syntax',
    '“10.200.0” is not an IP range in CIDR notation, like 172.20.5.0/24.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { ipRange: '10.200.0.0/16' }),
    'range-outside',
    'The IP range 10.200.0.0/16 is not inside 10.200.0.0/24. Choose a part of the subnet.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { reserved: { router: '10.9.0.1' } }),
    'reserved-outside',
    '10.9.0.1 (reserved for “router”) is outside 10.200.0.0/24.',
  ],
  [
    'createNetwork',
    subnet('10.200.0.0/24', { gateway: '10.200.0.1', reserved: { router: '10.200.0.1' } }),
    'reserved-is-gateway',
    '10.200.0.1 (reserved for “router”) is the gateway. It is taken already.',
  ],
  [
    'removeNetwork',
    { network: 'nobody', confirmed: true },
    'network-not-found',
    'No network is called “nobody”. Refresh, or give its id.',
  ],
  [
    'removeNetwork',
    { network: 'bridge', confirmed: true },
    'network-built-in',
    '“bridge” belongs to the engine: it can be neither edited nor removed.',
  ],
  [
    'editNetwork',
    { network: 'host', name: 'fresh', confirmed: true },
    'network-built-in',
    '“host” belongs to the engine: it can be neither edited nor removed.',
  ],
  ['editNetwork', { network: 'mynet', confirmed: true }, 'edit-nothing', 'Nothing of “mynet” was changed.'],
  [
    'connectContainer',
    { network: 'mynet', container: 'nobody' },
    'container-not-found',
    'No container is called “nobody”. Refresh, or give its id.',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'web' },
    'already-connected',
    '“web” is connected to “mynet” already.',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'host-mode' },
    'connect-host-mode',
    '“host-mode” uses the host’s network and cannot join another. Run it anew on “mynet”.',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'web-sidecar' },
    'connect-sharer',
    '“web-sidecar” shares another container’s network. Connect that one instead.',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'redis', ipv4: '192.168.100.100' },
    'address-taken',
    '192.168.100.100 is taken by “web”. Choose another one.',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'redis', ipv4: '192.168.100.254' },
    'address-gateway',
    '192.168.100.254 is the gateway of “mynet”. Choose another one.',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'redis', ipv4: '10.0.0.9' },
    'address-outside',
    '10.0.0.9 is outside network “mynet” (192.168.100.0/24).',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'redis', ipv6: 'fd00::9' },
    'address-wrong-family',
    'Network “mynet” has no subnet for fd00::9. Use the other address family.',
  ],
  [
    'connectContainer',
    { network: 'mynet', container: 'redis', ipv4: 'x' },
    'address-not-an-address',
    '“x” is not an IP address.',
  ],
  [
    'disconnectContainer',
    { network: 'mynet', container: 'redis', confirmed: true },
    'not-connected',
    '“redis” is not connected to “mynet”.',
  ],
  ['runContainer', { image: 'a b' }, 'image-syntax', '“a b” is not an image name: it contains a space.'],
  [
    'runContainer',
    example({ name: 'web' }),
    'container-name-taken',
    'A container called “web” exists already. Choose another name.',
  ],
  [
    'runContainer',
    example({ name: '!' }),
    'container-name-syntax',
    '“!” is not a container name. Use two or more letters, digits, “_”, “.” and “-”, beginning with a letter or digit.',
  ],
  [
    'runContainer',
    example({ mode: 'bridged' }),
    'mode-syntax',
    'The argument “mode” must be "host", "none", { network } or { container }.',
  ],
  [
    'runContainer',
    example({ mode: 'host', publish: ['8099:80'] }),
    'publish-in-host-mode',
    'In host mode the container’s ports are the host’s own: there is nothing to publish.',
  ],
  [
    'runContainer',
    example({ mode: 'none', publishAll: true }),
    'publish-without-network',
    'A container without a network cannot publish ports. Choose a network.',
  ],
  [
    'runContainer',
    example({ mode: { container: 'web' }, publish: ['8099:80'] }),
    'publish-when-sharing',
    'Ports are published by the container whose network is shared: publish them on “web”.',
  ],
  [
    'runContainer',
    example({ ipv4: '10.0.0.1' }),
    'address-without-network',
    'A static address or alias needs a network. Choose one.',
  ],
  [
    'runContainer',
    example({ publish: ['8080:80'] }),
    'port-held',
    'Host port 8080 is taken by “web”. Choose another one.',
  ],
  [
    'runContainer',
    example({ publish: ['eighty'] }),
    'port-syntax',
    '“eighty” is not a port. Write it like 8080:80, 80 or 127.0.0.1:8080:80/udp.',
  ],
  [
    'runContainer',
    example({ publish: ['99999:80'] }),
    'port-number',
    '“99999” in “99999:80” is not between 1 and 65535.',
  ],
  [
    'runContainer',
    example({ publish: ['8000-8001:80-90'] }),
    'port-range-length',
    'In “8000-8001:80-90” 2 host ports stand against 11 container ports. Make them equal.',
  ],
  ['runContainer', example({ links: ['nobody:x'] }), 'link-target', 'There is no container “nobody” to link to.'],
  [
    'runContainer',
    example({ env: ['A B'] }),
    'env-syntax',
    '“A B” is not an environment variable. Write it like NAME=value.',
  ],
  [
    'runContainer',
    example({ volumes: ['data:relative'] }),
    'volume-syntax',
    '“data:relative” is not a volume. Write it like data:/path or /here:/there:ro.',
  ],
  [
    'runContainer',
    example({ restart: 'sometimes' }),
    'restart-syntax',
    '“sometimes” is not a restart policy. Use no, always, unless-stopped or on-failure.',
  ],
  [
    'publishPort',
    { container: 'host-mode', publish: '8099:80', confirmed: true },
    'publish-in-host-mode',
    'In host mode the container’s ports are the host’s own: there is nothing to publish.',
  ],
  [
    'publishPort',
    { container: 'db', publish: '8080:80', confirmed: true },
    'port-held',
    'Host port 8080 is taken by “web”. Choose another one.',
  ],
  ['publishPort', { container: 'db', confirmed: true }, 'argument-missing', 'The argument “publish” is missing.'],
  ['findFreeSubnet', { prefix: 40 }, 'prefix-range', '“40” is not a usable prefix length. Give 8 to 29.'],
];

suite('commands refuse', () => {
  let before = '';
  suiteSetup(async () => {
    await api();
    before = await fingerprint();
  });

  for (const [command, argument, code, message] of refused)
    test(`${command} ${JSON.stringify(argument)}: ${code}`, async () => {
      await assert.rejects(Promise.resolve(run(command, argument)), (error: Error & { code?: string }) => {
        assert.equal(error.message, message);
        assert.equal(error.code, code);
        return true;
      });
      assert.equal(await fingerprint(), before);
    });
});
