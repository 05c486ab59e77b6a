/** Which files make a project, from the one that is open: defaults with their override, and a base with its variant. */
import type { ReadText } from '#compose/loader';
import { basename, dirname, join } from '#compose/paths';
import { child, entriesOf, parseTree } from '#compose/tree';

/** In Compose's order of preference. */
const defaults = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const overrides = [
  'compose.override.yaml',
  'compose.override.yml',
  'docker-compose.override.yaml',
  'docker-compose.override.yml',
];

/** `compose.yaml`, `docker-compose.prod.yml`, `docker-compose-dev.yaml`, `compose.override.yaml`. */
export function isComposeFile(file: string): boolean {
  return /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i.test(basename(file));
}

/** A main file is complete by itself: what it names must be in it. A variant may be a part. */
export function isMainFile(file: string): boolean {
  return defaults.includes(basename(file).toLowerCase());
}

/** Files in the order of `-f`, the open one among them. */
export async function projectFiles(open: string, read: ReadText): Promise<readonly string[]> {
  const directory = dirname(open);
  const firstOf = async (names: readonly string[]): Promise<string | undefined> => {
    for (const name of names) {
      const file = join(directory, name);
      if (file === open || (await read(file)) !== undefined) return file;
    }
    return undefined;
  };
  const name = basename(open).toLowerCase();
  if (defaults.includes(name)) {
    const override = await firstOf(overrides);
    return override === undefined ? [open] : [open, override];
  }
  if (overrides.includes(name)) {
    const main = await firstOf(defaults);
    return main === undefined ? [open] : [main, open];
  }
  // `docker-compose.prod.yml` lies over `docker-compose.yml` when it cannot stand alone.
  if (!(await standsAlone(open, read))) {
    const main = await firstOf(defaults);
    if (main !== undefined) return [main, open];
  }
  return [open];
}

async function standsAlone(file: string, read: ReadText): Promise<boolean> {
  const tree = parseTree((await read(file)) ?? '', file, () => undefined, []);
  const services = entriesOf(child(tree, 'services'));
  const complete = ({ value }: (typeof services)[number][1]): boolean =>
    ['image', 'build', 'extends'].some((key) => child(value, key) !== undefined);
  return services.length > 0 && services.every(([, entry]) => complete(entry));
}
