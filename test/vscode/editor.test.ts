/** Text editors and terminals: links, the cursor that leads the drawing, what costs no request, several folders. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { FollowCursor, FollowTarget } from '#compose/providers/followCursor';
import { type Compose, registerCompose } from '#compose/providers/register';
import { settings } from '#contributions';
import { label, runServing, tutorial } from '#harness/tutorial';
import type { Disposable } from '#live/types';
import { ReferenceHover } from '#views/hover';
import type { Target } from '#views/target';
import { type NetworkTerminalLink, terminalLinkProvider } from '#views/terminalLinks';
import { docker, until } from './host.ts';
import { type OwnEngines, ownEngines } from './ownEngines.ts';

async function untitled(content: string, language = 'plaintext'): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  return vscode.window.showTextDocument(document);
}

async function closeAll(): Promise<void> {
  // Reverting first keeps VS Code from asking whether to save.
  while (vscode.window.activeTextEditor)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** Runs something while a setting has another value than its default. */
async function withSetting(name: string, value: unknown, run: () => Promise<void>): Promise<void> {
  const change = (to: unknown) =>
    vscode.workspace.getConfiguration().update(name, to, vscode.ConfigurationTarget.Global);
  await change(value);
  try {
    await run();
  } finally {
    await change(undefined);
  }
}

/** What `registerCompose` needs of an extension's context: a place for what is to be disposed of. */
function registered(own: OwnEngines, highlight: (targets: readonly FollowTarget[]) => void) {
  const subscriptions: Disposable[] = [];
  const context = { subscriptions } as unknown as vscode.ExtensionContext;
  const compose = registerCompose(context, own.engines, highlight);
  return { compose, dispose: () => subscriptions.forEach((one) => void one.dispose()) };
}

suite('links in a terminal', () => {
  let own: OwnEngines;
  let provider: vscode.TerminalLinkProvider<NetworkTerminalLink>;
  const cancel = new vscode.CancellationTokenSource();

  suiteSetup(async () => {
    own = await ownEngines();
    provider = terminalLinkProvider(own.engines);
  });
  suiteTeardown(() => own.dispose());

  const found = async (line: string): Promise<readonly (readonly [string, Target])[]> => {
    const context = { line, terminal: undefined } as unknown as vscode.TerminalLinkContext;
    const links = (await provider.provideTerminalLinks(context, cancel.token)) ?? [];
    return links.map(
      ({ startIndex, length, target }) => [line.slice(startIndex, startIndex + length), target] as const,
    );
  };

  test('are none, and ask nothing, before anybody asked the engine', async () => {
    assert.deepEqual(await found(`PING ${tutorial.webAddress}: 56 data bytes`), []);
    assert.deepEqual(own.requests(), []);
  });

  test('lead from an address, a subnet, a port and a container’s name to their row', async () => {
    const snapshot = await own.engines.find().complete();
    const engine = snapshot.engine.name;
    const container = (name: string): string => {
      const id = snapshot.containers.find((one) => one.name === name)?.id;
      assert.ok(id, name);
      return id;
    };
    const network = snapshot.networks.find(({ name }) => name === tutorial.network)?.id ?? '';
    const web = { kind: 'container', engine, container: container(tutorial.web), network };
    const asked = own.requests().length;
    assert.deepEqual(await found(`PING ${tutorial.webAddress} (${tutorial.webAddress}): 56 data bytes`), [
      [tutorial.webAddress, web],
      [tutorial.webAddress, web],
    ]);
    assert.deepEqual(await found(`${tutorial.subnet} dev br-1 proto kernel`), [
      [tutorial.subnet, { kind: 'network', engine, network }],
    ]);
    const [[text, target] = []] = await found(`89ab  tiny:1  "sh -c"  Up 2 minutes  ${tutorial.randomPort}`);
    assert.equal(text, tutorial.randomPort);
    assert.deepEqual(target?.kind === 'container' && target.container, container(tutorial.randomPort));
    const [[, port] = []] = await found('curl http://localhost:8080/');
    assert.deepEqual(port, { kind: 'container', engine, container: web.container });
    assert.deepEqual(await found('version 10.0.3 of 2024-01-02, 3 errors at 12:30:45'), []);
    assert.equal(own.requests().length, asked, 'a link costs no request');
  });

  test('are none while the setting is off', () =>
    withSetting(settings.terminalLinksEnabled, false, async () =>
      assert.deepEqual(await found(`PING ${tutorial.webAddress}`), []),
    ));
});

