/** What tests in the extension host share: the extension's API, and the engine seen through the docker command. */
import * as vscode from 'vscode';
import type { DockerNetworksApi } from '#api';
import { extensionId } from '#contributions';
import { attempt, type Finished, run, until } from '#harness/processes';

const told = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start these tests through test/harness/extensionHost.ts`);
  return value;
};

/** The engine that the setting `dockerNetworks.endpoint` names, with the tutorial's topology on it. */
export const engineUrl = (): string => told('TEST_ENGINE_URL');

/** A second engine, of the other kind and empty, known by the Docker context `second`. */
export const secondUrl = (): string => told('TEST_SECOND_URL');

/** The docker command on the second engine; rejects when it fails. */
export const dockerOnSecond = (...args: string[]): Promise<string> =>
  run(told('TEST_DOCKER'), ['-H', secondUrl(), ...args]);

const command = () => ({ cli: told('TEST_DOCKER'), bound: ['-H', engineUrl()] });

/** The docker command on that engine; rejects when it fails. */
export const docker = (...args: string[]): Promise<string> => run(command().cli, [...command().bound, ...args]);

export const tryDocker = (...args: string[]): Promise<Finished> =>
  attempt(command().cli, [...command().bound, ...args]);

/** Activates the extension and gives its API. */
export async function api(): Promise<DockerNetworksApi> {
  const extension = vscode.extensions.getExtension<DockerNetworksApi>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not there`);
  return extension.activate();
}

export { until };
