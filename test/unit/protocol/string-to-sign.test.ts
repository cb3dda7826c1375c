/** The texts that have to be signed. The document, 1.2 sign and 2.3 sign. */
import { expect, test } from 'vitest';
import { loginMd5Text, loginRsaText, tokenValidateText } from '../../../src/protocol/string-to-sign.js';

const LOGIN = {
  appId: '<appid>',
  version: '<version>',
  msgId: '<msgid>',
  systemTime: '<systemtime>',
  strictCheck: '<strictcheck>',
  token: '<token>',
};

test.each([
  {
    description: 'login, MD5: appid + version + msgid + systemtime + strictcheck + token + APPSecret',
    text: loginMd5Text(LOGIN, '<APPSecret>'),
    expected: '<appid><version><msgid><systemtime><strictcheck><token><APPSecret>',
  },
  { description: 'login, RSA: appid + token', text: loginRsaText(LOGIN), expected: '<appid><token>' },
  {
    description: 'verify: appId + msgId + phoneNum + timestamp + token + version',
    text: tokenValidateText({
      version: '<version>',
      token: '<token>',
      timestamp: '<timestamp>',
      phoneNum: '<phoneNum>',
      msgId: '<msgId>',
      appId: '<appId>',
    }),
    expected: '<appId><msgId><phoneNum><timestamp><token><version>',
  },
])('$description', ({ text, expected }) => {
  expect(text).toBe(expected);
});