suite('the cursor leads the drawing', () => {
  const text =
    'name: led\nservices:\n  one:\n    image: tiny:1\n    networks: [back]\n  two:\n    image: tiny:1\n' +
    'networks:\n  back:\n    internal: false\n# nothing\n';
  let own: OwnEngines;
  let follow: FollowCursor;
  let ended: () => void;
  let told: readonly FollowTarget[][] = [];
  let need: Disposable;

  suiteSetup(async () => {
    await docker('network', 'create', '--label', label, '--label', 'com.docker.compose.project=led', 'led_back');
    const labels = ['project=led', 'service=one', 'container-number=1', 'oneoff=False'];
    await runServing(docker, 'led-one-1', [
      ...labels.flatMap((one) => ['--label', `com.docker.compose.${one}`]),
      ...['--network', 'led_back'],
    ]);
    own = await ownEngines();
    need = own.engines.find().need();
    await own.engines.find().complete();
    const { compose, dispose } = registered(own, (targets) => {
      told = [...told, [...targets]];
    });
    follow = compose.follow;
    ended = dispose;
  });
  suiteTeardown(async () => {
    ended();
    need.dispose();
    own.dispose();
    await closeAll();
    await docker('rm', '-f', 'led-one-1');
    await docker('network', 'rm', 'led_back');
  });

  /** Puts the cursor on a word and waits for what is highlighted by that. */
  async function highlighted(editor: vscode.TextEditor, word: string): Promise<readonly FollowTarget[]> {
    const before = told.length;
    const at = editor.document.positionAt(text.indexOf(word) + 1);
    editor.selection = new vscode.Selection(at, at);
    return until(`what is highlighted at ${word}`, () => (told.length > before ? told.at(-1) : undefined));
  }

  test('to the container of a service, to a network, and away; on the engine and in the plan', async () => {
    const editor = await untitled(text, 'yaml');
    const snapshot = await own.engines.find().complete();
    const engine = snapshot.engine.name;
    const one = snapshot.containers.find(({ name }) => name === 'led-one-1')?.id;
    const back = snapshot.networks.find(({ name }) => name === 'led_back')?.id;
    assert.ok(one && back);
    const [real, planned, ...rest] = await highlighted(editor, 'one:');
    assert.deepEqual(real, { kind: 'container', engine, container: one });
    assert.equal(planned?.kind === 'container' && planned.engine, 'plan:led');
    assert.deepEqual(rest, []);
    // Nobody runs the second service: only the plan has it.
    assert.deepEqual(
      (await highlighted(editor, 'two:')).map((target) => target.engine),
      ['plan:led'],
    );
    assert.deepEqual((await highlighted(editor, 'back:'))[0], { kind: 'network', engine, network: back });
    assert.deepEqual(await highlighted(editor, '# nothing'), []);
  });

  test('and a node that is selected there moves the cursor', async () => {
    const editor = await untitled(text, 'yaml');
    const snapshot = await own.engines.find().complete();
    const one = snapshot.containers.find(({ name }) => name === 'led-one-1')?.id ?? '';
    await follow.selected({ kind: 'container', engine: snapshot.engine.name, container: one });
    await until('the cursor in the service', () => editor.selection.active.line === 2);
  });

  test('not while the setting is off', () =>
    withSetting(settings.followCursor, false, async () => {
      const editor = await untitled(text, 'yaml');
      const before = told.flat().length;
      const at = editor.document.positionAt(text.indexOf('two:') + 1);
      editor.selection = new vscode.Selection(at, at);
      await until('the cursor to have moved', () => editor.selection.active.isEqual(at));
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(told.flat().length, before);
    }));
});

