/** A case, as in its file: the given state, the changes to a valid request, and the expectations. schemas/case-file.schema.json describes it for other languages. */
import type { Basis, Operation } from '../index.js';

/** The effect of a difference: MUST fails, SHOULD warns, MAY is only reported. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** How the request is signed: `md5` and `rsa` at login, `hmac` and `rsa` at verify. */
export type Signing = 'md5' | 'hmac' | 'rsa';

export interface CaseFile {
  readonly operation: Operation;
  /** Absent in precedence.json. */
  readonly resultCode?: string;
  readonly cases: readonly Case[];
}

/** The common members of a case, a scenario and a check of sent requests. */
export interface Row {
  /** Stable, and never reused. */
  readonly id: string;
  readonly description: string;
  readonly source: { readonly section: string; readonly sentence: string };
  readonly level: Level;
  /** The basis of the code of a case. Its other expectations have their own. */
  readonly basis: Basis;
  /** The rows of duties/<operation>.json that it checks. */
  readonly duties?: readonly string[];
}

export interface Case extends Row {
  /** The row of ambiguities.json that the case demonstrates. */
  readonly ambiguity?: string;
  readonly given?: Given;
  readonly before?: readonly Step[];
  readonly when?: When;
  readonly simultaneous?: Simultaneous;
  readonly then: Then;
}

/** The judged call is sent several times at once. */
export interface Simultaneous {
  readonly calls: number;
  /** Each call has its own token; by default all have the same. */
  readonly token?: 'new';
  /** The number of calls with this code. All others have the code of `then`. */
  readonly succeed: { readonly resultCode: string; readonly calls: number };
}

/** What is sent for a case. The expectations are optional. */
export type CaseRequest = Pick<Case, 'id' | 'given' | 'before' | 'when' | 'simultaneous'> & Partial<Pick<Case, 'then'>>;

/** Omitted members are as in a valid call. */
export interface Given {
  readonly signing?: Signing;
  /** The settings of the app, in the format of the control API. */
  readonly app?: Readonly<Record<string, unknown>>;
  /** The settings of a second app, which only `token.of` uses. */
  readonly anotherApp?: Readonly<Record<string, unknown>>;
  /** Stops the app's clock, now or at an instant in ISO 8601. */
  readonly clock?: { readonly stopped: true; readonly at?: string };
  readonly token?: GivenToken;
}

export type GivenToken =
  /** Issued with these members of the control API's call; with `of: anotherApp`, in the second app. */
  | { readonly mint: Readonly<Record<string, unknown>>; readonly of?: 'anotherApp' }
  /** A text that was not issued. */
  | { readonly text: string };

/** A step before the judged request. Steps run in order. */
export type Step =
  /** A call with the same token (or a new one), and its expected code. */
  | { readonly call: When; readonly token?: 'new'; readonly resultCode: string }
  | { readonly advance: string }
  /** New settings of the app, in the format of the control API. */
  | { readonly change: Readonly<Record<string, unknown>> }
  /** The judged request uses a new token. */
  | { readonly token: 'new' };

/** The part of RFC 6902 that cases need. */
export type Patch =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** The changes to a valid request. Texts can have value names in braces, see case-file.schema.json. */
export interface When {
  readonly method?: string;
  readonly path?: string;
  /** null omits a header; a list sends it several times. */
  readonly headers?: Readonly<Record<string, string | null | readonly string[]>>;
  /** The offset of the request's time from the app's clock: `-10m`. */
  readonly timeOffset?: string;
  /** Uses the msgid of the previous call. */
  readonly msgId?: 'as before';
  /** Changes before phoneNum and sign are computed. */
  readonly fields?: readonly Patch[];
  /** Members that override the recipe of requests/<operation>.json at that pointer (phoneNum or sign). */
  readonly derived?: Readonly<Record<string, Partial<Recipe>>>;
  /** Changes after signing. */
  readonly signed?: readonly Patch[];
  readonly body?: BodyForm;
}

export interface BodyForm {
  /** The body as text; `{json}` is the request. */
  readonly text?: string;
  /** The bytes, in Base64. */
  readonly base64?: string;
  /** Spaces of indentation. */
  readonly indent?: number;
  /** Writes slashes as `\/` and every other character of the values, except digits, as an escape. */
  readonly escaped?: true;
  /** application/x-www-form-urlencoded. */
  readonly form?: true;
  /** Pads the body with an unknown field to this number of bytes. */
  readonly size?: number;
  readonly chunked?: true;
}

/** How a value is derived from others: the joined parts go through an algorithm. */
export interface Recipe {
  /** Pointers into the request, or texts. */
  readonly parts: readonly string[];
  readonly separator?: string;
  readonly algorithm:
    | 'none'
    | 'md5'
    | 'sha1'
    | 'sha256'
    | 'hmac-sha256'
    | 'rsa-md5'
    | 'rsa-sha1'
    | 'rsa-sha256'
    | 'rsa-encrypt';
  /** The secret of an HMAC, or the key of an RSA operation in Base64. */
  readonly key?: string;
  readonly encoding?: 'hex' | 'base64';
  readonly case?: 'upper' | 'lower';
}

export interface Then {
  /** One code; several in precedence.json and for an ambiguity, our interpretation first. */
  readonly resultCode: string | readonly string[];
  /** 200 by default. */
  readonly httpStatus?: number;
  /** The rule, checked if the subject reports it. */
  readonly decidedBy?: string;
  /** Checked in the ledger, with a control API. Its basis is the `chargedBasis` of the code. */
  readonly charged?: boolean;
  /** Checked with a control API. That a refusal leaves the token unused is the ambiguity refused-call-uses-token. */
  readonly tokenUsed?: boolean;
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  /** JSON Pointers into the response, with the expected text. */
  readonly equal?: Readonly<Record<string, string>>;
  /** JSON Pointers into the response, with the expected text after decryption with the private key of 应用公钥2. */
  readonly decrypted?: Readonly<Record<string, string>>;
  /** JSON Pointers whose values differ from those of the previous call. */
  readonly differs?: readonly string[];
  /** The maximum difference between the response's time and the current time in Beijing. */
  readonly timeWithin?: string;
  /** A pattern for the body as text. */
  readonly bodyMatches?: string;
  /** What the response's accessToken does, in order. */
  readonly accessToken?: readonly ({ readonly advance: string } | { readonly redeem: 'granted' | 'refused' })[];
}

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

export function isChosen({ id, level }: { readonly id: string; readonly level: Level }, choice: Choice): boolean {
  const { levels, only, skip = [] } = choice;
  return levels.includes(level) && (only.length === 0 || only.includes(id)) && !skip.includes(id);
}

/** The rows of an operation: cases, scenarios or checks. */
export interface RowFile<R extends Row> {
  readonly operation: Operation;
  readonly rows: readonly R[];
}

/** The rows of the choice, in the order of the files. */
export function chosenRows<R extends Row>(
  files: readonly RowFile<R>[],
  choice: Choice,
): readonly { readonly operation: Operation; readonly row: R }[] {
  return files.flatMap(({ operation, rows }) =>
    rows.flatMap((row) => (choice.operations.includes(operation) && isChosen(row, choice) ? [{ operation, row }] : [])),
  );
}
