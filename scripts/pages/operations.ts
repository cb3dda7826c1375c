/** The operations: address, fields, what is signed, response, and an example that the demo app can send. */
import demoApps from '../../fixtures/apps.json' with { type: 'json' };
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };
import { moduleOf } from '../../mock-server/carrier/engine/operations/operations.js';
import { operationView } from '../../mock-server/control-api/reference.js';
import { signedRequest } from '../../mock-server/control-api/signing/signed.js';
import { inBrackets, labelled } from '../../mock-server/lookup/entry.js';
import {
  type Joined,
  type RequestSigning,
  signingsOf,
  wireName,
} from '../../src/protocol/fields.js';
import { SECRET } from '../../src/protocol/operations/description.js';
import { OPERATIONS, type Operation, type OperationRow } from '../../src/protocol/operations.js';
import { DEFAULT_READINGS } from '../../src/protocol/readings.js';
import { isRsaKey, readPrivateKey } from '../../src/protocol/rsa-keys.js';
import { formatTimestamp } from '../../src/protocol/timestamp.js';
import {
  type Bilingual,
  joined as joinedTexts,
  type Language,
  LIST_COMMA,
} from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

const WORDS = {
  operation: { en: 'Operation', zh: '接口' },
  address: { en: 'Address', zh: '地址' },
  hosts: { en: 'Host', zh: '域名' },
  version: { en: 'Version', zh: '版本号' },
  basis: { en: 'Known from', zh: '来源' },
  request: { en: 'request', zh: '请求' },
  signed: { en: 'what is signed', zh: '签名内容' },
  response: { en: 'response', zh: '响应' },
  required: { en: 'yes', zh: '必填' },
  optional: { en: 'no', zh: '选填' },
  depends: { en: 'depends', zh: '视情况' },
} satisfies Readonly<Record<string, Bilingual>>;

const SOURCES: Readonly<Record<OperationRow['basis'], Bilingual>> = {
  documented: { en: "the carrier's document", zh: '官方文档' },
  observed: { en: 'public material', zh: '公开资料' },
};

const BASE = 'http://127.0.0.1:10086';

const PARTS: ReadonlyMap<string, (language: Language) => string> = new Map([
  ['', allParts],
  ['list', listTable],
  ['rsa', rsaTable],
]);

export function operations(language: Language, part: string): string {
  const write = PARTS.get(part);
  if (write === undefined) throw new Error(`no part ${part} of the operations`);
  return write(language);
}

function allParts(language: Language): string {
  return OPERATIONS.map((row) => operationPart(row, language)).join('\n');
}

/** Path, purpose and algorithms of each, for the README. */
function listTable(language: Language): string {
  return table(
    HEADS.list[language],
    OPERATIONS.map((row) => [
      code(row.operation),
      `\`POST ${row.path}\``,
      operationView(row, BASE).name[language],
      row.signings.map(({ algorithm }) => algorithm).join(LIST_COMMA[language]),
    ]),
  );
}

/** What is signed with RSA. */
function rsaTable(language: Language): string {
  const rows = OPERATIONS.flatMap(({ operation }) =>
    signingsOf(operation)
      .filter(({ key }) => key.by === 'rsa')
      .map((signing) => {
        const [, used, joined, algorithm, , encoding] = signingRow(operation, signing);
        return [same(code(operation)), used, joined, algorithm, encoding];
      }),
  );
  const [, used = '', joined = '', algorithm = '', , encoding = ''] = HEADS.signed[language];
  return table(
    [WORDS.operation[language], used, joined, algorithm, encoding],
    rows.map((cells) => cells.map((cell) => cell?.[language] ?? '')),
  );
}

function operationPart(row: OperationRow, language: Language): string {
  const { operation, path, version, hosts, basis } = row;
  const { name, requestFields, answerFields } = operationView(row, BASE);
  const facts = [
    labelled(WORDS.address, { en: `POST \`${path}\``, zh: `POST \`${path}\`` }),
    labelled(WORDS.hosts, list(hosts.map(code))),
    labelled(WORDS.version, list([code(version)])),
    labelled(WORDS.basis, SOURCES[basis]),
  ];
  return [
    `## ${operation}\n`,
    `${name[language]}\n`,
    `${facts.map((fact) => `- ${fact[language]}\n`).join('')}`,
    `### ${headingIn(WORDS.request, operation)[language]}\n`,
    table(
      HEADS.request[language],
      requestFields.map((field) => [
        code(field.name),
        placeOf(field.in)[language],
        requiredWords(field.required)[language],
        field.rule[language],
        field.meaning[language],
      ]),
    ),
    `### ${headingIn(WORDS.signed, operation)[language]}\n`,
    table(
      HEADS.signed[language],
      signingsOf(operation).map((signing) =>
        signingRow(operation, signing).map((cell) => cell[language]),
      ),
    ),
    ...signingsOf(operation).flatMap((signing) => exampleOf(row, signing, language)),
    `### ${headingIn(WORDS.response, operation)[language]}\n`,
    table(
      HEADS.response[language],
      answerFields.map((field) => [
        code(field.name),
        placeOf(field.in)[language],
        field.meaning[language],
      ]),
    ),
  ].join('\n');
}

