/** From files to a project: what `docker compose config` resolves, as far as networking goes, with positions kept. */
import { type LoadRequest, load } from '#compose/loader';
import { basename } from '#compose/paths';
import { placed, readService, record } from '#compose/services';
import { child, entriesOf, flagOf, itemsOf, type Problem, type Span, type Tree, textOf } from '#compose/tree';
import type { ComposeNetwork, ComposeProject, ComposeService, IpamSpec } from '#compose/types';

export interface ProjectRequest extends LoadRequest {
  /** As `-p` gives it: wins over every name in files. */
  readonly projectName?: string;
}

/** Never throws: what cannot be read is in `problems`, and a file that is not there in `missing`. */
export async function loadProject(request: ProjectRequest): Promise<ComposeProject> {
  // The project's name is a variable of its own, so it is known before the files are read a second time.
  const first = await load(request);
  const name = projectName(request, first.variables, first.tree);
  const environment = (key: string): string | undefined =>
    key === 'COMPOSE_PROJECT_NAME' ? (request.environment(key) ?? name) : request.environment(key);
  const { tree, variables, problems: found, files, missing } = await load({ ...request, environment });
  const problems: Problem[] = [...found];
  const services = entriesOf(child(tree, 'services')).flatMap(([key, entry]): ComposeService[] => {
    if (entry.value.kind !== 'map') {
      problems.push({ rule: 'not-a-mapping', args: { what: key }, at: entry.key });
      return [];
    }
    return [readService(key, entry.key, entry.value, problems)];
  });
  const declared = child(tree, 'networks');
  const networks = entriesOf(declared).map(([key, entry]) => readNetwork(key, entry.key, entry.value, name));
  const withDefaults = services.map(onDefault);
  if (!networks.some(({ key }) => key === 'default') && withDefaults.some(({ networks: on }) => on.some(isDefault))) {
    const at: Span = { file: request.files[0] ?? '', start: 0, end: 0 };
    networks.push(readNetwork('default', at, { kind: 'scalar', value: null, at, unsure: false }, name, false));
  }
  return {
    name,
    services: withDefaults,
    networks,
    problems,
    files,
    missing,
    profiles: (variables('COMPOSE_PROFILES') ?? '').split(',').filter((profile) => profile !== ''),
    variables,
    declaresNetworks: declared !== undefined,
  };
}

const isDefault = ({ network }: { readonly network: string }): boolean => network === 'default';

/** A service that says nothing of networks is on the default one. */
function onDefault(service: ComposeService): ComposeService {
  if (service.networks.length > 0 || service.networkMode !== undefined) return service;
  return { ...service, networks: [{ network: 'default', at: service.at, aliases: [] }] };
}

function projectName(request: ProjectRequest, variables: (name: string) => string | undefined, tree: Tree): string {
  const wish = request.projectName ?? variables('COMPOSE_PROJECT_NAME') ?? textOf(child(tree, 'name'));
  // Compose refuses other characters in a name that was given, and drops them from a directory's.
  return (wish !== undefined && wish !== '' ? wish : basename(request.directory))
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');
}

function readNetwork(key: string, at: Span, tree: Tree, project: string, declared = true): ComposeNetwork {
  const externalTree = child(tree, 'external');
  const external = externalTree?.kind === 'map' || flagOf(externalTree);
  const given = textOf(child(tree, 'name')) ?? textOf(child(externalTree, 'name'));
  const driver = textOf(child(tree, 'driver'));
  return {
    key,
    name: given !== undefined && given !== '' ? given : external ? key : `${project}_${key}`,
    at,
    body: tree.at,
    declared,
    ...(driver === undefined || driver === '' ? {} : { driver }),
    external,
    internal: flagOf(child(tree, 'internal')),
    attachable: flagOf(child(tree, 'attachable')),
    ipv6: flagOf(child(tree, 'enable_ipv6')),
    options: record(child(tree, 'driver_opts')),
    labels: record(child(tree, 'labels')),
    ipam: itemsOf(child(child(tree, 'ipam'), 'config')).map(readIpam),
  };
}

function readIpam(tree: Tree): IpamSpec {
  const subnet = placed(child(tree, 'subnet'));
  const gateway = placed(child(tree, 'gateway'));
  const ipRange = placed(child(tree, 'ip_range'));
  return {
    ...(subnet ? { subnet } : {}),
    ...(gateway ? { gateway } : {}),
    ...(ipRange ? { ipRange } : {}),
    reserved: record(child(tree, 'aux_addresses')),
  };
}
