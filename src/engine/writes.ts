/** The calls that change something, and the one that looks inside a container. */
import { EngineError } from '#engine/errors';
import { LineSplitter } from '#engine/eventStream';
import { asObject, asText, asTexts, someNumber } from '#engine/raw';
import type { Forward } from '#engine/ssh';
import { type Request, readDeadline, type Transport, writeDeadline } from '#engine/transport';
import type { ConnectBody, CreateNetworkBody } from '#engine/types';

/** Bytes of output kept of a command run inside a container. */
const outputLimit = 64 * 1024;
/** Milliseconds without a word after which a pull is given up. */
const pullSilence = 120_000;

export class Writes {
  readonly #transport: Transport;
  readonly #forward: Forward | undefined;

  constructor(transport: Transport, forward: Forward | undefined) {
    this.#transport = transport;
    this.#forward = forward;
  }

  /** Runs a call; what fails behind an SSH forward is explained with OpenSSH's own words. */
  protected async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw this.#forward !== undefined && error instanceof EngineError ? this.#forward.explain(error) : error;
    }
  }

  protected read(path: string, query?: Readonly<Record<string, string>>): Promise<unknown> {
    const request = { method: 'GET', path, deadline: readDeadline, ...(query === undefined ? {} : { query }) } as const;
    return this.ask(() => this.#transport.json(request));
  }

  async createNetwork(body: CreateNetworkBody): Promise<{ readonly id: string; readonly warning?: string }> {
    const answer = asObject(
      await this.#writeJson('/networks/create', {
        Name: body.name,
        Driver: body.driver,
        // Docker up to 24 makes a second network of one name without it.
        CheckDuplicate: true,
        Internal: body.internal === true,
        Attachable: body.attachable === true,
        EnableIPv6: body.ipv6 === true,
        IPAM: {
          Driver: 'default',
          Config: body.subnets.map((one) => ({
            Subnet: one.subnet,
            ...(one.gateway === undefined ? {} : { Gateway: one.gateway }),
            ...(one.ipRange === undefined ? {} : { IPRange: one.ipRange }),
            ...(one.reserved === undefined ? {} : { AuxiliaryAddresses: one.reserved }),
          })),
        },
        Options: body.options,
        Labels: body.labels,
      }),
    );
    const warning = asText(answer.Warning);
    return { id: asText(answer.Id), ...(warning === '' ? {} : { warning }) };
  }

  async removeNetwork(id: string): Promise<void> {
    await this.#write('DELETE', `/networks/${encodeURIComponent(id)}`);
  }

  async connect(networkId: string, body: ConnectBody): Promise<void> {
    const address = {
      ...(body.ipv4 === undefined ? {} : { IPv4Address: body.ipv4 }),
      ...(body.ipv6 === undefined ? {} : { IPv6Address: body.ipv6 }),
      ...(body.linkLocal === undefined ? {} : { LinkLocalIPs: body.linkLocal }),
    };
    await this.#write('POST', `/networks/${encodeURIComponent(networkId)}/connect`, {
      Container: body.container,
      EndpointConfig: {
        ...(Object.keys(address).length === 0 ? {} : { IPAMConfig: address }),
        ...(body.aliases === undefined ? {} : { Aliases: body.aliases }),
        ...(body.links === undefined ? {} : { Links: body.links }),
        ...(body.driverOptions === undefined ? {} : { DriverOpts: body.driverOptions }),
        ...(body.gatewayPriority === undefined ? {} : { GwPriority: body.gatewayPriority }),
        ...(body.mac === undefined ? {} : { MacAddress: body.mac }),
      },
    });
  }

  async disconnect(networkId: string, container: string, force: boolean): Promise<void> {
    const path = `/networks/${encodeURIComponent(networkId)}/disconnect`;
    await this.#write('POST', path, { Container: container, Force: force });
  }

  async createContainer(
    name: string | undefined,
    body: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
    const answer = asObject(
      await this.#writeJson('/containers/create', body, name === undefined ? undefined : { name }),
    );
    return { id: asText(answer.Id), warnings: asTexts(answer.Warnings) };
  }

  async startContainer(id: string): Promise<void> {
    await this.#write('POST', `/containers/${encodeURIComponent(id)}/start`);
  }

  async stopContainer(id: string): Promise<void> {
    await this.#write('POST', `/containers/${encodeURIComponent(id)}/stop`);
  }

  async restartContainer(id: string): Promise<void> {
    await this.#write('POST', `/containers/${encodeURIComponent(id)}/restart`);
  }

  async renameContainer(id: string, name: string): Promise<void> {
    await this.#write('POST', `/containers/${encodeURIComponent(id)}/rename`, undefined, { name });
  }

  async removeContainer(id: string, force: boolean): Promise<void> {
    await this.#write('DELETE', `/containers/${encodeURIComponent(id)}`, undefined, { force: String(force) });
  }

  async pull(image: string, progress: (text: string) => void, signal?: AbortSignal): Promise<void> {
    const answer = await this.ask(() =>
      this.#transport.stream({
        method: 'POST',
        path: '/images/create',
        query: { fromImage: image.includes(':') || image.includes('@') ? image : `${image}:latest` },
        deadline: writeDeadline,
        signal,
      }),
    );
    await new Promise<void>((resolve, reject) => {
      // A refusal that comes late is a line of the stream, the status being 200 by then.
      let refused: string | undefined;
      const lines = new LineSplitter((line) => {
        const told = pullLine(line);
        refused ??= told.error;
        if (told.text !== '') progress(told.text);
      });
      let timer = setTimeout(() => answer.destroy(new EngineError('timeout', image)), pullSilence);
      const abort = (): void => void answer.destroy(new EngineError('closed', image));
      signal?.addEventListener('abort', abort, { once: true });
      answer.on('data', (chunk: Buffer) => {
        clearTimeout(timer);
        timer = setTimeout(() => answer.destroy(new EngineError('timeout', image)), pullSilence);
        lines.push(chunk);
      });
      answer.once('error', reject);
      answer.once('close', () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        if (refused !== undefined) reject(new EngineError('not-found', refused));
        else if (answer.complete) resolve();
        else reject(new EngineError('cut-off', image));
      });
    });
  }

  /** See `EngineClient.exec`: -1 when abandoned, since the Engine API cannot stop a command it started. */
  async exec(
    id: string,
    command: readonly string[],
    timeout: number,
  ): Promise<{ readonly exitCode: number; readonly output: string }> {
    const created = asObject(
      await this.#writeJson(`/containers/${encodeURIComponent(id)}/exec`, {
        Cmd: command,
        AttachStdin: false,
        AttachStdout: true,
        AttachStderr: true,
        // A terminal's output comes as it is, without the frames of the multiplexed form.
        Tty: true,
      }),
    );
    const exec = encodeURIComponent(asText(created.Id));
    const answer = await this.ask(() =>
      this.#transport.stream({
        method: 'POST',
        path: `/exec/${exec}/start`,
        body: { Detach: false, Tty: true },
        deadline: writeDeadline,
      }),
    );
    const { output, whole } = await new Promise<{ output: string; whole: boolean }>((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (whole: boolean): void => {
        clearTimeout(timer);
        resolve({
          output: Buffer.concat(chunks).subarray(0, outputLimit).toString('utf8').replaceAll('\r\n', '\n'),
          whole,
        });
        answer.destroy();
      };
      const timer = setTimeout(() => finish(false), timeout);
      answer.on('data', (chunk: Buffer) => {
        if (size < outputLimit) chunks.push(chunk);
        size += chunk.length;
      });
      answer.once('end', () => finish(true));
      answer.once('error', () => finish(false));
      answer.once('close', () => finish(false));
    });
    if (!whole) return { exitCode: -1, output };
    const state = asObject(await this.read(`/exec/${exec}/json`));
    return { exitCode: state.Running === true ? -1 : (someNumber(state.ExitCode) ?? -1), output };
  }

  async #write(
    method: 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    query?: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.ask(() => this.#transport.text(writeRequest(method, path, body, query)));
  }

  async #writeJson(path: string, body: unknown, query?: Readonly<Record<string, string>>): Promise<unknown> {
    return this.ask(() => this.#transport.json(writeRequest('POST', path, body, query)));
  }
}

function writeRequest(
  method: 'POST' | 'DELETE',
  path: string,
  body: unknown,
  query: Readonly<Record<string, string>> | undefined,
): Request {
  return { method, path, deadline: writeDeadline, body, ...(query === undefined ? {} : { query }) };
}

function pullLine(line: string): { readonly text: string; readonly error?: string } {
  try {
    const raw = asObject(JSON.parse(line));
    const error = asText(raw.error);
    const text = [asText(raw.id), asText(raw.status), asText(raw.progress)].filter((part) => part !== '').join(' ');
    return { text, ...(error === '' ? {} : { error }) };
  } catch {
    // Not a progress line: nothing to show.
    return { text: '' };
  }
}
