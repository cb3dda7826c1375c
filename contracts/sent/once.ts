/** Checks that each msgid and token is sent once and in time, and at most one call is charged. The document, 1.2 msgid, 2 and 2.3 msgId. */

import { type Difference, EFFECTS } from '../kit/result.js';
import {
  eachReadable,
  eachRequest,
  type FieldName,
  field,
  isMasked,
  type Judged,
  otherThan,
  type Sent,
  type SentCheck,
} from './check.js';
import { bilingual, TEXTS } from './words.js';

/** Finds the requests whose value was in an earlier one. */
function freshIn(name: FieldName, findings: readonly string[]): SentCheck {
  return {
    findings,
    judge: (sent, before) => {
      const seen = new Map(
        known(before, name).map((evidence) => [field(evidence, name), evidence]),
      );
      const count = seen.size;
      const judged = known(sent, name);
      const offences = judged.flatMap((evidence) => {
        const value = field(evidence, name);
        const earlier = seen.get(value);
        if (earlier !== undefined)
          return [{ evidence, earlier, problems: [otherThan(NEW, evidence, name)] }];
        seen.set(value, evidence);
        return [];
      });
      if (judged.length === 0) {
        const isOneMasked = sent.some((evidence) => isMasked(field(evidence, name)));
        const unreadable = isOneMasked ? TEXTS.masked : TEXTS.notReadable;
        return { why: sent.length === 0 ? TEXTS.nothingSent : unreadable };
      }
      return judged.length + count === 1 ? { why: TEXTS.oneRequest } : offences;
    },
  };
}

/** Only readable values: masked values cannot be compared. */
function known<S extends Sent>(sent: readonly S[], name: FieldName): readonly S[] {
  return sent.filter((evidence) => {
    const value = field(evidence, name);
    return value !== undefined && !isMasked(value);
  });
}

const NEW = bilingual('different from every earlier request', '与之前的请求都不同');
const UUID = /^[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}$/i;

function uuid(evidence: Sent): readonly Difference[] {
  const received = field(evidence, 'msgId');
  if (typeof received === 'string' && UUID.test(received)) return [];
  return [
    otherThan(
      bilingual('a UUID, with or without dashes', 'UUID，带不带横线都可以'),
      evidence,
      'msgId',
    ),
  ];
}

/** From the ledger, after the scenario. */
function chargedOnce({ charged }: Sent): Judged {
  if (charged === undefined) return { why: TEXTS.noLedger };
  if (charged <= 1) return [];
  return [
    {
      rule: 'request',
      at: 'charged',
      name: EFFECTS.charged,
      expected: bilingual('at most 1 call', '最多 1 次'),
      received: bilingual(`${charged} calls`, `${charged} 次`),
    },
  ];
}

/** Observed: STsid, 000000, the epoch milliseconds at which it was issued, 32 letters and digits. */
const TOKEN = /^STsid0{6}(\d{13})[0-9A-Za-z]{32}$/;
/** The document, 2: a token is valid for two minutes. */
const LIFETIME_MS = 120_000;

/** A captured token has its own time, so its age when it was sent is known. */
function tokenAge(evidence: Sent): Judged {
  const token = field(evidence, 'token');
  if (isMasked(token)) return { why: TEXTS.masked };
  const issuedAtMs = Number(TOKEN.exec(String(token))?.[1]);
  if (Number.isNaN(issuedAtMs)) return { why: TEXTS.noTokenTime };
  if (evidence.atMs === undefined) return { why: TEXTS.noTime };
  const ageMs = evidence.atMs - issuedAtMs;
  if (ageMs < LIFETIME_MS) return [];
  const seconds = Math.floor(ageMs / 1000);
  return [
    {
      rule: 'request',
      at: 'token',
      expected: bilingual('less than 120 s old when sent', '发送时签发不到 120 秒'),
      received: bilingual(`${seconds} s old`, `已签发 ${seconds} 秒`),
    },
  ];
}

export const ONCE_CHECKS = {
  'sent-msgid-fresh': freshIn('msgId', ['msgid.']),
  'sent-msgid-uuid': eachReadable(uuid, ['msgid.']),
  'sent-token-once': freshIn('token', ['client.retry', 'token.used']),
  'sent-charged-once': eachRequest(chargedOnce, ['client.retry']),
  'captured-token-age': eachReadable(tokenAge, []),
};
