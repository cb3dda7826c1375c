/** The result codes, compared with an independent copy of the document, 1.4 and 2.5. */
import { describe, expect, test } from 'vitest';
import { TOKEN_VALIDATE } from '../../../src/protocol/operations/token-validate.js';
import { RESULTS, resultRow } from '../../../src/protocol/result-codes.js';

/** The document, 1.4, word for word. */
const LOGIN = [
  ['103000', '返回成功'],
  ['103101', '签名错误'],
  ['103113', 'token格式错误'],
  ['103119', 'appid不存在'],
  ['103133', 'sourceid不合法（服务端需要使用调用SDK时使用的appid去换取号码）'],
  ['103211', '其他错误'],
  ['103412', '无效的请求'],
  ['103414', '参数校验异常'],
  ['103511', '请求ip不在社区配置的服务器白名单内'],
  ['103811', 'token为空'],
  ['104201', 'token失效或不存在'],
  ['105018', '用户权限不足（使用了本机号码校验的token去调用本接口）'],
  ['105019', '应用未授权（开发者社区未勾选能力）'],
  ['105312', '套餐已用完'],
  ['105313', '非法请求'],
] as const;

/** The document, 2.5, word for word. */
const VERIFY = [
  ['000', '是本机号码（纳入计费次数）'],
  ['001', '非本机号码（纳入计费次数，允许使用短验辅助）'],
  ['002', '取号失败'],
  ['003', '调用内部token校验接口失败'],
  ['004', '加密手机号码错误'],
  ['102', '参数无效'],
  ['124', '白名单校验失败'],
  ['302', 'sign校验失败'],
  ['303', '参数解析错误'],
  ['606', '验证Token失败'],
  ['999', '系统异常'],
  ['103420', '本机号码校验能力使用权限不足'],
] as const;

const CHARGED = ['103000', '000', '001'];

const OPERATIONS = [
  { operation: 'loginTokenValidate', document: LOGIN, rows: RESULTS.loginTokenValidate, count: 15 },
  { operation: 'tokenValidate', document: VERIFY, rows: RESULTS.tokenValidate, count: 12 },
] as const;

describe.each(OPERATIONS)('$operation', ({ operation, document, rows, count }) => {
  test(`has the ${count} codes of the document, each once, in its order`, () => {
    expect(rows.map(({ code }) => code)).toEqual(document.map(([code]) => code));
    expect(new Set(rows.map(({ code }) => code)).size).toBe(count);
  });

  test('has the words of the document without the text in brackets', () => {
    expect(rows.map(({ desc }) => desc)).toEqual(
      document.map(([, text]) => text.replace(/（.*）$/, '')),
    );
    expect(rows.filter(({ desc }) => /[（）()]/.test(desc))).toEqual([]);
  });

  test('has an English desc for each code, without comma or quote', () => {
    expect(rows.filter(({ descEn }) => !/^[ -~]+$/.test(descEn) || /[,"'\\]/.test(descEn))).toEqual(
      [],
    );
  });

  test('has unique names and descs', () => {
    for (const field of ['name', 'desc', 'descEn'] as const)
      expect(new Set(rows.map((row) => row[field])).size).toBe(count);
  });

  test('charges success, and at verify also a number that does not match', () => {
    const charged = rows.filter((row) => row.charged).map(({ code }) => code);
    expect(charged).toEqual(rows.map(({ code }) => code).filter((code) => CHARGED.includes(code)));
  });

  test('finds each row by its code', () => {
    expect(rows.map(({ code }) => resultRow(operation, code))).toEqual(rows);
  });
});

test('the quota codes that only a reading returns are not in the list of verify', () => {
  expect(TOKEN_VALIDATE.unlistedResults.map(({ code, charged }) => ({ code, charged }))).toEqual([
    { code: '102315', charged: false },
    { code: '105312', charged: false },
  ]);
  const listed = RESULTS.tokenValidate.map(({ code }) => code);
  expect(
    TOKEN_VALIDATE.unlistedResults.filter(({ code }) => listed.includes(code as never)),
  ).toEqual([]);
});

test.each([
  {
    description: 'a code of verify at login',
    operation: 'loginTokenValidate',
    code: '000',
    name: undefined,
  },
  {
    description: 'a code of login at verify',
    operation: 'tokenValidate',
    code: '103000',
    name: undefined,
  },
  {
    description: 'the former code at verify',
    operation: 'tokenValidate',
    code: '102315',
    name: 'CALLS_USED_UP',
  },
  {
    description: 'the code of login for a used-up package at verify',
    operation: 'tokenValidate',
    code: '105312',
    name: 'CALLS_USED_UP',
  },
  {
    description: 'the former code at login',
    operation: 'loginTokenValidate',
    code: '102315',
    name: undefined,
  },
  { description: 'a part of a code', operation: 'tokenValidate', code: '00', name: undefined },
  { description: 'no code', operation: 'tokenValidate', code: '', name: undefined },
] as const)('$description is $name', ({ operation, code, name }) => {
  expect(resultRow(operation, code)?.name).toBe(name);
});
