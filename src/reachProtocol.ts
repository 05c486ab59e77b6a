/** Messages between the host and the reachability page: types only, plain JSON, every text already in the user's language. */

export type Tone = 'yes' | 'no' | 'depends';

/** One stop of a drawn route; `break` is where it ends in vain. */
export interface Stop {
  readonly kind: 'party' | 'between' | 'break';
  readonly text: string;
  readonly detail?: string;
}

export interface RouteLine {
  readonly stops: readonly Stop[];
  readonly address: string;
  readonly names: readonly string[];
}

export interface ReasonLine {
  readonly text: string;
  /** Engine versions the rule was seen on. */
  readonly seen?: string;
  /** `index` comes back in a `remedy` message; without one the text is advice only. */
  readonly remedy?: { readonly label: string; readonly index?: number };
}

export interface TestLine {
  readonly tone: Tone | 'running';
  readonly text: string;
  readonly lines: readonly string[];
}

export interface PairPage {
  readonly kind: 'pair';
  readonly title: string;
  readonly tone: Tone;
  readonly answer: string;
  readonly sentence: string;
  readonly routes: readonly RouteLine[];
  readonly drawn: readonly Stop[];
  readonly reasons: readonly ReasonLine[];
  readonly depends: readonly ReasonLine[];
  readonly test?: TestLine;
  readonly words: {
    readonly routes: string;
    readonly reasons: string;
    readonly depends: string;
    readonly names: string;
    readonly seen: string;
    readonly test: string;
    readonly testHint: string;
    readonly result: string;
    readonly swap: string;
    readonly copy: string;
    readonly drawn: string;
  };
}

export interface ListPage {
  readonly kind: 'list';
  readonly title: string;
  readonly groups: readonly {
    readonly tone: Tone;
    readonly heading: string;
    readonly items: readonly { readonly text: string; readonly detail: string; readonly index: number }[];
  }[];
  readonly words: { readonly none: string };
}

export interface MatrixPage {
  readonly kind: 'matrix';
  readonly title: string;
  readonly summary: string;
  /** Rows and columns, in the order of the groups. */
  readonly names: readonly string[];
  /** Group of each row; the same number of neighbours is one group. */
  readonly groups: readonly { readonly name: string; readonly size: number }[];
  /** One text a row: `y`, `n`, `d`, and `.` on the diagonal. */
  readonly cells: readonly string[];
  /** Sentences, and for each row the index of each cell's sentence. */
  readonly sentences: readonly string[];
  readonly reasons: readonly (readonly number[])[];
  readonly grouping: 'network' | 'project';
  readonly words: {
    readonly filter: string;
    readonly byNetwork: string;
    readonly byProject: string;
    readonly from: string;
    readonly to: string;
    readonly yes: string;
    readonly no: string;
    readonly depends: string;
    readonly self: string;
    readonly rowSummary: string;
    readonly nothing: string;
  };
}

export interface NoticePage {
  readonly kind: 'notice';
  readonly title: string;
  readonly text: string;
}

export type ReachPage = PairPage | ListPage | MatrixPage | NoticePage;

/** Host to page. */
export interface ShowMessage {
  readonly kind: 'show';
  readonly page: ReachPage;
}

/** Page to host. */
export type ReachRequest =
  | { readonly kind: 'ready' }
  | { readonly kind: 'remedy'; readonly index: number }
  | { readonly kind: 'test' }
  | { readonly kind: 'swap' }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'open'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'group'; readonly by: 'network' | 'project' };
