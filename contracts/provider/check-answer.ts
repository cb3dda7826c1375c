/** Compares a response with the expectations of a case, and with the control API the effects of the call: whether it was charged, consumed the token, and issued an accessToken that works. */

import type { Bilingual, Words } from '../../src/text/bilingual.js';
import { parsedJson } from '../../src/text/shown-json.js';
import { AMBIGUITIES, type Operation, RESULT_CODES } from '../index.js';
import { type Case, codesOf } from '../kit/case.js';
import type { AppControl } from '../kit/control.js';
import { answerFields } from '../kit/documents.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { filled, valueAt } from '../kit/pointer.js';
import type { CaseApp } from '../kit/provider.js';
import {
  ABSENT,
  CHARSET,
  type Clause,
  callCount,
  clauseOf,
  type Difference,
  EFFECTS,
  HTTP_STATUS,
  matching,
  NOTHING,
  PRESENT,
  shown,
  weaker,
} from '../kit/result.js';
import { fieldClause, schemaProblems } from '../kit/schemas.js';
import type { MadeCall } from '../kit/send-case.js';
import { decrypted, decryptedByAppKey } from '../kit/sign.js';
import { beijingTimeToMs, durationToMs } from '../kit/time.js';
import type { WireAnswer } from '../kit/wire.js';

export interface Answered extends MadeCall {
  readonly operation: Operation;
  readonly testCase: Case;
  /** The response to the previous call. */
  readonly answerBefore: unknown;
  /** Whether only the first of several codes, our interpretation, is correct. */
  readonly firstOnly: boolean;
}

interface Parsed extends Answered, Pick<Case, 'then'> {
  readonly json: unknown;
}

// The evidence for what every response has.

const STATUS_CLAUSE = clauseOf('observed', {
  section: 'observed',
  sentence: 'every business response has HTTP 200, refusals too',
});
const JSON_CLAUSE = clauseOf('documented', {
  section: '1.2, 2.3',
  sentence: 'json形式的报文交互必须是标准的json格式',
});
const CHARSET_CLAUSE = clauseOf('inferred', {
  section: 'inferred',
  sentence: 'a response is JSON in UTF-8',
});
const FRESH_CLAUSE = clauseOf('inferred', {
  section: 'inferred',
  sentence: 'each response has its own value',
});

const CHARSET_WORDS: Bilingual = { en: CHARSET, zh: '字符集' };
const BODY: Bilingual = { en: 'body', zh: '报文' };
const FRESH: Bilingual = { en: 'different from the previous response', zh: '与上一次响应不同' };

export function answerDifferences(answered: Answered): readonly Difference[] {
  const { answer, testCase } = answered;
  const { then } = testCase;
  const differences = [
    ...differs(HTTP_STATUS, String(then.httpStatus ?? 200), String(answer.status), STATUS_CLAUSE),
    ...differs(CHARSET_WORDS, 'UTF-8', answer.charset ?? 'UTF-8', CHARSET_CLAUSE),
    ...bodyDifferences(answered),
  ];
  // The document describes no response at another address, so there is only the evidence of the case.
  return then.decidedBy === 'urlRight'
    ? differences.map(({ clause: _, ...difference }) => difference)
    : differences;
}

function bodyDifferences(answered: Answered): readonly Difference[] {
  const { operation, answer, testCase } = answered;
  const { then } = testCase;
  const json = answerFields(operation, answer);
  if (json === undefined) return differs(BODY, 'JSON', answer.body, JSON_CLAUSE);
  const parsed: Parsed = { ...answered, then, json };
  const checks = isExpected(answered) ? [...CHECKS, ...CHECKS_OF_CODE] : CHECKS;
  const differences = checks.flatMap((check) => check(parsed));
  // Several expectations about one field are one difference.
  return differences.filter(
    ({ about }, at) => differences.findIndex((one) => one.about === about) === at,
  );
}

/** Whether the response has the first code of the case. The other expectations belong to this code. */
export function isExpected({
  operation,
  testCase,
  answer,
}: Pick<Answered, 'operation' | 'testCase' | 'answer'>): boolean {
  return resultCodeIn(operation, answerFields(operation, answer)) === codesOf(testCase.then)[0];
}

type Check = (parsed: Parsed) => readonly Difference[];

const CHECKS: readonly Check[] = [checkCode, checkSchema, checkEcho];

