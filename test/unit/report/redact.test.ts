/** Reports hide secrets, tokens and numbers, and keep texts that only look like them. */
import { expect, test } from 'vitest';
import { redactor, redactResult, redactRun } from '../../../contracts/kit/redact.js';
import type { CaseResult, Run } from '../../../contracts/kit/result.js';
import { curlOf } from '../../../contracts/kit/wire.js';
import { githubAnnotations, githubSummary } from '../../../contracts/report/github.js';
import { jsonReport } from '../../../contracts/report/json.js';
import { junitReport } from '../../../contracts/report/junit.js';
import { modelOf } from '../../../contracts/report/model.js';
import { terminalReport } from '../../../contracts/report/terminal.js';
import { FAILED, runOf } from './run.js';

const APP_KEY = '6F9D5B0E1C2A4B3D8E7F';
const PRIVATE_KEY = 'MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJc/+aB==';
const TOKEN = 'STsid0000001764067320123k7Jq2mXb9TzR4WcVnE0wsYhG6pLdQ8fA';
const OTHER = '19900001111';

const redact = redactor({ secrets: [APP_KEY, PRIVATE_KEY], phoneNumbers: ['13800138000', OTHER] });

test.each([
  { description: 'a secret', text: `HMAC(${APP_KEY})`, shown: 'HMAC([hidden])' },
  {
    description: 'a secret within a string to sign',
    text: `1${APP_KEY}2025`,
    shown: '1[hidden]2025',
  },
  {
    description: 'a secret in JSON with escaped slashes',
    text: PRIVATE_KEY.replaceAll('/', '\\/'),
    shown: '[hidden]',
  },
  {
    description: 'a secret in a URL',
    text: `k=${encodeURIComponent(PRIVATE_KEY)}&b=1`,
    shown: 'k=[hidden]&b=1',
  },
  { description: 'a number', text: '"msisdn":"13912345678"', shown: '"msisdn":"139****5678"' },
  { description: 'a number at both ends of a text', text: '13912345678', shown: '139****5678' },
  {
    description: 'a number with the country code',
    text: '+8613912345678',
    shown: '+86139****5678',
  },
  {
    description: 'a number with the country code after 00',
    text: '008613912345678',
    shown: '0086139****5678',
  },
  { description: 'a number with dashes', text: '139-1234-5678', shown: '139-****-5678' },
  { description: 'a number with spaces', text: '+86 139 1234 5678', shown: '+86 139 **** 5678' },
  { description: 'a number in a URL', text: '%2213912345678%22', shown: '%22139****5678%22' },
  {
    description: 'a number after a JSON escape',
    text: '\\u002213912345678',
    shown: '\\u0022139****5678',
  },
  {
    description: 'a number after an escaped line break',
    text: 'x\\n13912345678',
    shown: 'x\\n139****5678',
  },
  {
    description: 'a number before the appKey',
    text: `13912345678${APP_KEY}20251125104200123`,
    shown: '139****5678[hidden]20251125104200123',
  },
  {
    description: 'a listed number before a time',
    text: '1380013800020251125104200123',
    shown: '138****800020251125104200123',
  },
  {
    description: 'two listed numbers in a row',
    text: '1380013800019900001111',
    shown: '138****8000199****1111',
  },
  { description: 'a token', text: `"token":"${TOKEN}"`, shown: '"token":"STsid…Q8fA"' },
  {
    description: 'a wrapped token',
    text: `CM__1__ab__2.5.3.1__${TOKEN}`,
    shown: 'CM__1__ab__2.5.3.1__STsid…Q8fA',
  },
  { description: 'a short token', text: 'STsid1234', shown: 'STsid…' },
  {
    description: 'an accessToken',
    text: `{"accessToken":"${'0f'.repeat(16)}"}`,
    shown: '{"accessToken":"…0f0f"}',
  },
  {
    description: 'an accessToken in an address',
    text: `/access-tokens/${'0f'.repeat(16)}/redeem`,
    shown: '/access-tokens/…0f0f/redeem',
  },
  {
    description: 'the user of an address',
    text: 'https://me:pass@gateway.test/x',
    shown: 'https://[hidden]@gateway.test/x',
  },
])('$description is masked', ({ text, shown }) => {
  expect(redact(text)).toBe(shown);
});

