/** Words for names, subnets, gateways, addresses and ports that cannot be had. */
import * as vscode from 'vscode';
import type { Words } from '#commands/words';

export const addressWords: Words = {
  'name-empty': () => vscode.l10n.t('Give the network a name.'),
  'name-syntax': (a) =>
    vscode.l10n.t(
      '“{name}” is not a network name. Use letters, digits, “_”, “.” and “-”, beginning with a letter or digit.',
      a,
    ),
  'name-predefined': (a) => vscode.l10n.t('“{name}” is reserved by the engine. Choose another name.', a),
  'name-taken': (a) => vscode.l10n.t('A network called “{name}” exists already. Choose another name.', a),
  'driver-predefined': (a) => vscode.l10n.t('The engine makes “{driver}” networks itself. Choose another driver.', a),
  'overlay-without-swarm': () =>
    vscode.l10n.t(
      'Overlay networks need swarm mode, and this engine is not in a swarm. Run “docker swarm init” first.',
    ),
  'subnet-syntax': (a) =>
    vscode.l10n.t('“{subnet}” is not a subnet in CIDR notation. Write it like 172.20.0.0/16 or fd00:1::/64.', a),
  'subnet-host-bits': (a) => vscode.l10n.t('“{subnet}” has host bits set. Did you mean {proposal}?', a),
  'subnet-overlaps-network': (a) =>
    vscode.l10n.t('{subnet} overlaps {cidr} of network “{network}”. Choose a free subnet.', a),
  'subnet-overlaps-interface': (a) =>
    vscode.l10n.t('{subnet} overlaps {cidr} of this machine’s interface “{interface}”. Choose a free subnet.', a),
  'subnet-overlaps-route': (a) =>
    vscode.l10n.t('{subnet} overlaps {cidr}, which this machine routes through “{device}”. Choose a free subnet.', a),
  'subnets-overlap-each-other': (a) =>
    vscode.l10n.t('{subnet} and {other} overlap each other. Give one of them another range.', a),
  'subnet-needs-ipv6': (a) => vscode.l10n.t('{subnet} is IPv6, but IPv6 is switched off. Switch it on.', a),
  'gateway-syntax': (a) =>
    vscode.l10n.t('“{gateway}” is not an IP address. Leave it empty for the engine’s choice.', a),
  'gateway-without-subnet': () => vscode.l10n.t('A gateway needs a subnet. Give the subnet first.'),
  'gateway-outside': (a) => vscode.l10n.t('The gateway {gateway} is outside {subnet}. Choose an address inside.', a),
  'gateway-is-network-address': (a) =>
    vscode.l10n.t('{gateway} is the network address of {subnet}. Choose the next one.', a),
  'gateway-is-broadcast': (a) =>
    vscode.l10n.t('{gateway} is the broadcast address of {subnet}. Choose the one before.', a),
  'range-syntax': (a) => vscode.l10n.t('“{range}” is not an IP range in CIDR notation, like 172.20.5.0/24.', a),
  'range-outside': (a) => vscode.l10n.t('The IP range {range} is not inside {subnet}. Choose a part of the subnet.', a),
  'reserved-syntax': (a) => vscode.l10n.t('“{address}” (reserved for “{name}”) is not an IP address.', a),
  'reserved-outside': (a) => vscode.l10n.t('{address} (reserved for “{name}”) is outside {subnet}.', a),
  'reserved-is-gateway': (a) =>
    vscode.l10n.t('{address} (reserved for “{name}”) is the gateway. It is taken already.', a),
  'reserved-twice': (a) => vscode.l10n.t('{address} (reserved for “{name}”) is reserved twice. Remove one.', a),
  'address-not-an-address': (a) => vscode.l10n.t('“{address}” is not an IP address.', a),
  'address-wrong-family': (a) =>
    vscode.l10n.t('Network “{network}” has no subnet for {address}. Use the other address family.', a),
  'address-outside': (a) => vscode.l10n.t('{address} is outside network “{network}” ({subnets}).', a),
  'address-network-address': (a) =>
    vscode.l10n.t('{address} is the network address of “{network}”. Choose a higher one.', a),
  'address-broadcast-address': (a) =>
    vscode.l10n.t('{address} is the broadcast address of “{network}”. Choose a lower one.', a),
  'address-gateway': (a) => vscode.l10n.t('{address} is the gateway of “{network}”. Choose another one.', a),
  'address-reserved': (a) => vscode.l10n.t('{address} is reserved for “{name}” on “{network}”. Choose another one.', a),
  'address-host': (a) => vscode.l10n.t('{address} is this machine’s own, on “{name}”. Choose another one.', a),
  'address-taken': (a) => vscode.l10n.t('{address} is taken by “{container}”. Choose another one.', a),
  'address-taken-when-started': (a) =>
    vscode.l10n.t('{address} belongs to “{container}”, which is stopped and will not start while it is taken.', a),
  'static-needs-user-network': (a) =>
    vscode.l10n.t(
      'The engine gives no static addresses on “{network}”. Use a network of your own. It says: {detail}',
      a,
    ),
  'static-needs-subnet': (a) =>
    vscode.l10n.t(
      'This engine gives static addresses only on networks whose subnet was configured. Create “{network}” with a subnet. It says: {detail}',
      a,
    ),
  'port-empty': () => vscode.l10n.t('Give a port, like 8080:80.'),
  'port-syntax': (a) => vscode.l10n.t('“{text}” is not a port. Write it like 8080:80, 80 or 127.0.0.1:8080:80/udp.', a),
  'port-number': (a) => vscode.l10n.t('“{part}” in “{text}” is not between 1 and 65535.', a),
  'port-range-backwards': (a) => vscode.l10n.t('The range “{part}” in “{text}” runs backwards.', a),
  'port-range-length': (a) =>
    vscode.l10n.t('In “{text}” {host} host ports stand against {container} container ports. Make them equal.', a),
  'port-protocol': (a) => vscode.l10n.t('“{protocol}” in “{text}” is not tcp, udp or sctp.', a),
  'port-host-address': (a) => vscode.l10n.t('“{address}” in “{text}” is not an IP address of the host.', a),
  'port-held': (a) => vscode.l10n.t('Host port {port} is taken by “{holder}”. Choose another one.', a),
};
