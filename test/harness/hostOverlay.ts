/**
 * Runs inside an engine's own host (its network and process namespaces), as `node hostOverlay.ts SOCKET`: reads a
 * snapshot there, lays the host over it and prints it. On the machine the tests run on, the engine is not at home.
 */
import { createClient } from '#engine/client';
import type { Container } from '#model/snapshot';

const client = await createClient({ id: 'here', label: 'here', url: `unix://${process.argv[2]}`, source: 'socket' });
const engine = await client.describe();
const { networks, containers } = await client.list();
const complete: Container[] = [];
for (const listed of containers) {
  const container = await client.inspectContainer(listed);
  if (container) complete.push(container);
}
const snapshot = { engine, takenAt: 0, complete: true, networks, containers: complete };
process.stdout.write(JSON.stringify(await client.withHost(snapshot)));
client.dispose();
