/** A case, as in its file: the given state, the changes to a valid request, and the expectations. Its schema has the members. */
import type { Operation } from '../index.js';
import type { CaseFormat, ScenarioFormat } from './formats.js';

/** The effect of a difference: MUST fails, SHOULD warns, MAY is only reported. */
export type Level = ScenarioFormat['level'];
/** How the request is signed: `md5` and `rsa` at login, `hmac` and `rsa` at verify. */
export type Signing = NonNullable<CaseFormat['given']['signing']>;
export type Simultaneous = CaseFormat['simultaneous'];
export type Given = CaseFormat['given'];
export type GivenToken = NonNullable<Given['token']>;
export type Step = CaseFormat['step'];
export type Patch = CaseFormat['patches'][number];
export type When = CaseFormat['when'];
export type BodyForm = NonNullable<When['body']>;
/** How a value is derived from others: the joined parts go through an algorithm. */
export type Recipe = CaseFormat['recipe'] &
  Required<Pick<CaseFormat['recipe'], 'parts' | 'algorithm'>>;
export type Then = CaseFormat['then'];
/** The common members of a case, a scenario and a check of sent requests. */
export type Row = ScenarioFormat['sentRow'];

export interface CaseFile {
  readonly operation: Operation;
  /** Absent in precedence.json. */
  readonly resultCode?: string;
  readonly cases: readonly Case[];
}

/** With the defaults of its file. The level follows from the basis, which is that of the code. */
export interface Case
  extends Row,
    Pick<CaseFormat['case'], 'ambiguity' | 'given' | 'before' | 'when' | 'forms' | 'simultaneous'> {
  readonly then: Then;
}

/** What is sent for a case. The expectations are optional. */
export type CaseRequest = Pick<
  Case,
  'id' | 'given' | 'before' | 'when' | 'forms' | 'simultaneous'
> &
  Partial<Pick<Case, 'then'>>;

/** The accepted codes. */
export function codesOf({ resultCode }: Then): readonly string[] {
  return typeof resultCode === 'string' ? [resultCode] : resultCode;
}

/** The cases, scenarios or checks to run. */
export interface Choice {
  readonly operations: readonly Operation[];
  readonly levels: readonly Level[];
  /** Complete ids; all if empty. */
  readonly only: readonly string[];
  /** Complete ids. */
  readonly skip?: readonly string[];
}

export function isChosen(
  { id, level }: { readonly id: string; readonly level: Level },
  choice: Choice,
): boolean {
  const { levels, only, skip = [] } = choice;
  return levels.includes(level) && (only.length === 0 || only.includes(id)) && !skip.includes(id);
}

/** The rows of an operation: cases, scenarios or checks. */
export interface RowFile<R extends Row> {
  readonly operation: Operation;
  readonly rows: readonly R[];
}

export interface ChosenRow<R extends Row> {
  readonly operation: Operation;
  readonly row: R;
}

/** The rows of the choice, in the order of the files. */
export function chosenRows<R extends Row>(
  files: readonly RowFile<R>[],
  choice: Choice,
): readonly ChosenRow<R>[] {
  return files.flatMap(({ operation, rows }) =>
    rows.flatMap((row) =>
      choice.operations.includes(operation) && isChosen(row, choice) ? [{ operation, row }] : [],
    ),
  );
}
