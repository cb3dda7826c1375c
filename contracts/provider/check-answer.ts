/** Compares a response with the expectations of a case. */

import type { Bilingual, Words } from '../../src/text/bilingual.js';
import { type Operation, RESULT_CODES } from '../index.js';
import { type Case, codesOf } from '../kit/case.js';
import { answerFields } from '../kit/documents.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { filled, nameIn, nullsIn, valueAt, without, withValue } from '../kit/pointer.js';
import {
  ABSENT,
  type Clause,
  type Difference,
  EFFECTS,
  matching,
  PRESENT,
  shown,
  weaker,
} from '../kit/result.js';
import { fieldClause, schemaProblems } from '../kit/schemas.js';
import type { MadeCall } from '../kit/send-case.js';
import { decrypted, decryptedByAppKey, type Padding } from '../kit/sign.js';
import { beijingTimeToMs, durationToMs } from '../kit/time.js';
import {
  differs,
  fieldAt,
  isSamePlace,
  named,
  type Place,
  partOfField,
  ruleOfField,
} from './places.js';
import {
  CHARSET_CLAUSE,
  FRESH_CLAUSE,
  JSON_CLAUSE,
  NULL_CLAUSE,
  SERVER_CLAUSE,
  STATUS_CLAUSE,
} from './response-clauses.js';

export interface AnsweredCall extends MadeCall {
  readonly operation: Operation;
  readonly testCase: Case;
  /** The response to the previous call. */
  readonly answerBefore: unknown;
  /** Whether only the first of several codes, our interpretation, is correct. */
  readonly firstOnly: boolean;
}

interface Parsed extends AnsweredCall, Pick<Case, 'then'> {
  /** The pointers to its members that are null although the schema has another type. */
  readonly nulls: readonly string[];
  /** Without these members. */
  readonly json: unknown;
}

const CHARSET: Place = named('charset', { en: 'charset', zh: '字符集' });
const HTTP_STATUS: Place = named('http-status', { en: 'HTTP status', zh: 'HTTP 状态码' });
const BODY: Bilingual = { en: 'body', zh: '报文' };
const RESULT_IN_JSON: Bilingual = { en: 'JSON with a resultCode', zh: '带 resultCode 的 JSON' };
const FRESH: Bilingual = { en: 'different from the previous response', zh: '与上一次响应不同' };

export function answerDifferences(answered: AnsweredCall): readonly Difference[] {
  const { operation, answer, testCase } = answered;
  const { then } = testCase;
  const json = answerFields(operation, answer);
  const hasCode = valueAt(json, FACTS[operation].response.resultCode) !== undefined;
  const differences = hasCode
    ? [
        ...differs(
          HTTP_STATUS,
          String(then.httpStatus ?? 200),
          String(answer.status),
          STATUS_CLAUSE,
        ),
        ...differs(CHARSET, 'UTF-8', answer.charset ?? 'UTF-8', CHARSET_CLAUSE),
        ...fieldDifferences(answered, json),
      ]
    : [withoutCode(answered, json)];
  // The document describes no response at another address, so there is only the evidence of the case.
  return then.decidedBy === 'urlRight'
    ? differences.map(({ clause: _, ...difference }) => difference)
    : differences;
}

/** A response that is none of the protocol does not meet one expectation, whatever else it lacks. */
function withoutCode(answered: AnsweredCall, json: unknown): Difference {
  const { operation, answer, testCase, firstOnly } = answered;
  const codes = codesOf(testCase.then);
  const isError = answer.status >= CLIENT_ERROR;
  const isRefusal = codes.every((code) => rowOfCode(operation, code)?.charged !== true);
  const body = { expected: RESULT_IN_JSON, received: shown(answer.body) };
  // An HTTP server, gateway or framework refused the request instead of the carrier.
  if (isRefusal && isError) return { ...named('page', BODY), ...body, clause: SERVER_CLAUSE };
  if (json === undefined) {
    const clause = isError ? weaker(testCase, JSON_CLAUSE) : JSON_CLAUSE;
    return { ...named('json', BODY), ...body, clause };
  }
  const expected = codeText(codes, firstOnly);
  return { rule: 'code', at: 'resultCode', expected, received: shown(undefined) };
}

