/** Words and Markdown of the views, with VS Code's own types: hostile input, states, problems, dragging. */
import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import type { EngineSession, Problem, SessionState } from '#live/types';
import type { Container, Snapshot } from '#model/snapshot';
import { containerFacts } from '#views/facts';
import { commandLink, escapeMarkdown, factSheet } from '#views/markdown';
import { problemWords } from '#views/problems';
import { messageOf, viewState } from '#views/tree/state';

const spec = { id: 's', label: 'Docker', url: 'unix:///x.sock', source: 'socket' as const };

const hostile = [
  '[click](command:workbench.action.quit)',
  '<img src=x onerror=alert(1)>',
  '$(trash) `code` **bold** | cell | ![](http://example.invalid/x.png)',
  'line\n\n# heading',
  '\u202Egnirts desrever',
  '한글 😀 العربية',
  'x'.repeat(4096),
];

function snapshotWith(name: string): Snapshot {
  const container: Container = {
    id: 'c'.repeat(64),
    name,
    image: name,
    state: 'running',
    mode: 'networks',
    endpoints: [{ networkId: 'gone', network: name, ipv4: '10.0.0.2', staticIp: true, aliases: [name] }],
    published: [{ hostIp: name, hostPort: 1, port: 1, protocol: 'tcp' }],
    exposed: [],
    links: [{ container: name, alias: name }],
    compose: { project: name, service: name },
    labels: {},
    complete: true,
  };
  return {
    engine: { name: 's', endpoint: spec.url, kind: 'docker', version: '28', apiVersion: '1.48', where: 'unknown' },
    takenAt: Date.now(),
    complete: true,
    networks: [],
    containers: [container],
  };
}

suite('Markdown of the views', () => {
  for (const name of hostile)
    test(`shows ${JSON.stringify(name.slice(0, 30))} as text`, () => {
      const snapshot = snapshotWith(name);
      const sheet = factSheet(name, name, containerFacts(snapshot, 'c'.repeat(64)));
      // Without code spans and our own copy links nothing is left that Markdown would act on.
      const rest = sheet.value
        .replace(/`[^`\n]*`/g, '')
        .replace(/\[\$\(copy\)\]\(command:dockerNetworks\.copyAddress\?[\w%.-]+ "[^"]*"\)/g, '');
      assert.doesNotMatch(rest, /[<>[\]]|\$\(|\]\(|^#/m);
      assert.equal(sheet.supportHtml, false);
      assert.ok(rest.length < 5_000, 'a long name is shown whole');
    });

  test('hands a command exactly the argument, whatever is in it', () => {
    for (const name of hostile) {
      const link = commandLink('x', 'dockerNetworks.copyAddress', { text: name });
      const query = /\?([^)\s]*)\)$/.exec(link)?.[1] ?? '';
      assert.deepEqual(JSON.parse(decodeURIComponent(query)), [{ text: name }]);
    }
  });

  test('escapes to entities that show the same text', () => {
    const shown = escapeMarkdown('a_b*c`d$(e)|f').replace(/&#(\d+);/g, (_, code: string) =>
      String.fromCodePoint(Number(code)),
    );
    assert.equal(shown, 'a_b*c`d$(e)|f');
  });
});

suite('states of the Networks view', () => {
  const session = (state: SessionState, snapshot?: Snapshot): EngineSession =>
    ({ spec, state, snapshot }) as unknown as EngineSession;
  const offline = (kind: Problem['kind']): SessionState => ({
    kind: 'offline',
    problem: { kind, detail: '', since: 0 },
  });

  test('each have their welcome text', () => {
    assert.equal(viewState(undefined, false, {}), 'loading');
    assert.equal(viewState(undefined, true, {}), 'missing');
    assert.equal(viewState(session({ kind: 'connecting' }), true, {}), 'loading');
    assert.equal(viewState(session(offline('permission')), true, {}), 'permission');
    assert.equal(viewState(session(offline('refused')), true, {}), 'down');
    assert.equal(viewState(session(offline('not-an-engine')), true, {}), 'refusing');
    assert.equal(viewState(session({ kind: 'live' }, { ...snapshotWith('x'), containers: [] }), true, {}), 'empty');
    assert.equal(viewState(session({ kind: 'live' }, snapshotWith('x')), true, { text: 'y' }), 'filtered');
    assert.equal(viewState(session({ kind: 'live' }, snapshotWith('x')), true, {}), 'ready');
  });

  test('say how old the last picture is', () => {
    const message = messageOf([session(offline('refused'), snapshotWith('x'))], {});
    assert.match(message, /unix:\/\/\/x\.sock/);
    assert.match(message, /\d/);
    assert.equal(messageOf([session({ kind: 'live' }, snapshotWith('x'))], {}), '');
  });

  test('name cause and remedy of every problem', () => {
    const kinds: readonly Problem['kind'][] = [
      ...(['missing', 'refused', 'permission', 'timeout', 'cut-off', 'not-an-engine', 'tls', 'ssh'] as const),
      ...(['not-found', 'conflict', 'bad-request', 'forbidden', 'server', 'closed'] as const),
    ];
    for (const kind of kinds) {
      const { cause, remedy } = problemWords({ kind, detail: '' }, spec);
      assert.ok(cause.length > 10 && remedy.length > 5, kind);
    }
    const details = ['certificate has expired', 'Host key verification failed.', 'Permission denied (publickey).'];
    const causes = details.map(
      (detail) => problemWords({ kind: detail.startsWith('cert') ? 'tls' : 'ssh', detail }, spec).cause,
    );
    assert.equal(new Set(causes).size, details.length);
  });
});

suite('the Ports view and the status bar', () => {
  test('are there to be shown', async () => {
    await vscode.commands.executeCommand('dockerNetworks.ports.focus');
    await vscode.commands.executeCommand('dockerNetworks.networks.focus');
  });
});
