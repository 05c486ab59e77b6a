/** The Compose projects of test/fixtures/compose, loaded with an empty shell environment. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFiles } from '#compose/files';
import { loadProject } from '#compose/project';
import type { ComposeProject } from '#compose/types';

export const fixturesDirectory = join(import.meta.dirname, '../fixtures/compose');

export function fixtureNames(): readonly string[] {
  return readdirSync(fixturesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

const readText = async (file: string): Promise<string | undefined> =>
  existsSync(file) ? readFile(file, 'utf8') : undefined;

export async function composeFixture(name: string): Promise<ComposeProject> {
  const directory = join(fixturesDirectory, name);
  const main = ['compose.yaml', 'compose.yml', 'docker-compose.yml'].find((file) => existsSync(join(directory, file)));
  const files = await projectFiles(join(directory, main ?? 'compose.yaml'), readText);
  return loadProject({ files, directory, read: readText, environment: () => undefined });
}

/** A project from texts: the first file is the main one. */
export function composeText(
  texts: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<ComposeProject> {
  const files = Object.keys(texts)
    .filter((file) => !file.endsWith('.env'))
    .map((file) => `/project/${file}`);
  return loadProject({
    files,
    directory: '/project',
    read: async (file) => texts[file.replace('/project/', '')],
    environment: (key) => environment[key],
  });
}
