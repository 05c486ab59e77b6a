import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, settings } from '#contributions';
import { label, runServing, tutorial } from '#harness/tutorial';
import type { Snapshot } from '#model/snapshot';
import { api, docker, until } from './host.ts';

/** A Compose project in an untitled file: nothing is written to disk. */
async function compose(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'yaml' });
  await vscode.window.showTextDocument(document);
  return document;
}

const ours = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Docker Networks');

const codes = (document: vscode.TextDocument): string[] =>
  ours(document)
    .map(({ code }) => String(code))
    .sort();

/** The quick fixes of our diagnostics with this code; the last one opens the settings and has no edit. */
async function fixesOf(document: vscode.TextDocument, code: string): Promise<vscode.CodeAction[]> {
  const diagnostic = ours(document).find((one) => one.code === code);
  assert.ok(diagnostic, `${code} is not among ${codes(document)}`);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    diagnostic.range,
  );
  return actions.filter(({ edit }) => edit !== undefined);
}

async function webPort(): Promise<number> {
  const snapshot = await (await api()).snapshot();
  const port = snapshot.containers.find(({ name }) => name === tutorial.web)?.published[0]?.hostPort;
  assert.ok(port);
  return port;
}

suite('Compose files', () => {
  suiteSetup(async () => {
    await (await api()).snapshot();
  });
  suiteTeardown(async () => {
    // Reverting first keeps VS Code from asking whether to save.
    while (vscode.window.activeTextEditor)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const id of (await docker('ps', '-aq', '--filter', 'label=com.docker.compose.project=ledger')).split('\n'))
      if (id) await docker('rm', '-f', id);
    await docker('network', 'rm', 'ledger_back');
  });

  test('faults are found in an untitled file, and mended by their fixes', async () => {
    const port = await webPort();
    const document = await compose(
      `services:\n  a:\n    image: tiny:1\n    ports:\n      - "${port}:80"\n    networks:\n      - one\n` +
        '    environment:\n      DB_HOST: b\n  b:\n    image: tiny:1\n    networks:\n      - two\n' +
        'networks:\n  one:\n    ipam:\n      config:\n        - subnet: 192.168.100.0/25\n  two: {}\n',
    );
    const wanted = ['no-shared-network', 'port-taken', 'subnet-overlap'];
    await until('the three faults', () => (wanted.join() === codes(document).join() ? true : undefined));
    for (const code of wanted) {
      const [fix] = await fixesOf(document, code);
      assert.ok(fix?.edit, code);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await until('the fault to go', () => (codes(document).includes(code) ? undefined : true));
    }
    assert.deepEqual(codes(document), []);
  });

  test('a check that is switched off is silent', async () => {
    const port = await webPort();
    const document = await compose(`services:\n  a:\n    image: tiny:1\n    ports: ["${port}:80"]\n`);
    await until('the taken port', () => (codes(document).includes('port-taken') ? true : undefined));
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update(settings.diagnostics, { 'port-taken': false }, vscode.ConfigurationTarget.Global);
    try {
      await until('silence', () => (codes(document).length === 0 ? true : undefined));
    } finally {
      await configuration.update(settings.diagnostics, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('the plan is a snapshot of what the file says', async () => {
    const document = await compose(
      'name: planned\nservices:\n  a: {image: tiny:1, ports: ["9:9"]}\n  b: {image: tiny:1}\n',
    );
    const snapshot = await vscode.commands.executeCommand<Snapshot>(commandIds.showPlannedTopology, document.uri);
    assert.deepEqual(
      snapshot.containers.map(({ name }) => name),
      ['planned-a-1', 'planned-b-1'],
    );
    assert.deepEqual(
      snapshot.networks.map(({ name }) => name),
      ['planned_default'],
    );
  });

  test('lenses and drift tell what the engine has', async () => {
    const composeLabels = (service: string): string[] =>
      ['project=ledger', `service=${service}`, 'container-number=1', 'oneoff=False'].flatMap((one) => [
        '--label',
        `com.docker.compose.${one}`,
      ]);
    const networkLabels = [
      '--label',
      label,
      ...composeLabels('x').slice(0, 2),
      '--label',
      'com.docker.compose.network=back',
    ];
    await docker('network', 'create', '--subnet', '192.168.150.0/24', ...networkLabels, 'ledger_back');
    await runServing(docker, 'ledger-web-1', ['--network', 'ledger_back', ...composeLabels('web')]);
    await (await api()).snapshot();
    const document = await compose(
      'name: ledger\nservices:\n  web:\n    image: tiny:1\n    networks:\n      back:\n        aliases: [books]\n' +
        '  db:\n    image: tiny:1\n    networks: [back]\nnetworks:\n  back:\n    ipam: {config: [{subnet: 192.168.150.0/24}]}\n',
    );
    const titles = await until('the lenses of the running service', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        100,
      );
      const found = lenses.map(({ command, range }) => `${range.start.line} ${command?.title}`);
      return found.some((title) => title.startsWith('2 running')) ? found : undefined;
    });
    assert.ok(
      titles.some((title) => /^2 running · 192\.168\.150\.\d+ \(ledger_back\)$/.test(title)),
      titles.join('\n'),
    );
    assert.ok(titles.includes('7 no container yet'), titles.join('\n'));
    assert.ok(
      titles.some((title) => title.startsWith('11 ledger_back · 192.168.150.0/24')),
      titles.join('\n'),
    );
    const drift = await vscode.commands.executeCommand<{ running: boolean; differences: { rule: string }[] }>(
      commandIds.showDrift,
      { file: document.uri.toString() },
    );
    assert.equal(drift.running, true);
    assert.deepEqual(drift.differences.map(({ rule }) => rule).sort(), ['alias-missing', 'service-missing']);
  });
});
