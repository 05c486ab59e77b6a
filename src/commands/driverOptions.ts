/** The driver options worth offering by name. Source: https://docs.docker.com/engine/network/drivers/ */
import * as vscode from 'vscode';
import type { Engine } from '#model/snapshot';

export interface DriverOption {
  readonly key: string;
  readonly explanation: string;
  /** What holds when the option is not given. */
  readonly standard: string;
}

export function driverOptions(driver: string, engine: Engine): readonly DriverOption[] {
  const mtu = {
    key: 'com.docker.network.driver.mtu',
    explanation: vscode.l10n.t('Largest packet, in bytes'),
    standard: '1500',
  };
  switch (driver) {
    case 'bridge':
      return [...bridgeOptions(engine), mtu];
    case 'macvlan':
      return [
        { key: 'macvlan_mode', explanation: vscode.l10n.t('bridge, vepa, passthru or private'), standard: 'bridge' },
        mtu,
      ];
    case 'ipvlan':
      return [
        { key: 'ipvlan_mode', explanation: vscode.l10n.t('l2, l3 or l3s'), standard: 'l2' },
        { key: 'ipvlan_flag', explanation: vscode.l10n.t('bridge, private or vepa'), standard: 'bridge' },
        mtu,
      ];
    case 'overlay':
      return [
        { key: 'encrypted', explanation: vscode.l10n.t('Encrypts traffic between nodes (empty value)'), standard: '–' },
        mtu,
      ];
    default:
      return [];
  }
}

function bridgeOptions(engine: Engine): readonly DriverOption[] {
  const prefix = 'com.docker.network.bridge';
  const modes = vscode.l10n.t('nat, nat-unprotected, routed or isolated: how containers are reached from outside');
  const [major = 0] = engine.version.split('.').map(Number);
  return [
    {
      key: `${prefix}.enable_icc`,
      explanation: vscode.l10n.t('Whether containers of the network reach each other'),
      standard: 'true',
    },
    {
      key: `${prefix}.enable_ip_masquerade`,
      explanation: vscode.l10n.t('Whether containers go out under the host’s address'),
      standard: 'true',
    },
    { key: `${prefix}.name`, explanation: vscode.l10n.t('Name of the Linux bridge'), standard: 'br-…' },
    {
      key: `${prefix}.host_binding_ipv4`,
      explanation: vscode.l10n.t('Host address that ports are published on'),
      standard: '0.0.0.0',
    },
    // Gateway modes came with Engine 27; older ones ignore them silently.
    ...(engine.kind === 'docker' && major >= 27
      ? [
          { key: `${prefix}.gateway_mode_ipv4`, explanation: modes, standard: 'nat' },
          { key: `${prefix}.gateway_mode_ipv6`, explanation: modes, standard: 'nat' },
        ]
      : []),
  ];
}
