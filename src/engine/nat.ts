/** The DNAT rules in force on this machine, read with the packet filter's own tools: no shell, no change. */
import { execFile } from 'node:child_process';
import type { LiveNatRule } from '#model/snapshot';

/** Milliseconds a tool may take; it holds the kernel's lock for a moment only. */
const deadline = 3_000;
/** Bytes of a large host's whole rule set. */
const most = 16 * 1024 * 1024;

/** What a tool printed, or why it did not. */
export type Printed = string | { readonly failed: 'permission' | 'tool' | 'failed' };
export type RunTool = (command: string, args: readonly string[]) => Promise<Printed>;

export type NatAnswer =
  | { readonly rules: readonly LiveNatRule[]; readonly unavailable?: never }
  | { readonly rules?: undefined; readonly unavailable: 'permission' | 'tool' | 'failed' };

/**
 * Docker writes its rules by iptables; Podman from 5 on, where netavark was built so, by nftables alone, which
 * iptables-save does not show. So nft is asked when iptables knows no DNAT rule.
 */
export class NatReader {
  readonly #run: RunTool;
  /** Neither rights nor tools come while a window is open: an unprivileged user's tools are started once. */
  #final: NatAnswer | undefined;

  constructor(run: RunTool = runTool) {
    this.#run = run;
  }

  /** Never throws. */
  async read(): Promise<NatAnswer> {
    if (this.#final) return this.#final;
    const [four, six] = await Promise.all(
      ['iptables-save', 'ip6tables-save'].map((command) => this.#run(command, ['-t', 'nat'])),
    );
    const saved = [...dnatLines(four, 'iptables'), ...dnatLines(six, 'ip6tables')];
    if (saved.length > 0) return { rules: saved };
    const listed = await this.#run('nft', ['list', 'ruleset']);
    if ([four, six, listed].some((printed) => typeof printed === 'string')) return { rules: dnatLines(listed, 'nft') };
    const reasons = [four, six, listed].map((printed) => (typeof printed === 'object' ? printed.failed : undefined));
    const unavailable = reasons.includes('permission') ? 'permission' : reasons.includes('failed') ? 'failed' : 'tool';
    const answer: NatAnswer = { unavailable };
    if (unavailable !== 'failed') this.#final = answer;
    return answer;
  }
}

function dnatLines(printed: Printed | undefined, tool: LiveNatRule['tool']): readonly LiveNatRule[] {
  if (typeof printed !== 'string') return [];
  return printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => (tool === 'nft' ? / dnat (ip6? )?to /.test(line) : / -j DNAT /.test(line)))
    .map((line) => ({
      tool,
      // Counters grow with every packet; a rule that only counted on has not changed.
      text: line.replace(/counter packets \d+ bytes \d+ /, ''),
    }));
}

async function runTool(command: string, args: readonly string[]): Promise<Printed> {
  return new Promise((resolve) => {
    // The tools live where an ordinary user's PATH does not look.
    const env = { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' };
    execFile(command, [...args], { env, timeout: deadline, maxBuffer: most }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (error.code === 'ENOENT') return resolve({ failed: 'tool' });
      const isDenied = error.code === 'EACCES' || /not permitted|permission denied|must be root/i.test(stderr);
      return resolve({ failed: isDenied ? 'permission' : 'failed' });
    });
  });
}
