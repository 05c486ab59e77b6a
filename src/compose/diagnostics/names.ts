/** `no-shared-network` and `no-dns`: services named as hosts from where their name does not resolve. */
import type { Diagnostic, DiagnosticInput, Fix } from '#compose/diagnostics';
import { all, attach, replaceValue } from '#compose/diagnostics/edits';
import { type NamedHost, namedHosts, namespaceOf, resolvable } from '#compose/diagnostics/hosts';
import { publishedRange } from '#compose/ports';
import type { ComposeService } from '#compose/types';

export function nameDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  return input.project.services.flatMap((service) => {
    const hosts = namedHosts(input.project, service);
    if (hosts.length === 0) return [];
    const own = namespaceOf(input.project, service);
    const mode = own.networkMode?.value ?? '';
    if (own.networkMode?.unsure || mode.startsWith('container:')) return [];
    if (mode === 'none') return hosts.map((host) => withoutDns(service, host, 'no-dns-none', []));
    if (mode === 'host') {
      // `extra_hosts` work in host mode too: they are lines of the hosts file.
      const known = new Set(own.extraHosts.map((name) => name.toLowerCase()));
      return hosts
        .filter(({ host, named }) => !known.has(host.toLowerCase()) && named !== own)
        .map((host) => withoutDns(service, host, 'no-dns-host', localhostInstead(input, host)));
    }
    const names = resolvable(input.project, own);
    const unknown = hosts.filter(({ host }) => !names.has(host.toLowerCase()));
    if (mode === 'bridge' || mode === 'default')
      return unknown.map((host) => withoutDns(service, host, 'no-dns-default-bridge', []));
    // Any other mode names a network that this file does not tell about.
    if (mode !== '') return [];
    return unknown.map((host) => notShared(input, service, own, host));
  });
}

function withoutDns(service: ComposeService, { host, at }: NamedHost, rule: string, fixes: readonly Fix[]): Diagnostic {
  return { code: 'no-dns', rule, args: { service: service.name, host }, at, severity: 'warning', fixes };
}

/** From host mode a published port answers on localhost. */
function localhostInstead(input: DiagnosticInput, { host, port, named, value }: NamedHost): readonly Fix[] {
  const published = named.ports.find((one) => port === undefined || one.target === port);
  const range = published === undefined ? undefined : publishedRange(published);
  if (range === undefined || range[0] !== range[1]) return [];
  const written = port === undefined ? host : `${host}:${port}`;
  const there = port === undefined ? 'localhost' : `localhost:${range[0]}`;
  if (!value.value.includes(written)) return [];
  // The name alone is not enough where it also stands elsewhere in the value (a password, a database).
  if (value.value.split(written).length !== 2) return [];
  const edits = all(replaceValue(input, value.at, value.value, value.value.replace(written, there)));
  return edits.length > 0 ? [{ rule: 'use-localhost', args: { host: there }, edits }] : [];
}

function notShared(input: DiagnosticInput, service: ComposeService, own: ComposeService, named: NamedHost): Diagnostic {
  const target = namespaceOf(input.project, named.named);
  const fixes = target.networks.flatMap(({ network }): Fix[] => {
    const edits = all(attach(input, own, network));
    return edits.length > 0 ? [{ rule: 'attach', args: { service: own.name, network }, edits }] : [];
  });
  return {
    code: 'no-shared-network',
    rule: target.networks.length > 0 ? 'no-shared-network' : 'target-without-network',
    args: {
      service: service.name,
      host: named.host,
      networks: target.networks.map(({ network }) => network).join(', '),
    },
    at: named.at,
    severity: 'warning',
    fixes,
  };
}
