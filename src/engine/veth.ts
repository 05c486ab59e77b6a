/** Which host-side interface belongs to which endpoint, found in /proc and /sys. */
import { readdir, readFile } from 'node:fs/promises';
import type { Container } from '#model/snapshot';

/** The files of this machine; undefined for what is not there, an exception for what may not be read. */
export interface HostFiles {
  read(path: string): Promise<string | undefined>;
  list(path: string): Promise<readonly string[]>;
}

const absent = new Set(['ENOENT', 'ENOTDIR', 'ESRCH', 'EINVAL', 'ENODEV']);

function unlessAbsent<T>(none: T): (error: unknown) => T {
  return (error) => {
    if (absent.has(String((error as { code?: unknown }).code))) return none;
    throw error;
  };
}

export const systemFiles: HostFiles = {
  read: (path) => readFile(path, 'utf8').catch(unlessAbsent<string | undefined>(undefined)),
  list: (path) => readdir(path).catch(unlessAbsent<readonly string[]>([])),
};

export interface FoundVeths {
  readonly containers: readonly Container[];
  /** `permission`: /proc/<pid>/root is closed to this user. `processes`: the engine's process ids mean nothing here. */
  readonly unavailable?: 'permission' | 'processes';
}

/**
 * A container's own /sys, seen through `/proc/<pid>/root`, tells of each of its interfaces the MAC address and `iflink`,
 * the index of the other end of the pair; that end is the host's interface with this `ifindex`.
 */
export class VethFinder {
  readonly #files: HostFiles;
  /** By container id: its process and addresses when looked at, and names by MAC address. */
  readonly #known = new Map<string, { readonly key: string; readonly byMac: ReadonlyMap<string, string> }>();

  constructor(files: HostFiles) {
    this.#files = files;
  }

  async find(
    containers: readonly Container[],
    bridged: ReadonlySet<string>,
    processes: ReadonlyMap<string, number>,
  ): Promise<FoundVeths> {
    const ids = new Set(containers.map((container) => container.id));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
    let links: Promise<ReadonlyMap<string, string>> | undefined;
    let denied = 0;
    let strange = 0;
    const overlaid: Container[] = [];
    for (const container of containers) {
      const pid = processes.get(container.id);
      const macs = container.endpoints.flatMap((one) =>
        one.mac !== undefined && bridged.has(one.networkId) ? [one.mac] : [],
      );
      if (pid === undefined || macs.length === 0) {
        overlaid.push(container);
        continue;
      }
      const key = `${pid} ${macs.join(' ')}`;
      let known = this.#known.get(container.id);
      if (known?.key !== key) {
        links ??= this.#hostLinks();
        try {
          known = { key, byMac: await this.#look(pid, await links) };
          // A container that is just starting has no interfaces yet: it is looked at again.
          if (known.byMac.size > 0) this.#known.set(container.id, known);
        } catch {
          // EACCES: told once for all, as a reason in the place of the names.
          denied += 1;
          overlaid.push(container);
          continue;
        }
      }
      const { byMac } = known;
      if (!macs.some((mac) => byMac.has(mac))) strange += 1;
      overlaid.push({
        ...container,
        endpoints: container.endpoints.map((one) => {
          const veth = one.mac === undefined || !bridged.has(one.networkId) ? undefined : byMac.get(one.mac);
          return veth === undefined ? one : { ...one, veth };
        }),
      });
    }
    const unavailable = denied > 0 ? 'permission' : strange > 0 ? 'processes' : undefined;
    return { containers: overlaid, ...(unavailable === undefined ? {} : { unavailable }) };
  }

  /** Host interfaces by index. */
  async #hostLinks(): Promise<ReadonlyMap<string, string>> {
    const links = new Map<string, string>();
    const names = await this.#files.list('/sys/class/net');
    await Promise.all(
      names.map(async (name) => {
        const index = (await this.#files.read(`/sys/class/net/${name}/ifindex`))?.trim();
        if (index !== undefined) links.set(index, name);
      }),
    );
    return links;
  }

  async #look(pid: number, links: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
    const folder = `/proc/${pid}/root/sys/class/net`;
    const byMac = new Map<string, string>();
    for (const name of await this.#files.list(folder)) {
      if (name === 'lo') continue;
      const [mac, link, index] = await Promise.all(
        ['address', 'iflink', 'ifindex'].map(async (file) =>
          (await this.#files.read(`${folder}/${name}/${file}`))?.trim(),
        ),
      );
      // An interface that is its own other end is no pair.
      const veth = link === undefined || link === index ? undefined : links.get(link);
      if (mac !== undefined && veth !== undefined) byMac.set(mac, veth);
    }
    return byMac;
  }
}
