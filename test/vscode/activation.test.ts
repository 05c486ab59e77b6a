import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '#contributions';
import { tutorial } from '#harness/tutorial';
import { api, docker } from './host.ts';

suite('activation', () => {
  test('every contributed command is registered', async () => {
    await api();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commandIds).filter((id) => !registered.has(id)),
      [],
    );
  });

  test('the snapshot has the networks that docker network ls names', async () => {
    const snapshot = await (await api()).snapshot();
    const listed = (await docker('network', 'ls', '--format', '{{.Name}}')).split('\n').sort();
    assert.deepEqual(snapshot.networks.map((network) => network.name).sort(), listed);
    assert.ok(listed.includes(tutorial.network));
  });
});
