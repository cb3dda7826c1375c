/** What a check of everything that was sent is, and the requests that do not pass it. */
import type { Sent } from '../evidence.js';
import { type Bilingual, SAY } from '../words.js';

/** One thing that is not as it must be, in words. */
export interface Problem {
  readonly about: string;
  readonly expected: Bilingual;
  readonly received: Bilingual;
}

export interface Offence<S extends Sent = Sent> {
  readonly evidence: S;
  readonly problems: readonly Problem[];
  /** An earlier request, without which it would be none. */
  readonly earlier?: S;
}

/** Nothing could be seen in the requests that there are. */
export interface NotJudged {
  readonly why: Bilingual;
}

/** The offences in the order of the requests, at least one. */
export type Verdict<S extends Sent = Sent> = { readonly offences: readonly Offence<S>[] } | 'kept' | NotJudged;

export interface SentCheck {
  /** Over all that this operation's scenarios had sent, in order; `before` is what the other operation's had. */
  judge<S extends Sent>(sent: readonly S[], before: readonly S[]): Verdict<S>;
  /** Beginnings of the ids of those findings of the mock that say why. */
  readonly findings: readonly string[];
}

/** Of one request. */
export type Judged = NotJudged | readonly Problem[];

/** Each request by itself. */
export function eachRequest(judge: (evidence: Sent) => Judged, findings: readonly string[]): SentCheck {
  return {
    findings,
    judge: (sent) => {
      const judged = sent.map((evidence) => ({ evidence, told: judge(evidence) }));
      const offences = judged.flatMap(({ evidence, told }) =>
        'why' in told || told.length === 0 ? [] : [{ evidence, problems: told }],
      );
      if (offences.length > 0) return { offences };
      const untold = judged.map(({ told }) => told).filter((told) => 'why' in told);
      return untold.length < judged.length ? 'kept' : (untold[0] ?? { why: SAY.nothingSent });
    },
  };
}

/** For what can only be seen in a body that is JSON: whether it is, is a check of its own. */
export function eachReadable(judge: (evidence: Sent) => Judged, findings: readonly string[]): SentCheck {
  return eachRequest(
    (evidence) => (evidence.fields === undefined ? { why: SAY.notReadable } : judge(evidence)),
    findings,
  );
}