function fieldDifferences(answered: AnsweredCall, received: unknown): readonly Difference[] {
  const { operation, testCase } = answered;
  const { then } = testCase;
  const nulls = nullsOfSchema(operation, received);
  const parsed: Parsed = { ...answered, then, nulls, json: without(received, nulls) };
  const checks = isExpected(answered) ? [...CHECKS, ...CHECKS_OF_CODE] : CHECKS;
  const differences = checks.flatMap((check) => check(parsed));
  // Several expectations about one field are one difference.
  return differences.filter(
    (one, index) => differences.findIndex((first) => isSamePlace(first, one)) === index,
  );
}

const CLIENT_ERROR = 400;

/** Whether the response has the first code of the case. The other expectations belong to this code. */
export function isExpected({
  operation,
  testCase,
  answer,
}: Pick<AnsweredCall, 'operation' | 'testCase' | 'answer'>): boolean {
  return resultCodeIn(operation, answerFields(operation, answer)) === codesOf(testCase.then)[0];
}

type Check = (parsed: Parsed) => readonly Difference[];

const CHECKS: readonly Check[] = [checkCode, checkSchema, checkNulls, checkEcho];

const CHECKS_OF_CODE: readonly Check[] = [
  checkRule,
  (parsed) => (parsed.then.present ?? []).flatMap((at) => presence(parsed, at, true)),
  (parsed) => (parsed.then.absent ?? []).flatMap((at) => presence(parsed, at, false)),
  (parsed) =>
    Object.entries(parsed.then.equal ?? {}).flatMap(([at, text]) => {
      const expected = filled(text, parsed.values);
      const place = fieldAt(ruleOfField(parsed.operation, at, 'echoed-field'), at);
      // The number is the result of the case, whatever its form.
      const clause = place.rule === 'number' ? undefined : clauseAt(parsed, at);
      return differs(place, expected, valueAt(parsed.json, at), clause);
    }),
  (parsed) =>
    Object.entries(parsed.then.decrypted ?? {}).flatMap(([at, text]) =>
      encryption(parsed, at, text),
    ),
  (parsed) => (parsed.then.differs ?? []).flatMap((at) => freshness(parsed, at)),
  checkTime,
  checkBody,
];

function checkCode({ operation, testCase, then, json, firstOnly }: Parsed): readonly Difference[] {
  const codes = codesOf(then);
  const accepted = firstOnly ? codes.slice(0, 1) : codes;
  const received = valueAt(json, FACTS[operation].response.resultCode);
  // A code as a number is the right result in a wrong form, which the schema reports.
  if (accepted.includes(String(received))) return [];
  const expected = codeText(codes, firstOnly);
  const areRefusals = [...codes, received].every(
    (code) => rowOfCode(operation, code)?.charged === false,
  );
  const rule = areRefusals && testCase.level !== 'MUST' ? 'refusal-code' : 'code';
  return [{ rule, at: 'resultCode', expected, received: shown(received) }];
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
  return differs(named('decided-by', EFFECTS.decidedBy), then.decidedBy, ruleApplied);
}

/** Whether the code is the expected one is compared separately, also for a code that the document does not list. */
function checkSchema({ operation, request, json }: Parsed): readonly Difference[] {
  const { resultCode, echo } = FACTS[operation].response;
  const isEchoed = readableMsgId(operation, request.sent) !== undefined;
  return problemsOf(operation, json)
    .filter(({ at, keyword }) => !(keyword === 'enum' && at === resultCode))
    .filter(({ at }) => isEchoed || at !== echo)
    .map(({ at, keyword, expected, clause }) => ({
      rule: isOfResult(keyword, valueAt(json, at))
        ? ruleOfField(operation, at, 'schema')
        : 'schema',
      at,
      ...(at !== '/' && { field: nameIn(at) }),
      expected,
      received: shown(valueAt(json, at)),
      clause: keyword === 'not' && valueAt(json, at) === '' ? weaker(clause, NULL_CLAUSE) : clause,
    }));
}

/** A code as a number selects the same part of the schema as its text. */
function problemsOf(operation: Operation, json: unknown): ReturnType<typeof schemaProblems> {
  const { resultCode: at } = FACTS[operation].response;
  const code = valueAt(json, at);
  const problems = schemaProblems(operation, 'Response', json);
  if (typeof code !== 'number') return problems;
  const asText = schemaProblems(operation, 'Response', withValue(json, at, String(code)));
  return [...problems.filter((problem) => problem.at === at), ...asText];
}

/** A number or an accessToken that the result does not have is more than a form. */
function isOfResult(keyword: string, value: unknown): boolean {
  return keyword === 'not' && value !== '';
}

