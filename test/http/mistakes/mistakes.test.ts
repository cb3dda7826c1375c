/** Each known mistake, as a real client makes it, is refused or accepted with a remark, and its finding comes first. The document, 1 and 2. */
import { describe, expect, test } from 'vitest';
import { attempt, explanationOf, setDate, signText } from './attempt.js';
import { BODIES } from './bodies.js';
import { post } from './client.js';
import { FINDING_IDS } from './every-finding.js';
import { ENCRYPTION, FIELD_NAMES, FIELD_VALUES } from './field-names.js';
import { NOT_STRINGS, VERSION_AND_MSGID, WHITE_SPACE } from './field-values.js';
import { LOST_ZEROS } from './lost-zeros.js';
import { ADDRESSES, HEADERS_AND_PARAMETERS } from './messages.js';
import type { Mistake, MistakeGroup } from './mistake.js';
import { PHONES } from './phones.js';
import { CAPABILITIES_AND_CALLS, WHITELISTS } from './portal.js';
import { SIGN_AT_LOGIN } from './sign-at-login.js';
import { SIGN_AT_VERIFY } from './sign-at-verify.js';
import { SIGN_NEAR_MISSES } from './sign-near-misses.js';
import { SIGN_PAIRS } from './sign-pairs.js';
import { TIMES } from './times.js';
import { RETRIES, TOKENS } from './tokens.js';
import { TWO_PLACES } from './two-places.js';
import { wholeExplanation } from './whole.js';

const GROUPS: readonly MistakeGroup[] = [
  { group: 'signatures at login', mistakes: SIGN_AT_LOGIN },
  { group: 'signatures at verify', mistakes: SIGN_AT_VERIFY },
  { group: 'signatures with one difference', mistakes: SIGN_NEAR_MISSES },
  { group: 'two mistakes in one signature', mistakes: SIGN_PAIRS },
  { group: 'lost zeros in hex', mistakes: LOST_ZEROS },
  { group: 'encryptionalgorithm', mistakes: ENCRYPTION },
  { group: 'names of fields', mistakes: FIELD_NAMES },
  { group: 'fields', mistakes: FIELD_VALUES },
  { group: 'white space', mistakes: WHITE_SPACE },
  { group: 'values that are not a String', mistakes: NOT_STRINGS },
  { group: 'version and msgid', mistakes: VERSION_AND_MSGID },
  { group: 'bodies', mistakes: BODIES },
  { group: 'addresses', mistakes: ADDRESSES },
  { group: 'headers and parameters', mistakes: HEADERS_AND_PARAMETERS },
  { group: 'times', mistakes: TIMES },
  { group: 'tokens', mistakes: TOKENS },
  { group: 'repeated calls', mistakes: RETRIES },
  { group: 'phone numbers', mistakes: PHONES },
  { group: 'whitelists', mistakes: WHITELISTS },
  { group: 'capabilities and calls', mistakes: CAPABILITIES_AND_CALLS },
  { group: 'two mistakes in two places', mistakes: TWO_PLACES },
];

describe.each(GROUPS)('$group', ({ mistakes }) => {
  test.each(mistakes)('$description', async (mistake) => {
    const { mode, resultCode, finding, behind = [], begins } = mistake;
    if (mistake.todayMs !== undefined) setDate(mistake.todayMs);
    const explained = await attempt(mode, mistake);
    expect(explained.reply.resultCode).toBe(resultCode);
    const { findings, next } = await wholeExplanation(explained);
    const [first, ...rest] = findings.map(({ id }) => id);
    const named = [first, ...rest.filter((id) => behind.includes(id))];
    expect(named, `all that was found: ${[first, ...rest].join(', ')}`).toEqual([finding, ...behind]);
    if (mistake.next !== undefined) expect(next).toBe(mistake.next);
    if (begins === undefined) return;
    const chinese = await explanationOf(explained, 'zh');
    for (const [detail = '', beginning] of [
      [findings[0]?.detail, begins.en],
      [chinese.findings[0]?.detail, begins.zh],
    ])
      expect(detail.slice(0, beginning?.length)).toBe(beginning);
  });
});

const REFUSED_FOR_SIGN = [
  ...SIGN_AT_LOGIN,
  ...SIGN_AT_VERIFY,
  ...SIGN_NEAR_MISSES,
  ...SIGN_PAIRS,
  ...LOST_ZEROS,
].filter(({ resultCode }) => ['103101', '302'].includes(resultCode));

describe('a request that is signed again over the string to sign gets the next code', () => {
  test.each(REFUSED_FOR_SIGN)('$description', async (mistake) => {
    const explained = await attempt(mistake.mode, mistake);
    const { stringToSign, next } = await explanationOf(explained, 'en');
    const sign = signText(mistake.mode, String(stringToSign), explained.account);
    const body = String(explained.wire.body).replace(/"sign":"(?:[^"\\]|\\.)*"/, () => `"sign":"${sign}"`);
    const { resultCode } = await post(explained.base, { ...explained.wire, body });
    expect(resultCode).toBe(next);
  });
});

test('every finding has a mistake', () => {
  const named = GROUPS.flatMap(({ mistakes }) => mistakes).flatMap(ids);
  expect([...new Set(named)].sort()).toEqual([...FINDING_IDS].sort());
});

// `token.used` always comes before `client.retry`.
const BEHIND_ANOTHER = ['client.retry'];

test('every finding comes first in one of its rows, except a retry', () => {
  const first = GROUPS.flatMap(({ mistakes }) => mistakes).map(({ finding }) => finding);
  expect([...new Set([...first, ...BEHIND_ANOTHER])].sort()).toEqual([...FINDING_IDS].sort());
});

function ids({ finding, behind = [] }: Mistake): readonly string[] {
  return [finding, ...behind];
}
