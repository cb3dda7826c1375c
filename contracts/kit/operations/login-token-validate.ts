/** loginTokenValidate, as the kit reads the document, 1.2 and 1.3, and its files. */
import login103000 from '../../cases/login-token-validate/103000.json' with { type: 'json' };
import login103101 from '../../cases/login-token-validate/103101.json' with { type: 'json' };
import login103113 from '../../cases/login-token-validate/103113.json' with { type: 'json' };
import login103119 from '../../cases/login-token-validate/103119.json' with { type: 'json' };
import login103133 from '../../cases/login-token-validate/103133.json' with { type: 'json' };
import login103211 from '../../cases/login-token-validate/103211.json' with { type: 'json' };
import login103412 from '../../cases/login-token-validate/103412.json' with { type: 'json' };
import login103414 from '../../cases/login-token-validate/103414.json' with { type: 'json' };
import login103511 from '../../cases/login-token-validate/103511.json' with { type: 'json' };
import login103811 from '../../cases/login-token-validate/103811.json' with { type: 'json' };
import login104201 from '../../cases/login-token-validate/104201.json' with { type: 'json' };
import login105018 from '../../cases/login-token-validate/105018.json' with { type: 'json' };
import login105019 from '../../cases/login-token-validate/105019.json' with { type: 'json' };
import login105312 from '../../cases/login-token-validate/105312.json' with { type: 'json' };
import login105313 from '../../cases/login-token-validate/105313.json' with { type: 'json' };
import loginPrecedence from '../../cases/login-token-validate/precedence.json' with { type: 'json' };
import scenarios from '../../scenarios/login-token-validate.json' with { type: 'json' };
import { remove, text } from './calibration.js';
import type { OperationFacts, OperationFiles } from './facts.js';

export const LOGIN_FACTS: OperationFacts = {
  basis: 'documented',
  request: { msgId: '/msgid', time: '/systemtime', appId: '/appid', token: '/token', sign: '/sign' },
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
  unknownToken: `STsid0000001111111111111${'A'.repeat(32)}`,
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
      checks: { body: 'bodyReadable', type: 'valuesAreStrings/contentType', values: 'valuesAreStrings' },
      paths: { number: '/strictcheck', optional: '/expandparams', unknown: '/channel' },
      others: [
        { check: 'tokenPresent/missing', name: ['token missing', '缺少 token'], ...text(''), when: remove('/token') },
        { check: 'tokenPresent/empty', name: ['token empty', 'token 为空'], ...text('') },
      ],
      digits: 32,
      malformedToken: `STsid0000001111111111111${'A'.repeat(29)}-x`,
    },
  },
};

/** The cases are in the order of the document's table of codes. */
export const LOGIN_FILES: OperationFiles = {
  cases: [
    login103000,
    login103101,
    login103113,
    login103119,
    login103133,
    login103211,
    login103412,
    login103414,
    login103511,
    login103811,
    login104201,
    login105018,
    login105019,
    login105312,
    login105313,
    loginPrecedence,
  ],
  scenarios,
};
