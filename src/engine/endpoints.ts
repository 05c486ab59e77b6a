/** Where engines may be asked: the setting, the environment, Docker's contexts and the well-known sockets, in that order. */
import { readContexts } from '#engine/contexts';
import { discoverSockets } from '#engine/sockets';
import type { EndpointSpec } from '#engine/types';

/** The machine as discovery sees it: injected, so that every platform is tested on one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The user's numeric id; undefined on Windows. */
  readonly uid: number | undefined;
  /** A file's text, or undefined when it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** The names in a folder, [] when it cannot be read. */
  list(path: string): Promise<readonly string[]>;
  /** The real path of a socket (or pipe) that is there, whether or not it may be opened; undefined when it is not. */
  socket(path: string): Promise<string | undefined>;
}

/**
 * Every endpoint found, each once, the one to use first: the setting, else DOCKER_HOST, else the chosen context, else
 * the first socket that is there. It never fails: what cannot be read is not there.
 * @param setting the value of `dockerNetworks.endpoint`: '', a URL, an absolute socket path, or a context's name.
 */
export async function discoverEndpoints(setting: string, machine: Machine): Promise<readonly EndpointSpec[]> {
  const [contexts, sockets, environment] = await Promise.all([
    readContexts(machine),
    discoverSockets(machine),
    fromEnvironment(machine),
  ]);
  const current = contexts.specs.filter((spec) => spec.id === contexts.current);
  const others = contexts.specs.filter((spec) => spec.id !== contexts.current);
  // Docker's own order: DOCKER_HOST overrides a context of the config file, DOCKER_CONTEXT overrides DOCKER_HOST's absence.
  const found = [...environment, ...current, ...sockets, ...others];
  const chosen = fromSetting(setting.trim(), found, machine);
  return once(chosen === undefined ? found : [chosen, ...found]);
}

/** The endpoint a setting means; undefined when it is empty. A text that is neither URL nor path is a context's name. */
function fromSetting(setting: string, found: readonly EndpointSpec[], machine: Machine): EndpointSpec | undefined {
  if (setting === '') return undefined;
  const named = found.find((spec) => spec.id === setting || spec.label === setting || spec.id === `context:${setting}`);
  if (named !== undefined) return named;
  const url = asUrl(setting, machine.platform);
  // The same place may have been found with its TLS material: that of a context is used for its URL in the setting.
  const same = found.find((spec) => spec.url === url && spec.tls !== undefined);
  return {
    id: 'setting',
    label: shortLabel(setting),
    url,
    source: 'setting',
    ...(same?.tls === undefined ? {} : { tls: same.tls }),
  };
}

/** A socket's file name says enough wherever an engine is named; the whole path is in its tooltip. */
function shortLabel(setting: string): string {
  const path = /^(?:unix:\/\/|npipe:\/\/|[/\\])/.test(setting) ? setting.split(/[/\\]/).at(-1) : undefined;
  return path || setting;
}

/** `/run/docker.sock` and `\\.\pipe\docker_engine` are accepted for their URLs, `host:2375` for `tcp://host:2375`. */
export function asUrl(text: string, platform: NodeJS.Platform): string {
  if (/^[a-z]+:\/\//.test(text)) return text.replace(/^https?:\/\//, 'tcp://');
  if (text.startsWith('/')) return `unix://${text}`;
  if (platform === 'win32' && text.startsWith('\\\\')) return `npipe://${text.replaceAll('\\', '/')}`;
  return `tcp://${text}`;
}

/** DOCKER_HOST, with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH as Docker's command line reads them. */
async function fromEnvironment(machine: Machine): Promise<readonly EndpointSpec[]> {
  const host = machine.env.DOCKER_HOST?.trim();
  if (!host) return [];
  const url = asUrl(host, machine.platform);
  const tls = url.startsWith('tcp://') ? await environmentTls(machine) : undefined;
  return [
    { id: 'DOCKER_HOST', label: 'DOCKER_HOST', url, source: 'environment', ...(tls === undefined ? {} : { tls }) },
  ];
}

async function environmentTls(machine: Machine): Promise<EndpointSpec['tls']> {
  // Any value but the empty one verifies, `0` too; without it a certificate folder alone encrypts unverified.
  const verify = Boolean(machine.env.DOCKER_TLS_VERIFY);
  const named = machine.env.DOCKER_CERT_PATH;
  if (!verify && !machine.env.DOCKER_TLS) return undefined;
  const folder = named || join(machine, machine.env.DOCKER_CONFIG || join(machine, machine.home, '.docker'));
  return { ...(await readTls(folder, machine)), ...(verify ? {} : { skipVerify: true }) };
}

/** `ca.pem`, `cert.pem` and `key.pem` of a folder, as far as they are there. */
export async function readTls(
  folder: string,
  machine: Machine,
): Promise<{ readonly ca?: string; readonly cert?: string; readonly key?: string }> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => machine.readText(join(machine, folder, name))),
  );
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

/** Joins with the separator of the machine looked at, which in tests is not always the one the test runs on. */
export function join(machine: Pick<Machine, 'platform'>, ...parts: readonly string[]): string {
  return parts.join(machine.platform === 'win32' ? '\\' : '/');
}

/** Each place once: the first that names a URL keeps it. Ids are unique too. */
function once(specs: readonly EndpointSpec[]): readonly EndpointSpec[] {
  const urls = new Set<string>();
  const ids = new Set<string>();
  return specs.filter((spec) => {
    if (urls.has(spec.url) || ids.has(spec.id)) return false;
    urls.add(spec.url);
    ids.add(spec.id);
    return true;
  });
}
