/** Networks of a project, between file and engine. Compose labels what it creates: that is how a renamed one is known. */
import type { Difference } from '#compose/drift';
import type { ComposeNetwork, ComposeProject } from '#compose/types';
import { isActive } from '#compose/types';
import { formatBlock, parseBlock, sameAddress } from '#model/addresses';
import type { Network, Snapshot } from '#model/snapshot';

export function networkDrift(project: ComposeProject, snapshot: Snapshot): readonly Difference[] {
  const found: Difference[] = [];
  const used = new Set(
    project.services
      .filter((service) => isActive(project, service))
      .flatMap(({ networks }) => networks.map(({ network }) => network)),
  );
  const ofProject = snapshot.networks.filter((one) => one.labels['com.docker.compose.project'] === project.name);
  const met = new Set<string>();
  for (const network of project.networks) {
    const byLabel = ofProject.find((one) => one.labels['com.docker.compose.network'] === network.key);
    const known = snapshot.networks.find((one) => one.name === network.name);
    if (known) {
      met.add(known.id);
      if (!network.external) found.push(...attributes(network, known));
    } else if (byLabel) {
      met.add(byLabel.id);
      found.push({
        rule: 'network-renamed',
        args: { network: network.key, file: network.name, engine: byLabel.name },
        at: network.at,
        networkId: byLabel.id,
      });
    } else if (used.has(network.key))
      found.push({ rule: 'network-missing', args: { network: network.name }, at: network.at });
  }
  for (const network of ofProject)
    if (!met.has(network.id))
      found.push({ rule: 'network-extra', args: { network: network.name }, networkId: network.id });
  return found;
}

function attributes(wish: ComposeNetwork, known: Network): readonly Difference[] {
  const found: Difference[] = [];
  const say = (rule: string, file: string, engine: string, at = wish.at): void => {
    found.push({ rule, args: { network: known.name, file, engine }, at, networkId: known.id });
  };
  if (wish.driver !== undefined && wish.driver !== known.driver) say('network-driver', wish.driver, known.driver);
  if (wish.internal !== known.internal) say('network-internal', String(wish.internal), String(known.internal));
  for (const { subnet, gateway } of wish.ipam) {
    if (subnet === undefined || subnet.unsure) continue;
    const block = parseBlock(subnet.value);
    if (block === undefined) continue;
    const same = known.ipam.find((one) => {
      const other = parseBlock(one.subnet);
      return other !== undefined && formatBlock(other) === formatBlock(block);
    });
    if (!same) say('network-subnet', subnet.value, known.ipam.map((one) => one.subnet).join(', '), subnet.at);
    else if (gateway && !gateway.unsure && same.gateway !== undefined && !sameAddress(gateway.value, same.gateway))
      say('network-gateway', gateway.value, same.gateway, gateway.at);
  }
  return found;
}
