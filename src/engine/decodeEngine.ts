/** The engine itself, from `/version` and `/info`. */
import type { EngineKind } from '#engine/decodeNetwork';
import { asList, asObject, asText, asTexts, isObject } from '#engine/raw';
import type { EndpointSpec } from '#engine/types';
import type { Engine, EngineWhere } from '#model/snapshot';

/** What of `/info` helps to tell where the engine runs. */
export interface EngineMachine {
  readonly hostname: string;
  readonly kernel: string;
  /** Whether the engine itself says that it runs in a virtual machine or without root. */
  readonly says: 'vm' | 'rootless' | undefined;
}

/** Podman names itself among the components of `/version` (its Libpod-Api-Version header says the same). */
export function decodeKind(version: unknown): EngineKind {
  const components = asList(asObject(version).Components).map((component) => asText(asObject(component).Name));
  return components.includes('Podman Engine') ? 'podman' : 'docker';
}

export function decodeMachine(info: unknown): EngineMachine {
  const raw = asObject(info);
  // Rootless: Docker and Podman list `name=rootless`; Docker Desktop and Colima name themselves.
  const rootless = asTexts(raw.SecurityOptions).some((option) => option.split(',').includes('name=rootless'));
  const vm =
    /docker desktop|orbstack|rancher desktop/i.test(asText(raw.OperatingSystem)) ||
    /^(colima|lima|podman-machine)/i.test(asText(raw.Name));
  return {
    hostname: asText(raw.Name),
    kernel: asText(raw.KernelVersion),
    says: vm ? 'vm' : rootless ? 'rootless' : undefined,
  };
}

/** @param platform `process.platform` of this machine. */
export function decodeEngine(version: unknown, info: unknown, spec: EndpointSpec, platform: string): Engine {
  const raw = asObject(version);
  const swarm = asObject(asObject(info).Swarm);
  const nodeId = asText(swarm.NodeID);
  const kind = decodeKind(version);
  return {
    name: spec.id,
    endpoint: spec.url,
    kind,
    version: asText(raw.Version),
    apiVersion: asText(raw.ApiVersion),
    // Podman's /info has a Swarm object too, of a swarm it cannot join.
    ...(kind === 'docker' && isObject(asObject(info).Swarm)
      ? {
          swarm: {
            active: swarm.LocalNodeState === 'active',
            manager: swarm.ControlAvailable === true,
            ...(nodeId === '' ? {} : { nodeId }),
          },
        }
      : {}),
    where: decodeWhere(spec.url, decodeMachine(info), platform),
  };
}

/** As far as endpoint and `/info` tell; `this-host` is never told here, it has to be proven by the bridges. */
function decodeWhere(url: string, machine: EngineMachine, platform: string): EngineWhere {
  if (url.startsWith('ssh://')) return 'remote';
  if (url.startsWith('tcp://') && !/^tcp:\/\/(localhost|127\.|\[::1\])/i.test(url)) return 'remote';
  if (machine.says !== undefined) return machine.says;
  // Linux containers need Linux: on macOS and Windows a local engine is in a virtual machine.
  if (platform !== 'linux' && /^(unix|npipe):/.test(url)) return 'vm';
  return 'unknown';
}
