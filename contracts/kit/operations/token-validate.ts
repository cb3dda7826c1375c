/** tokenValidate, as the kit reads the document, 2.3 and 2.4. */
import data from '../../requests/token-validate.json' with { type: 'json' };
import {
  add,
  EXPAND_PARAMS,
  MESSAGE,
  type MistakeRow,
  malformedTokens,
  phoneNum,
  remove,
  replace,
  text,
} from './calibration.js';
import type { OperationFacts } from './facts.js';

const UNKNOWN_TOKEN = `STsid0000001111111111111${'A'.repeat(32)}`;

const SIGNED_WITHOUT_PHONE_NUM = [
  '/header/appId',
  '/header/msgId',
  '/header/timestamp',
  '/body/token',
  '/header/version',
];

/** Without the objects that hold the fields, or with a text instead of one. */
const ENVELOPE_ROWS = [
  {
    check: 'parametersValid/envelope.header',
    name: ['header missing', '缺少 header'],
    slot: 'header',
    when: { signed: [{ op: 'remove', path: '/header' }] },
    covers: ['/header'],
  },
  {
    check: 'parametersValid/envelope.body',
    name: ['body missing', '缺少 body'],
    slot: 'bodyObject',
    when: { signed: [{ op: 'remove', path: '/body' }] },
    covers: ['/body'],
  },
  {
    check: 'parametersValid/envelope.flat',
    name: ['header and body missing', '没有 header 和 body'],
    slot: 'header',
    when: { signed: (['/header', '/body'] as const).map((path) => ({ op: 'remove', path })) },
    covers: ['/header', '/body'],
  },
  {
    check: 'parametersValid/envelope.header.object',
    name: ['header a text', 'header 是字符串'],
    slot: 'header',
    when: { signed: [{ op: 'replace', path: '/header', value: 'x' }] },
    covers: ['/header'],
  },
  {
    check: 'parametersValid/envelope.body.object',
    name: ['body a text', 'body 是字符串'],
    slot: 'bodyObject',
    when: { signed: [{ op: 'replace', path: '/body', value: 'x' }] },
    covers: ['/body'],
  },
] as const satisfies readonly MistakeRow[];

export const VERIFY_FACTS: OperationFacts = {
  basis: 'documented',
  host: 'www.cmpassport.com',
  requests: data.requests,
  request: {
    msgId: '/header/msgId',
    time: '/header/timestamp',
    appId: '/header/appId',
    token: '/body/token',
    sign: '/body/sign',
    phoneNum: '/body/phoneNum',
  },
  response: {
    resultCode: '/header/resultCode',
    text: '/body/resultDesc',
    echo: '/header/msgId',
    time: '/header/timestamp',
    taskId: '/body/taskId',
  },
  signing: [
    { signing: 'hmac', key: 'appKey' },
    {
      signing: 'rsa',
      key: 'appSignKey',
      selector: { at: '/body/keyType', text: '1' },
      ignores: 'white space',
    },
  ],
  credentials: ['appId', 'appKey'],
  tokenCode: '606',
  unknownToken: UNKNOWN_TOKEN,
  sharesTokensWith: 'loginTokenValidate',
  calibration: {
    controls: {
      goodWhen: {
        fields: [
          { op: 'add', path: '/body/message', value: MESSAGE },
          { op: 'add', path: '/body/expandParams', value: EXPAND_PARAMS },
        ],
      },
      otherTokenCodes: [],
      success: { case: 'tokenValidate/000/plain', code: '000' },
      bad: [
        { code: '302', case: 'tokenValidate/302/other-sign' },
        { code: '004', case: 'tokenValidate/precedence/phone-num-and-unknown-token' },
        { code: '303', case: 'tokenValidate/303/not-json' },
        { code: '102', case: 'tokenValidate/102/timestamp-16-digits' },
      ],
    },
    mistakes: {
      fields: [
        ['version', '/header/version', '9.9.9'],
        ['msgId', '/header/msgId', '{msgId}-too-long'],
        ['sentAt', '/header/timestamp', '2026112912000012'],
        ['appId', '/header/appId'],
        ['openType', '/body/openType', '7'],
        ['requesterType', '/body/requesterType', '7', ['/body/openType']],
      ],
      checks: {
        type: 'bodyReadable/contentType',
        values: 'parametersValid',
      },
      paths: {
        version: '/header/version',
        number: '/body/requesterType',
        optional: '/body/expandParams',
        unknown: '/body/channel',
      },
      others: [
        ...ENVELOPE_ROWS,
        {
          check: 'parametersValid/token.missing',
          name: ['token missing', '缺少 token'],
          ...text(''),
          when: remove('/body/token'),
        },
        {
          check: 'parametersValid/token.empty',
          name: ['token empty', 'token 为空'],
          ...text(''),
        },
        {
          check: 'parametersValid/phoneNum.missing',
          name: ['phoneNum missing', '缺少 phoneNum'],
          slot: 'phoneNum',
          when: {
            derived: { '/body/sign': { parts: SIGNED_WITHOUT_PHONE_NUM } },
            signed: [{ op: 'remove', path: '/body/phoneNum' }],
          },
        },
        {
          check: 'parametersValid/phoneNum.empty',
          name: ['phoneNum empty', 'phoneNum 为空'],
          slot: 'phoneNum',
          when: phoneNum(),
        },
        {
          check: 'phoneNumReadable',
          name: ['phoneNum malformed', 'phoneNum 格式错误'],
          slot: 'phoneNum',
          when: phoneNum('zz'),
        },
        {
          check: 'parametersValid/message.encoding',
          name: ['message not URL-encoded', 'message 没有做 urlencode'],
          slot: 'message',
          when: add('/body/message', 'a b&c'),
          isUsual: true,
        },
        {
          check: 'parametersValid/keyType',
          name: ['keyType a number', 'keyType 是数字'],
          slot: 'keyType',
          when: replace('/body/keyType', 0),
          isUsual: true,
        },
      ],
      digits: 64,
      malformedTokens: malformedTokens(UNKNOWN_TOKEN),
    },
  },
};