suite('a workspace without Docker words', () => {
  let own: OwnEngines;
  let compose: Compose;
  let hover: ReferenceHover;
  let ended: () => void;

  suiteSetup(async () => {
    await closeAll();
    own = await ownEngines();
    const made = registered(own, () => undefined);
    compose = made.compose;
    ended = made.dispose;
    hover = new ReferenceHover(own.engines, compose);
  });
  suiteTeardown(async () => {
    hover.dispose();
    ended();
    own.dispose();
    await closeAll();
  });

  const hoverAt = async (document: vscode.TextDocument, offset: number): Promise<string> => {
    const found = await hover.provideHover(document, document.positionAt(offset));
    return (found?.contents ?? []).map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
  };

  test('costs nothing: no hover, no request, wherever the pointer and the cursor are', async () => {
    const plain: readonly (readonly [string, string])[] = [
      ['plaintext', 'Dear all, version 1.2.3 was released on 2024-05-06 at 12:30.\nThe web is down again.'],
      ['typescript', 'export const sum = (a: number, b = 1.5): number => a + b; // twice\n'],
      ['yaml', 'title: A book\nchapters:\n  - name: web\n    pages: 12\n'],
      ['json', '{ "name": "shop", "version": "10.20.30" }'],
    ];
    for (const [language, content] of plain) {
      const editor = await untitled(content, language);
      for (let offset = 0; offset < content.length; offset += 1)
        assert.equal(await hoverAt(editor.document, offset), '', `${language} at ${offset}`);
      editor.selection = new vscode.Selection(0, 3, 0, 3);
    }
    assert.equal(own.engines.find().state.kind, 'idle');
    assert.deepEqual(own.requests(), []);
  });

  test('an address in an untitled file is asked about once, and after that from the index', async () => {
    const content = `fetch('http://${tutorial.webAddress}/'); fetch('http://192.168.100.77/');`;
    const { document } = await untitled(content, 'javascript');
    const at = content.indexOf(tutorial.webAddress) + 2;
    assert.ok((await hoverAt(document, at)).includes(tutorial.network));
    const counted = (): number => own.requests().filter((path) => path !== '/events').length;
    assert.ok(counted() > 0);
    // Inspects of the containers may still be under way: what follows is counted when they are done.
    await own.engines.find().complete();
    const before = counted();
    for (let turn = 0; turn < 50; turn += 1) {
      assert.ok((await hoverAt(document, at)).includes(tutorial.network));
      assert.notEqual(await hoverAt(document, content.indexOf('192.168.100.77') + 2), '');
    }
    assert.equal(counted(), before);
  });
});

suite('a second folder of the workspace', () => {
  let folder: vscode.Uri;

  suiteSetup(() => {
    const first = process.env.TEST_FOLDER;
    assert.ok(first);
    folder = vscode.Uri.file(join(first, '..', 'added'));
    mkdirSync(folder.fsPath, { recursive: true });
    writeFileSync(
      join(folder.fsPath, 'compose.yaml'),
      'services:\n  annex:\n    image: tiny:1\n    networks: [nowhere]\n',
    );
  });
  suiteTeardown(async () => {
    await closeAll();
    const index = vscode.workspace.workspaceFolders?.findIndex(({ uri }) => uri.path === folder.path) ?? -1;
    if (index > 0) vscode.workspace.updateWorkspaceFolders(index, 1);
  });

  test('added while the window runs, has its Compose file known from code and checked', async () => {
    const { document } = await untitled('const url = "http://annex:8080/";', 'javascript');
    const position = document.positionAt(document.getText().indexOf('annex') + 1);
    const places = () =>
      vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, position);
    const isThere = (uri: vscode.Uri): boolean => uri.path === `${folder.path}/compose.yaml`;
    assert.ok(!(await places()).some(({ uri }) => isThere(uri)));
    const added = new Promise((resolve) => vscode.workspace.onDidChangeWorkspaceFolders(resolve));
    assert.ok(vscode.workspace.updateWorkspaceFolders(1, 0, { uri: folder }));
    await added;
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    const found = await until('the service of the new folder', async () =>
      (await places()).find(({ uri }) => isThere(uri)),
    );
    assert.equal(found.range.start.line, 1);
    await vscode.window.showTextDocument(found.uri);
    await until('the undefined network', () =>
      vscode.languages.getDiagnostics(found.uri).some(({ code }) => code === 'network-undefined'),
    );
  });
});
