/** What the code says it contributes and what package.json contributes are the same, both ways. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandIds, contextKeys, diagnosticCodes, extensionId, settings, toolIds, viewIds } from '#contributions';

const root = join(import.meta.dirname, '../..');

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly keybindings: readonly MenuEntry[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when?: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>>;
    };
    readonly languageModelTools: readonly { readonly name: string }[];
  };
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes } = manifest;
const sorted = (values: Iterable<string>): readonly string[] => [...values].sort();
const entries = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
const clauses = [...entries, ...contributes.viewsWelcome].flatMap(({ when }) => when ?? []);

describe('package.json and src/contributions.ts', () => {
  it('name the same extension', () => {
    expect(extensionId).toBe(`${manifest.publisher}.${manifest.name}`);
  });

  it('name the same commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(sorted(Object.values(commandIds)));
    for (const [key, id] of Object.entries(commandIds)) expect(id).toBe(`dockerNetworks.${key}`);
  });

  it('put every command under one category', () => {
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['Docker Networks']));
  });

  it('name the same views, settings, tools and checks', () => {
    expect(sorted(Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)))).toEqual(
      sorted(Object.values(viewIds)),
    );
    expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(sorted(Object.values(settings)));
    expect(sorted(contributes.languageModelTools.map(({ name }) => name))).toEqual(sorted(Object.values(toolIds)));
    expect(sorted(Object.keys(contributes.configuration.properties[settings.diagnostics]?.properties ?? {}))).toEqual(
      sorted(diagnosticCodes),
    );
  });

  it('offer only commands that exist in menus and keys', () => {
    const known = new Set<string>(Object.values(commandIds));
    expect(entries.map(({ command }) => command).filter((command) => !known.has(command))).toEqual([]);
  });

  it('read only context keys and views that exist', () => {
    const known = new Set<string>([
      ...Object.values(contextKeys),
      ...Object.values(viewIds),
      'dockerNetworks.topology',
    ]);
    const named = clauses.flatMap((clause) => clause.match(/dockerNetworks\.\w+/g) ?? []);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('give a row at most three inline actions', () => {
    const inline = contributes.menus['view/item/context']?.filter(({ group }) => group?.startsWith('inline')) ?? [];
    const rows = [
      ['dockerNetworks.networks', 'network.own.bridgeable'],
      ['dockerNetworks.networks', 'network.builtin'],
      ['dockerNetworks.networks', 'container.attached.running'],
      ['dockerNetworks.networks', 'container.attached.stopped'],
      ['dockerNetworks.networks', 'container.host.running'],
      ['dockerNetworks.networks', 'port.open'],
      ['dockerNetworks.ports', 'port.open'],
    ] as const;
    for (const [view, item] of rows) {
      const shown = inline.filter(({ when }) => holds(when ?? '', view, item));
      expect(shown.length, `${view} ${item}`).toBeLessThanOrEqual(3);
    }
  });
});

/** Evaluates the few forms our clauses use: `view ==`, `view =~`, `viewItem =~`, `viewItem ==`, joined by `&&`. */
function holds(clause: string, view: string, viewItem: string): boolean {
  return clause.split(' && ').every((part) => {
    const [key, operator, operand = ''] = part.trim().split(' ', 3);
    const value = key === 'view' ? view : viewItem;
    return operator === '==' ? value === operand : new RegExp(operand.slice(1, -1)).test(value);
  });
}

describe('the code', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => ({
      name: entry.name,
      folder: entry.parentPath,
      text: readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    }));

  it('writes no contributed id by hand', () => {
    const ids = new Set<string>([...Object.values(commandIds), ...Object.values(settings)]);
    const byHand = sources
      .filter(({ name }) => name !== 'contributions.ts')
      .flatMap(({ name, text }) =>
        [...text.matchAll(/'(dockerNetworks\.[\w.]+)'/g)].flatMap(([, id = '']) =>
          ids.has(id) ? [`${name}: ${id}`] : [],
        ),
      );
    expect(byHand).toEqual([]);
  });

  // That each is registered is proved in the extension host; this says sooner which one nobody wrote.
  it('writes a command for each id', () => {
    const commands = sources.filter(({ folder }) => folder.includes('commands')).map(({ text }) => text);
    const isWritten = (key: string): boolean => commands.some((text) => text.includes(`'${key}'`));
    expect(Object.keys(commandIds).filter((key) => !isWritten(key))).toEqual([]);
  });

  it('brings the pictures package.json names', () => {
    const pictures = [...JSON.stringify(manifest).matchAll(/"(media\/[\w./-]+\.(?:svg|png))"/g)].map(
      ([, path = '']) => path,
    );
    expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
