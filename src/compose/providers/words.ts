/** Rules of the Compose checks and fixes in the user's words. */
import * as vscode from 'vscode';
import type { Diagnostic, Fix } from '#compose/diagnostics';

type Args = Readonly<Record<string, string>>;

/** What is wrong, and why that matters. */
export function diagnosticWords({ rule, args }: Pick<Diagnostic, 'rule' | 'args'>): string {
  return portWords(rule, args) ?? addressWords(rule, args) ?? nameWords(rule, args) ?? otherWords(rule, args);
}

function portWords(rule: string, args: Args): string | undefined {
  switch (rule) {
    case 'port-taken':
      return vscode.l10n.t(
        'Host port {0}/{1} is already taken by the container {2}: the engine will refuse to start this service.',
        args.port!,
        args.protocol!,
        args.holder!,
      );
    case 'port-twice':
      return vscode.l10n.t(
        'Host port {0}/{1} is already published by the service {2}: only one of the two can start.',
        args.port!,
        args.protocol!,
        args.service!,
      );
    case 'ports-in-host-mode':
      return vscode.l10n.t(
        '{0} uses the host network, so its ports are open on the host as they are: the engine ignores "ports" here.',
        args.service!,
      );
    case 'ports-in-none-mode':
      return vscode.l10n.t('{0} has no network, so publishing its ports has no effect.', args.service!);
    case 'ports-in-shared-mode':
      return vscode.l10n.t(
        '{0} shares the network of another container ({1}): its ports must be published there. The engine refuses "ports" here.',
        args.service!,
        args.mode!,
      );
    case 'port-unreadable':
      return vscode.l10n.t(
        '"{0}" is not a port mapping. Write HOST:CONTAINER, ADDRESS:HOST:CONTAINER or CONTAINER, with ports from 1 to 65535.',
        args.value!,
      );
    case 'port-range':
      return vscode.l10n.t('"{0}": the two ranges must be equally long, and each must go upwards.', args.value!);
    case 'database-exposed':
      return vscode.l10n.t(
        '{0} looks like a database, and port {1} is published on every interface: any machine that reaches this host reaches it. Bind it to 127.0.0.1 if only this machine needs it.',
        args.service!,
        args.port!,
      );
    default:
      return undefined;
  }
}

function addressWords(rule: string, args: Args): string | undefined {
  switch (rule) {
    case 'subnet-overlap-file':
      return vscode.l10n.t(
        'The subnet {0} overlaps the one of the network {1} in this file: the engine refuses the second.',
        args.subnet!,
        args.other!,
      );
    case 'subnet-overlap-network':
      return vscode.l10n.t(
        'The subnet {0} overlaps {1} of the existing network {2}: the engine will refuse it.',
        args.subnet!,
        args.cidr!,
        args.other!,
      );
    case 'subnet-overlap-interface':
    case 'subnet-overlap-route':
      return vscode.l10n.t(
        'The subnet {0} overlaps {1}, which this host reaches through {2}: traffic may go the wrong way.',
        args.subnet!,
        args.cidr!,
        args.other!,
      );
    case 'subnet-unreadable':
      return vscode.l10n.t('"{0}" is not a subnet. Write it like 172.30.0.0/24.', args.value!);
    case 'address-unreadable':
      return vscode.l10n.t('"{0}" is not an IP address.', args.value!);
    case 'gateway-outside':
      return vscode.l10n.t('The gateway {0} is outside the subnet {1}.', args.address!, args.subnet!);
    case 'range-outside':
      return vscode.l10n.t('The IP range {0} is outside the subnet {1}.', args.address!, args.subnet!);
    case 'address-outside':
      return vscode.l10n.t(
        'The address {0} is outside the subnet {1} of the network {2}.',
        args.address!,
        args.subnet!,
        args.network!,
      );
    case 'address-not-usable':
      return vscode.l10n.t(
        '{0} is the network or broadcast address of {1}: no container can have it.',
        args.address!,
        args.subnet!,
      );
    case 'address-is-gateway':
      return vscode.l10n.t(
        '{0} is the gateway of the network {1}: no container can have it.',
        args.address!,
        args.network!,
      );
    case 'address-reserved':
      return vscode.l10n.t('{0} is reserved for {1} in the network {2}.', args.address!, args.holder!, args.network!);
    case 'address-taken':
      return vscode.l10n.t(
        '{0} already has the address {1} in the network {2}.',
        args.holder!,
        args.address!,
        args.network!,
      );
    case 'address-without-subnet':
      return vscode.l10n.t(
        'The network {0} has no configured subnet: the engine takes a static address only in a subnet that is written down.',
        args.network!,
      );
    default:
      return undefined;
  }
}

