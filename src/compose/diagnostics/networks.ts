/** `network-undefined` and `network-unused`. */
import type { Diagnostic, DiagnosticInput } from '#compose/diagnostics';
import { all, declare, removeItem } from '#compose/diagnostics/edits';

export function networkDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  return [...undefinedOnes(input), ...unused(input)];
}

function undefinedOnes(input: DiagnosticInput): readonly Diagnostic[] {
  const { project } = input;
  // A part that another file extends or is laid over may leave the declaration to that file.
  if (!input.main && !project.declaresNetworks) return [];
  if (project.missing.some((file) => !file.endsWith('.env'))) return [];
  const declared = new Set(project.networks.map(({ key }) => key));
  return project.services.flatMap((service) =>
    service.networks.flatMap(({ network, at }): Diagnostic[] => {
      if (network === '' || network === 'default' || declared.has(network)) return [];
      const edits = all(declare(input, at.file, network));
      return [
        {
          code: 'network-undefined',
          rule: 'network-undefined',
          args: { service: service.name, network },
          at,
          severity: 'error',
          fixes: edits.length > 0 ? [{ rule: 'declare-network', args: { network }, edits }] : [],
        },
      ];
    }),
  );
}

function unused(input: DiagnosticInput): readonly Diagnostic[] {
  const { project } = input;
  if (!input.main || project.services.length === 0) return [];
  const used = new Set(project.services.flatMap(({ networks }) => networks.map(({ network }) => network)));
  return project.networks.flatMap((network): Diagnostic[] => {
    if (!network.declared || network.key === 'default' || used.has(network.key)) return [];
    const whole = {
      ...network.at,
      end: network.body.file === network.at.file ? Math.max(network.at.end, network.body.end) : network.at.end,
    };
    const edits = all(removeItem(input, whole));
    return [
      {
        code: 'network-unused',
        rule: 'network-unused',
        args: { network: network.key },
        at: network.at,
        severity: 'hint',
        fixes: edits.length > 0 ? [{ rule: 'remove-network', args: { network: network.key }, edits }] : [],
      },
    ];
  });
}
