/** What commands may ask of the views, and views of each other: injected, so that neither imports the other's parts. */
import type { Party } from '#model/reach';
import type { Snapshot } from '#model/snapshot';
import type { Target } from '#views/target';
import type { TreeFilter } from '#views/tree/filter';

export interface Surfaces {
  /** Selects and shows the row in the tree. */
  revealInTree(target: Target): Promise<void>;
  /** Opens the drawing beside the editor and selects the node, when one is given. */
  openTopology(target?: Target): Promise<void>;
  /** What an open drawing looks like now: SVG text, or PNG in base64; undefined when none is visible. */
  topologyPicture?(format: 'svg' | 'png'): Promise<string | undefined>;
  /** Opens the drawing of a planned snapshot (a Compose file before `up`). */
  showPlan(title: string, snapshot: Snapshot): Promise<void>;
  /** Opens the page that explains one pair. */
  explain(engine: string, from: Party, to: Party, port?: number): Promise<void>;
  /** Opens the list of who can reach a container (`to`), or of whom it can reach (`from`). */
  listReach?(engine: string, container: string, direction: 'to' | 'from'): Promise<void>;
  /** Opens the table of containers × containers. */
  reachMatrix?(engine: string): Promise<void>;
  /** The Networks view, where it was registered. */
  readonly tree?: TreeSurface;
}

export interface TreeSurface {
  /** What is selected in the Networks view; empty while it is hidden, for nobody means a row that cannot be seen. */
  selected(): readonly Target[];
  filter(): TreeFilter;
  setFilter(filter: TreeFilter): void;
}
