/** Mistakes in the values of any field, and in version. The document, 1.2 and 2.3: "参数类型都是String". */

import { wireName } from '../../../src/protocol/fields.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { shownJson } from '../../../src/text/shown-json.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { type SentField, sentFields } from '../fields.js';
import type { Evidence, FindingRow, Text } from '../finding.js';
import { explainedOperation } from '../operations/operations.js';
import type { Subject } from '../subject.js';

/** Fields that the carrier compares as they were sent, without a format of their own. */
const COMPARED = ['appId', 'token', 'sign'] as const;

export const VALUE_FINDINGS: readonly FindingRow[] = [
  {
    id: 'value.not-a-string',
    inLog: ['kind'],
    explains: ['valuesAreStrings', 'parametersValid'],
    title: { en: 'A value is not a String', zh: '字段值不是 String' },
    detail: {
      en: '"{field}" is a JSON {kind}: {received}. Every parameter is a String. Put the value in double quotes; omit an optional field instead of sending null.',
      zh: '“{field}”的值是 JSON {kind}：{received}。参数类型都是 String，值要加双引号；选填字段不需要就不传，不要传 null。',
    },
    detect: notStrings,
  },
  {
    id: 'value.white-space',
    explains: ['appKnown', 'signValid', 'tokenWellFormed', 'tokenKnown'],
    title: { en: 'A value has white space around it', zh: '字段值前后带有空白字符' },
    detail: {
      en: '"{field}" begins or ends with white space: "{received}". The carrier compares every character. Remove the white space before you sign and send.',
      zh: '“{field}”的值前后带有空白字符：“{received}”。移动认证平台逐字比对，请在签名和发送之前去掉。',
    },
    detect: valuesWithWhiteSpace,
  },
  {
    id: 'version.wrong',
    inLog: ['expected'],
    explains: ['parametersValid'],
    title: { en: 'The version is wrong', zh: 'version 填错了' },
    detail: {
      en: 'version was "{received}". This operation takes exactly "{expected}": loginTokenValidate takes 2.0, tokenValidate takes 1.0.',
      zh: 'version 的值是“{received}”，这个接口只接受“{expected}”：loginTokenValidate 填 2.0，tokenValidate 填 1.0。',
    },
    detect: ({ request: { version = '' }, exchange: { row } }) =>
      version === '' || version === row.version ? [] : [{ field: 'version', received: version, expected: row.version }],
  },
];

function notStrings(subject: Subject): readonly Evidence[] {
  return sentFields(subject)
    .filter(({ kind, value }) => kind === 'String' && value !== undefined && typeof value !== 'string')
    .map((field) => ({
      field: field.name,
      received: asSent(subject.exchange.body, field.name, field.value),
      expected: 'String',
      kind: kindOf(field.value),
      ...acceptedBy(field, subject),
    }));
}

/** The interpretation that accepts the value here, although the document allows only Strings. */
function acceptedBy({ name, value, isRequired }: SentField, { state }: Subject): Pick<Evidence, 'acceptedBy'> {
  const { 'json-numbers': numbers, 'json-null': nulls } = readingsOf(state);
  if (value === null) return nulls === 'absent' && !isRequired ? { acceptedBy: 'json-null' } : {};
  const isAccepted = typeof value === 'number' && (numbers === 'any' || (numbers === 'keyType' && name === 'keyType'));
  return isAccepted ? { acceptedBy: 'json-numbers' } : {};
}

const NUMBER_KIND: Bilingual = { en: 'number', zh: '数字' };
const BOOLEAN_KIND: Bilingual = { en: 'boolean', zh: '布尔值' };
const OBJECT_KIND: Bilingual = { en: 'object', zh: '对象' };
const ARRAY_KIND: Bilingual = { en: 'array', zh: '数组' };

function kindOf(value: unknown): Text {
  if (value === null) return 'null';
  if (Array.isArray(value)) return ARRAY_KIND;
  if (typeof value === 'object') return OBJECT_KIND;
  return typeof value === 'number' ? NUMBER_KIND : BOOLEAN_KIND;
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;

/** The digits of a number in the body: 17 digits do not fit into a JavaScript number. */
function asSent(body: string, name: string, value: unknown): string {
  if (typeof value !== 'number') return shownJson(value);
  const written = [...body.matchAll(new RegExp(`"${name}"\\s*:\\s*(${NUMBER})`, 'g'))].map(([, text = '']) => text);
  return written.find((text) => Number(text) === value) ?? JSON.stringify(value);
}

function valuesWithWhiteSpace(subject: Subject): readonly Evidence[] {
  const compared: readonly string[] = COMPARED.map((field) => wireName(subject.request.operation, field));
  return sentFields(subject).flatMap(({ name, text = '' }) => {
    const expected = text.trim();
    if (!compared.includes(name) || text === expected || isBase64Sign(name, subject)) return [];
    return [{ field: name, received: text, expected }];
  });
}

/** White space in Base64 is ignored, because some encoders wrap lines. */
function isBase64Sign(name: string, { request, state }: Subject): boolean {
  const operation = explainedOperation(request.operation);
  return name === 'sign' && operation.usesRsa(request) && operation.rsaEncoding(readingsOf(state)) === 'base64';
}
