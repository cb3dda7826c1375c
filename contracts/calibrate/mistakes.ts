/** Requests with one mistake each, or several. Their checks have the same names as in the mock. */
import type { Operation } from '../index.js';
import type { When } from '../kit/case.js';
import {
  add,
  type Mistake,
  type MistakeRow,
  remove,
  replace,
  text,
} from '../kit/operations/calibration.js';
import { FACTS, OPERATIONS, templateOf } from '../kit/operations.js';
import { nameIn } from '../kit/pointer.js';

export type { Mistake } from '../kit/operations/calibration.js';

function rowsOf(operation: Operation): readonly MistakeRow[] {
  const { fields, others } = FACTS[operation].calibration.mistakes;
  return [
    ...fields.map(([slot, path]) => missingField(slot, path)),
    ...fields.flatMap(([slot, path, wrong]) =>
      wrong === undefined ? [] : [malformedField(slot, path, wrong)],
    ),
    missingSign(operation),
    ...others.filter(({ slot }) => slot === 'token'),
    ...rowsBehindFields(operation),
    ...others.filter(({ slot }) => slot !== 'token'),
    ...usualRows(operation).map((row) => ({ ...row, isUsual: true as const })),
    ...rowsOfTransport(operation),
  ];
}

function missingField(slot: string, path: string): MistakeRow {
  const name = nameIn(path);
  return {
    check: `parametersValid/${slot}.missing`,
    name: [`${name} missing`, `缺少 ${name}`],
    slot,
    when: remove(path),
  };
}

function malformedField(slot: string, path: string, wrong: string): MistakeRow {
  const name = nameIn(path);
  return {
    check: `parametersValid/${slot}.value`,
    name: [`${name} malformed`, `${name} 取值错误`],
    slot,
    when: replace(path, wrong),
  };
}

function missingSign(operation: Operation): MistakeRow {
  return {
    check: 'parametersValid/sign.missing',
    name: ['sign missing', '缺少 sign'],
    slot: 'sign',
    when: { signed: [{ op: 'remove', path: FACTS[operation].request.sign }] },
  };
}

/** Unknown app, wrong signature, and the mistakes of the token. */
function rowsBehindFields(operation: Operation): readonly MistakeRow[] {
  const { request, sharesTokensWith, calibration } = FACTS[operation];
  const { digits, malformedToken } = calibration.mistakes;
  const zeros = '0'.repeat(digits);
  const otherToken: MistakeRow = {
    check: 'tokenOfThisCapability',
    name: ['token of the other operation', '另一个接口的 token'],
    slot: 'token',
    token: 'other operation',
  };
  return [
    {
      check: 'appKnown',
      name: ['unknown app', '应用不存在'],
      slot: 'appId',
      when: replace(request.appId, '300099999999'),
    },
    {
      check: 'signValid',
      name: ['wrong signature', '签名错误'],
      slot: 'sign',
      when: { signed: [{ op: 'replace', path: request.sign, value: zeros }] },
    },
    {
      check: 'tokenWellFormed',
      name: ['token malformed', 'token 格式错误'],
      ...text(malformedToken),
    },
    ...(sharesTokensWith === undefined ? [] : [otherToken]),
  ];
}

function rowsOfTransport(operation: Operation): readonly MistakeRow[] {
  return [
    {
      check: FACTS[operation].calibration.mistakes.checks.body,
      name: ['body not JSON', '请求体不是 JSON'],
      slot: 'body',
      when: { body: { text: '{' } },
    },
    // Last: a gateway can answer them itself.
    {
      check: 'urlRight/method',
      name: ['wrong method', '请求方法错误'],
      slot: 'method',
      when: { method: 'PUT' },
    },
    {
      check: 'urlRight/path',
      name: ['wrong path', '请求地址错误'],
      slot: 'path',
      when: { path: templateOf(operation).path.replace(/ate$/, '') },
    },
  ];
}

/** The mistakes that carriers can accept. */
function usualRows(operation: Operation): readonly MistakeRow[] {
  const { checks, paths } = FACTS[operation].calibration.mistakes;
  return [
    ...rowsOfTime(operation),
    ...rowsOfMsgId(operation),
    {
      check: 'parametersValid/unknownField',
      name: ['unknown field', '多传字段'],
      slot: 'unknown',
      when: add(paths.unknown, 'x'),
    },
    ...rowsOfValues(operation),
    {
      check: checks.type,
      name: ['another Content-Type', '其他 Content-Type'],
      slot: 'type',
      when: { headers: { 'content-type': 'text/plain' } },
    },
  ];
}

function rowsOfTime(operation: Operation): readonly MistakeRow[] {
  const { time } = FACTS[operation].request;
  const name = nameIn(time);
  return [
    {
      check: 'parametersValid/sentAt.date',
      name: [`${name} no date`, `${name} 不是日期`],
      slot: 'sentAt',
      when: add(time, '20261329120000123'),
    },
    {
      check: 'parametersValid/sentAt.window',
      name: [`${name} years ago`, `${name} 早了几年`],
      slot: 'sentAt',
      when: { timeOffset: '-4000d' },
    },
  ];
}

function rowsOfMsgId(operation: Operation): readonly MistakeRow[] {
  const { msgId } = FACTS[operation].request;
  const name = nameIn(msgId);
  return [
    {
      check: 'parametersValid/msgId.uuid',
      name: [`${name} no UUID`, `${name} 不是 UUID`],
      slot: 'msgId',
      // 33 characters, and another text in each request.
      when: add(msgId, 'x{msgId}'),
    },
    {
      check: 'parametersValid/msgId.replay',
      name: [`${name} repeated`, `${name} 重复`],
      slot: 'msgId',
      repeatsMsgId: true,
    },
  ];
}

function rowsOfValues(operation: Operation): readonly MistakeRow[] {
  const { fields, checks, paths } = FACTS[operation].calibration.mistakes;
  return [
    {
      check: `${checks.values}/null`,
      name: ['null in an optional field', '选填字段为 null'],
      slot: 'optional',
      when: add(paths.optional, null),
    },
    {
      check: `${checks.values}/number`,
      name: ['number instead of a String', '数字代替 String'],
      slot: fields.find(([, path]) => path === paths.number)?.[0] ?? paths.number,
      when: add(paths.number, 0),
    },
  ];
}

export const MISTAKES: readonly Mistake[] = OPERATIONS.flatMap((operation) =>
  rowsOf(operation)
    .filter(({ check }) => FACTS[operation].calibration.mistakes.without?.includes(check) !== true)
    .map(({ name: [en, zh], when = {}, ...row }) => ({
      ...row,
      operation,
      name: { en, zh },
      when,
    })),
);

/** The mistakes that fit in one request, the first of each slot. Only the URL and the headers fit with an unreadable body. */
export function fitting<M extends Mistake>(mistakes: readonly M[]): readonly M[] {
  const firsts = mistakes.filter(
    ({ slot }, at) => mistakes.findIndex((one) => one.slot === slot) === at,
  );
  return firsts.some(({ slot }) => slot === 'body')
    ? firsts.filter(({ slot }) => ['body', 'method', 'path', 'type'].includes(slot))
    : firsts;
}

/** The changes of all requests in one. */
export function mergedWhen(all: readonly { readonly when: When }[]): When {
  const changes = all.map(({ when }) => when);
  return {
    ...Object.assign({}, ...changes),
    fields: changes.flatMap(({ fields: patches = [] }) => patches),
    signed: changes.flatMap(({ signed = [] }) => signed),
    derived: Object.assign({}, ...changes.map(({ derived }) => derived)),
  };
}
