/** What somebody wants to run: the answers of `docker run`, read and checked. */
import { addressProblem } from '#model/freeAddress';
import { portClash } from '#model/hostPorts';
import type { DraftProblem } from '#model/networkDraft';
import type { PortSpec } from '#model/portSpec';
import type { Snapshot } from '#model/snapshot';

export interface RunNetwork {
  readonly id: string;
  readonly name: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly aliases?: readonly string[];
}

export type RunMode =
  | { readonly kind: 'networks'; readonly networks: readonly RunNetwork[] }
  | { readonly kind: 'host' }
  | { readonly kind: 'none' }
  | { readonly kind: 'container'; readonly id: string; readonly name: string };

export interface RunRequest {
  readonly image: string;
  readonly name?: string;
  readonly mode: RunMode;
  readonly publish: readonly PortSpec[];
  readonly publishAll: boolean;
  /** `NAME` or `NAME:ALIAS`. */
  readonly links: readonly string[];
  /** `NAME=value`. */
  readonly env: readonly string[];
  /** `source:target[:options]`. */
  readonly volumes: readonly string[];
  readonly restart?: 'no' | 'always' | 'unless-stopped' | 'on-failure';
  readonly command?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

const problem = (rule: string, args: Readonly<Record<string, string>> = {}): DraftProblem => ({ rule, args });

export function imageProblem(image: string): DraftProblem | undefined {
  if (image.trim() === '') return problem('image-empty');
  return /\s/.test(image) ? problem('image-syntax', { image }) : undefined;
}

export function containerNameProblem(snapshot: Snapshot, name: string): DraftProblem | undefined {
  if (name === '') return undefined;
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return problem('container-name-syntax', { name });
  if (snapshot.containers.some((container) => container.name === name))
    return problem('container-name-taken', { name });
  return undefined;
}

/** `NAME=value`, as `docker run --env`; a bare NAME would take the value of this process, which a person hardly means. */
export function envProblem(text: string): DraftProblem | undefined {
  return /^[^=\s][^=]*=/.test(text) ? undefined : problem('env-syntax', { text });
}

export function volumeProblem(text: string): DraftProblem | undefined {
  // A drive letter is no separator.
  const parts = text.replace(/^([A-Za-z]):[\\/]/, '$1/').split(':');
  const target = parts.length === 1 ? parts[0] : parts[1];
  return parts.length <= 3 && target?.startsWith('/') ? undefined : problem('volume-syntax', { text });
}

/** The first thing wrong with the request; undefined when only the engine can tell more. */
export function runProblem(snapshot: Snapshot, request: RunRequest): DraftProblem | undefined {
  const early = imageProblem(request.image) ?? containerNameProblem(snapshot, request.name ?? '');
  if (early) return early;
  const { mode } = request;
  const publishes = request.publish.length > 0 || request.publishAll;
  if (publishes && mode.kind === 'host') return problem('publish-in-host-mode');
  if (publishes && mode.kind === 'none') return problem('publish-without-network');
  if (publishes && mode.kind === 'container') return problem('publish-when-sharing', { container: mode.name });
  if (request.links.length > 0 && snapshot.engine.kind === 'podman') return problem('links-on-podman');
  if (request.links.length > 0 && mode.kind !== 'networks') return problem('links-without-network');
  for (const link of request.links) {
    const target = link.split(':')[0] ?? '';
    if (!snapshot.containers.some((container) => container.name === target || container.id === target))
      return problem('link-target', { container: target });
  }
  for (const network of mode.kind === 'networks' ? mode.networks : [])
    for (const address of [network.ipv4, network.ipv6]) {
      const found = address ? addressProblem(snapshot, network.id, address) : undefined;
      if (found?.certain) return problem(`address-${found.rule}`, found.args);
    }
  for (const spec of request.publish) {
    const holder = portClash(snapshot, spec);
    if (holder) return problem('port-held', { port: `${holder.hostPort}`, holder: holder.name });
  }
  const env = request.env.map(envProblem).find((found) => found !== undefined);
  return env ?? request.volumes.map(volumeProblem).find((found) => found !== undefined);
}
