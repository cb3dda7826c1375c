/** h5TokenValidate, as the kit reads the public material. */
import data from '../../requests/h5-token-validate.json' with { type: 'json' };
import { remove, replace, text } from './calibration.js';
import type { OperationFacts } from './facts.js';

export const H5_FACTS: OperationFacts = {
  basis: 'observed',
  host: 'www.cmpassport.com',
  requests: data.requests,
  headerFields: {
    request: ['interfaceVersion', 'appId', 'traceId', 'timestamp', 'businessType'],
    response: ['appId', 'traceId', 'timestamp'],
  },
  request: {
    msgId: '/@headers/traceId',
    time: '/@headers/timestamp',
    appId: '/@headers/appId',
    token: '/token',
    sign: '/sign',
  },
  response: {
    resultCode: '/resultCode',
    text: '/desc',
    echo: '/@headers/traceId',
    time: '/serviceTime',
    encryptedBy: 'appKey',
  },
  signing: [{ signing: 'rsa', key: 'appSignKey', ignores: 'case' }],
  credentials: ['appId', 'appKey', 'appSignKey'],
  tokenCode: '104007',
  unknownToken: `H5HTTPS${'1'.repeat(64)}`,
  calibration: {
    controls: {
      goodWhen: {},
      otherTokenCodes: ['104019'],
      success: { case: 'h5TokenValidate/103000/rsa', code: '103000' },
      bad: [
        { code: '104013', case: 'h5TokenValidate/104013/other-order' },
        { code: '103002', case: 'h5TokenValidate/103002/no-trace-id' },
        { code: '103005', case: 'h5TokenValidate/103005/not-json' },
        { code: '104001', case: 'h5TokenValidate/104001/other-product' },
      ],
    },
    mistakes: {
      fields: [
        ['version', '/@headers/interfaceVersion', '9.9'],
        ['msgId', '/@headers/traceId'],
        ['sentAt', '/@headers/timestamp', '2026112912000012'],
        ['appId', '/@headers/appId'],
        ['businessType', '/@headers/businessType'],
        ['userInformation', '/userInformation'],
      ],
      checks: {
        type: 'bodyReadable/contentType',
        values: 'parametersValid',
      },
      paths: {
        version: '/@headers/interfaceVersion',
        number: '/userInformation',
        optional: '/expandParams',
        unknown: '/channel',
      },
      others: [
        {
          check: 'parametersValid/token.missing',
          name: ['token missing', '缺少 token'],
          ...text(''),
          when: remove('/token'),
        },
        {
          check: 'parametersValid/token.empty',
          name: ['token empty', 'token 为空'],
          ...text(''),
        },
        {
          check: 'businessTypeRight',
          name: ['businessType of another product', 'businessType 是别的产品的'],
          slot: 'businessType',
          when: replace('/@headers/businessType', '1'),
        },
        {
          check: 'userInformationRight',
          name: ['another userInformation', 'userInformation 不是取 token 时的'],
          slot: 'userInformation',
          when: replace('/userInformation', 'of-another-browser'),
        },
      ],
      digits: 256,
      malformedTokens: [['tokenWellFormed', ['token malformed', 'token 格式错误'], 'test']],
      // No source limits the length of traceId.
      without: ['parametersValid/msgId.uuid'],
    },
  },
};