test.each([
  { description: 'epoch milliseconds', text: '1764067320123' },
  { description: 'epoch milliseconds that begin like a listed number', text: '1380013800012' },
  { description: 'a 17-digit time', text: '20251125104200123' },
  { description: 'a 17-digit time that contains a listed number', text: '13800138000199000' },
  { description: 'an appId', text: '300012345678' },
  { description: 'eleven digits that are not a phone number', text: '12345678901' },
  { description: 'ten and twelve digits', text: '1391234567 139123456789' },
  { description: 'a taskId with eleven digits in a row', text: 'b62585d1a13912345678fbad6ad62688' },
  {
    description: 'a signature with eleven digits in a row',
    text: `A13912345678B${'C'.repeat(51)}`,
  },
  {
    description: 'a UUID with eleven digits in a row',
    text: '8adff305-c7fc-b3e1-b1ae-c13912345678',
  },
  {
    description: 'a UUID that looks like a number with dashes',
    text: '8adff139-1234-5678-b1ae-c00792fbd0aa',
  },
  { description: 'a date and a time', text: '2025-11-25 10:42:00' },
  { description: 'the name of a token', text: 'STsid' },
  { description: 'an address with an at sign in its path', text: 'http://127.0.0.1:8080/a@b' },
  { description: 'a result code', text: '"resultCode":"103000"' },
])('$description stays', ({ text }) => {
  expect(redact(text)).toBe(text);
});

test('if one secret is the start of another, the longer one is hidden completely', () => {
  expect(redactor({ secrets: ['abcd', 'abcdefgh'], phoneNumbers: [] })('xabcdefghx')).toBe(
    'x[hidden]x',
  );
});

test('a secret is matched literally', () => {
  const hide = redactor({ secrets: ['a.*+?^{}$()|[]\\/b'], phoneNumbers: [] });
  expect(hide('a.*+?^{}$()|[]\\/b aXXb')).toBe('[hidden] aXXb');
});

test('a secret with a quote is found in a shell’s single quotes', () => {
  expect(redactor({ secrets: ["it's so"], phoneNumbers: [] })(`curl -d 'it'\\''s so'`)).toBe(
    "curl -d '[hidden]'",
  );
});

test('a secret with a special shell character is found in $’…’', () => {
  const hide = redactor({ secrets: ["it's\\so!"], phoneNumbers: [] });
  const wire = {
    method: 'POST',
    path: '/x',
    headers: [],
    body: Buffer.from(JSON.stringify({ key: "it's\\so!" })),
  };
  expect(hide(curlOf('http://h', wire))).toBe(
    `curl -sS -X POST 'http://h/x' --data-raw $'{"key":"[hidden]"}'`,
  );
});

test.each(['!13800138000', '\u001b13800138000', '是!13800138000'])(
  'a number is found after an escape: %j',
  (text) => {
    const wire = { method: 'POST', path: '/x', headers: [], body: Buffer.from(text) };
    expect(redact(curlOf('http://h', wire))).toContain("138****8000'");
  },
);

const ODD_SECRET = "a b!(c)~d*'é";

test.each([
  { description: 'encodeURIComponent', spelled: encodeURIComponent(ODD_SECRET) },
  { description: 'a form', spelled: new URLSearchParams({ k: ODD_SECRET }).toString().slice(2) },
  {
    description: 'an encoder that encodes everything but letters, digits and - . _ ~',
    spelled: 'a%20b%21%28c%29~d%2A%27%C3%A9',
  },
  { description: 'an encoder with lower-case digits', spelled: 'a%20b%21%28c%29%7ed%2a%27%c3%a9' },
  { description: 'an encoder that also encodes the tilde', spelled: 'a+b%21%28c%29%7Ed*%27%C3%A9' },
  { description: 'a URL in a shell’s single quotes', spelled: "a%20b!(c)~d*'\\''%C3%A9" },
  { description: 'a URL in $’…’', spelled: 'a%20b\\x21(c)~d*\\x27%C3%A9' },
])('a secret with special characters is found as written by $description', ({ spelled }) => {
  const hide = redactor({ secrets: [ODD_SECRET], phoneNumbers: [] });
  expect(hide(`https://h/?k=${spelled}&x`)).toBe('https://h/?k=[hidden]&x');
});

test('a secret of several lines is found in JSON', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----';
  expect(redactor({ secrets: [pem], phoneNumbers: [] })(JSON.stringify({ pem }))).toBe(
    '{"pem":"[hidden]"}',
  );
});

test.each([{ secrets: [] }, { secrets: [''] }, { secrets: ['103'] }])(
  'secrets $secrets change nothing',
  ({ secrets }) => {
    expect(redactor({ secrets, phoneNumbers: ['', '1'] })('"resultCode":"103000"')).toBe(
      '"resultCode":"103000"',
    );
  },
);

