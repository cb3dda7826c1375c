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
    ...fields.map(([slot, path]) => emptyField(slot, path)),
    ...fields.flatMap(([slot, path, wrong]) =>
      wrong === undefined ? [] : [malformedField(slot, path, wrong)],
    ),
    ...missingSign(operation),
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

function emptyField(slot: string, path: string): MistakeRow {
  const name = nameIn(path);
  return {
    check: `parametersValid/${slot}.empty`,
    name: [`${name} empty`, `${name} 为空`],
    slot,
    when: replace(path, ''),
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

function missingSign(operation: Operation): readonly MistakeRow[] {
  const { sign: path } = FACTS[operation].request;
  return [
    {
      check: 'parametersValid/sign.missing',
      name: ['sign missing', '缺少 sign'],
      slot: 'sign',
      when: { signed: [{ op: 'remove', path }] },
    },
    {
      check: 'parametersValid/sign.empty',
      name: ['sign empty', 'sign 为空'],
      slot: 'sign',
      when: { signed: [{ op: 'replace', path, value: '' }] },
    },
  ];
}

/** Unknown app, wrong signature, and the mistakes of the token. */
function rowsBehindFields(operation: Operation): readonly MistakeRow[] {
  const { request, sharesTokensWith, calibration } = FACTS[operation];
  const { digits, malformedTokens } = calibration.mistakes;
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
    ...malformedTokens.map(([check, name, sent]) => ({ check, name, ...text(sent) })),
    ...(sharesTokensWith === undefined ? [] : [otherToken]),
  ];
}

/** What is sent as the body, and whether carriers can accept it. */
const BODIES = [
  ['json', ['body not JSON', '请求体不是 JSON'], '{'],
  ['object', ['body a JSON text', '请求体是 JSON 字符串'], '"text"'],
  ['list', ['body a JSON array', '请求体是 JSON 数组'], '[]'],
  ['null', ['body null', '请求体是 null'], 'null'],
  ['empty', ['body empty', '请求体为空'], ''],
] as const;

function rowsOfTransport(operation: Operation): readonly MistakeRow[] {
  return [
    ...BODIES.map(([part, name, sent]) => ({
      check: `bodyReadable/${part}`,
      name,
      slot: 'body',
      when: { body: { text: sent } },
    })),
    {
      check: 'bodyReadable/mark',
      name: ['byte order mark before the body', '请求体前有 BOM'],
      slot: 'mark',
      when: { body: { text: '\ufeff{json}' } },
      isUsual: true,
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

/** What JSON libraries write where a String belongs. */
const VALUES = [
  ['null', ['null', 'null'], null],
  ['number', ['number', '数字'], 0],
  ['boolean', ['boolean', '布尔值'], true],
  ['object', ['object', '对象'], { name: 'x' }],
  ['array', ['array', '数组'], ['x']],
] as const;

function rowsOfValues(operation: Operation): readonly MistakeRow[] {
  const { fields, checks, paths } = FACTS[operation].calibration.mistakes;
  const slotAt = (wanted: string) => fields.find(([, path]) => path === wanted)?.[0] ?? wanted;
  return VALUES.flatMap(([kind, [en, zh], sent]): readonly MistakeRow[] => {
    const isNull = sent === null;
    const required = isNull ? paths.version : paths.number;
    return [
      {
        check: `${checks.values}/optional.${kind}`,
        name: [`${en} in an optional field`, `选填字段为${isNull ? ' ' : ''}${zh}`],
        slot: 'optional',
        when: add(paths.optional, sent),
        isUsual: true,
      },
      {
        check: `${checks.values}/required.${kind}`,
        name: [`${en} in a required field`, `必填字段为${isNull ? ' ' : ''}${zh}`],
        slot: slotAt(required),
        when: add(required, sent),
        ...(isNull && { sameAs: `parametersValid/${slotAt(required)}.missing` }),
        ...(kind === 'number' && { isUsual: true }),
      },
    ];
  });
}

export const MISTAKES: readonly Mistake[] = OPERATIONS.flatMap((operation) =>
  rowsOf(operation)
    .filter(({ check }) => FACTS[operation].calibration.mistakes.without?.includes(check) !== true)
    .map(({ name: [en, zh], when = {}, ...row }) => ({
      ...coveredBy(operation, row.slot),
      ...row,
      operation,
      name: { en, zh },
      when,
    })),
);

function coveredBy(operation: Operation, slot: string): Pick<MistakeRow, 'covers'> {
  const { fields } = FACTS[operation].calibration.mistakes;
  const covers = fields.find(([property]) => property === slot)?.[3];
  return covers === undefined ? {} : { covers };
}

/** The slots of the URL, the headers and the body as a whole. */
export const OUTSIDE_FIELDS: readonly string[] = ['body', 'method', 'path', 'type'];

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
