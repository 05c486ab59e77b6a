/** Reads a project's files into one tree: interpolation, `extends`, merging of several files, `include`. */
import { parseDotenv } from '#compose/dotenv';
import type { Variables } from '#compose/interpolate';
import { mergeMaps, mergeTrees, namedMap } from '#compose/merge';
import { dirname, join } from '#compose/paths';
import { child, entriesOf, itemsOf, type MapTree, type Problem, parseTree, type Tree, textOf } from '#compose/tree';

/** Text of a file (the editor's unsaved text, where it is open); undefined when there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

export interface LoadRequest {
  /** In the order of `-f`. */
  readonly files: readonly string[];
  readonly directory: string;
  readonly read: ReadText;
  /** The shell's variables: they win over `.env`. */
  readonly environment: Variables;
  /** Environment files in place of `.env`, as `include` may name. */
  readonly environmentFiles?: readonly string[];
}

export interface Loaded {
  readonly tree: MapTree;
  readonly variables: Variables;
  readonly problems: readonly Problem[];
  /** Every file that was read, in order. */
  readonly files: readonly string[];
  /** Files named that are not there. */
  readonly missing: readonly string[];
}

/** A chain of includes or extends longer than this is a circle. */
const deepest = 20;

export async function load(request: LoadRequest): Promise<Loaded> {
  const problems: Problem[] = [];
  const files: string[] = [];
  const missing: string[] = [];
  const read = async (file: string): Promise<string | undefined> => {
    const text = await request.read(file);
    const list = text === undefined ? missing : files;
    if (!list.includes(file)) list.push(file);
    return text;
  };

  const variablesOf = async (one: LoadRequest): Promise<Variables> => {
    const values = new Map<string, string>();
    for (const file of one.environmentFiles ?? [join(one.directory, '.env')])
      for (const [key, value] of parseDotenv((await one.read(file)) ?? '', one.environment)) values.set(key, value);
    return (name) => one.environment(name) ?? values.get(name);
  };

  const loadFiles = async (one: LoadRequest, variables: Variables, depth: number): Promise<MapTree> => {
    let whole: MapTree | undefined;
    for (const file of one.files) {
      const text = await read(file);
      if (text === undefined) continue;
      let tree = parseTree(text, file, variables, problems);
      tree = await extendAll(tree, file, variables, depth);
      tree = await includeAll(tree, one, variables, depth);
      whole = whole ? mergeMaps(whole, tree) : tree;
    }
    return whole ?? { kind: 'map', entries: new Map(), at: { file: one.files[0] ?? '', start: 0, end: 0 } };
  };

  const extendAll = async (tree: MapTree, file: string, variables: Variables, depth: number): Promise<MapTree> => {
    const services = child(tree, 'services');
    if (services?.kind !== 'map') return tree;
    const entries = new Map(services.entries);
    for (const [name, entry] of services.entries) {
      const value = await extendOne(entry.value, services, file, variables, depth, name);
      entries.set(name, { key: entry.key, value });
    }
    return withKey(tree, 'services', { ...services, entries });
  };

  const extendOne = async (
    service: Tree,
    siblings: Tree,
    file: string,
    variables: Variables,
    depth: number,
    name: string,
  ): Promise<Tree> => {
    const wish = child(service, 'extends');
    if (wish === undefined || service.kind !== 'map' || depth > deepest) return service;
    const from = textOf(wish) ?? textOf(child(wish, 'service'));
    const fileText = textOf(child(wish, 'file'));
    let home = siblings;
    let homeFile = file;
    if (fileText !== undefined) {
      homeFile = join(dirname(file), fileText);
      const text = await read(homeFile);
      // Another file's faults belong to that file's own diagnostics.
      home = child(text === undefined ? undefined : parseTree(text, homeFile, variables, []), 'services') ?? siblings;
      if (text === undefined) return without(service, 'extends');
    }
    const base = from === undefined ? undefined : child(home, from);
    if (base === undefined) {
      problems.push({ rule: 'extends-missing', args: { service: name, base: from ?? '' }, at: wish.at });
      return without(service, 'extends');
    }
    const whole = await extendOne(base, home, homeFile, variables, depth + 1, from ?? '');
    return mergeTrees(without(without(whole, 'depends_on'), 'extends'), without(service, 'extends'), name, 'services');
  };

  const includeAll = async (tree: MapTree, one: LoadRequest, variables: Variables, depth: number): Promise<MapTree> => {
    let whole = tree;
    for (const item of itemsOf(child(tree, 'include'))) {
      if (depth > deepest) break;
      const paths = textOf(item) ?? textOf(child(item, 'path'));
      const list = paths === undefined ? itemsOf(child(item, 'path')).map((path) => textOf(path) ?? '') : [paths];
      const included = list.filter((path) => path !== '').map((path) => join(one.directory, path));
      if (included.length === 0) continue;
      const directoryText = textOf(child(item, 'project_directory'));
      const directory = directoryText === undefined ? dirname(included[0]!) : join(one.directory, directoryText);
      const named = child(item, 'env_file');
      const environmentFiles = (named?.kind === 'list' ? itemsOf(named) : named ? [named] : [])
        .map((path) => textOf(path))
        .filter((path) => path !== undefined)
        .map((path) => join(one.directory, path));
      const request: LoadRequest = {
        files: included,
        directory,
        read: one.read,
        environment: variables,
        ...(environmentFiles.length > 0 ? { environmentFiles } : {}),
      };
      const part = await loadFiles(request, await variablesOf(request), depth + 1);
      // What the including file says of the same thing comes on top.
      whole = mergeMaps(without(part, 'name') as MapTree, whole);
    }
    return without(whole, 'include') as MapTree;
  };

  const variables = await variablesOf({ ...request, read });
  const tree = await loadFiles(request, variables, 0);
  return { tree, variables, problems, files, missing };
}

function withKey(tree: MapTree, key: string, value: Tree): MapTree {
  const entries = new Map(tree.entries);
  const known = entries.get(key);
  if (known) entries.set(key, { key: known.key, value });
  return { ...tree, entries };
}

function without(tree: Tree, key: string): Tree {
  if (tree.kind !== 'map' || !tree.entries.has(key)) return tree;
  const entries = new Map(tree.entries);
  entries.delete(key);
  return { ...tree, entries };
}

/** Networks of a service, written as list or map, one way. */
export function attachmentsOf(tree: Tree | undefined): ReturnType<typeof entriesOf> {
  return tree === undefined ? [] : entriesOf(namedMap(tree));
}