function nullsOfSchema(operation: Operation, json: unknown): readonly string[] {
  const wrong = schemaProblems(operation, 'Response', json).map(({ at }) => at);
  return nullsIn(json).filter((at) => wrong.includes(at));
}

/** That a required field is null is reported as missing. */
function checkNulls({ operation, nulls, json }: Parsed): readonly Difference[] {
  const missing = schemaProblems(operation, 'Response', json).map(({ at }) => at);
  return nulls
    .filter((at) => !missing.includes(at))
    .map((at) => ({
      ...fieldAt('null', at),
      expected: ABSENT,
      received: 'null',
      clause: NULL_CLAUSE,
    }));
}

function checkEcho(parsed: Parsed): readonly Difference[] {
  const { operation, request, json, then } = parsed;
  const { echo } = FACTS[operation].response;
  const msgId = readableMsgId(operation, request.sent);
  if (msgId === undefined) return [];
  const received = valueAt(json, echo);
  // A case about unusual characters has its own evidence. So has a request that a carrier refuses before it reads the fields.
  const isOwn = then.equal?.[echo] !== undefined || received === undefined || received === '';
  const clause = isOwn ? clauseAt(parsed, echo) : fieldClause(operation, echo);
  return differs(fieldAt('msgid', echo), msgId, received, clause);
}

function presence(parsed: Parsed, at: string, isPresent: boolean): readonly Difference[] {
  const value = valueAt(parsed.json, at);
  if ((value !== undefined) === isPresent) return [];
  const form = isPresent ? 'present' : 'absent';
  const place = fieldAt(value === '' ? form : ruleOfField(parsed.operation, at, form), at);
  const expected = isPresent ? PRESENT : ABSENT;
  const own = clauseAt(parsed, at);
  const clause = value === '' ? weaker(own, NULL_CLAUSE) : own;
  return [{ ...place, expected, received: shown(value), clause }];
}

function freshness({ testCase, json, answerBefore }: Parsed, at: string): readonly Difference[] {
  const value = valueAt(json, at);
  if (value !== undefined && value !== valueAt(answerBefore, at)) return [];
  const clause = weaker(testCase, FRESH_CLAUSE);
  return [{ ...fieldAt('fresh', at), expected: FRESH, received: shown(value), clause }];
}

function checkTime({ operation, then, json, nowMs }: Parsed): readonly Difference[] {
  if (then.timeWithin === undefined) return [];
  const at = FACTS[operation].response.time;
  const ms = beijingTimeToMs(valueAt(json, at));
  if (ms !== undefined && Math.abs(ms - nowMs) <= durationToMs(then.timeWithin)) return [];
  const en = `the current time in Beijing, within ${then.timeWithin}`;
  const zh = `当前的北京时间，相差不超过 ${then.timeWithin}`;
  return [{ ...fieldAt('time', at), expected: { en, zh }, received: shown(valueAt(json, at)) }];
}

function checkBody({ then, answer }: Parsed): readonly Difference[] {
  if (then.bodyMatches === undefined || new RegExp(then.bodyMatches).test(answer.body)) return [];
  return [
    { ...named('text', BODY), expected: matching(then.bodyMatches), received: shown(answer.body) },
  ];
}

/** The document requires a ciphertext for the key, and states no padding. */
function encryption(parsed: Parsed, at: string, text: string): readonly Difference[] {
  const { json, values, operation } = parsed;
  const value = valueAt(json, at);
  const expected = filled(text, values);
  const found = decryptedValue(parsed, String(value));
  if (found?.text !== expected) {
    const content = partOfField('decrypted', at, { en: 'decrypted', zh: '解密后' });
    return [{ ...content, expected, received: shown(found?.text ?? value) }];
  }
  if (found.padding === undefined) return [];
  const padding = partOfField('padding', at, { en: 'padding', zh: '的填充方式' });
  return differs(padding, 'PKCS#1 v1.5', found.padding, fieldClause(operation, at));
}

/** Undefined if it is not a ciphertext for the key of the operation. */
function decryptedValue(
  { operation, values }: Parsed,
  ciphertext: string,
): { readonly text: string | undefined; readonly padding?: Padding } | undefined {
  return FACTS[operation].response.encryptedBy === 'appKey'
    ? { text: decryptedByAppKey(ciphertext, values['appKey'] ?? '') }
    : decrypted(ciphertext, values['appDecryptKey'] ?? '');
}

export function rowOfCode(operation: Operation, code: unknown) {
  return RESULT_CODES.find((row) => row.operation === operation && row.resultCode === code);
}