test('a listed number in any format is masked if it is separate', () => {
  const hide = redactor({ secrets: [], phoneNumbers: ['+85261234567', '10000000000', '61234567'] });
  expect(hide('85261234567 10000000000 61234567 612345678')).toBe(
    '852****4567 100****0000 ****67 612345678',
  );
});

const LEAKY: CaseResult = {
  ...FAILED,
  reason: `no response for ${TOKEN}`,
  seen: OTHER,
  differences: [
    { rule: 'number' as const, at: `/x/${OTHER}`, expected: OTHER, received: '13800138000' },
    { rule: 'code' as const, at: 'resultCode', expected: '000', received: '001' },
  ],
  curl: `curl -d '{"token":"${TOKEN}","key":"${APP_KEY}"}'`,
  answer: `{"msisdn":"${OTHER}"}`,
  finding: {
    id: 'sign.secret-swapped',
    title: `made with ${APP_KEY}`,
    detail: `text: ${OTHER}${APP_KEY}${TOKEN}`,
  },
};
const LEAKY_RUN: Run = {
  ...runOf(LEAKY, { ...LEAKY, status: 'error' }, { ...LEAKY, status: 'warn' }),
  subject: `K=${APP_KEY} npm test`,
};

test.each([
  { name: 'terminal', report: (run: Run) => terminalReport(modelOf(run, 'en'), { colour: true }) },
  { name: 'JUnit', report: (run: Run) => junitReport(modelOf(run, 'en')) },
  { name: 'JSON', report: (run: Run) => jsonReport(modelOf(run, 'zh')) },
  { name: 'annotations', report: (run: Run) => githubAnnotations(modelOf(run, 'en')) },
  { name: 'step summary', report: (run: Run) => githubSummary(modelOf(run, 'zh')) },
])('$name of a redacted run has no secret, number or token', ({ report }) => {
  const text = report(redactRun(LEAKY_RUN, redact));
  expect(report(LEAKY_RUN)).toContain(OTHER);
  for (const hidden of [APP_KEY, TOKEN, OTHER, '13800138000']) expect(text).not.toContain(hidden);
});

test('every text of a result is masked, and nothing else is changed', () => {
  const result = redactResult(LEAKY, redact);
  const { id, description, source, operation, level, basis, status, durationMs } = FAILED;
  expect(result).toMatchObject({
    id,
    description,
    source,
    operation,
    level,
    basis,
    status,
    durationMs,
  });
  expect(result.differences[1]).toEqual({
    rule: 'code',
    at: 'resultCode',
    expected: '000',
    received: '001',
  });
  expect(JSON.stringify(result)).not.toMatch(
    new RegExp([APP_KEY, TOKEN, OTHER, '13800138000'].join('|')),
  );
});

test('an unexpected accessToken is masked', () => {
  const differences = [
    {
      rule: 'access-token' as const,
      at: '/body/accessToken',
      expected: 'absent',
      received: '0123456789abcdef0123456789abcdef',
    },
  ];
  expect(redactResult({ ...FAILED, differences }, redact).differences[0]?.received).toBe('…cdef');
});

test('redacting twice equals redacting once', () => {
  const once = redactRun(LEAKY_RUN, redact);
  expect(redactRun(once, redact)).toEqual(once);
});

// With a backtracking pattern, each would take minutes or overflow the stack.
test.each([
  { description: 'digits', unit: '1' },
  { description: 'hex', unit: 'a1' },
  { description: 'starts of numbers', unit: '138-0013-' },
  { description: 'numbers in a row', unit: '13912345678' },
  { description: 'starts of tokens', unit: 'STsi' },
  { description: 'tokens', unit: TOKEN },
  { description: 'escapes', unit: '\\u0053' },
  { description: 'starts of UUIDs', unit: '8adff305-c7fc-' },
  { description: 'addresses', unit: 'http://a' },
  { description: 'starts of accessTokens', unit: 'accessToken"   ' },
  { description: 'white space after an accessToken', unit: ' ', before: 'accessToken"' },
  { description: 'starts of secrets', unit: APP_KEY.slice(0, -1) },
  { description: 'percent signs', unit: '%' },
])(
  '500 000 characters of $description are redacted without backtracking',
  ({ unit, before = '' }) => {
    const text = before + unit.repeat(Math.ceil(500_000 / unit.length));
    expect(redact(text).length).toBeLessThanOrEqual(text.length);
  },
);
