/** Compares a response with the expectations of a case, and with the control API the effects of the call: whether it was charged, consumed the token, and issued an accessToken that works. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { AMBIGUITIES, type Operation, RESULT_CODES } from '../index.js';
import { codesOf, type Then } from '../kit/case.js';
import type { AppControl } from '../kit/control.js';
import { answerFields } from '../kit/documents.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { filled, parsedJson, type Values, valueAt } from '../kit/pointer.js';
import { ABSENT, type Difference, EFFECTS, matching, NOTHING, PRESENT, shown } from '../kit/result.js';
import { schemaProblems } from '../kit/schemas.js';
import { decrypted } from '../kit/sign.js';
import { beijingTimeToMs, durationToMs } from '../kit/time.js';
import type { WireAnswer } from '../kit/wire.js';

export interface Answered {
  readonly operation: Operation;
  readonly then: Then;
  readonly values: Values;
  /** The request's fields, if its body was their JSON. */
  readonly sent: unknown;
  readonly answer: WireAnswer;
  /** The response to the previous call. */
  readonly answerBefore: unknown;
  /** The current time: by the app's clock if a control API has it. */
  readonly nowMs: number;
  /** Whether only the first of several codes, our interpretation, is correct. */
  readonly firstOnly: boolean;
}

interface Parsed extends Answered {
  readonly json: unknown;
}

const HTTP_STATUS: Bilingual = { en: 'HTTP status', zh: 'HTTP 状态码' };
const BODY: Bilingual = { en: 'body', zh: '报文' };
const FRESH: Bilingual = { en: 'different from the previous response', zh: '与上一次响应不同' };

function currentTime(within: string): Bilingual {
  return { en: `the current time in Beijing, within ${within}`, zh: `当前的北京时间，相差不超过 ${within}` };
}

export function answerDifferences(answered: Answered): readonly Difference[] {
  const { operation, answer, then } = answered;
  const status = differs('HTTP status', String(then.httpStatus ?? 200), String(answer.status), HTTP_STATUS);
  const json = answerFields(operation, answer);
  if (json === undefined)
    return [...status, { about: 'body', name: BODY, expected: 'JSON', received: shown(answer.body) }];
  const parsed: Parsed = { ...answered, json };
  return [...status, ...CHECKS.flatMap((check) => check(parsed))];
}

type Check = (parsed: Parsed) => readonly Difference[];

const CHECKS: readonly Check[] = [
  checkCode,
  checkRule,
  checkSchema,
  checkEcho,
  ({ then, json }) => (then.present ?? []).flatMap((at) => presence(json, at, true)),
  ({ then, json }) => (then.absent ?? []).flatMap((at) => presence(json, at, false)),
  ({ then, json, values }) =>
    Object.entries(then.equal ?? {}).flatMap(([at, text]) => differs(at, filled(text, values), valueAt(json, at))),
  ({ then, json, values }) =>
    Object.entries(then.decrypted ?? {}).flatMap(([at, text]) =>
      differs(`${at} decrypted`, filled(text, values), decryptedText(valueAt(json, at), values), {
        en: `${at} decrypted`,
        zh: `${at} 解密后`,
      }),
    ),
  ({ then, json, answerBefore }) => (then.differs ?? []).flatMap((at) => freshness(at, json, answerBefore)),
  checkTime,
  ({ then, answer }) =>
    then.bodyMatches === undefined || new RegExp(then.bodyMatches).test(answer.body)
      ? []
      : [{ about: 'body', name: BODY, expected: matching(then.bodyMatches), received: shown(answer.body) }],
];

function checkCode({ operation, then, json, firstOnly }: Parsed): readonly Difference[] {
  const codes = firstOnly ? codesOf(then).slice(0, 1) : codesOf(then);
  const received = valueAt(json, FACTS[operation].response.resultCode);
  return typeof received === 'string' && codes.includes(received)
    ? []
    : [
        {
          about: 'resultCode',
          expected: codes.length > 1 ? { en: codes.join(' or '), zh: codes.join(' 或 ') } : (codes[0] ?? ''),
          received: shown(received),
        },
      ];
}

function checkRule({ then, answer, json, operation }: Parsed): readonly Difference[] {
  const ruleApplied = answer.headers['x-mock-decided-by'];
  const code = resultCodeIn(operation, json);
  // Another accepted code is decided by another rule.
  if (then.decidedBy === undefined || ruleApplied === undefined || code !== codesOf(then)[0]) return [];
  return differs('decidedBy', then.decidedBy, ruleApplied, EFFECTS.decidedBy);
}

/** An undocumented code is correct if the case expects it. */
function checkSchema({ operation, then, json }: Parsed): readonly Difference[] {
  const expectsCode = codesOf(then).includes(resultCodeIn(operation, json) ?? '');
  return schemaProblems(operation, 'Response', json)
    .filter(({ at }) => !(expectsCode && at === FACTS[operation].response.resultCode))
    .map(({ at, expected }) => ({ about: `schema ${at}`, expected, received: shown(valueAt(json, at)) }));
}

