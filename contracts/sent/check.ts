/** A check of all sent requests, and the requests that fail it. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { Difference } from '../kit/result.js';
import type { Sent } from './evidence.js';
import { TEXTS } from './words.js';

/** One difference in a request. */
export type Problem = Difference;

export interface Offence<S extends Sent = Sent> {
  readonly evidence: S;
  readonly problems: readonly Problem[];
  /** The earlier request that makes this one an offence. */
  readonly earlier?: S;
}

/** The requests do not have what the check needs. */
export interface NotJudged {
  readonly why: Bilingual;
}

/** At least one offence, in the order of the requests; or passed; or not judged. */
export type Verdict<S extends Sent = Sent> = { readonly offences: readonly Offence<S>[] } | 'passed' | NotJudged;

export interface SentCheck {
  /** Judges all requests of this operation's scenarios, in order. `before` has the requests of the other operation. */
  judge<S extends Sent>(sent: readonly S[], before: readonly S[]): Verdict<S>;
  /** Prefixes of the mock's finding ids that explain a failure of this check. */
  readonly findings: readonly string[];
}

/** The result for one request. */
export type Judged = NotJudged | readonly Problem[];

/** A check of each request alone. */
export function eachRequest(judge: (evidence: Sent) => Judged, findings: readonly string[]): SentCheck {
  return {
    findings,
    judge: (sent) => {
      const judged = sent.map((evidence) => ({ evidence, outcome: judge(evidence) }));
      const offences = judged.flatMap(({ evidence, outcome }) =>
        'why' in outcome || outcome.length === 0 ? [] : [{ evidence, problems: outcome }],
      );
      if (offences.length > 0) return { offences };
      const notJudged = judged.map(({ outcome }) => outcome).filter((outcome) => 'why' in outcome);
      return notJudged.length < judged.length ? 'passed' : (notJudged[0] ?? { why: TEXTS.nothingSent });
    },
  };
}

/** A check that needs a JSON body. Whether the body is JSON is a separate check. */
export function eachReadable(judge: (evidence: Sent) => Judged, findings: readonly string[]): SentCheck {
  return eachRequest(
    (evidence) => (evidence.fields === undefined ? { why: TEXTS.notReadable } : judge(evidence)),
    findings,
  );
}
