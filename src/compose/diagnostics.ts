/** Checks of a Compose project: pure, each with its code, its place, and the edits that mend it. */
import { addressDiagnostics } from '#compose/diagnostics/addresses';
import { databaseDiagnostics } from '#compose/diagnostics/databases';
import { linkDiagnostics } from '#compose/diagnostics/links';
import { nameDiagnostics } from '#compose/diagnostics/names';
import { networkDiagnostics } from '#compose/diagnostics/networks';
import { portDiagnostics } from '#compose/diagnostics/ports';
import { subnetDiagnostics } from '#compose/diagnostics/subnets';
import type { Span } from '#compose/tree';
import type { ComposeProject } from '#compose/types';
import type { DiagnosticCode } from '#contributions';
import type { Snapshot } from '#model/snapshot';

export interface Edit {
  readonly at: Span;
  readonly text: string;
}

/** One way to mend it: `rule` names it, `edits` carry it out. */
export interface Fix {
  readonly rule: string;
  readonly args: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** Which sentence says it; several rules may share a code. */
  readonly rule: string;
  readonly args: Readonly<Record<string, string>>;
  readonly at: Span;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly fixes: readonly Fix[];
}

export interface DiagnosticInput {
  readonly project: ComposeProject;
  /** What the engine has, when one answers: without it only what the file itself says is checked. */
  readonly snapshot?: Snapshot;
  /** Text of a file of the project, for fixes. */
  readonly text: (file: string) => string | undefined;
  /** Whether the file must be complete by itself (`compose.yaml`), or may be a part of something. */
  readonly main: boolean;
}

export function diagnose(input: DiagnosticInput): readonly Diagnostic[] {
  const syntax = input.project.problems.map(
    ({ rule, args, at }): Diagnostic => ({ code: 'syntax', rule, args, at, severity: 'error', fixes: [] }),
  );
  return [
    ...syntax,
    ...portDiagnostics(input),
    ...subnetDiagnostics(input),
    ...addressDiagnostics(input),
    ...nameDiagnostics(input),
    ...linkDiagnostics(input),
    ...networkDiagnostics(input),
    ...databaseDiagnostics(input),
  ];
}
