import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { settings } from '#contributions';
import { tutorial } from '#harness/tutorial';
import { api, until } from './host.ts';

/** An untitled document with the text, shown. */
async function untitled(content: string, language = 'plaintext'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document);
  return document;
}

/** Text of the hovers at the first place the word stands, ours alone. */
async function hoverAt(document: vscode.TextDocument, word: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .filter((text) => text.includes('command:dockerNetworks.') || text.includes('Nobody has'))
    .join('\n')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

suite('hovers', () => {
  suiteSetup(async () => {
    await (await api()).snapshot();
  });
  suiteTeardown(async () => {
    // Reverting first keeps VS Code from asking whether to save.
    while (vscode.window.activeTextEditor)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('an address tells who has it, with image, network and published port', async () => {
    const document = await untitled(`const url = "http://${tutorial.webAddress}:80/";`, 'javascript');
    const text = await until(
      "the hover of the container's address",
      async () => (await hoverAt(document, tutorial.webAddress)) || undefined,
    );
    for (const part of [tutorial.web, tutorial.network, tutorial.subnet, tutorial.gateway, 'running'])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });

  test('a free address of a known subnet says that nobody has it', async () => {
    const document = await untitled('ping 192.168.100.77\n10.255.255.1 is nowhere, version 192.168.100.100\n');
    assert.match(await hoverAt(document, '192.168.100.77'), /Nobody has/);
    assert.equal(await hoverAt(document, '10.255.255.1'), '');
    assert.equal(await hoverAt(document, '192.168.100.100'), '');
  });

  test('a gateway and a subnet tell their network', async () => {
    const document = await untitled(`route ${tutorial.subnet} via ${tutorial.gateway}`);
    assert.ok((await hoverAt(document, tutorial.subnet)).includes(tutorial.network));
    assert.ok((await hoverAt(document, tutorial.gateway)).includes(tutorial.network));
  });

  test('a name answers where a host stands, and not in prose', async () => {
    const document = await untitled(`DB_HOST=${tutorial.db}\n# the word ${tutorial.web} in a comment\n`, 'shellscript');
    assert.ok((await hoverAt(document, tutorial.db)).includes(tutorial.network));
    assert.equal(await hoverAt(document, tutorial.web), '');
  });

  test('localhost with a published port leads to its container', async () => {
    const snapshot = await (await api()).snapshot();
    const port = snapshot.containers.find(({ name }) => name === tutorial.web)?.published[0]?.hostPort;
    const document = await untitled(`curl http://localhost:${port}/`, 'shellscript');
    assert.ok((await hoverAt(document, `localhost:${port}`)).includes(tutorial.web));
  });

  test('nothing is said while the setting is off', async () => {
    const document = await untitled(`"${tutorial.webAddress}"`, 'javascript');
    await vscode.workspace.getConfiguration().update(settings.hoverEnabled, false, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(await hoverAt(document, tutorial.webAddress), '');
    } finally {
      await vscode.workspace
        .getConfiguration()
        .update(settings.hoverEnabled, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('a name in code leads to the service in a Compose file of the workspace', async () => {
    const folder = process.env.TEST_FOLDER;
    assert.ok(folder);
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, 'services:\n  ledger:\n    image: tiny:1\n');
    const document = await untitled('const url = "http://ledger:8080/";', 'javascript');
    const position = document.positionAt(document.getText().indexOf('ledger') + 1);
    const found = await until("the service's definition", async () => {
      const places = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        position,
      );
      return places.find(({ uri }) => uri.path.endsWith('/compose.yaml'));
    });
    assert.equal(found.range.start.line, 1);
  });
});
