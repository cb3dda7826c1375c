/** A run of the provider suite with one result of each kind. */
import { type CaseResult, EFFECTS, type Run } from '../../../contracts/kit/result.js';

export const PASSED: CaseResult = {
  suite: 'provider',
  id: 'loginTokenValidate/103000/md5-upper-case',
  description: 'a login signed with MD5 in upper case gets the number',
  operation: 'loginTokenValidate',
  level: 'MUST',
  basis: 'documented',
  source: { section: '1.2 sign', sentence: '输出32位大写字母' },
  status: 'pass',
  durationMs: 12,
  differences: [],
};

export const FAILED: CaseResult = {
  suite: 'provider',
  id: 'tokenValidate/302/lower-case-sign',
  description: 'a signature in lower case is refused',
  operation: 'tokenValidate',
  level: 'MUST',
  basis: 'documented',
  source: { section: '2.3 sign', sentence: '输出64位大写字母' },
  status: 'fail',
  durationMs: 41.5,
  differences: [
    { rule: 'code', at: 'resultCode', expected: '302', received: '000' },
    {
      rule: 'charged',
      at: 'charged',
      name: EFFECTS.charged,
      expected: { en: '0 calls', zh: '0 次' },
      received: { en: '1 call', zh: '1 次' },
    },
  ],
  curl: `curl -sS -X POST 'http://127.0.0.1:8080/openapi/rs/tokenValidate' -H 'content-type: application/json' --data-binary '{"header":{"version":"1.0","msgId":"8adff305c7fcb3e1b1aecc130792fbd0","timestamp":"20251125104200123","appId":"300012345678"},"body":{"requesterType":"1","token":"STsid…q0Zx","sign":"227716d8"}}'`,
  answer:
    '{"header":{"appId":"300012345678","resultCode":"000"},"body":{"resultDesc":"是本机号码"}}',
  finding: {
    id: 'sign.case',
    title: 'The signature is in lower case',
    detail: 'tokenValidate requires 64 upper-case hex digits.',
  },
};

export const ERRED: CaseResult = {
  ...PASSED,
  id: 'loginTokenValidate/103414/msgid-37',
  description: 'a msgid of 37 characters is refused',
  source: { section: '1.2 msgid', sentence: '标识请求的随机数即可(1-36位)' },
  status: 'error',
  reason: 'POST http://127.0.0.1:8080/unisdk/rsapi/loginTokenValidate: no response in 10000 ms',
  callReason: 'no response in 10000 ms',
};

export const WARNED: CaseResult = {
  ...PASSED,
  id: 'loginTokenValidate/105313/path-misspelt',
  description: 'a misspelt path is refused',
  level: 'SHOULD',
  basis: 'observed',
  source: { section: 'observed', sentence: 'a path that does not exist gets a refusal in JSON' },
  status: 'warn',
  differences: [
    {
      rule: 'json',
      at: 'body',
      name: { en: 'body', zh: '报文' },
      expected: 'JSON',
      received: '<html>404</html>',
    },
  ],
};

/** Only the form of the response differs. */
export const MISFORMED: CaseResult = {
  ...WARNED,
  id: 'loginTokenValidate/103101/sign-of-zeros',
  description: 'a signature of zeros is refused',
  differences: [
    {
      rule: 'schema',
      at: '/taskId',
      field: 'taskId',
      expected: { en: 'present', zh: '有' },
      received: { en: 'nothing', zh: '没有' },
    },
  ],
};

export const REPORTED: CaseResult = {
  ...PASSED,
  id: 'loginTokenValidate/103000/no-content-type',
  description: 'JSON without a Content-Type is accepted',
  level: 'MAY',
  basis: 'assumed',
  differences: [{ rule: 'code', at: 'resultCode', expected: '103000', received: '103211' }],
};

export const OPEN: CaseResult = {
  ...PASSED,
  id: 'loginTokenValidate/precedence/app-and-sign',
  description: 'an unknown app takes precedence over a wrong signature',
  level: 'SHOULD',
  basis: 'assumed',
  seen: '103101',
  notChecked: ['decidedBy'],
};

export const SKIPPED: CaseResult = {
  ...PASSED,
  id: 'loginTokenValidate/105312/quota-used-up',
  description: 'a call beyond the daily quota is refused',
  status: 'skip',
  durationMs: 0,
  reason: { en: 'needs the control API', zh: '需要控制接口' },
};

export const DISABLED: CaseResult = {
  ...SKIPPED,
  id: 'loginTokenValidate/103511/strict-check',
  description: 'an unlisted address is refused',
  status: 'disabled',
  reason: 'the gateway has one address',
};

export const RUN: Run = {
  suite: 'provider',
  subject: 'http://127.0.0.1:8080',
  kitVersion: '0.1.0',
  startedAtMs: Date.UTC(2025, 10, 25, 10, 42, 0, 123),
  endedAtMs: Date.UTC(2025, 10, 25, 10, 42, 3, 323),
  allowNoCase: false,
  results: [PASSED, FAILED, ERRED, WARNED, REPORTED, OPEN, SKIPPED, DISABLED],
};

export function runOf(...results: readonly CaseResult[]): Run {
  return { ...RUN, results };
}
