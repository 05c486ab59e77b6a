/** Dragging a container onto a network connects it: the command asks and tells as it always does. */
import * as vscode from 'vscode';
import { commandIds } from '#contributions';
import { asTarget, type Target } from '#views/target';
import type { TreeNode } from '#views/tree/nodes';

const mime = 'application/vnd.code.tree.dockernetworks.networks';

export class ContainerDrag implements vscode.TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = [mime];
  readonly dropMimeTypes = [mime];

  handleDrag(rows: readonly TreeNode[], data: vscode.DataTransfer): void {
    const containers = rows.flatMap((row) => (row.kind === 'container' && row.target ? [row.target] : []));
    if (containers.length > 0) data.set(mime, new vscode.DataTransferItem(JSON.stringify(containers)));
  }

  async handleDrop(onto: TreeNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const network = networkOf(onto);
    const item = data.get(mime);
    if (!network || !item) return;
    for (const container of targetsIn(await item.asString()))
      if (container.kind === 'container' && container.engine === onto?.engine && container.network !== network)
        await vscode.commands.executeCommand(commandIds.connectContainer, {
          engine: container.engine,
          network,
          container: container.container,
          ask: true,
        });
  }
}

/** A drop on a container means the network it hangs below. */
function networkOf(row: TreeNode | undefined): string | undefined {
  return row?.kind === 'network' || row?.kind === 'container' ? row.network : undefined;
}

function targetsIn(text: string): readonly Target[] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.flatMap((one) => asTarget(one) ?? []) : [];
  } catch {
    // Something else was dropped that claims our type: nothing to connect.
    return [];
  }
}
