/** Everything the tests need beyond node_modules, made ready in one go before the first of them runs. */
import { ensureChromium } from '#harness/browser';
import { ensureCodeServer } from '#harness/codeServer';
import { buildEngine, type EngineName, sweepEngines } from '#harness/engines';
import { dockerCli, ensureCommand } from '#harness/packages';

export interface Needs {
  readonly engines?: readonly EngineName[];
  readonly browser?: boolean;
  /** The tool that reads exported DOT. */
  readonly graphviz?: boolean;
  readonly codeServer?: boolean;
}

/** Says what is made and why; quick when everything is there. */
export async function setUp(needs: Needs): Promise<void> {
  const engines = needs.engines ?? [];
  if (engines.length > 0) {
    await sweepEngines();
    console.log(`docker command: ${await dockerCli()}`);
    for (const name of engines) {
      const started = Date.now();
      const slow = setTimeout(
        () => console.log(`Making the root file system of ${name} from Debian packages (about 90 s, once) …`),
        1_000,
      );
      await buildEngine(name);
      clearTimeout(slow);
      console.log(`engine ${name}: ready (${((Date.now() - started) / 1000).toFixed(0)} s)`);
    }
  }
  if (needs.browser) console.log(`browser: ${await ensureChromium()}`);
  if (needs.graphviz) console.log(`dot: ${await ensureCommand('dot', 'graphviz', 'it reads the exported DOT')}`);
  if (needs.codeServer) {
    await ensureCodeServer();
    console.log('code-server: ready');
  }
}
