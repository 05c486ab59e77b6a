/**
 * What a layout hands the webview: positioned shapes, with no DOM in them. Both drawings (rails and map) speak this,
 * so one painter draws both, and an exported SVG is the same shapes again. Lengths are CSS pixels at 100 %.
 */

/** A network's colour slot (1 to 6), or the two built-in ones. */
export type Slot = 1 | 2 | 3 | 4 | 5 | 6 | 'bridge' | 'host';

/** Levels of detail of the map; rails use none. A shape without `levels` is drawn at all of them. */
export type Level = 'near' | 'middle' | 'far';

/** Styles of text: name, weight, font family. `measure` and the style sheet agree on these. */
export type TextStyle =
  | 'network' // 13/600 UI
  | 'name' // 13/500 UI
  | 'stopped' // 13/400 UI, dim
  | 'body' // 13/400 UI
  | 'small' // 11 UI, dim
  | 'word' // 11 UI, exceptional words (unhealthy, no effect)
  | 'address' // 12 mono
  | 'mono'; // 11 mono

/** Width in pixels of a text in a style: the canvas in the webview, a table of widths elsewhere. */
export type Measure = (text: string, style: TextStyle) => number;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface ShapeBase {
  /** Unique in the drawing and stable from one drawing to the next: what is patched, moved and faded. */
  readonly key: string;
  /** Style-sheet class without prefix: `card`, `rim`, `rail`, `plug`, … (paint.ts has each). */
  readonly role: string;
  readonly slot?: Slot;
  /** Further classes: `stopped`, `unhealthy`, `internal`, `open`, `local`, `vain`, `planned`, … */
  readonly marks?: readonly string[];
  readonly levels?: readonly Level[];
  /** The node this shape belongs to: hovering or selecting the node keeps it, the rest fades. */
  readonly node?: string;
}

export interface RectShape extends ShapeBase, Box {
  readonly kind: 'rect';
  readonly radius?: number;
}

export interface PathShape extends ShapeBase {
  readonly kind: 'path';
  readonly d: string;
  /** Top and bottom, so that a painter can leave out what is not in view; without it the path is always painted. */
  readonly span?: readonly [number, number];
  /** Texture by slot is drawn by the style sheet; this says whether the path takes one. */
  readonly textured?: boolean;
}

export interface CircleShape extends ShapeBase {
  readonly kind: 'circle';
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
}

export interface TextShape extends ShapeBase {
  readonly kind: 'text';
  /** Left end (or right end with `anchor: 'end'`, middle with 'middle') of the baseline. */
  readonly x: number;
  readonly y: number;
  /** As drawn, possibly cut with an ellipsis. */
  readonly text: string;
  /** The whole text, where `text` is cut: the tooltip. */
  readonly full?: string;
  readonly style: TextStyle;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Width reserved by the layout: the painted text is never wider. */
  readonly reserved: number;
  /** Width the text may take when it is drawn at another size than its style's; without it `reserved`. */
  readonly room?: number;
}

export interface IconShape extends ShapeBase {
  readonly kind: 'icon';
  /** A key of src/model/topology/icons.ts (paths of codicons). */
  readonly icon: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export type Shape = RectShape | PathShape | CircleShape | TextShape | IconShape;

/** A thing a person can point at, focus and select. `key` is `network:ID`, `container:ID`, `ghost:NETWORK:ID`, `port:…`, `host`, `outside`. */
export interface DrawnNode extends Box {
  readonly key: string;
  readonly kind: 'host' | 'outside' | 'network' | 'container' | 'ghost' | 'port';
  /** Ids for the host: what menus, details and commands are about. */
  readonly networkId?: string;
  readonly containerId?: string;
  readonly port?: {
    readonly hostIp: string;
    readonly hostPort: number;
    readonly port: number;
    readonly protocol: 'tcp' | 'udp' | 'sctp';
  };
  /** Keys of nodes that stay when this one is hovered or selected (itself included); without it, `relatedKeys` tells. */
  readonly related?: readonly string[];
  /** Parent in the structure (a container's network, a port's container): what the arrow keys follow. */
  readonly parent?: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** In painting order, back to front. */
  readonly shapes: readonly Shape[];
  /** In reading order: what Tab and the arrows walk, what the screen-reader outline lists. */
  readonly nodes: readonly DrawnNode[];
  /** Rails only: where each rail runs, for the names in the sticky host row. */
  readonly runs?: readonly {
    readonly key: string;
    readonly name: string;
    readonly slot: Slot;
    readonly top: number;
    readonly bottom: number;
  }[];
  /** Room for the buttons that create the first network, when there is none. */
  readonly invite?: Box;
}

/** The few words that stand in the drawing itself, in the user's language. */
export interface DrawingWords {
  readonly stopped: string;
  readonly unhealthy: string;
  readonly paused: string;
  readonly allInterfaces: string;
  readonly allIpv4: string;
  readonly thisMachineOnly: string;
  readonly local: string;
  readonly noEffect: string;
  readonly internal: string;
  readonly static: string;
  readonly shared: (projects: number) => string;
  readonly sharesWith: (name: string) => string;
  readonly linkTo: (name: string) => string;
  readonly alias: (name: string) => string;
  readonly inNetwork: (name: string) => string;
  readonly hostMode: string;
  /** The same where there is little room. */
  readonly hostShort: string;
  readonly noNetwork: string;
  readonly gateway: string;
  readonly more: (count: number) => string;
  readonly host: string;
  readonly lan: string;
  readonly otherNodes: string;
  readonly onTheLan: string;
  readonly emptyBuiltIn: (names: string) => string;
  /** Word behind the driver of Docker's own bridge. */
  readonly defaultNetwork: string;
  readonly swarm: string;
  /** In the band of host mode, and behind `container:X`. */
  readonly hostNetwork: string;
  readonly sharesAddress: string;
  readonly allShort: string;
  readonly firstNetworkTitle: string;
  readonly firstNetworkWhy: readonly string[];
}
