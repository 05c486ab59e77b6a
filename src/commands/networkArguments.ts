/** The network a script asks for. */
import { type Answers, isObject } from '#commands/arguments';
import { Refusal, refuse } from '#commands/operations/refusal';
import { parseBlock } from '#model/addresses';
import { draftProblem, type NetworkDraft, type SubnetDraft } from '#model/networkDraft';
import type { Snapshot } from '#model/snapshot';

export const networkArguments = ['name', 'driver', 'subnets', 'ipv6', 'internal', 'attachable', 'options', 'labels'];

/** Reads and checks the draft; what is not given is `base`'s. Throws `Refusal`. */
export function draftFrom(answers: Answers, base: NetworkDraft, snapshot: Snapshot, except?: string): NetworkDraft {
  const given = answers.objects('subnets')?.map(subnetFrom);
  const subnets = given ?? base.subnets;
  const ipv6 =
    answers.flag('ipv6') ?? (subnets.some(({ subnet }) => parseBlock(subnet)?.family === 'ipv6') || base.ipv6);
  const draft: NetworkDraft = {
    name: answers.text('name') ?? base.name,
    driver: answers.text('driver') ?? base.driver,
    internal: answers.flag('internal') ?? base.internal ?? false,
    attachable: answers.flag('attachable') ?? base.attachable ?? false,
    ipv6: ipv6 ?? false,
    subnets,
    options: answers.map('options') ?? base.options,
    labels: answers.map('labels') ?? base.labels,
  };
  refuse(draftProblem(snapshot, draft, except));
  return draft;
}

function subnetFrom(value: Readonly<Record<string, unknown>>): SubnetDraft {
  const text = (key: string): string | undefined => {
    const found = value[key];
    if (found !== undefined && typeof found !== 'string')
      throw new Refusal('argument-type', { argument: `subnets.${key}`, expected: 'text' });
    return found;
  };
  const subnet = text('subnet');
  if (subnet === undefined) throw new Refusal('argument-missing', { argument: 'subnets.subnet' });
  const gateway = text('gateway');
  const ipRange = text('ipRange');
  const { reserved } = value;
  if (
    reserved !== undefined &&
    !(isObject(reserved) && Object.values(reserved).every((entry) => typeof entry === 'string'))
  )
    throw new Refusal('argument-type', { argument: 'subnets.reserved', expected: 'an object of texts' });
  return {
    subnet,
    ...(gateway ? { gateway } : {}),
    ...(ipRange ? { ipRange } : {}),
    ...(reserved ? { reserved: reserved as Readonly<Record<string, string>> } : {}),
  };
}
