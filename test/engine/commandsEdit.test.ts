import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EditJournal, planEdit } from '#commands/operations/editJournal';
import { converge, editNetwork } from '#commands/operations/editNetwork';
import { Refusal } from '#commands/operations/refusal';
import { enginesUnderTest } from '#harness/engines';
import { draftOf, type NetworkDraft } from '#model/networkDraft';
import { failingAt, openWorld, type World } from './commandsWorld';

const forget = async (): Promise<void> => undefined;

describe.each(enginesUnderTest())('editing a network on %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, 'cmdedit');
  });
  afterAll(() => world?.dispose());
  afterEach(() => world?.clear());

  /** web with a static address and an alias, db without, a stopped one with a static address. */
  async function layOut(): Promise<void> {
    const { engine, run } = world;
    await engine.docker(
      'network',
      'create',
      '--subnet',
      '10.71.0.0/24',
      '--gateway',
      '10.71.0.254',
      '--label',
      'team=net',
      'shop',
    );
    await run('web', '--network', 'shop', '--ip', '10.71.0.100', '--network-alias', 'www');
    await run('db', '--network', 'shop');
    await run('old', '--network', 'shop', '--ip', '10.71.0.50');
    await engine.docker('stop', '-t', '0', 'old');
  }

  /** Addresses, aliases and members as the CLI tells them. */
  async function standing(): Promise<unknown> {
    const [network] = JSON.parse(await world.engine.docker('network', 'inspect', 'shop'));
    const members: Record<string, unknown> = {};
    for (const container of ['web', 'db', 'old']) {
      const inspected = (await world.inspect(container)) as {
        Id: string;
        NetworkSettings: { Networks: Record<string, Record<string, unknown>> };
      };
      const endpoint = inspected.NetworkSettings.Networks.shop;
      const aliases = ((endpoint?.Aliases ?? []) as string[]).filter(
        (alias) => !inspected.Id.startsWith(alias) && alias !== container,
      );
      const fixed = (endpoint?.IPAMConfig as { IPv4Address?: string } | null)?.IPv4Address ?? '';
      members[container] = {
        attached: endpoint !== undefined,
        aliases,
        fixed,
        address: container === 'web' ? endpoint?.IPAddress : '',
      };
    }
    return {
      subnet: network.IPAM.Config[0].Subnet,
      gateway: network.IPAM.Config[0].Gateway,
      labels: network.Labels,
      members,
    };
  }

  async function plan(change: Partial<NetworkDraft>): Promise<EditJournal> {
    const network = await world.network('shop');
    const edit = await planEdit(world.client, await world.snapshot(), network, { ...draftOf(network), ...change });
    return edit.journal;
  }

  const wider = {
    subnets: [{ subnet: '10.71.0.0/16', gateway: '10.71.0.254' }],
    labels: { team: 'net', size: 'wide' },
  };

  it('makes the new one whole', async () => {
    await layOut();
    const before = await standing();
    await editNetwork(world.client, await plan(wider), forget);
    expect(await standing()).toEqual({ ...(before as object), subnet: '10.71.0.0/16', labels: wider.labels });
    await world.engine.docker('start', 'old');
    const address = await world.engine.docker('inspect', '-f', '{{.NetworkSettings.Networks.shop.IPAddress}}', 'old');
    // Podman tells nobody that a stopped container's address was asked for: the plan names it as lost.
    if (world.engine.kind === 'docker') expect(address).toBe('10.71.0.50');
  });

  it('brings the old one back whole, whichever step fails', async () => {
    await layOut();
    const before = await standing();
    const failed: string[] = [];
    for (let step = 0; step < 30; step++) {
      const broken = failingAt(world.client, step);
      const journals: (EditJournal | undefined)[] = [];
      try {
        await editNetwork(broken.client, await plan(wider), async (journal) => {
          journals.push(journal);
        });
        // Every step has failed once: this time none did.
        expect(broken.failed()).toBe('');
        break;
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        expect((error as Refusal).code).toBe('edit-rolled-back');
        expect(journals[0]?.old.name).toBe('shop');
        expect(journals.at(-1)).toBeUndefined();
        failed.push(broken.failed());
      }
      expect(await standing()).toEqual(before);
    }
    expect(failed).toEqual([
      'disconnect',
      'disconnect',
      'disconnect',
      'removeNetwork',
      'createNetwork',
      'connect',
      'connect',
      'connect',
    ]);
  });

  it('is resumed or undone from wherever a killed window left it', async () => {
    await layOut();
    const before = await standing();
    for (const goal of ['old', 'new'] as const)
      for (let step = 0; step < 8; step++) {
        const journal = await plan(wider);
        let saved = journal;
        // Killed: the step fails, and so does everything after it. Nothing is rolled back.
        const killed = failingAt(world.client, step);
        await converge(killed.client, journal, 'new', async (next) => {
          if (next) saved = next;
        }).catch(() => undefined);
        await converge(world.client, saved, goal, forget);
        const now = (await standing()) as { subnet: string };
        expect(now).toEqual(
          goal === 'old' ? before : { ...(before as object), subnet: '10.71.0.0/16', labels: wider.labels },
        );
        if (goal === 'new')
          await converge(
            world.client,
            { ...saved, made: { id: (await world.network('shop')).id, goal: 'new' } },
            'old',
            forget,
          );
      }
  });

  it('names what cannot be kept and refuses what it could not bring back', async () => {
    await layOut();
    await world.run('random', '--network', 'shop', '-p', '80');
    const network = await world.network('shop');
    const snapshot = await world.snapshot();
    const moved = { ...draftOf(network), subnets: [{ subnet: '10.72.0.0/24' }] };
    const { losses } = await planEdit(world.client, snapshot, network, moved);
    const told = losses.map((loss) => `${loss.rule} ${loss.args.container}`);
    expect(told).toContain('loss-static web');
    // Podman draws a random port once, when the container is made: there it is kept.
    expect(told).toContain(world.engine.kind === 'docker' ? 'loss-random-port random' : 'loss-podman-static old');
    const bridge = snapshot.networks.find((candidate) => candidate.builtIn);
    await expect(planEdit(world.client, snapshot, bridge!, moved)).rejects.toMatchObject({ code: 'network-built-in' });
  });

  it('is cancelled between two steps', async () => {
    await layOut();
    const before = await standing();
    const abort = new AbortController();
    const steps: string[] = [];
    const edit = editNetwork(world.client, await plan(wider), forget, {
      signal: abort.signal,
      step: (code) => {
        steps.push(code);
        if (code === 'step-create') abort.abort();
      },
    });
    await expect(edit).rejects.toMatchObject({ code: 'edit-cancelled' });
    expect(await standing()).toEqual(before);
  });
});
