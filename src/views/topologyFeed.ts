/** What the topology page is told: the whole picture at first, afterwards what differs from the one it has. */
import { patchBetween } from '#model/snapshotPatch';
import type { PatchMessage, UpdateMessage } from '#protocol';

type Numbered = UpdateMessage & { readonly sequence: number };

export class TopologyFeed {
  /** What the page has; undefined when it is new. */
  #sent: Numbered | undefined;
  #sequence = 0;

  /** The page is new, or did not get what it should have: the next message is whole. */
  forget(): void {
    this.#sent = undefined;
  }

  /** The shortest message that brings the page to this picture. */
  next(update: UpdateMessage): UpdateMessage | PatchMessage {
    const before = this.#sent;
    this.#sent = { ...update, sequence: ++this.#sequence };
    return (before && patchMessage(before, this.#sent)) ?? this.#sent;
  }
}

/** Undefined where the whole must be sent: another engine, a plan, or too much that differs. */
function patchMessage(before: Numbered, update: Numbered): PatchMessage | undefined {
  const { snapshot, plan, ...head } = update;
  if (!snapshot || !before.snapshot || before.engine !== update.engine) return undefined;
  if (plan !== undefined || before.plan !== undefined) return undefined;
  const patch = patchBetween(before.snapshot, snapshot);
  return patch && { ...head, kind: 'patch', base: before.sequence, patch };
}
