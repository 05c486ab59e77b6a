import type { RealEngine } from '#harness/engines';
import type { Random } from '#harness/random';

/** At most as many at once: enough to collide, few enough to stay quick. */
const MOST_CONTAINERS = 9;
const MOST_NETWORKS = 6;

/** Random networking operations through the command line, as a person in a terminal would do them. */
export class RandomOperations {
  readonly #engine: RealEngine;
  readonly #random: Random;
  readonly #networks: string[] = [];
  readonly #containers: string[] = [];
  readonly #paused = new Set<string>();
  #made = 0;
  /** Operations the engine carried out, and those it refused (a network still in use, a container not running, …). */
  done = 0;
  refused = 0;

  constructor(engine: RealEngine, random: Random) {
    this.#engine = engine;
    this.#random = random;
  }

  /** One operation; tells what it was. */
  async one(): Promise<string> {
    const { code, words } = await this.#one();
    if (code === 0) this.done += 1;
    else this.refused += 1;
    return `${words.join(' ')}${code === 0 ? '' : ' (refused)'}`;
  }

  async #one(): Promise<{ code: number; words: readonly string[] }> {
    const container = this.#random.pick(this.#containers);
    const network = this.#random.pick(this.#networks);
    const choice = this.#random.below(16);
    if (!network || (choice === 0 && this.#networks.length < MOST_NETWORKS)) return this.#createNetwork();
    if (choice === 1) return this.#removeNetwork(network);
    if (!container || (choice <= 4 && this.#containers.length < MOST_CONTAINERS)) return this.#createContainer(network);
    if (choice <= 6) return this.#run('network', 'connect', ...this.#alias(), network, container);
    if (choice <= 8) return this.#run('network', 'disconnect', '-f', network, container);
    if (choice === 9) return this.#run('start', container);
    if (choice === 10) return this.#thawed(container, 'stop');
    if (choice === 11) return this.#thawed(container, 'restart');
    if (choice === 12) return this.#pause(container);
    if (choice === 13) return this.#unpause(container);
    if (choice === 14) return this.#rename(container);
    return this.#removeContainer(container);
  }

  async #pause(container: string) {
    const result = await this.#run('pause', container);
    if (result.code === 0) this.#paused.add(container);
    return result;
  }

  async #unpause(container: string) {
    const result = await this.#run('unpause', container);
    if (result.code === 0) this.#paused.delete(container);
    return result;
  }

  /** Podman 5.4 with crun never comes back from restarting a paused container: it starts it in the frozen cgroup. */
  #thawed(container: string, verb: 'stop' | 'restart') {
    const isFrozen = this.#engine.kind === 'podman' && this.#paused.has(container);
    return isFrozen ? this.#unpause(container) : this.#run(verb, '-t', '0', container);
  }

  async #createNetwork() {
    this.#made += 1;
    const name = `net${this.#made}`;
    const more = this.#random.below(3) === 0 ? ['--internal'] : [];
    const subnet = `10.${120 + (this.#made % 100)}.7.0/24`;
    const result = await this.#run('network', 'create', '--subnet', subnet, ...more, name);
    if (result.code === 0) this.#networks.push(name);
    return result;
  }

  async #removeNetwork(name: string) {
    const result = await this.#run('network', 'rm', name);
    if (result.code === 0) this.#networks.splice(this.#networks.indexOf(name), 1);
    return result;
  }

  async #createContainer(network: string) {
    this.#made += 1;
    const name = `box${this.#made}`;
    const other = this.#random.pick(this.#containers);
    const modes = ['bridge', 'none', 'host', ...(other ? [`container:${other}`] : [])];
    const mode = this.#random.below(3) === 0 ? (this.#random.pick(modes) ?? 'none') : network;
    const publish = mode === network && this.#random.below(2) === 0 ? ['-p', '80'] : [];
    const alias = mode === network ? ['--network-alias', `alias${this.#made}`] : [];
    const verb = this.#random.below(3) === 0 ? ['create'] : ['run', '-d'];
    const result = await this.#run(...verb, '--network', mode, ...publish, ...alias, '--name', name, 'tiny:1');
    // A container that could not start is there all the same.
    if (result.code === 0 || verb[0] === 'run') this.#containers.push(name);
    return result;
  }

  async #rename(container: string) {
    this.#made += 1;
    const name = `named${this.#made}`;
    const result = await this.#run('rename', container, name);
    if (result.code !== 0) return result;
    this.#containers[this.#containers.indexOf(container)] = name;
    if (this.#paused.delete(container)) this.#paused.add(name);
    return result;
  }

  async #removeContainer(container: string) {
    const result = await this.#run('rm', '-f', container);
    if (result.code === 0) this.#containers.splice(this.#containers.indexOf(container), 1);
    return result;
  }

  #alias(): readonly string[] {
    return this.#random.below(2) === 0 ? ['--alias', `also${this.#random.below(100)}`] : [];
  }

  async #run(...words: string[]) {
    return { code: (await this.#engine.tryDocker(...words)).code, words };
  }
}
