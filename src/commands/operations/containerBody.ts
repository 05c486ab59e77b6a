/** The Engine API's ContainerCreate body for a run request. */
import { endpointSettings } from '#commands/operations/endpointConfig';
import type { Json } from '#commands/operations/rawJson';
import { bindingsOf, type PortSpec } from '#model/portSpec';
import type { RunRequest } from '#model/runRequest';

/** `ExposedPorts` and `PortBindings` of these ports. */
export function portFields(specs: readonly PortSpec[]): { readonly exposed: Json; readonly bindings: Json } {
  const exposed: Record<string, unknown> = {};
  const bindings: Record<string, Json[]> = {};
  for (const { port, protocol, hostIp, hostPort } of specs.flatMap(bindingsOf)) {
    const key = `${port}/${protocol}`;
    exposed[key] = {};
    // An empty binding list is deprecated from API 1.52 on: a random port is asked for by an empty HostPort.
    bindings[key] = [...(bindings[key] ?? []), { ...(hostIp === '' ? {} : { HostIp: hostIp }), HostPort: hostPort }];
  }
  return { exposed, bindings };
}

/** With several networks only the first is in the body: engines before API 1.44 refuse more. */
export function containerBody(request: RunRequest): Json {
  const { mode } = request;
  const first = mode.kind === 'networks' ? mode.networks[0] : undefined;
  const { exposed, bindings } = portFields(request.publish);
  const endpoint = first && endpointSettings(first);
  return {
    Image: request.image,
    ...(request.command && request.command.length > 0 ? { Cmd: request.command } : {}),
    Env: request.env,
    Labels: request.labels ?? {},
    ExposedPorts: exposed,
    HostConfig: {
      NetworkMode: modeText(request),
      PortBindings: bindings,
      PublishAllPorts: request.publishAll,
      Binds: request.volumes.filter((volume) => volume.includes(':')),
      ...(request.links.length > 0
        ? { Links: request.links.map((link) => (link.includes(':') ? link : `${link}:${link}`)) }
        : {}),
      // As Docker's own command line says it. Podman would set a limit of its own, which not every machine can enforce.
      PidsLimit: 0,
      RestartPolicy: { Name: request.restart ?? 'no' },
    },
    Volumes: Object.fromEntries(
      request.volumes.filter((volume) => !volume.includes(':')).map((volume) => [volume, {}]),
    ),
    ...(first && endpoint && Object.keys(endpoint).length > 0
      ? { NetworkingConfig: { EndpointsConfig: { [first.name]: endpoint } } }
      : {}),
  };
}

function modeText({ mode }: RunRequest): string {
  if (mode.kind === 'container') return `container:${mode.id}`;
  if (mode.kind !== 'networks') return mode.kind;
  return mode.networks[0]?.name ?? 'bridge';
}
