/** The journeys' world with a second engine of the other kind, known by a Docker context, and terminals that can be read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { writeContext } from '#harness/dockerContext';
import { type RealEngine, startEngine } from '#harness/engines';
import { dockerCli } from '#harness/packages';
import { openUiWorld, type UiWorld } from '#harness/uiWorld';

export interface TwoEngines extends UiWorld {
  /** A Podman, as the context `second`. */
  readonly second: RealEngine;
}

export async function openTwoEngines(part: string): Promise<TwoEngines> {
  const contexts = mkdtempSync(join(tmpdir(), 'docker-networks-contexts-'));
  const second = await startEngine('podman-5.4', part);
  const clean = async (): Promise<void> => {
    await second.dispose();
    rmSync(contexts, { recursive: true, force: true });
  };
  writeContext(contexts, 'second', second.url);
  // The terminals' command must be found where the extension runs.
  const path = [dirname(process.execPath), process.env.PATH, dirname(await dockerCli())].join(delimiter);
  try {
    const world = await openUiWorld({
      part,
      env: { DOCKER_CONFIG: contexts, PATH: path },
      settings: { 'terminal.integrated.gpuAcceleration': 'off' },
    });
    const dispose = async (): Promise<void> => {
      await world.dispose();
      await clean();
    };
    return { ...world, second, dispose };
  } catch (error) {
    await clean();
    throw error;
  }
}
