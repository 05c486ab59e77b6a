/** What the planner proposes the real engine takes; what it calls a conflict the engine or the host's routing bears out. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginesUnderTest, timeShare } from '#harness/engines';
import { bitsOf, formatAddress, formatBlock, parseBlock } from '#model/addresses';
import { addressProblem, freeAddress } from '#model/freeAddress';
import { conflictsOf, freeSubnets } from '#model/subnets';
import { openWorld, type World } from './commandsWorld';

/** Generated cases an engine: CASES, 12 by default, 200 in `npm run verify`. */
const cases = Number(process.env.CASES ?? 12);
const least = 12;

describe.each(enginesUnderTest())('the planner on %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, 'cmdplan');
  });
  afterAll(() => world?.dispose());

  it(`agrees with the engine in ${cases} cases`, { timeout: 60_000 + cases * 6_000 }, async () => {
    const family = fc.constantFrom('ipv4', 'ipv4', 'ipv6');
    const wish = fc.record({
      family,
      prefix: fc.integer({ min: 16, max: 29 }),
      shift: fc.integer({ min: 0, max: 3 }),
      within: fc.boolean(),
      hosts: fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { maxLength: 3 }),
    } as const);
    await world.run('guest');
    const isOver = timeShare(0.25);
    let done = 0;
    let refused = 0;
    let accepted = 0;
    for (const { family: wanted, prefix: size, shift, within, hosts } of fc.sample(wish, {
      seed: 20_262,
      numRuns: cases,
    })) {
      if (done >= least && isOver()) break;
      done++;
      const prefix = wanted === 'ipv6' ? 64 : size;
      const before = await world.snapshot();
      const [subnet = ''] = freeSubnets(before, { prefix, family: wanted, count: 1 });
      expect(conflictsOf(before, subnet)).toEqual([]);
      const six = wanted === 'ipv6' ? ['--ipv6'] : [];
      await world.engine.docker('network', 'create', ...six, '--subnet', subnet, 'planned');
      const during = await world.snapshot();
      const network = await world.network('planned');
      // A block inside it, around it, or the same: the planner names the network, the engine refuses.
      const block = parseBlock(subnet)!;
      const other = within ? Math.min(bitsOf(wanted) - 2, prefix + shift) : Math.max(8, prefix - shift);
      const unit = 1n << BigInt(bitsOf(wanted) - other);
      const rival = formatBlock({ family: wanted, prefix: other, first: block.first - (block.first % unit), last: 0n });
      expect(conflictsOf(during, rival).map(({ owner }) => (owner.kind === 'network' ? owner.name : ''))).toContain(
        'planned',
      );
      const answer = await world.engine.tryDocker('network', 'create', ...six, '--subnet', rival, 'rival');
      expect(answer.code, `${rival} against ${subnet}`).not.toBe(0);
      refused++;
      // The next free address, and single addresses of the subnet: judged alike by both.
      const key = wanted === 'ipv6' ? '--ip6' : '--ip';
      const free = freeAddress(during, network.id, wanted);
      const tries = [
        ...(free ? [free] : []),
        ...hosts.map((host) => formatAddress({ family: wanted, value: block.first + BigInt(host) })),
      ];
      for (const address of new Set(tries)) {
        const problem = addressProblem(during, network.id, address);
        const attempt = await world.engine.tryDocker('network', 'connect', key, address, 'planned', 'guest');
        // Whatever is refused here the engine refuses as well, and the other way round.
        expect(attempt.code === 0, `${address} in ${subnet}: ${problem?.rule} / ${attempt.stderr}`).toBe(
          problem?.certain !== true,
        );
        if (attempt.code !== 0) continue;
        accepted++;
        await world.engine.docker('network', 'disconnect', '-f', 'planned', 'guest');
      }
      await world.engine.docker('network', 'rm', 'planned');
    }
    process.stdout.write(`planner on ${name}: ${refused} conflicts borne out, ${accepted} addresses accepted\n`);
    expect(refused).toBeGreaterThan(0);
    expect(accepted).toBeGreaterThan(0);
  });
});
