/** Words that stand where a host stands: in URLs, values of host-like keys, connection strings, proxies, commands. */
import type { Reference, TextContext } from '#model/references';

const name = '[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?';
/** One host with an optional port, or several with commas between. */
const hosts = `${name}(?::\\d{1,5})?(?:,\\s?${name}(?::\\d{1,5})?)*`;
const ends = '(?=\\s*(?:$|["\'`,;})\\]&#<\\\\]|//|/\\S*))';

/** `scheme://user:password@a:1,b:2/…`. */
const url = new RegExp(`[A-Za-z][A-Za-z0-9+.-]*://(?:[^\\s/@"'\`]*@)?(${hosts})`, 'dg');
/** Go's MySQL form `user:password@tcp(db:3306)/name`. */
const goDsn = new RegExp(`@(?:tcp|udp)\\((${hosts})\\)`, 'dg');
/** `DB_HOST=db`, `"host": "db"`, `redisHost: 'cache:6379'`, `spring.redis.host=redis`, `Server=db;`. */
const hostKey =
  '(?:host(?:name|s)?|addr(?:ess(?:es)?)?|servers?|brokers?|endpoints?|upstreams?|url|uri|nodes?|peers?|data source|dsn|origin|backend|listen_?host|bootstrap[._]servers)';
