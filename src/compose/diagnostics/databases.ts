/** `database-exposed`: information only, for a development machine may well want it. */
import type { Diagnostic, DiagnosticInput } from '#compose/diagnostics';
import { insert } from '#compose/diagnostics/edits';
import type { PortSpec } from '#compose/types';

/** Images and the ports their protocols have by default. */
const databases: readonly (readonly [RegExp, readonly number[]])[] = [
  [/(?:^|[/-])(?:postgres|postgresql|postgis|timescaledb|pgvector)\b/, [5432]],
  [/(?:^|[/-])(?:mysql|mariadb|percona)\b/, [3306]],
  [/(?:^|[/-])(?:mongo|mongodb)\b(?!-express)/, [27017]],
  [/(?:^|[/-])(?:redis|valkey|keydb|dragonfly)\b(?!-(?:commander|insight))/, [6379]],
  [/(?:^|[/-])(?:elasticsearch|opensearch)\b/, [9200, 9300]],
  [/(?:^|[/-])memcached\b/, [11211]],
  [/(?:^|[/-])(?:cassandra|scylla)\b/, [9042]],
  [/(?:^|[/-])(?:mssql|azure-sql-edge)\b|mssql\/server/, [1433]],
  [/(?:^|[/-])(?:clickhouse|clickhouse-server)\b/, [8123, 9000]],
  [/(?:^|[/-])couchdb\b/, [5984]],
];

export function databaseDiagnostics(input: DiagnosticInput): readonly Diagnostic[] {
  return input.project.services.flatMap((service) => {
    const image = (service.image ?? '').replace(/@.*$|:[^/]*$/, '');
    const found = databases.find(([name]) => name.test(image));
    if (!found || service.networkMode !== undefined) return [];
    return service.ports
      .filter((port) => found[1].includes(port.target) && !port.unsure && isWild(port.hostIp))
      .map((port): Diagnostic => {
        const shortForm = port.publishedAt !== undefined && port.hostIp === undefined && isShort(input, port);
        return {
          code: 'database-exposed',
          rule: 'database-exposed',
          args: { service: service.name, port: port.published ?? String(port.target) },
          at: port.at,
          severity: 'information',
          fixes:
            shortForm && port.publishedAt
              ? [
                  {
                    rule: 'only-this-machine',
                    args: {},
                    edits: [insert(port.at.file, port.publishedAt.start, '127.0.0.1:')],
                  },
                ]
              : [],
        };
      });
  });
}

function isWild(ip: string | undefined): boolean {
  return ip === undefined || ip === '0.0.0.0' || ip === '::';
}

/** The short form is one scalar that holds host and container port. */
function isShort(input: DiagnosticInput, port: PortSpec): boolean {
  return (input.text(port.at.file)?.slice(port.at.start, port.at.end) ?? '').includes(`${port.published}:`);
}
