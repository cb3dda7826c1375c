/** What a check of everything that was sent is, and the first request that does not pass it. */
import type { Evidence } from '../evidence.js';
import type { Bilingual } from '../words.js';

/** One thing that is not as it must be, in words. */
export interface Problem {
  readonly about: string;
  readonly expected: Bilingual;
  readonly received: Bilingual;
}

export interface Offence {
  readonly evidence: Evidence;
  readonly problems: readonly Problem[];
  /** An earlier request, without which it would be none. */
  readonly earlier?: Evidence;
}

export type Verdict = Offence | 'kept' | 'nothing to judge';

export interface SentCheck {
  /** Over all that this operation's scenarios had sent, in order; `before` is what the other operation's had. */
  judge(sent: readonly Evidence[], before: readonly Evidence[]): Verdict;
  /** Beginnings of the ids of those findings of the mock that say why. */
  readonly findings: readonly string[];
}

type Judged = 'not judged' | readonly Problem[];

/** The first request with a problem. */
export function eachRequest(judge: (evidence: Evidence) => Judged, findings: readonly string[]): SentCheck {
  return {
    findings,
    judge: (sent) => {
      const judged = sent.map((evidence) => ({ evidence, problems: judge(evidence) }));
      const offence = judged.find((one): one is Offence => one.problems !== 'not judged' && one.problems.length > 0);
      if (offence !== undefined) return offence;
      return judged.some(({ problems }) => problems !== 'not judged') ? 'kept' : 'nothing to judge';
    },
  };
}

/** For what can only be seen in a body that is JSON: whether it is, is a check of its own. */
export function eachReadable(judge: (evidence: Evidence) => Judged, findings: readonly string[]): SentCheck {
  return eachRequest((evidence) => (evidence.fields === undefined ? 'not judged' : judge(evidence)), findings);
}
