/** loginTokenValidate, as the kit reads the document, 1.2 and 1.3. */
import data from '../../requests/login-token-validate.json' with { type: 'json' };
import { malformedTokens, remove, text } from './calibration.js';
import type { OperationFacts } from './facts.js';

const UNKNOWN_TOKEN = `STsid0000001111111111111${'A'.repeat(32)}`;

export const LOGIN_FACTS: OperationFacts = {
  basis: 'documented',
  host: 'www.cmpassport.com',
  requests: data.requests,
  request: {
    msgId: '/msgid',
    time: '/systemtime',
    appId: '/appid',
    token: '/token',
    sign: '/sign',
  },
  response: {
    resultCode: '/resultCode',
    text: '/desc',
    echo: '/inresponseto',
    time: '/systemtime',
    taskId: '/taskId',
    phoneNumber: '/msisdn',
  },
  signing: [
    { signing: 'md5', key: 'appSecret', ignores: 'case' },
    {
      signing: 'rsa',
      key: 'appSignKey',
      selector: { at: '/encryptionalgorithm', text: 'RSA' },
      ignores: 'case',
    },
  ],
  credentials: ['appId', 'appSecret'],
  tokenCode: '104201',
  unknownToken: UNKNOWN_TOKEN,
  sharesTokensWith: 'tokenValidate',
  calibration: {
    controls: {
      goodWhen: {},
      otherTokenCodes: ['103113'],
      success: { case: 'loginTokenValidate/103000/md5', code: '103000' },
      bad: [
        { code: '103101', case: 'loginTokenValidate/precedence/sign-before-unknown-token' },
        { code: '103412', case: 'loginTokenValidate/103412/not-json' },
        { code: '103211', case: 'loginTokenValidate/103211/strictcheck-boolean' },
        { code: '103414', case: 'loginTokenValidate/103414/systemtime-16' },
      ],
    },
    mistakes: {
      fields: [
        ['version', '/version', '9.9'],
        ['msgId', '/msgid', '{msgId}-too-long'],
        ['sentAt', '/systemtime', '2026112912000012'],
        ['strictCheck', '/strictcheck', '7'],
        ['appId', '/appid'],
      ],
      checks: {
        type: 'valuesAreStrings/contentType',
        values: 'valuesAreStrings',
      },
      paths: {
        version: '/version',
        number: '/strictcheck',
        optional: '/expandparams',
        unknown: '/channel',
      },
      others: [
        {
          check: 'tokenPresent/missing',
          name: ['token missing', '缺少 token'],
          ...text(''),
          when: remove('/token'),
        },
        { check: 'tokenPresent/empty', name: ['token empty', 'token 为空'], ...text('') },
      ],
      digits: 32,
      malformedTokens: malformedTokens(UNKNOWN_TOKEN),
    },
  },
};
