/** The kit's own English texts are Chinese in a Chinese report. Texts from the wire stay unchanged. */
import { expect, test } from 'vitest';
import { reasonText, valueText } from '../../../contracts/report/phrases.js';

test.each([
  ['does not apply with login-md5-case=upper', '取舍 login-md5-case=upper 时不适用'],
  ['the limit of 6 is reached', '已达花费上限（6 次）'],
  ['the profile has no source of live tokens (tokens)', 'profile 里没有有效 token 的来源（tokens）'],
  ['tokens.json: no fresh, unused tokenValidate token is left', 'tokens.json：没有可用的 tokenValidate token 了'],
  [
    '/tokens/command must print {"token": …, "phoneNumber": …}, found x',
    '/tokens/command 应输出 {"token": …, "phoneNumber": …}，实际为 x',
  ],
  ['the response of the control API has no number nowMs', '控制接口的响应里没有数字 nowMs'],
  ['GET http://127.0.0.1:1: no response (ECONNREFUSED)', 'GET http://127.0.0.1:1：没有响应（ECONNREFUSED）'],
  ['no response (ECONNREFUSED)', '没有响应（ECONNREFUSED）'],
  ['the recorder cannot listen (EACCES)', '录制代理无法监听端口（EACCES）'],
])('the reason %j', (en, zh) => {
  expect(reasonText(en, 'zh')).toBe(zh);
  expect(reasonText(en, 'en')).toBe(en);
});

test.each([
  ['must match pattern "^[0-9]{17}$"', '匹配 "^[0-9]{17}$"'],
  ['must be string', '字符串'],
  ['must be object', '对象'],
  ['must NOT have fewer than 1 characters', '至少 1 个字符'],
  ['must NOT have more than 1024 characters', '最多 1024 个字符'],
  ['a value of the carrier', 'a value of the carrier'],
])('the value %j', (en, zh) => {
  expect(valueText(en, 'zh')).toBe(zh);
  expect(valueText(en, 'en')).toBe(en);
});
