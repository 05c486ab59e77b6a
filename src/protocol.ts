/** Messages between the host and its web pages: types only, plain JSON. */
import type { Snapshot } from '#model/snapshot';
import type { SnapshotPatch } from '#model/snapshotPatch';

export type PageWordKey =
  | 'stopped'
  | 'unhealthy'
  | 'paused'
  | 'running'
  | 'restarting'
  | 'created'
  | 'removing'
  | 'dead'
  | 'allInterfaces'
  | 'allIpv4'
  | 'thisMachineOnly'
  | 'local'
  | 'noEffect'
  | 'internal'
  | 'static'
  | 'shared'
  | 'sharesWith'
  | 'linkTo'
  | 'alias'
  | 'inNetwork'
  | 'hostMode'
  | 'hostShort'
  | 'noNetwork'
  | 'gateway'
  | 'more'
  | 'lan'
  | 'otherNodes'
  | 'onTheLan'
  | 'emptyBuiltIn'
  | 'defaultNetwork'
  | 'swarm'
  | 'hostNetwork'
  | 'sharesAddress'
  | 'allShort'
  | 'firstNetworkTitle'
  | 'firstNetworkWhyOne'
  | 'firstNetworkWhyTwo'
  | 'createNetwork'
  | 'fromCompose'
  | 'search'
  | 'searchLong'
  | 'searchLabel'
  | 'filter'
  | 'rails'
  | 'map'
  | 'view'
  | 'fit'
  | 'zoomIn'
  | 'zoomOut'
  | 'export'
  | 'project'
  | 'driver'
  | 'allProjects'
  | 'allDrivers'
  | 'runningOnly'
  | 'noMatch'
  | 'clearFilter'
  | 'onlyNetwork'
  | 'drawing'
  | 'details'
  | 'close'
  | 'tryNow'
  | 'chooseEngine'
  | 'showLog'
  | 'nextTry'
  | 'reading'
  | 'sayNetwork'
  | 'sayInternal'
  | 'sayContainer'
  | 'sayAddress'
  | 'sayStatic'
  | 'sayPublishes'
  | 'sayNoEffect'
  | 'sayShares'
  | 'sayHost'
  | 'sayNoNetwork'
  | 'sayLink'
  | 'sayPort'
  | 'sayGhost'
  | 'sayMembers'
  | 'changedAdded'
  | 'changedRemoved'
  | 'matches'
  | 'dropHint'
  | 'planned'
  | 'otherWay'
  | 'sayLan';

/** The page's words in the user's language; `{0}`, `{1}` … stand for arguments. */
export type PageWords = Readonly<Record<PageWordKey, string>>;

/** Engine state as the page shows it; sentences are the host's, in the user's language. */
export interface PageStatus {
  readonly tone: 'live' | 'waiting' | 'bad';
  readonly text: string;
  /** Above the last picture, or alone: what failed and what mends it. */
  readonly notice?: {
    readonly title: string;
    readonly lines: readonly string[];
    /** The engine's own words. */
    readonly detail?: string;
    /** When the next try is, milliseconds since the epoch. */
    readonly nextTry?: number;
  };
  /** The last picture's time, `last seen 14:02`, while it is old. */
  readonly lastSeen?: string;
}

export interface DetailCell {
  readonly text: string;
  readonly mono?: boolean;
  readonly dim?: boolean;
  /** A network whose dot stands before the text. */
  readonly network?: string;
}

/** What stands beside or below the drawing when a node is selected. */
export interface NodeDetails {
  readonly key: string;
  readonly title: string;
  readonly subtitle: string;
  readonly actions: readonly {
    readonly icon: string;
    readonly label: string;
    readonly command: string;
    readonly target: unknown;
  }[];
  /** From outside to the container: parts joined by arrows. */
  readonly route: readonly DetailCell[];
  readonly tables: readonly {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly DetailCell[])[];
  }[];
  /** Sentences above the tables, each with the button that mends what it says. */
  readonly notes?: readonly {
    readonly text: string;
    readonly tone: 'bad' | 'plain';
    readonly remedy?: { readonly label: string; readonly command?: string; readonly target?: unknown };
  }[];
}

/** Whether one selected node reaches the other: what lights up, or where the break is marked. */
export interface PairAnswer {
  /** Node keys, as asked. */
  readonly from: string;
  readonly to: string;
  readonly answer: 'yes' | 'no' | 'depends';
  /** Answer and first reason in one, for the live region. */
  readonly said: string;
  /** Ids of the networks and keys of the ports that the best route takes. */
  readonly networks: readonly string[];
  readonly ports: readonly string[];
  readonly details: NodeDetails;
}

export interface InitialiseMessage {
  readonly kind: 'initialise';
  readonly words: PageWords;
  /** BCP 47. */
  readonly language: string;
  /** Whether VS Code believes that a screen reader is on. */
  readonly screenReader: boolean;
}

export interface UpdateMessage {
  readonly kind: 'update';
  /** What the page's menus and commands name as the engine. */
  readonly engine: string;
  readonly engineLabel: string;
  readonly status: PageStatus;
  /** Undefined until the engine was read for the first time. */
  readonly snapshot?: Snapshot;
  /** Title of a planned picture: nothing in it exists, so nothing can be changed in it. */
  readonly plan?: string;
  /** What a patch may follow. */
  readonly sequence?: number;
}

/** The next snapshot, as what differs from the last. A page that did not get that asks for the whole. */
export interface PatchMessage extends Omit<UpdateMessage, 'kind' | 'snapshot' | 'plan' | 'sequence'> {
  readonly kind: 'patch';
  /** `sequence` of the message that this one changes. */
  readonly base: number;
  readonly sequence: number;
  readonly patch: SnapshotPatch;
}

export interface SelectMessage {
  readonly kind: 'select';
  /** Node key; undefined to deselect. */
  readonly key?: string;
}

export interface DetailsMessage {
  readonly kind: 'details';
  readonly details: NodeDetails | undefined;
}

export interface PairMessage {
  readonly kind: 'pair';
  /** Undefined when one of the two is gone. */
  readonly pair: PairAnswer | undefined;
}

/** Asks the page for its picture. */
export interface PictureRequest {
  readonly kind: 'picture';
  readonly request: number;
  readonly format: 'svg' | 'png';
}

export type ToPage =
  | InitialiseMessage
  | UpdateMessage
  | PatchMessage
  | SelectMessage
  | DetailsMessage
  | PairMessage
  | PictureRequest;

export type FromPage =
  | { readonly kind: 'ready' }
  /** A patch came that does not follow what the page has. */
  | { readonly kind: 'whole' }
  /** `key` undefined: nothing is selected any more. `reveal`: by the user, so that the tree follows. */
  | { readonly kind: 'selected'; readonly key?: string; readonly reveal: boolean }
  /** Two nodes: how does the first reach the second? Ends with the next `selected`. */
  | { readonly kind: 'pair'; readonly from: string; readonly to: string }
  | { readonly kind: 'command'; readonly command: string; readonly target?: unknown }
  | { readonly kind: 'connect'; readonly container: string; readonly network: string }
  /** SVG text, or PNG in base64; undefined when there is nothing to draw. */
  | { readonly kind: 'picture'; readonly request: number; readonly data?: string }
  | { readonly kind: 'failed'; readonly message: string };
