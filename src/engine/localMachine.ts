/** This machine, for discovery, and the watcher that tells when its Docker contexts change. */
import { type FSWatcher, watch } from 'node:fs';
import { access, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { configFolder } from '#engine/contexts';
import type { Machine } from '#engine/endpoints';

/** @param env `process.env` as it is when discovery looks. */
export function localMachine(env: Machine['env'] = process.env): Machine {
  return {
    platform: process.platform,
    env,
    home: homedir(),
    uid: process.getuid?.(),
    readText: (path) => readFile(path, 'utf8').catch(() => undefined),
    list: (path) => readdir(path).catch(() => []),
    socket: localSocket,
  };
}

async function localSocket(path: string): Promise<string | undefined> {
  try {
    if (process.platform === 'win32') {
      // Pipes have no stat; a look at the name is enough.
      await access(path);
      return path;
    }
    const real = await realpath(path);
    return (await stat(real)).isSocket() ? real : undefined;
  } catch {
    // Not there, or in a folder closed to this user (/run/podman): these two cannot be told apart.
    return undefined;
  }
}

/** Editors and Docker's command line write several files for one change; they are one. */
const quiet = 150;

/**
 * Calls `changed` when Docker's configuration changes: the current context, a context's file, its certificates. A folder
 * that does not exist yet is waited for in the one above it. Watches cost nothing while nothing changes.
 */
export function watchContexts(changed: () => void, machine: Machine = localMachine()): { dispose(): void } {
  const folder = configFolder(machine);
  const places = [join(folder, 'contexts'), join(folder, 'contexts', 'meta'), join(folder, 'contexts', 'tls')];
  const watchers = new Set<FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;

  const told = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Folders may have come or gone.
      void rewatch().then(() => {
        if (!disposed) changed();
      });
    }, quiet);
  };
  const drop = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers.clear();
  };
  const add = (place: string, concerns: (name: string | null) => boolean): void => {
    try {
      const watcher = watch(place, { persistent: false }, (_kind, name) => {
        if (concerns(name)) told();
      });
      // A watched folder that vanishes: its parent's watch tells when it is back.
      watcher.on('error', () => watcher.close());
      watchers.add(watcher);
    } catch {
      // Not there (yet): the watch on the folder above tells when it comes.
    }
  };
  const rewatch = async (): Promise<void> => {
    const contexts = await machine.list(join(folder, 'contexts', 'meta'));
    if (disposed) return;
    // All anew: a watch on a folder that was removed and made again is deaf.
    drop();
    add(dirname(folder), (name) => name === null || name === basename(folder));
    add(folder, (name) => name === null || name === 'config.json' || name === 'contexts');
    for (const place of places) add(place, () => true);
    for (const entry of contexts) add(join(folder, 'contexts', 'meta', entry), () => true);
  };
  void rewatch();
  return {
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
      drop();
    },
  };
}