const keyed = new RegExp(
  `(?<![A-Za-z0-9])["'\`]?((?:[A-Za-z0-9][\\w.-]*[._-])?${hostKey}|[a-z]\\w*(?:Hosts?|Hostname|Url|Uri|Addr|Address|Servers?|Endpoint|Brokers?))["'\`]?(?:\\])?\\s*(?:[:=]{1,2}|=>|,\\s*(?=["'\`]))\\s*(\\[\\s*)?["'\`]?(?:tcp:)?(${hosts})(?:,\\d+)?${ends}`,
  'dgi',
);
/** Fallbacks: `process.env.DB_HOST || 'db'`, `os.getenv("DB_HOST", "db")`, `${DB_HOST:-db}`. */
const fallback = new RegExp(
  `(?:[A-Za-z0-9_]*(?:HOST|HOSTNAME|URL|URI|ADDR|ADDRESS|SERVER|SERVERS|ENDPOINT|BROKERS?))["'\`\\])]*\\s*(?:\\|\\||\\?\\?|,|:-|-|\\bor\\b)\\s*["'\`]?(${hosts})(?=["'\`}])`,
  'dg',
);
/** `ALLOWED_HOSTS = ["a", "b"]`: the strings within. */
const list = new RegExp(`["']?[\\w.-]*(?:${hostKey})["']?\\s*[:=]\\s*\\[([^\\]]*)\\]`, 'dgi');
/** `DB_HOST=db command`, `-e DB_HOST=db`: a shell's assignment ends at the next blank. */
const assigned = new RegExp(
  `(?<![\\w-])[A-Z][A-Z0-9_]*(?:HOSTS?|HOSTNAME|URL|URI|ADDR|ADDRESS|SERVERS?|ENDPOINT|BROKERS?)=(${hosts})(?=\\s|$)`,
  'dg',
);
/** A string that is nothing but `name:port`, or a whole list item in YAML. */
const quoted = new RegExp(`(["'\`])(${name}:\\d{2,5})(?=\\1|/)`, 'dg');
const item = new RegExp(`^\\s*-\\s+["']?(${hosts})["']?\\s*(?:#.*)?$`, 'd');
/** nginx, Caddy and HAProxy. */
const proxy = new RegExp(
  `^\\s*(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass|reverse_proxy|php_fastcgi|server)\\s+(?:[a-z]+://)?((?:${name}(?::\\d{1,5})?)(?:\\s+${name}:\\d{1,5})*)`,
  'd',
);
/** Commands that take a host. */
const command = new RegExp(
  `(?:^|[\\s"'\`;&|(\\[])(?:curl|wget|ping6?|nc|ncat|telnet|ssh|nslookup|dig|host|traceroute|wait-for(?:-it)?(?:\\.sh)?|dockerize|getent hosts)["']?,?((?:\\s+["']?-{1,2}[A-Za-z][\\w-]*["']?,?(?:[= ]\\d+)?)*)\\s+["']?(?:[\\w.-]+@)?(${name}(?::\\d{1,5})?)(?=[\\s"'\`/;&|)]|$)`,
  'dg',
);
const hostOption = new RegExp(
  `(?:^|\\s|["'\`])(?:-h|-H|--host|--hostname|--server|--bootstrap-servers?|--broker-list|--addr)["']?(?:[= ]|,\\s*)\\s*["']?(${hosts})(?=[\\s"'\`/;&|)]|$)`,
  'dg',
);
/** Lines about images: `redis:6379` would be a tag there. */
const imageLine =
  /^\s*-?\s*["']?(?:image|from|FROM|base_?image|container_image)["']?\s*[:= ]|\bdocker\s+(?:pull|run|tag|push|build)\b|\bGenericContainer\b|\bimage["'`]?\s*[:=(]/i;
const notHosts = new Set([
  'true',
  'false',
  'null',
  'none',
  'nil',
  'undefined',
  'string',
  'process',
  'localhost',
  'env',
  'str',
  'self',
  'this',
  'os',
  'config',
  'http',
  'https',
]);

/** Every word of a line that stands as a host. The caller drops those that an address covers. */
export function scanNames(line: string, context: TextContext): readonly Reference[] {
  const found: Reference[] = [];
  const take = (text: string | undefined, start: number | undefined): void => {
    if (text !== undefined && start !== undefined) split(text, start, found);
  };
  const each = (expression: RegExp, group: number): void => {
    for (const match of line.matchAll(expression)) take(match[group], match.indices?.[group]?.[0]);
  };
  each(url, 1);
  each(goDsn, 1);
  const image = imageLine.test(line);
  if (context.kind === 'prose') {
    prose(line, found, context);
    return found;
  }
  each(assigned, 1);
  if (!image) {
    keys(line, take);
    each(fallback, 1);
    each(quoted, 2);
  }
  if (context.kind === 'yaml') yaml(line, context, take);
  if (context.kind === 'nginx') proxies(line, take);
  if (!/^\s*(?:#|\/\/|\*)/.test(line) && !/^\s*FROM\s/i.test(line)) {
    each(command, 2);
    each(hostOption, 1);
  }
  return found;
}

type Take = (text: string | undefined, start: number | undefined) => void;

function keys(line: string, take: Take): void {
  for (const match of line.matchAll(keyed)) {
    const key = match[1] ?? '';
    // `server_name web;`, `hostname: web` (a container's own name) and `listen_address` name no other party.
    if (/^(?:server_?name|.*host_?path|.*host_?port)$/i.test(key)) continue;
    take(match[3], match.indices?.[3]?.[0]);
  }
  for (const match of line.matchAll(list))
    for (const one of (match[1] ?? '').matchAll(new RegExp(`(["'\`])(${hosts})\\1`, 'dg')))
      take(one[2], match.indices![1]![0] + one.indices![2]![0]);
}

/** In prose only code spans count, and whole lines that are assignments. */
function prose(line: string, found: Reference[], context: TextContext): void {
  for (const span of line.matchAll(/`([^`]+)`/g)) {
    const inner = scanNames(span[1] ?? '', { ...context, kind: 'code' });
    const exact = new RegExp(`^${name}:\\d{2,5}$`).test(span[1] ?? '') ? [span[1]!] : [];
    for (const text of exact) split(text, span.index + 1, found);
    for (const one of inner) add(found, { ...one, start: one.start + span.index + 1, end: one.end + span.index + 1 });
  }
  if (/^\s*(?:export\s+)?[A-Z][A-Z0-9_]*=/.test(line))
    for (const one of scanNames(line, { ...context, kind: 'ini' })) add(found, one);
}

function yaml(line: string, context: TextContext, take: Take): void {
  // `- name: DB_HOST` and on the next line `value: db`.
  const value = new RegExp(`^\\s*(?:-\\s+)?value:\\s*["']?(${hosts})["']?\\s*(?:#.*)?$`, 'd').exec(line);
  const named = /^\s*-?\s*name:\s*["']?([\w.-]+)["']?\s*$/.exec(context.above?.(1) ?? '')?.[1];
  if (value && named && new RegExp(`(?:^|[_.-])${hostKey}$`, 'i').test(named)) take(value[1], value.indices?.[1]?.[0]);
  const flow = new RegExp(
    `name:\\s*["']?[\\w.-]*(?:HOST|URL|ADDR|SERVER|ENDPOINT)["']?,\\s*value:\\s*["']?(${hosts})`,
    'd',
  ).exec(line);
  if (flow) take(flow[1], flow.indices?.[1]?.[0]);
  const backend = new RegExp(`^\\s*(?:serviceName|externalName):\\s*["']?(${name})["']?\\s*$`, 'd').exec(line);
  if (backend) take(backend[1], backend.indices?.[1]?.[0]);
  const listed = item.exec(line);
  if (!listed) return;
  const key = parentKey(line, context);
  if (key === undefined) return;
  if (key === 'links' || key === 'external_links') {
    const first = new RegExp(`^\\s*-\\s+["']?(${name})`, 'd').exec(line);
    take(first?.[1], first?.indices?.[1]?.[0]);
  } else if (
    new RegExp(`^(?:.*[._-])?${hostKey}$|(?:Hosts|Servers|Brokers|Endpoints)$`, 'i').test(key) &&
    key !== 'extra_hosts'
  )
    take(listed[1], listed.indices?.[1]?.[0]);
}

/** Key whose list an item belongs to, at most 40 lines up. */
function parentKey(line: string, context: TextContext): string | undefined {
  const indent = line.search(/\S/);
  for (let above = 1; above <= 40; above++) {
    const text = context.above?.(above);
    if (text === undefined) return undefined;
    const at = text.search(/\S/);
    if (at < 0 || text[at] === '#' || text[at] === '-' || at > indent) continue;
    return /^\s*["']?([\w.-]+)["']?:\s*(?:#.*)?$/.exec(text)?.[1];
  }
  return undefined;
}

function proxies(line: string, take: Take): void {
  const match = proxy.exec(line);
  if (!match) return;
  const start = match.indices![1]![0];
  let offset = 0;
  // HAProxy writes `server NAME ADDRESS:PORT`: when a later word has a port, the first is a label.
  const words = (match[1] ?? '').split(/(\s+)/);
  const labelled = words.length > 1 && /^\s*server\s/.test(line);
  for (const [index, word] of words.entries()) {
    if (word.trim() && !(labelled && index === 0)) take(word, start + offset);
    offset += word.length;
  }
}

function split(text: string, start: number, found: Reference[]): void {
  let offset = 0;
  for (const part of text.split(',')) {
    const trimmed = part.trimStart();
    const at = start + offset + (part.length - trimmed.length);
    offset += part.length + 1;
    const colon = trimmed.indexOf(':');
    const host = colon < 0 ? trimmed : trimmed.slice(0, colon);
    if (notHosts.has(host.toLowerCase()) || /^\d+$/.test(host)) continue;
    const port = colon < 0 ? undefined : Number(trimmed.slice(colon + 1));
    const one = { kind: 'name' as const, start: at, end: at + trimmed.length, host };
    if (port === undefined) add(found, one);
    else if (port >= 1 && port <= 65_535) add(found, { ...one, port });
  }
}

function add(found: Reference[], one: Reference): void {
  if (!found.some((other) => one.start < other.end && other.start < one.end)) found.push(one);
}