const HEADS = {
  request: {
    en: ['Field', 'Where', 'Required', 'Value', 'Meaning'],
    zh: ['字段', '位置', '必填', '取值', '含义'],
  },
  signed: {
    en: ['Way', 'Used', 'String to sign', 'Algorithm', 'Key', 'Sent as'],
    zh: ['方式', '何时使用', '待签名字符串', '算法', '密钥', '编码'],
  },
  list: {
    en: ['Operation', 'Path', 'Purpose', 'Signature'],
    zh: ['接口', '路径', '用途', '签名方式'],
  },
  response: { en: ['Field', 'Where', 'Meaning'], zh: ['字段', '位置', '含义'] },
} satisfies Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>>;

function list(items: readonly string[]): Bilingual {
  return joinedTexts(items.map(same), LIST_COMMA);
}

function same(text: string): Bilingual {
  return { en: text, zh: text };
}

function headingIn(words: Bilingual, operation: Operation): Bilingual {
  return { en: `${operation}: ${words.en}`, zh: `${operation}：${words.zh}` };
}

function placeOf(location: string | null): Bilingual {
  if (location === null) return { en: 'JSON', zh: 'JSON' };
  if (location === 'httpHeader') return { en: 'HTTP header', zh: 'HTTP 请求头' };
  return same(code(location));
}

function requiredWords(required: boolean | 'depends'): Bilingual {
  if (required === 'depends') return WORDS.depends;
  return required ? WORDS.required : WORDS.optional;
}

function signingRow(operation: Operation, signing: RequestSigning): readonly Bilingual[] {
  const { name, algorithm, joined, key } = signing;
  return [
    same(code(name)),
    selection(operation, signing),
    joinedTexts(
      joined.map((one) => joinedName(operation, one, signing)),
      ' + ',
    ),
    same(algorithm),
    keyWords(key),
    key.by === 'rsa' ? same(key.encoding === 'hex' ? 'hex' : 'Base64') : UPPER_HEX,
  ];
}

const UPPER_HEX: Bilingual = { en: 'hex, upper case', zh: 'hex，字母大写' };

/** The fields that select each way. */
function selection(operation: Operation, { selectedBy }: RequestSigning): Bilingual {
  const others = signingsOf(operation).flatMap((one) => one.selectedBy ?? []);
  if (selectedBy !== undefined) {
    const pair = pairOf(operation, selectedBy);
    return { en: `with ${pair}`, zh: `${pair}` };
  }
  if (others.length === 0) return { en: 'always', zh: '总是' };
  const pairs = others.map((one) => pairOf(operation, one)).join(', ');
  return { en: `without ${pairs}`, zh: `没有 ${pairs} 时` };
}

function pairOf(
  operation: Operation,
  { property, value }: NonNullable<RequestSigning['selectedBy']>,
): string {
  return `\`"${wireName(operation, property)}":"${value}"\``;
}

function joinedName(operation: Operation, one: Joined, { key }: RequestSigning): Bilingual {
  if (one !== SECRET) return same(code(wireName(operation, one)));
  return key.by === 'rsa' ? same('') : secretWords(key.secret);
}

function keyWords(key: RequestSigning['key']): Bilingual {
  if (key.by === 'rsa') return { en: 'the private key of 应用公钥1', zh: '应用公钥1 对应的私钥' };
  if (key.by === 'digest') return { en: 'in the string', zh: '已在字符串里' };
  return secretWords(key.secret);
}

/** 验签方式 selects the secret at the portal. */
function secretWords(secret: 'chosen' | 'appKey' | 'appSecret'): Bilingual {
  if (secret !== 'chosen') return same(code(secret));
  return inBrackets(code('appSecret'), {
    en: 'or `appKey`, if 验签方式 at the portal says so',
    zh: '或 `appKey`，取决于开发者社区里的验签方式',
  });
}

const [DEMO] = demoApps;
const MSG_ID = '61a7a4d8d14d4f9b8a6e4b1f3d6c2a90';
const SENT_AT_MS = Date.UTC(2026, 10, 25, 1, 36, 19, 762);
const PHONE_NUMBER = '13800138000';

/** A way that encrypts phoneNum has no example: each encryption gives another text. */
function exampleOf(
  { operation, fields }: OperationRow,
  { name, key }: RequestSigning,
  language: Language,
): readonly string[] {
  const hidesNumber = fields.some(({ property }) => property === 'phoneNum');
  if (DEMO === undefined || (key.by === 'rsa' && hidesNumber)) return [];
  const privateKey = readPrivateKey(keys.demoAppSign.privateKey);
  if (!isRsaKey(privateKey)) throw new Error('the key of the demo app is none');
  const { tokens } = moduleOf(operation);
  const { stringToSign, headers, body } = signedRequest({
    operation,
    app: { settings: { ...DEMO, signSecret: 'appSecret', readings: DEFAULT_READINGS } },
    msgId: MSG_ID,
    sentAt: formatTimestamp(SENT_AT_MS),
    token: tokens.format(SENT_AT_MS, 'sample', (length) => '0'.repeat(length)),
    phoneNumber: PHONE_NUMBER,
    operator: 'mobile',
    rsa: key.by === 'rsa' ? { key: privateKey, platformKey: privateKey } : undefined,
    fields: { userInformation: tokens.userInformationOf?.(PHONE_NUMBER) },
  });
  const head = Object.entries(headers).map(([header, value]) => `${header}: ${value}\n`);
  const words = {
    en: `The demo app signs with \`${name}\`:`,
    zh: `演示应用按 \`${name}\` 签名：`,
  };
  return [
    `${words[language]}\n`,
    `\`\`\`\n${stringToSign}\n\`\`\`\n`,
    `\`\`\`${head.length === 0 ? 'json' : ''}\n${head.join('')}${JSON.stringify(body, undefined, 2)}\n\`\`\`\n`,
  ];
}