function checkEcho({ operation, sent, json }: Parsed): readonly Difference[] {
  const { echo } = FACTS[operation].response;
  const msgId = readableMsgId(operation, sent);
  return msgId === undefined ? [] : differs(echo, msgId, valueAt(json, echo));
}

function presence(json: unknown, at: string, isExpected: boolean): readonly Difference[] {
  const value = valueAt(json, at);
  if ((value !== undefined) === isExpected) return [];
  return [{ about: at, expected: isExpected ? PRESENT : ABSENT, received: shown(value) }];
}

function freshness(at: string, json: unknown, before: unknown): readonly Difference[] {
  const value = valueAt(json, at);
  if (value !== undefined && value !== valueAt(before, at)) return [];
  return [{ about: at, expected: FRESH, received: shown(value) }];
}

function checkTime({ operation, then, json, nowMs }: Parsed): readonly Difference[] {
  if (then.timeWithin === undefined) return [];
  const at = FACTS[operation].response.time;
  const text = valueAt(json, at);
  const ms = typeof text === 'string' ? beijingTimeToMs(text) : undefined;
  if (ms !== undefined && Math.abs(ms - nowMs) <= durationToMs(then.timeWithin)) return [];
  return [{ about: at, expected: currentTime(then.timeWithin), received: shown(text) }];
}

function decryptedText(value: unknown, values: Values): string | undefined {
  return typeof value === 'string' ? decrypted(value, values['appDecryptKey'] ?? '') : undefined;
}

function differs(about: string, expected: string, received: unknown, name?: Bilingual): readonly Difference[] {
  return received === expected ? [] : [{ about, name, expected, received: shown(received) }];
}

const REDEEMED: Bilingual = { en: 'accessToken redeemed', zh: 'accessToken 兑换' };
const REDEMPTIONS = {
  granted: { en: 'granted', zh: '成功' },
  refused: { en: 'refused', zh: '拒绝' },
} as const satisfies Readonly<Record<string, Bilingual>>;
const ACCESS_TOKEN = '/body/accessToken';

export interface Effects {
  readonly operation: Operation;
  readonly then: Then;
  /** Of the app that is charged, and of the app that issued the token; undefined without a control API. */
  readonly control: AppControl | undefined;
  readonly tokenControl: AppControl | undefined;
  /** The number of charged calls before the judged one. */
  readonly chargedBefore: number | undefined;
  readonly token: string | undefined;
  readonly answer: WireAnswer;
}

/** The effects of a call: whether it was charged, consumed the token, and issued an accessToken that works. */
export async function effectDifferences(effects: Effects): Promise<readonly Difference[]> {
  const { operation, then, control, tokenControl, chargedBefore, token, answer } = effects;
  const differences: Difference[] = [];
  if (control !== undefined && then.charged !== undefined && chargedBefore !== undefined) {
    const calls = (await control.charged()) - chargedBefore;
    if (calls !== Number(then.charged)) differences.push(chargedDifference(operation, then, calls));
  }
  if (tokenControl !== undefined && then.tokenUsed !== undefined && token !== undefined) {
    const used = await tokenControl.isTokenUsed(token);
    if (used !== then.tokenUsed) differences.push(tokenDifference(then.tokenUsed));
  }
  return control === undefined
    ? differences
    : [...differences, ...(await accessTokenDifferences(then, control, answer))];
}

/** Whether a code is charged has its own basis. */
function chargedDifference(operation: Operation, then: Then, calls: number): Difference {
  const [code] = codesOf(then);
  const row = RESULT_CODES.find((each) => each.operation === operation && each.resultCode === code);
  const [expected, received] = [callCount(Number(then.charged)), callCount(calls)];
  return { about: 'charged', name: EFFECTS.charged, expected, received, basis: row?.chargedBasis };
}

function callCount(calls: number): Bilingual {
  return { en: calls === 1 ? '1 call' : `${calls} calls`, zh: `${calls} 次` };
}

/** That a refused call leaves the token unused is our interpretation. */
function tokenDifference(isExpected: boolean): Difference {
  const row = isExpected ? undefined : AMBIGUITIES.find(({ id }) => id === 'refused-call-uses-token');
  const [expected, received] = [String(isExpected), String(!isExpected)];
  return { about: 'tokenUsed', name: EFFECTS.tokenUsed, expected, received, basis: row?.basis };
}

async function accessTokenDifferences(
  { accessToken: steps = [] }: Then,
  control: AppControl,
  { body }: WireAnswer,
): Promise<readonly Difference[]> {
  if (steps.length === 0) return [];
  const accessToken = valueAt(parsedJson(body), ACCESS_TOKEN);
  if (typeof accessToken !== 'string') return [{ about: ACCESS_TOKEN, expected: PRESENT, received: NOTHING }];
  const differences: Difference[] = [];
  for (const step of steps) {
    const received = 'advance' in step ? await control.advance(step.advance) : await control.redeem(accessToken);
    if ('advance' in step || received === undefined || received === step.redeem) continue;
    const [expected, found] = [REDEMPTIONS[step.redeem], REDEMPTIONS[received]];
    differences.push({ about: REDEEMED.en, name: REDEEMED, expected, received: found });
  }
  return differences;
}
