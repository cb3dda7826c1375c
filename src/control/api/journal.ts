/** What the control API answers about requests and codes: the same as `/_mock/openapi.json`. */
import type { Basis, DecidedBy, Operation, Requirement, ResultCode, Signing, Way } from './vocabulary.js';

/** One carrier request, as the journal has it. */
export interface JournalRecord {
  /** Also in the answer's header `X-Mock-Request-Id`. */
  readonly id: string;
  /** Epoch milliseconds, by the app's clock. */
  readonly atMs: number;
  /** As it was sent, known or not; null where it could not be read. */
  readonly appId: string | null;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly clientIp: string;
  /** null where a script or header kept the carrier from deciding. */
  readonly resultCode: ResultCode | null;
  readonly decidedBy: DecidedBy;
  readonly forced: boolean;
  readonly charged: boolean;
  /** 话单流水号; null where nothing was decided. */
  readonly taskId: string | null;
  readonly durationMs: number;
  /** The step of a script or header that was taken, as text. */
  readonly outcome: string | null;
  readonly request: {
    /** By lower-case name; a list for a header that was sent more than once. */
    readonly headers: { readonly [name: string]: string | readonly string[] };
    readonly body: string;
  };
  readonly response: {
    /** null where no answer was sent. */
    readonly status: number | null;
    readonly body: string;
  };
}

/** A page of the journal, newest first. */
export interface JournalPage {
  readonly requests: readonly JournalRecord[];
  /** How many dropped records may have been among them. */
  readonly evicted: number;
  /** Whether there are older ones: a page has as many as were asked for, or fewer where they are large. */
  readonly more: boolean;
}

/** How many there were. */
export interface RequestCount {
  readonly count: number;
  /** false when records that could match were dropped. */
  readonly complete: boolean;
}

/** A requirement, and whether the request met it. */
export interface Gate {
  readonly requires: Requirement;
  /** The code of a request that does not meet it. */
  readonly otherwise: ResultCode;
  readonly basis: Basis;
  readonly outcome: 'met' | 'unmet' | 'not reached';
}

/** A known mistake that a request makes. */
export interface Finding {
  /** Stable: `sign.secret-swapped`, `token.used` … */
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly evidence: { readonly [name: string]: string | number | readonly string[] };
}

/** Why a request was answered as it was. */
export interface Explanation {
  readonly requestId: string;
  readonly operation: Operation;
  readonly resultCode: ResultCode | null;
  readonly decidedBy: DecidedBy;
  readonly forced: boolean;
  readonly gates: readonly Gate[];
  /** The code that the request would get with the unmet one mended; null on success. */
  readonly next: ResultCode | null;
  readonly findings: readonly Finding[];
  /** Whole, the secret included. */
  readonly stringToSign: string | null;
  readonly expectedSign: string | null;
  readonly receivedSign: string | null;
  /** The text that the sign was made of, where one reproduces it; null where the sign is right. */
  readonly signedString: string | null;
}

/** 话单: one charged call. */
export interface LedgerRecord {
  readonly taskId: string;
  readonly operation: Operation;
  readonly resultCode: ResultCode;
  /** Epoch milliseconds, by the app's clock. */
  readonly atMs: number;
}

/** What was charged, newest first. */
export interface Ledger {
  /** Exact, whatever was dropped. */
  readonly charged: number;
  /** Calls left; null without a limit. */
  readonly remaining: number | null;
  readonly records: readonly LedgerRecord[];
}

/** A result code, what causes it, and how to get it. */
export interface ResultCodeRow {
  readonly operation: Operation;
  readonly code: ResultCode;
  readonly name: string;
  /** The document's own words. */
  readonly desc: string;
  readonly descEn: string;
  readonly cause: { readonly en: string; readonly zh: string };
  readonly basis: Basis;
  /** The requirements that it refuses for, in order of precedence; `allMet` for a success. */
  readonly decidedBy: readonly (Requirement | 'allMet')[];
  readonly charged: boolean;
  readonly usesToken: boolean;
  /** What a client does about it; `null` for a success. */
  readonly nextStep: 'getNewToken' | 'fallBackToSms' | 'fixConfiguration' | 'contactCarrier' | 'retryLater' | null;
  readonly ways: readonly { readonly way: Way; readonly curl: string }[];
}

/** A program that gets a result code, as it is saved and run. It needs the standard library only. */
export interface Snippet {
  readonly language: 'java' | 'go' | 'php' | 'python' | 'node';
  /** `ResultCode.java` */
  readonly file: string;
  /** `java ResultCode.java` */
  readonly run: string;
  readonly text: string;
}

/** The programs that get a result code one way, in one signing mode. */
export interface Snippets {
  readonly operation: Operation;
  readonly code: ResultCode;
  readonly way: Way;
  readonly signing: Signing;
  readonly snippets: readonly Snippet[];
}

/** An error of the control API. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly pointer?: string;
}
