/** Requests with one mistake each, or several. Their checks have the same names as in the mock. */
import type { Operation } from '../index.js';
import type { When } from '../kit/case.js';
import { add, type Mistake, type MistakeRow, remove, replace, text } from '../kit/operations/calibration.js';
import { FACTS, OPERATIONS, templateOf } from '../kit/operations.js';

export type { Mistake } from '../kit/operations/calibration.js';

function rowsOf(operation: Operation): readonly MistakeRow[] {
  const { fields, checks, others, digits, malformedToken } = FACTS[operation].calibration.mistakes;
  const { request, sharesTokensWith } = FACTS[operation];
  const { sign, appId } = request;
  const zeros = '0'.repeat(digits);
  const wrongPath = templateOf(operation).path.replace(/ate$/, '');
  const otherToken: MistakeRow = {
    check: 'tokenOfThisCapability',
    name: ['token of the other operation', '另一个接口的 token'],
    slot: 'token',
    token: 'other operation',
  };
  return [
    ...fields.map(([slot, path]) => {
      const [name, check] = [nameIn(path), `parametersValid/${slot}.missing`];
      return { check, name: [`${name} missing`, `缺少 ${name}`], slot, when: remove(path) } as const;
    }),
    ...fields.flatMap(([slot, path, wrong]) => {
      const [name, check] = [nameIn(path), `parametersValid/${slot}.value`];
      const words = [`${name} malformed`, `${name} 取值错误`] as const;
      return wrong === undefined ? [] : [{ check, name: words, slot, when: replace(path, wrong) }];
    }),
    {
      check: 'parametersValid/sign.missing',
      name: ['sign missing', '缺少 sign'],
      slot: 'sign',
      when: { signed: [{ op: 'remove', path: sign }] },
    },
    ...others.filter(({ slot }) => slot === 'token'),
    { check: 'appKnown', name: ['unknown app', '应用不存在'], slot: 'appId', when: replace(appId, '300099999999') },
    {
      check: 'signValid',
      name: ['wrong signature', '签名错误'],
      slot: 'sign',
      when: { signed: [{ op: 'replace', path: sign, value: zeros }] },
    },
    { check: 'tokenWellFormed', name: ['token malformed', 'token 格式错误'], ...text(malformedToken) },
    ...(sharesTokensWith === undefined ? [] : [otherToken]),
    ...others.filter(({ slot }) => slot !== 'token'),
    ...usualRows(operation).map((row) => ({ ...row, isUsual: true as const })),
    { check: checks.body, name: ['body not JSON', '请求体不是 JSON'], slot: 'body', when: { body: { text: '{' } } },
    // Last: a gateway can answer them itself.
    { check: 'urlRight/method', name: ['wrong method', '请求方法错误'], slot: 'method', when: { method: 'PUT' } },
    { check: 'urlRight/path', name: ['wrong path', '请求地址错误'], slot: 'path', when: { path: wrongPath } },
  ];
}

/** The mistakes that carriers can accept. */
function usualRows(operation: Operation): readonly MistakeRow[] {
  const { fields, checks, paths } = FACTS[operation].calibration.mistakes;
  const { msgId, time } = FACTS[operation].request;
  const [timeName, idName] = [nameIn(time), nameIn(msgId)];
  const sentAt = (part: string, en: string, zh: string, when: When): MistakeRow => ({
    check: `parametersValid/sentAt.${part}`,
    name: [`${timeName} ${en}`, `${timeName} ${zh}`],
    slot: 'sentAt',
    when,
  });
  return [
    sentAt('date', 'no date', '不是日期', add(time, '20261329120000123')),
    sentAt('window', 'years ago', '早了几年', { timeOffset: '-4000d' }),
    {
      check: 'parametersValid/msgId.uuid',
      name: [`${idName} no UUID`, `${idName} 不是 UUID`],
      slot: 'msgId',
      // 33 characters, and another text in each request.
      when: add(msgId, 'x{msgId}'),
    },
    {
      check: 'parametersValid/msgId.replay',
      name: [`${idName} repeated`, `${idName} 重复`],
      slot: 'msgId',
      repeatsMsgId: true,
    },
    {
      check: 'parametersValid/unknownField',
      name: ['unknown field', '多传字段'],
      slot: 'unknown',
      when: add(paths.unknown, 'x'),
    },
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
    {
      check: checks.type,
      name: ['another Content-Type', '其他 Content-Type'],
      slot: 'type',
      when: { headers: { 'content-type': 'text/plain' } },
    },
  ];
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export const MISTAKES: readonly Mistake[] = OPERATIONS.flatMap((operation) =>
  rowsOf(operation)
    .filter(({ check }) => FACTS[operation].calibration.mistakes.without?.includes(check) !== true)
    .map(({ name: [en, zh], when = {}, ...row }) => ({ ...row, operation, name: { en, zh }, when })),
);

/** The mistakes that fit in one request, the first of each slot. Only the URL and the headers fit with an unreadable body. */
export function fitting<M extends Mistake>(mistakes: readonly M[]): readonly M[] {
  const firsts = mistakes.filter(({ slot }, at) => mistakes.findIndex((one) => one.slot === slot) === at);
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
