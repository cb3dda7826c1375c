/** Chinese sentences have no English phrases of ours in them. */
import { expect, test } from 'vitest';
import { LOGIN_TOKEN_VALIDATE_FIELDS, TOKEN_VALIDATE_FIELDS } from '../../../mock-server/explain/documented-fields.js';
import { inLanguage } from '../../../mock-server/explain/finding.js';
import { findingsOf } from '../../../mock-server/explain/findings.js';
import { inChinese } from '../../../mock-server/explain/phrases.js';
import { ENCODINGS } from '../../../mock-server/explain/sign/received.js';
import { loginBody, verifyBody } from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';

const HAN = /\p{Script=Han}/u;
/** Names that are the same in Chinese. */
const NAMES = ['String', '1.0', '2.0', 'Base64', 'Base64url'];

test.each([...LOGIN_TOKEN_VALIDATE_FIELDS, ...TOKEN_VALIDATE_FIELDS].map(({ rule }) => rule))(
  'the demand "%s" can be said in Chinese',
  (rule) => {
    expect(NAMES.includes(rule) || HAN.test(inChinese(rule))).toBe(true);
  },
);

test.each(ENCODINGS.map(({ name }) => name))('the encoding "%s" can be said in Chinese', (name) => {
  expect(NAMES.includes(name) || HAN.test(inChinese(name))).toBe(true);
});

test.each([
  { text: '0, 1, 2 or 3', expected: '0, 1, 2 或 3' },
  { text: '1 to 36 characters', expected: '1–36 位' },
  { text: "within 5m of the app's clock", expected: '与应用时钟相差不超过 5m' },
  { text: '16-character MD5', expected: '16 位 MD5' },
  { text: '64 upper-case hex', expected: '64 位大写十六进制' },
  { text: '172 Base64 characters', expected: '172 位 Base64' },
  { text: 'HmacSHA256', expected: 'HmacSHA256' },
])('$text is said as $expected', ({ text, expected }) => {
  expect(inChinese(text)).toBe(expected);
});

test.each([
  { body: loginBody({ strictcheck: '2' }), operation: 'loginTokenValidate' },
  { body: verifyBody({ body: { phoneNum: '13800138000' } }), operation: 'tokenValidate' },
] as const)('a sentence about $operation has only names in Latin letters', ({ operation, body }) => {
  for (const found of findingsOf(subjectFor(operation, body))) {
    const { detail } = inLanguage(found, 'zh');
    expect(detail).toMatch(HAN);
    expect(detail).not.toMatch(/upper-case| or |digits/);
  }
});
