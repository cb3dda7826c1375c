/** A case as its file has it: what is given, how a valid request is changed, and all that must follow. schemas/case-file.schema.json says the same to other languages. */
import type { Basis, Operation } from '../index.js';

/** MUST fails, SHOULD warns, MAY only reports. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** How the request is signed: `md5` and `rsa` at login, `hmac` and `rsa` at verify. */
export type Signing = 'md5' | 'hmac' | 'rsa';

export interface CaseFile {
  readonly operation: Operation;
  /** Absent in precedence.json. */
  readonly resultCode?: string;
  readonly cases: readonly Case[];
}

export interface Case {
  /** Stable, and never given to another case. */
  readonly id: string;
  readonly description: string;
  readonly source: { readonly section: string; readonly sentence: string };
  readonly level: Level;
  /** Of the code and the source; not of the effects `charged` and `tokenUsed`. */
  readonly basis: Basis;
  /** The rows of duties.json that it holds the carrier to. */
  readonly duties?: readonly string[];
  /** The row of ambiguities.json that it shows. */
  readonly ambiguity?: string;
  readonly given?: Given;
  readonly before?: readonly Step[];
  readonly when?: When;
  readonly then: Then;
}

/** Whatever is left out is as in a valid call. */
export interface Given {
  readonly signing?: Signing;
  /** Settings that the app is made with, as the control API takes them. */
  readonly app?: Readonly<Record<string, unknown>>;
  /** Settings of a second app, which nothing but `token.of` uses. */
  readonly anotherApp?: Readonly<Record<string, unknown>>;
  /** The app's clock stands still, from now or from an instant in ISO 8601. */
  readonly clock?: { readonly stopped: true; readonly at?: string };
  readonly token?: GivenToken;
}

export type GivenToken =
  /** Minted with these members of the control API's call; for `of: anotherApp`, in the second app. */
  | { readonly mint: Readonly<Record<string, unknown>>; readonly of?: 'anotherApp' }
  /** This text, which nobody minted. */
  | { readonly text: string };

/** What happens before the request that is judged, in order. */
export type Step =
  /** A call with the same token (or a new one), and the code that it gets. */
  | { readonly call: When; readonly token?: 'new'; readonly resultCode: string }
  | { readonly advance: string }
  /** Settings of the app, as the control API takes them. */
  | { readonly change: Readonly<Record<string, unknown>> }
  /** The request that is judged presents a new token. */
  | { readonly token: 'new' };

/** RFC 6902, as far as cases need it. */
export type Patch =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** How the request differs from a valid one. Texts may name values in braces: see requests.json. */
export interface When {
  readonly method?: string;
  readonly path?: string;
  /** null leaves a header out; a list sends it more than once. */
  readonly headers?: Readonly<Record<string, string | null | readonly string[]>>;
  /** The time that the request states, from the app's clock: `-10m`. */
  readonly timeOffset?: string;
  /** The msgid of the call before. */
  readonly msgId?: 'as before';
  /** Changes before phoneNum and sign are made. */
  readonly fields?: readonly Patch[];
  /** How phoneNum or sign is made, where not as requests.json says: laid over the recipe at that pointer. */
  readonly derived?: Readonly<Record<string, Partial<Recipe>>>;
  /** Changes after the sign is made. */
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
  /** Characters beyond ASCII and slashes written as escapes, and every letter of the token. */
  readonly escaped?: true;
  /** application/x-www-form-urlencoded. */
  readonly form?: true;
  /** Filled up with an unknown field to this many bytes. */
  readonly size?: number;
  readonly chunked?: true;
}

/** How a value is made of others: the parts one after the other, put through an algorithm. */
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
  /** One code; more in precedence.json and where an ambiguity is shown, our reading first. */
  readonly resultCode: string | readonly string[];
  /** 200 unless said. */
  readonly httpStatus?: number;
  /** The rule, where the subject tells. */
  readonly decidedBy?: string;
  /** Asked of the ledger, where the subject has one to look at. Its basis is the `chargedBasis` of the code. */
  readonly charged?: boolean;
  /** Asked of the control API. That a refusal leaves the token unused is the ambiguity refused-call-uses-token. */
  readonly tokenUsed?: boolean;
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  /** A pointer into the answer, and the text there. */
  readonly equal?: Readonly<Record<string, string>>;
  /** A pointer into the answer, and what it is under 应用公钥2. */
  readonly decrypted?: Readonly<Record<string, string>>;
  /** Pointers whose values differ from those of the call before. */
  readonly differs?: readonly string[];
  /** The answer's time is Beijing's now, give or take this long. */
  readonly timeWithin?: string;
  /** The whole body as text. */
  readonly bodyMatches?: string;
  /** What the answer's accessToken does, in order. */
  readonly accessToken?: readonly ({ readonly advance: string } | { readonly redeem: 'granted' | 'refused' })[];
}