const CHECKS_OF_CODE: readonly Check[] = [
  checkRule,
  (parsed) => (parsed.then.present ?? []).flatMap((at) => presence(parsed, at, true)),
  (parsed) => (parsed.then.absent ?? []).flatMap((at) => presence(parsed, at, false)),
  (parsed) =>
    Object.entries(parsed.then.equal ?? {}).flatMap(([at, text]) =>
      differs(at, filled(text, parsed.values), valueAt(parsed.json, at), clauseAt(parsed, at)),
    ),
  (parsed) =>
    Object.entries(parsed.then.decrypted ?? {}).flatMap(([at, text]) =>
      encryption(parsed, at, text),
    ),
  (parsed) => (parsed.then.differs ?? []).flatMap((at) => freshness(parsed, at)),
  checkTime,
  ({ then, answer }) =>
    then.bodyMatches === undefined || new RegExp(then.bodyMatches).test(answer.body)
      ? []
      : [
          {
            about: 'body',
            name: BODY,
            expected: matching(then.bodyMatches),
            received: shown(answer.body),
          },
        ],
];

function checkCode({ operation, then, json, firstOnly }: Parsed): readonly Difference[] {
  const codes = codesOf(then);
  const accepted = firstOnly ? codes.slice(0, 1) : codes;
  const received = valueAt(json, FACTS[operation].response.resultCode);
  if (typeof received === 'string' && accepted.includes(received)) return [];
  return [{ about: 'resultCode', expected: codeText(codes, firstOnly), received: shown(received) }];
}

/** The description of a case with several codes says that each is right, so the mock's default is named. */
function codeText([first = '', ...others]: readonly string[], firstOnly: boolean): Words {
  if (others.length === 0) return first;
  return firstOnly
    ? { en: `${first} (the default of the mock)`, zh: `${first}（模拟服务的默认）` }
    : { en: [first, ...others].join(' or '), zh: [first, ...others].join(' 或 ') };
}

function clauseAt({ operation, testCase }: Parsed, at: string): Clause {
  return weaker(testCase, fieldClause(operation, at));
}

function checkRule({ then, answer }: Parsed): readonly Difference[] {
  const ruleApplied = answer.headers['x-mock-decided-by'];
  if (then.decidedBy === undefined || ruleApplied === undefined) return [];
  return differs(EFFECTS.decidedBy, then.decidedBy, ruleApplied);
}

/** An undocumented code is correct if the case expects it. */
function checkSchema({ operation, then, json }: Parsed): readonly Difference[] {
  const expectsCode = codesOf(then).includes(resultCodeIn(operation, json) ?? '');
  return schemaProblems(operation, 'Response', json)
    .filter(({ at }) => !(expectsCode && at === FACTS[operation].response.resultCode))
    .map(({ at, expected, clause }) => ({
      about: `schema ${at}`,
      expected,
      received: shown(valueAt(json, at)),
      clause,
    }));
}

function checkEcho(parsed: Parsed): readonly Difference[] {
  const { operation, request, json, then } = parsed;
  const { echo } = FACTS[operation].response;
  const msgId = readableMsgId(operation, request.sent);
  if (msgId === undefined) return [];
  // A case about unusual characters has its own evidence.
  const clause =
    then.equal?.[echo] === undefined ? fieldClause(operation, echo) : clauseAt(parsed, echo);
  return differs(echo, msgId, valueAt(json, echo), clause);
}

function presence(parsed: Parsed, at: string, isPresent: boolean): readonly Difference[] {
  const value = valueAt(parsed.json, at);
  if ((value !== undefined) === isPresent) return [];
  const expected = isPresent ? PRESENT : ABSENT;
  return [{ about: at, expected, received: shown(value), clause: clauseAt(parsed, at) }];
}

function freshness({ testCase, json, answerBefore }: Parsed, at: string): readonly Difference[] {
  const value = valueAt(json, at);
  if (value !== undefined && value !== valueAt(answerBefore, at)) return [];
  return [
    { about: at, expected: FRESH, received: shown(value), clause: weaker(testCase, FRESH_CLAUSE) },
  ];
}

function checkTime({ operation, then, json, nowMs }: Parsed): readonly Difference[] {
  if (then.timeWithin === undefined) return [];
  const at = FACTS[operation].response.time;
  const ms = beijingTimeToMs(valueAt(json, at));
  if (ms !== undefined && Math.abs(ms - nowMs) <= durationToMs(then.timeWithin)) return [];
  const en = `the current time in Beijing, within ${then.timeWithin}`;
  const zh = `当前的北京时间，相差不超过 ${then.timeWithin}`;
  return [{ about: at, expected: { en, zh }, received: shown(valueAt(json, at)) }];
}

