/**
 * Docker contexts, as the command line keeps them: `config.json` names the current one, `contexts/meta/<sha256>/meta.json`
 * holds each, `contexts/tls/<sha256>/docker/` its certificates
 * (https://docs.docker.com/engine/manage-resources/contexts/).
 */
import { createHash } from 'node:crypto';
import { asUrl, join, type Machine, readTls } from '#engine/endpoints';
import { asObject, asText, isObject } from '#engine/raw';
import type { EndpointSpec } from '#engine/types';

export interface Contexts {
  readonly specs: readonly EndpointSpec[];
  /** Id of the current context's spec; undefined for `default`, which is no context but the default socket. */
  readonly current: string | undefined;
}

/** Docker's configuration folder: DOCKER_CONFIG, or `.docker` at home. */
export function configFolder(machine: Pick<Machine, 'platform' | 'env' | 'home'>): string {
  return machine.env.DOCKER_CONFIG || join(machine, machine.home, '.docker');
}

export async function readContexts(machine: Machine): Promise<Contexts> {
  const folder = configFolder(machine);
  const config = parse(await machine.readText(join(machine, folder, 'config.json')));
  // DOCKER_CONTEXT overrides the file.
  const name = machine.env.DOCKER_CONTEXT || asText(asObject(config).currentContext) || 'default';
  const meta = join(machine, folder, 'contexts', 'meta');
  const read = await Promise.all((await machine.list(meta)).map((entry) => readContext(folder, entry, machine)));
  const specs = read
    .filter((spec) => spec !== undefined)
    .sort((a, b) => (a.label === b.label ? 0 : a.label < b.label ? -1 : 1));
  return { specs, current: name === 'default' ? undefined : `context:${name}` };
}

async function readContext(folder: string, entry: string, machine: Machine): Promise<EndpointSpec | undefined> {
  const raw = parse(await machine.readText(join(machine, folder, 'contexts', 'meta', entry, 'meta.json')));
  if (!isObject(raw)) return undefined;
  const name = asText(raw.Name);
  const endpoint = asObject(asObject(raw.Endpoints).docker);
  const host = asText(endpoint.Host);
  // A context for Kubernetes alone has no Docker endpoint.
  if (name === '' || host === '') return undefined;
  const hash = createHash('sha256').update(name).digest('hex');
  const material = await readTls(join(machine, folder, 'contexts', 'tls', hash, 'docker'), machine);
  const skipVerify = endpoint.SkipTLSVerify === true;
  const url = asUrl(host, machine.platform);
  const encrypted = url.startsWith('tcp://') && (Object.keys(material).length > 0 || skipVerify);
  return {
    id: `context:${name}`,
    label: name,
    url,
    source: 'context',
    ...(encrypted ? { tls: { ...material, ...(skipVerify ? { skipVerify } : {}) } } : {}),
  };
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A file half written or broken is as good as none; the watcher looks again when it changes.
    return undefined;
  }
}
