/** The last snapshot that the host sent, and what its patches make of it. */
import { patchedSnapshot } from '#model/snapshotPatch';
import type { PatchMessage, UpdateMessage } from '#protocol';

export class Received {
  #last: UpdateMessage | undefined;

  whole(message: UpdateMessage): UpdateMessage {
    this.#last = message;
    return message;
  }

  /** The whole message that a patch stands for; undefined when it does not follow what came last. */
  patched(message: PatchMessage): UpdateMessage | undefined {
    const last = this.#last;
    if (!last?.snapshot || last.sequence !== message.base) return undefined;
    const { base: _, patch, ...head } = message;
    this.#last = { ...head, kind: 'update', snapshot: patchedSnapshot(last.snapshot, patch) };
    return this.#last;
  }
}
