/** Where engines are looked for, on every platform, with a machine made of a map. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { configFolder } from '#engine/contexts';
import { asUrl, discoverEndpoints, type Machine } from '#engine/endpoints';
import { localMachine, watchContexts } from '#engine/localMachine';

interface Made {
  readonly platform?: NodeJS.Platform;
  readonly env?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly sockets?: readonly string[];
}

function machine({ platform = 'linux', env = {}, files = {}, sockets = [] }: Made): Machine {
  return {
    platform,
    env,
    home: platform === 'win32' ? 'C:\\Users\\me' : '/home/me',
    uid: platform === 'win32' ? undefined : 1000,
    readText: async (path) => files[path],
    list: async (path) => {
      const under = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      return [...new Set(under.map((file) => file.slice(path.length + 1).split('/')[0] ?? ''))];
    },
    socket: async (path) => (sockets.includes(path) ? path : undefined),
  };
}

const hash = (name: string): string => createHash('sha256').update(name).digest('hex');
function context(name: string, host: string, more: Record<string, unknown> = {}): Record<string, string> {
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false, ...more } } };
  return { [`/home/me/.docker/contexts/meta/${hash(name)}/meta.json`]: JSON.stringify(meta) };
}
const ids = async (made: Made, setting = ''): Promise<readonly string[]> =>
  (await discoverEndpoints(setting, machine(made))).map((spec) => spec.id);

describe('the order of choice', () => {
  const files = {
    '/home/me/.docker/config.json': JSON.stringify({ currentContext: 'lab' }),
    ...context('lab', 'ssh://me@lab'),
    ...context('desk', 'unix:///home/me/.docker/desktop/docker.sock'),
  };
  const sockets = ['/var/run/docker.sock', '/run/user/1000/podman/podman.sock'];

  it('nothing there: nothing found', async () => {
    expect(await ids({})).toEqual([]);
  });

  it('sockets alone: Docker’s default first', async () => {
    const found = await discoverEndpoints('', machine({ sockets }));
    expect(found).toEqual([
      { id: 'socket:/var/run/docker.sock', label: 'Docker', url: 'unix:///var/run/docker.sock', source: 'socket' },
      {
        id: 'socket:/run/user/1000/podman/podman.sock',
        label: 'Podman (rootless)',
        url: 'unix:///run/user/1000/podman/podman.sock',
        source: 'socket',
      },
    ]);
  });

  it('the current context goes before sockets, other contexts after', async () => {
    expect(await ids({ files, sockets })).toEqual([
      'context:lab',
      'socket:/var/run/docker.sock',
      'socket:/run/user/1000/podman/podman.sock',
      'context:desk',
    ]);
  });

  it('DOCKER_CONTEXT goes before the config file, `default` means the sockets', async () => {
    expect((await ids({ files, sockets, env: { DOCKER_CONTEXT: 'desk' } }))[0]).toBe('context:desk');
    expect((await ids({ files, sockets, env: { DOCKER_CONTEXT: 'default' } }))[0]).toBe('socket:/var/run/docker.sock');
  });

  it('DOCKER_HOST goes before contexts, the setting before all', async () => {
    const env = { DOCKER_HOST: 'tcp://10.1.1.1:2375' };
    expect((await ids({ files, sockets, env }))[0]).toBe('DOCKER_HOST');
    const found = await discoverEndpoints('/run/my.sock', machine({ files, sockets, env }));
    expect(found[0]).toEqual({ id: 'setting', label: 'my.sock', url: 'unix:///run/my.sock', source: 'setting' });
    expect(found[1]?.id).toBe('DOCKER_HOST');
  });

  it('the setting may name a context, with its certificates', async () => {
    expect((await ids({ files, sockets }, 'desk'))[0]).toBe('context:desk');
    expect((await ids({ files, sockets }, 'context:lab'))[0]).toBe('context:lab');
    expect((await ids({ files, sockets }, 'socket:/var/run/docker.sock'))[0]).toBe('socket:/var/run/docker.sock');
  });

  it('one place found twice is there once', async () => {
    const env = { DOCKER_HOST: 'unix:///var/run/docker.sock' };
    expect(await ids({ sockets: ['/var/run/docker.sock'], env })).toEqual(['DOCKER_HOST']);
  });
});

describe('TLS material', () => {
  const pem = { ca: 'CA', cert: 'CERT', key: 'KEY' };

  it('of the environment', async () => {
    const files = { '/certs/ca.pem': 'CA', '/certs/cert.pem': 'CERT', '/certs/key.pem': 'KEY' };
    const env = { DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    expect((await discoverEndpoints('', machine({ env, files })))[0]?.tls).toEqual(pem);
    const { DOCKER_TLS_VERIFY: _verify, ...plain } = env;
    expect((await discoverEndpoints('', machine({ env: plain, files })))[0]?.tls).toBeUndefined();
    expect((await discoverEndpoints('', machine({ env: { ...plain, DOCKER_TLS: '1' }, files })))[0]?.tls).toEqual({
      ...pem,
      skipVerify: true,
    });
  });

  it('of a context, and SkipTLSVerify', async () => {
    const at = `/home/me/.docker/contexts/tls/${hash('far')}/docker/`;
    const files = {
      ...context('far', 'tcp://far:2376'),
      [`${at}ca.pem`]: 'CA',
      [`${at}cert.pem`]: 'CERT',
      [`${at}key.pem`]: 'KEY',
    };
    expect((await discoverEndpoints('', machine({ files })))[0]).toMatchObject({
      id: 'context:far',
      url: 'tcp://far:2376',
      tls: pem,
    });
    expect((await discoverEndpoints('tcp://far:2376', machine({ files })))[0]).toMatchObject({
      id: 'setting',
      tls: pem,
    });
    const lax = context('lax', 'tcp://lax:2376', { SkipTLSVerify: true });
    expect((await discoverEndpoints('', machine({ files: lax })))[0]?.tls).toEqual({ skipVerify: true });
  });
});

describe('what is broken is not there', () => {
  it.each(['', '{', 'null', '[]', '{"currentContext": 7}'])('config.json: %j', async (text) => {
    expect(await ids({ files: { '/home/me/.docker/config.json': text }, sockets: ['/var/run/docker.sock'] })).toEqual([
      'socket:/var/run/docker.sock',
    ]);
  });

  it('a context of Kubernetes alone, and one half written', async () => {
    const files = {
      [`/home/me/.docker/contexts/meta/${hash('k8s')}/meta.json`]: '{"Name":"k8s","Endpoints":{"kubernetes":{}}}',
      '/home/me/.docker/contexts/meta/half/meta.json': '{"Name":"ha',
    };
    expect(await ids({ files })).toEqual([]);
  });
});

describe('platforms', () => {
  it('Windows: named pipes', async () => {
    const found = await discoverEndpoints('', machine({ platform: 'win32', sockets: ['\\\\.\\pipe\\docker_engine'] }));
    expect(found[0]).toMatchObject({ label: 'Docker', url: 'npipe:////./pipe/docker_engine' });
    expect(asUrl('\\\\.\\pipe\\docker_engine', 'win32')).toBe('npipe:////./pipe/docker_engine');
  });

  it.each([
    ['/home/me/.docker/run/docker.sock', 'Docker Desktop'],
    ['/home/me/.docker/desktop/docker.sock', 'Docker Desktop'],
    ['/home/me/.colima/default/docker.sock', 'Colima'],
    ['/home/me/.orbstack/run/docker.sock', 'OrbStack'],
    ['/home/me/.rd/docker.sock', 'Rancher Desktop'],
    ['/run/podman/podman.sock', 'Podman'],
    ['/run/user/1000/docker.sock', 'Docker (rootless)'],
  ])('%s is %s', async (path, label) => {
    expect(await discoverEndpoints('', machine({ sockets: [path] }))).toMatchObject([{ label, url: `unix://${path}` }]);
  });

  it('a link to another socket is not a second engine', async () => {
    const made = machine({});
    const linked = {
      ...made,
      socket: async (path: string) => (/run\/docker\.sock$/.test(path) ? '/real/docker.sock' : undefined),
    };
    expect(await discoverEndpoints('', linked)).toHaveLength(1);
  });

  it.each([
    ['host:2375', 'tcp://host:2375'],
    ['http://host:2375', 'tcp://host:2375'],
    ['https://host:2376', 'tcp://host:2376'],
    ['ssh://me@host', 'ssh://me@host'],
  ])('%s means %s', (text, url) => {
    expect(asUrl(text, 'linux')).toBe(url);
  });
});

describe('the watcher', () => {
  it('tells of a changed current context, a new context, a removed one; folders may come later', async () => {
    const home = mkdtempSync(join(tmpdir(), 'contexts-'));
    const own: Machine = { ...localMachine({}), home };
    const told = vi.fn();
    const watcher = watchContexts(told, own);
    const waits = { timeout: 10_000, interval: 20 };
    const change = async (make: () => void): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const before = told.mock.calls.length;
      make();
      await vi.waitFor(() => expect(told.mock.calls.length).toBeGreaterThan(before), waits);
    };
    try {
      expect(configFolder(own)).toBe(join(home, '.docker'));
      await change(() => mkdirSync(join(home, '.docker')));
      await change(() => writeFileSync(join(home, '.docker', 'config.json'), '{"currentContext":"a"}'));
      const meta = join(home, '.docker', 'contexts', 'meta', hash('a'));
      await change(() => mkdirSync(meta, { recursive: true }));
      await change(() =>
        writeFileSync(join(meta, 'meta.json'), '{"Name":"a","Endpoints":{"docker":{"Host":"ssh://a"}}}'),
      );
      expect((await discoverEndpoints('', own))[0]?.id).toBe('context:a');
      await change(() => rmSync(join(home, '.docker', 'contexts'), { recursive: true }));
      await change(() => writeFileSync(join(home, '.docker', 'config.json'), '{"currentContext":"default"}'));
    } finally {
      watcher.dispose();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
