/** Compares a response with the expectations of a case. check-effects.ts checks the effects with the control API. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { Then } from '../kit/case.js';
import { decrypted } from '../kit/decrypt.js';
import { valueAt } from '../kit/pointer.js';
import { type Difference, EFFECTS } from '../kit/result.js';
import { schemaProblems } from '../kit/schemas.js';
import { filled, type Values } from '../kit/template.js';
import { beijingTimeToMs, durationToMs } from '../kit/time.js';
import { ABSENT, matching, PRESENT, shown } from '../kit/values.js';
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

/** The JSON Pointers of the fields that the responses of both operations have. */
const PLACES: Readonly<Record<Operation, { resultCode: string; echo: string; sentMsgId: string; time: string }>> = {
  loginTokenValidate: {
    resultCode: '/resultCode',
    echo: '/inresponseto',
    sentMsgId: '/msgid',
    time: '/systemtime',
  },
  tokenValidate: {
    resultCode: '/header/resultCode',
    echo: '/header/msgId',
    sentMsgId: '/header/msgId',
    time: '/header/timestamp',
  },
};

const HTTP_STATUS: Bilingual = { en: 'HTTP status', zh: 'HTTP 状态码' };
const BODY: Bilingual = { en: 'body', zh: '报文' };
const FRESH: Bilingual = { en: 'different from the previous response', zh: '与上一次响应不同' };

function currentTime(within: string): Bilingual {
  return { en: `the current time in Beijing, within ${within}`, zh: `当前的北京时间，相差不超过 ${within}` };
}

const MSG_ID_LENGTH_MAX = 36;

export function resultCodeIn(operation: Operation, json: unknown): string | undefined {
  const code = valueAt(json, PLACES[operation].resultCode);
  return typeof code === 'string' ? code : undefined;
}

export function codesOf({ resultCode }: Then): readonly string[] {
  return typeof resultCode === 'string' ? [resultCode] : resultCode;
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function answerDifferences(answered: Answered): readonly Difference[] {
  const { answer, then } = answered;
  const status = differs('HTTP status', String(then.httpStatus ?? 200), String(answer.status), HTTP_STATUS);
  const json = parsedJson(answer.body);
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
  const received = valueAt(json, PLACES[operation].resultCode);
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
  return schemaProblems(operation, 'response', json)
    .filter(({ at }) => !(expectsCode && at === PLACES[operation].resultCode))
    .map(({ at, expected }) => ({ about: `schema ${at}`, expected, received: shown(valueAt(json, at)) }));
}

function checkEcho({ operation, sent, json }: Parsed): readonly Difference[] {
  const { echo } = PLACES[operation];
  const msgId = readableMsgId(operation, sent);
  return msgId === undefined ? [] : differs(echo, msgId, valueAt(json, echo));
}

/** Whether the response echoes the msgid of the request, if it was readable. */
export function echoes(operation: Operation, sent: unknown, json: unknown): boolean {
  const msgId = readableMsgId(operation, sent);
  return msgId === undefined || valueAt(json, PLACES[operation].echo) === msgId;
}

function readableMsgId(operation: Operation, sent: unknown): string | undefined {
  const msgId = valueAt(sent, PLACES[operation].sentMsgId);
  return typeof msgId === 'string' && msgId.length >= 1 && msgId.length <= MSG_ID_LENGTH_MAX ? msgId : undefined;
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
  const at = PLACES[operation].time;
  const text = valueAt(json, at);
  const ms = typeof text === 'string' ? beijingTimeToMs(text) : undefined;
  if (ms !== undefined && Math.abs(ms - nowMs) <= durationToMs(then.timeWithin)) return [];
  return [{ about: at, expected: currentTime(then.timeWithin), received: shown(text) }];
}

function decryptedText(value: unknown, values: Values): string | undefined {
  return typeof value === 'string' ? decrypted(value, values['appDecryptKey'] ?? '') : undefined;
}

function differs(about: string, expected: string, received: unknown, name?: Bilingual): readonly Difference[] {
  return received === expected ? [] : [{ about, ...(name && { name }), expected, received: shown(received) }];
}
