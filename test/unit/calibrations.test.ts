/** Each calibration in calibrations/ conforms to the schema and contains nothing private. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VALIDATORS } from '../../contracts/kit/validators.js';
import { privateValuesIn } from '../support/private-values.js';

const FOLDER = 'calibrations';
const FILES = readdirSync(FOLDER).filter((name) => !/^README(?:\.zh-CN)?\.md$/.test(name));

test('the files are named by their day', () => {
  expect(FILES.filter((name) => !/^\d{4}-\d{2}-\d{2}(?:-\d+)?\.json$/.test(name))).toEqual([]);
});

test('each file conforms to the schema and contains nothing private', () => {
  const problems = FILES.flatMap((name) => {
    const calibration: unknown = JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'));
    VALIDATORS.calibration(calibration);
    const invalid = (VALIDATORS.calibration.errors ?? []).map(
      ({ instancePath, message }) => `${name}: ${instancePath} ${message}`,
    );
    return [...invalid, ...privateValuesIn(calibration).map((found) => `${name}: ${found}`)];
  });
  expect(problems).toEqual([]);
});

test.each([
  { found: ['appId'], text: '{"appid":"300011112222"}' },
  { found: ['appId'], text: '{"header":{"appId": "300011112222"}}' },
  { found: ['appId'], text: 'POST /x\nappId: 300011112222\n' },
  { found: ['appId'], text: '{"appid":300011112222}' },
  { found: ['token'], text: '{"token":"a-token-of-another-form"}' },
  { found: ['token'], text: 'the token STsid0000001 is unknown' },
  { found: ['token'], text: '{\\"accessToken\\":\\"Ab12\\"}' },
  { found: ['signature'], text: '{"sign":"0A1B"}' },
  { found: ['phone number'], text: '{"msisdn":"1380"}' },
  { found: ['phone number'], text: '13812345678 is not on the list' },
  { found: ['phone number'], text: '+8613812345678' },
  { found: ['key'], text: '-----BEGIN PRIVATE KEY-----' },
  { found: ['key', 'secret'], text: `MIGfMA0GCSqGSIb3DQEBAQUAA4GN${'ab1'.repeat(9)}` },
  { found: ['secret'], text: '0F1E2D3C4B5A69788796A5B4C3D2E1F0' },
  { found: ['address'], text: '<p>192.168.10.20 is not allowed</p>' },
  { found: [], text: '{"appid":"[hidden]","token":"STsid…8tUv","sign":"[hidden]"}' },
  { found: [], text: '{"msgId":"18c428d0ed1bfaf94b48700ec206cf03","msisdn":"138****5678"}' },
  { found: [], text: '{"systemtime":"20261201220702096","appid":""}' },
  { found: [], text: 'tokenValidate/102/json-null-open, mistakes-loginTokenValidate-live-12' },
])('$found in $text', ({ found, text }) => {
  expect(privateValuesIn({ evidence: { one: { response: text } } })).toEqual(
    found.map((kind) => `${kind} at /evidence/one/response`),
  );
});

test('a private value is found in a name too', () => {
  expect(privateValuesIn({ texts: { '13812345678': '' } })).toEqual([
    'phone number at a name of /texts',
  ]);
});
