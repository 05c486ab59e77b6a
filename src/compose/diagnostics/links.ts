/** `links-useless`: links that add nothing, or that the engine refuses. */
import type { Diagnostic, DiagnosticInput } from '#compose/diagnostics';
import { all, removeItem } from '#compose/diagnostics/edits';
import { sharedNetworks } from '#compose/diagnostics/hosts';
import type { ComposeService, LinkSpec } from '#compose/types';

export function linkDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  return input.project.services.flatMap((service) =>
    service.links.flatMap((link): Diagnostic[] => {
      const rule = ruleOf(input, service, link);
      if (rule === undefined) return [];
      const edits = all(removeItem(input, service.links.length === 1 && service.linksAt ? service.linksAt : link.at));
      return [
        {
          code: 'links-useless',
          rule,
          args: { service: service.name, other: link.service },
          at: link.at,
          severity: rule === 'link-adds-nothing' ? 'hint' : 'warning',
          fixes: edits.length > 0 ? [{ rule: 'remove-link', args: { other: link.service }, edits }] : [],
        },
      ];
    }),
  );
}

function ruleOf({ project }: DiagnosticInput, service: ComposeService, link: LinkSpec): string | undefined {
  const other = project.services.find(({ name }) => name === link.service);
  if (!other) return undefined;
  const mode = service.networkMode?.value ?? '';
  if (service.networkMode?.unsure) return undefined;
  if (mode === 'host' || mode === 'none' || /^(?:service|container):/.test(mode)) return 'link-in-other-mode';
  // On the default bridge a link is the only way to a name.
  if (mode !== '') return undefined;
  if (sharedNetworks(service, other).length === 0) return 'link-not-shared';
  return link.alias === undefined || link.alias === link.service ? 'link-adds-nothing' : undefined;
}
