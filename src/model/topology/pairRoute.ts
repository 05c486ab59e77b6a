/** From two nodes of the drawing to the question who reaches whom, and from its answer to what the drawing shows of it. */
import type { Party, ReachAnswer, ReachQuestion, Route } from '#model/reach';
import { reach } from '#model/reachability';
import type { Graph } from '#model/topology/graph';
import { hostKey, outsideKey } from '#model/topology/nodes';
import { containerOf } from '#model/topology/related';
import type { PairRoute } from '#model/topology/route';

export interface AskedPair extends PairRoute {
  readonly question: ReachQuestion;
  readonly reach: ReachAnswer;
  readonly best: Route | undefined;
}

/** Undefined when one of the two is no party (a network) or gone. A port's node asks for that port. */
export function askPair(graph: Graph, from: string, to: string): AskedPair | undefined {
  const [asker, asked] = [partyOf(graph, from), partyOf(graph, to)];
  if (!asker || !asked) return undefined;
  const plug = containerOf(graph, to)?.plugs.find((found) => found.key === to);
  const question = { from: asker, to: asked, ...(plug ? { port: plug.port, protocol: plug.protocol } : {}) };
  const answer = reach(graph.snapshot, question);
  const best = answer.answer === 'yes' ? answer.routes[0] : undefined;
  const networks = networksOf(best);
  const ports = portsOf(graph, best, asked);
  return { from, to, answer: answer.answer, networks, ports, question, reach: answer, best };
}

/** Whom a node stands for: a container, one of its ports or ghosts, the host, or what is outside. */
function partyOf(graph: Graph, key: string): Party | undefined {
  if (key === hostKey) return { host: true };
  if (key === outsideKey) return { outside: true };
  const container = containerOf(graph, key);
  return container && { container: container.id };
}

function networksOf(route: Route | undefined): readonly string[] {
  const via = route?.via;
  return via && 'networkId' in via && via.networkId !== undefined ? [via.networkId] : [];
}

/** The plug of the asked container that the route comes in by. */
function portsOf(graph: Graph, route: Route | undefined, asked: Party): readonly string[] {
  if (route?.via.kind !== 'published' || !('container' in asked)) return [];
  const { hostIp } = route.via;
  let container = graph.containers.get(asked.container);
  for (let steps = 0; container?.sharesWith !== undefined && steps < 32; steps++)
    container = graph.containers.get(container.sharesWith);
  const plugs = container?.plugs.filter(({ bindings }) => bindings.some(({ hostPort }) => hostPort === route.port));
  const plug = plugs?.find(({ bindings }) => bindings.some((binding) => binding.hostIp === hostIp)) ?? plugs?.[0];
  return plug ? [plug.key] : [];
}