/** The document requires a ciphertext for the key, and states no padding. */
function encryption(parsed: Parsed, at: string, text: string): readonly Difference[] {
  const { json, values, operation } = parsed;
  const [value, number] = [valueAt(json, at), filled(text, values)];
  const content = { en: `${at} decrypted`, zh: `${at} 解密后` };
  const byAppKey = FACTS[operation].response.encryptedBy === 'appKey';
  const found = byAppKey
    ? { text: decryptedByAppKey(String(value), values['appKey'] ?? '') }
    : decrypted(String(value), values['appDecryptKey'] ?? '');
  if (found?.text !== number)
    return [
      { about: content.en, name: content, expected: number, received: shown(found?.text ?? value) },
    ];
  if (!('padding' in found)) return [];
  const padding = { en: `${at} padding`, zh: `${at} 的填充方式` };
  return differs(padding, 'PKCS#1 v1.5', found.padding, fieldClause(operation, at));
}

/** @param about The pointer of a field, or the name of another subject. */
function differs(
  about: string | Bilingual,
  expected: string,
  received: unknown,
  clause?: Clause,
): readonly Difference[] {
  if (received === expected) return [];
  const subject = typeof about === 'string' ? { about } : { about: about.en, name: about };
  return [{ ...subject, expected, received: shown(received), ...(clause && { clause }) }];
}

const REDEEMED: Bilingual = { en: 'accessToken redeemed', zh: 'accessToken 兑换' };
const REDEMPTIONS = {
  granted: { en: 'granted', zh: '成功' },
  refused: { en: 'refused', zh: '拒绝' },
} as const satisfies Readonly<Record<string, Bilingual>>;
const ACCESS_TOKEN = '/body/accessToken';

export interface Effects
  extends Pick<Answered, 'operation' | 'testCase' | 'answer'>,
    Pick<CaseApp, 'control' | 'tokenControl'> {
  /** The number of charged calls before the judged one. */
  readonly chargedBefore: number | undefined;
  readonly token: string | undefined;
}

export async function effectDifferences(effects: Effects): Promise<readonly Difference[]> {
  const { testCase, control, tokenControl, chargedBefore, token, answer } = effects;
  const { then, simultaneous } = testCase;
  if (control === undefined || !isExpected(effects)) return [];
  const due = simultaneous?.succeed.calls ?? (then.charged === true ? 1 : 0);
  const calls = chargedBefore === undefined ? due : (await control.charged()) - chargedBefore;
  const isTokenSeen =
    then.tokenUsed !== undefined && tokenControl !== undefined && token !== undefined;
  const isUsed = isTokenSeen ? await tokenControl.isTokenUsed(token) : then.tokenUsed;
  return [
    ...(calls === due ? [] : [chargedDifference(effects, due, calls)]),
    ...(isUsed === then.tokenUsed ? [] : [tokenDifference(then.tokenUsed === true)]),
    ...(await accessTokenDifferences(then, control, answer)),
  ];
}

/** Whether a code is charged has its own basis. */
function chargedDifference(
  { operation, testCase }: Effects,
  calls: number,
  charged: number,
): Difference {
  const [code] = codesOf(testCase.then);
  const row = RESULT_CODES.find((each) => each.operation === operation && each.resultCode === code);
  const [expected, received] = [callCount(calls), callCount(charged)];
  const clause =
    row &&
    clauseOf(row.chargedBasis, { section: row.section, sentence: `${code} ${row.document}` });
  return { about: 'charged', name: EFFECTS.charged, expected, received, clause };
}

/** The document does not state which results consume a token. */
function tokenDifference(isUsed: boolean): Difference {
  const row = AMBIGUITIES.find(({ id }) => id === 'refused-call-uses-token');
  const [expected, received] = [String(isUsed), String(!isUsed)];
  const clause = row && clauseOf(isUsed ? 'inferred' : row.basis, row);
  return { about: 'tokenUsed', name: EFFECTS.tokenUsed, expected, received, clause };
}

async function accessTokenDifferences(
  { accessToken: steps = [] }: Case['then'],
  control: AppControl,
  { body }: WireAnswer,
): Promise<readonly Difference[]> {
  if (steps.length === 0) return [];
  const accessToken = valueAt(parsedJson(body), ACCESS_TOKEN);
  if (typeof accessToken !== 'string')
    return [{ about: ACCESS_TOKEN, expected: PRESENT, received: NOTHING }];
  const differences: Difference[] = [];
  for (const step of steps) {
    if ('advance' in step) await control.advance(step.advance);
    else differences.push(...redemptionDifference(step.redeem, await control.redeem(accessToken)));
  }
  return differences;
}

function redemptionDifference(
  due: keyof typeof REDEMPTIONS,
  found: keyof typeof REDEMPTIONS,
): readonly Difference[] {
  if (due === found) return [];
  const [expected, received] = [REDEMPTIONS[due], REDEMPTIONS[found]];
  return [{ about: REDEEMED.en, name: REDEEMED, expected, received }];
}
