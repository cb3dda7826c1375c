/** What may be done once: a msgid and a token sent, a call charged. The document, 1.2 msgid, 2 and 2.3 msgId. */
import { type Evidence, FIELDS, type Fields, field } from '../evidence.js';
import { bilingual, shown } from '../words.js';
import { eachReadable, eachRequest, type Problem, type SentCheck } from './check.js';

/** The first request whose value an earlier one had. */
function freshIn(name: keyof Fields, findings: readonly string[]): SentCheck {
  return {
    findings,
    judge: (sent, before) => {
      const seen = new Map(before.map((evidence) => [field(evidence, name), evidence]));
      const judged = sent.filter((evidence) => field(evidence, name) !== undefined);
      for (const evidence of judged) {
        const value = field(evidence, name);
        const earlier = seen.get(value);
        if (earlier !== undefined) return { evidence, earlier, problems: [repeated(evidence, name)] };
        seen.set(value, evidence);
      }
      return judged.length === 0 ? 'nothing to judge' : 'kept';
    },
  };
}

function repeated(evidence: Evidence, name: keyof Fields): Problem {
  return {
    about: FIELDS[evidence.operation][name],
    expected: bilingual('another than in every earlier request', '与之前每次请求都不同'),
    received: shown(field(evidence, name)),
  };
}

const UUID = /^[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}$/i;

function uuid(evidence: Evidence): readonly Problem[] {
  const received = field(evidence, 'msgId');
  if (typeof received === 'string' && UUID.test(received)) return [];
  return [
    {
      about: FIELDS[evidence.operation].msgId,
      expected: bilingual('a UUID, with or without dashes', 'UUID，可带或不带连字符'),
      received: shown(received),
    },
  ];
}

/** The ledger, after the scenario. */
function chargedOnce({ charged }: Evidence): readonly Problem[] {
  if (charged <= 1) return [];
  return [
    {
      about: 'charged',
      expected: bilingual('1 call at most', '最多 1 次'),
      received: bilingual(`${charged} calls`, `${charged} 次`),
    },
  ];
}

export const SENT_MSG_ID_FRESH = freshIn('msgId', ['msgid.']);
export const SENT_MSG_ID_UUID = eachReadable(uuid, ['msgid.']);
export const SENT_TOKEN_ONCE = freshIn('token', ['client.retry', 'token.used']);
export const SENT_CHARGED_ONCE = eachRequest(chargedOnce, ['client.retry']);