function nameWords(rule: string, args: Args): string | undefined {
  switch (rule) {
    case 'no-shared-network':
      return vscode.l10n.t(
        '{0} names {1} as a host, but they share no network: the name does not resolve. {1} is on: {2}.',
        args.service!,
        args.host!,
        args.networks!,
      );
    case 'target-without-network':
      return vscode.l10n.t(
        '{0} names {1} as a host, but {1} is on no network of this project: the name does not resolve.',
        args.service!,
        args.host!,
      );
    case 'no-dns-host':
      return vscode.l10n.t(
        '{0} uses the host network, where container names do not resolve: {1} is unknown there. Published ports answer on localhost.',
        args.service!,
        args.host!,
      );
    case 'no-dns-default-bridge':
      return vscode.l10n.t(
        '{0} is on the default bridge, where container names do not resolve: {1} is unknown there. Use a network of your own.',
        args.service!,
        args.host!,
      );
    case 'no-dns-none':
      return vscode.l10n.t('{0} has no network, so {1} cannot be reached or resolved.', args.service!, args.host!);
    default:
      return undefined;
  }
}

function otherWords(rule: string, args: Args): string {
  switch (rule) {
    case 'link-adds-nothing':
      return vscode.l10n.t(
        'This link adds nothing: {0} and {1} share a network, where the name resolves anyway.',
        args.service!,
        args.other!,
      );
    case 'link-not-shared':
      return vscode.l10n.t(
        '{0} and {1} share no network: the engine refuses a link between them.',
        args.service!,
        args.other!,
      );
    case 'link-in-other-mode':
      return vscode.l10n.t('{0} has no network of its own: links do not work there.', args.service!);
    case 'network-undefined':
      return vscode.l10n.t(
        'The network {0} is not declared under the top-level "networks": Compose refuses the file.',
        args.network!,
      );
    case 'network-unused':
      return vscode.l10n.t('No service uses the network {0}: Compose will not create it.', args.network!);
    case 'extends-missing':
      return vscode.l10n.t('{0} extends {1}, which is not there.', args.service!, args.base!);
    case 'not-a-mapping':
      return vscode.l10n.t('"{0}" must be a mapping of keys to values.', args.what!);
    default:
      return vscode.l10n.t('This is not valid YAML: {0}', args.message ?? rule);
  }
}

/** Title of a quick fix. */
export function fixWords({ rule, args }: Fix): string {
  switch (rule) {
    case 'use-port':
      return vscode.l10n.t('Publish on host port {0}', args.port!);
    case 'use-subnet':
      return vscode.l10n.t('Use the free subnet {0}', args.subnet!);
    case 'use-address':
      return vscode.l10n.t('Use the free address {0}', args.address!);
    case 'use-localhost':
      return vscode.l10n.t('Use {0}', args.host!);
    case 'attach':
      return vscode.l10n.t('Put {0} on the network {1}', args.service!, args.network!);
    case 'declare-network':
      return vscode.l10n.t('Declare the network {0}', args.network!);
    case 'remove-ports':
      return vscode.l10n.t('Remove "ports"');
    case 'remove-link':
      return vscode.l10n.t('Remove the link to {0}', args.other!);
    case 'remove-network':
      return vscode.l10n.t('Remove the network {0}', args.network!);
    default:
      return vscode.l10n.t('Bind to 127.0.0.1 only');
  }
}
