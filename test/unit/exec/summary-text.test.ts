/** The lines of the summary: at most a screen, with the details of each cause once, and app by app. */
import { describe, expect, test } from 'vitest';
import { lostLines } from '../../../mock-server/cli/exec/lost.js';
import type { Refusal } from '../../../mock-server/cli/exec/refusal.js';
import type { Summary } from '../../../mock-server/cli/exec/summary.js';
import {
  differenceIn,
  refusalsText,
  summaryText,
} from '../../../mock-server/cli/exec/summary-text.js';

const LOGIN = 'loginTokenValidate';
const APP_ID = '300000000042';
const EMPTY: Summary = {
  requests: 0,
  refused: [],
  forced: 0,
  unexpected: [],
  remarks: [],
  unusedScripts: [],
  basis: { documented: 0, observed: 0, inferred: 0, assumed: 0 },
};
const REFUSED = { operation: LOGIN, resultCode: '103101', finding: undefined, cause: '' } as const;
const REFUSAL: Refusal = {
  requestId: 'id',
  appId: APP_ID,
  appName: 'a title',
  operation: LOGIN,
  resultCode: '103101',
  path: '/path',
  finding: 'sign.case',
  title: 'A cause',
  verdict: 'A cause. What to do.',
  stringToSign: `${APP_ID}TOKEN{appSecret}`,
  signedString: `${APP_ID}TOKEN{appKey}`,
  next: '103000',
  missing: null,
};
const GREEN = { language: 'en', isRed: false } as const;
const RED = { language: 'en', isRed: true } as const;

function withRefusals(unexpected: readonly Refusal[], more: Partial<Summary> = {}): Summary {
  const refused = [{ ...REFUSED, count: unexpected.length }];
  return { ...EMPTY, requests: 99, refused, unexpected, ...more };
}

const linesOf = (...inputs: Parameters<typeof summaryText>) => summaryText(...inputs).split('\n');

describe('the first line', () => {
  test.each([
    { summary: EMPTY, line: 'no request reached the carrier' },
    { summary: { ...EMPTY, requests: 1 }, line: '1 request reached the carrier, 0 refused' },
    {
      summary: {
        ...EMPTY,
        requests: 9,
        refused: [
          { ...REFUSED, count: 2 },
          { ...REFUSED, count: 3 },
        ],
      },
      line: '9 requests reached the carrier, 5 refused',
    },
  ])('is "$line"', ({ summary, line }) => {
    expect(linesOf(summary, GREEN)).toEqual([line]);
  });

  test('is in Chinese', () => {
    const summary = withRefusals([REFUSAL]);
    const [line] = linesOf(summary, { language: 'zh', isRed: true });
    expect(line).toBe('模拟服务收到 99 个请求，拒绝 1 个');
  });

  test('has a line about forced refusals after it, and nothing else in a healthy run', () => {
    expect(linesOf({ ...EMPTY, requests: 9, forced: 4 }, GREEN)).toEqual([
      '9 requests reached the carrier, 0 refused',
      '  4 refused because a test forced it',
    ]);
  });
});

describe('after a green run', () => {
  test('there is a line for each cause, remark and unused script', () => {
    const unknownPath = { ...REFUSAL, resultCode: null, finding: null, title: 'A wrong path' };
    const summary = withRefusals([REFUSAL, unknownPath, { ...REFUSAL, appId: 'other' }], {
      remarks: [{ finding: 'sign.lower', title: 'a remark', count: 4 }],
      unusedScripts: [{ appId: APP_ID, operation: LOGIN, remaining: '103211' }],
    });
    expect(linesOf(summary, GREEN).slice(1)).toEqual([
      `  2× ${LOGIN} 103101  A cause [sign.case]`,
      '  1× HTTP 404 /path  A wrong path',
      '  4× remark  a remark [sign.lower]',
      `  unused script: ${APP_ID} ${LOGIN}: 103211`,
    ]);
  });
});

describe('the evidence', () => {
  const summary = { ...EMPTY, requests: 9, basis: { ...EMPTY.basis, documented: 6, assumed: 1 } };
  const line = '  of the 7 responses that no test forced, 6 are documented, 1 assumed';

  test('is the last line after a green run', () => {
    expect(linesOf(summary, GREEN).slice(1)).toEqual([line]);
    expect(linesOf(summary, { ...GREEN, language: 'zh' }).slice(1)).toEqual([
      '  没有强制返回的 7 个响应：文档写明 6 个，本项目约定 1 个',
    ]);
    const one = { ...summary, basis: { ...EMPTY.basis, observed: 1 } };
    expect(linesOf(one, GREEN).slice(1)).toEqual([
      '  of 1 response that no test forced, 1 is observed',
    ]);
  });

  test('has no line if the document states all of it, or after a red run', () => {
    const documented = { ...summary, basis: { ...EMPTY.basis, documented: 7 } };
    expect([linesOf(documented, GREEN), linesOf(summary, RED)]).toEqual([
      [expect.any(String)],
      [expect.any(String)],
    ]);
  });
});

describe('after a red run', () => {
  test('each app has its refusals, and each cause its details once', () => {
    const other = { ...REFUSAL, appId: '300000000043', appName: null };
    expect(linesOf(withRefusals([REFUSAL, other, REFUSAL]), RED).slice(1)).toEqual([
      `  app "a title" (${APP_ID})`,
      `    2× ${LOGIN} 103101  A cause. What to do. [sign.case]`,
      `       string to sign: ${APP_ID}TOKEN{appSecret}`,
      '       the client signed …OKEN{appKey} instead of …OKEN{appSecret}',
      '       after the fix: 103000',
      '  app 300000000043',
      `    1× ${LOGIN} 103101  A cause [sign.case], as above`,
    ]);
  });

  test.each([
    { appId: null, line: '  a request without an appId' },
    { appId: 'x\u001b[31m', line: '  app "a title" (x\\u001b[31m)' },
  ])('the app is named: $line', ({ appId, line }) => {
    expect(linesOf(withRefusals([{ ...REFUSAL, appId }]), RED)[1]).toBe(line);
  });

  test('what is missing for the repair is named', () => {
    const missing = { ...REFUSAL, next: null, missing: 'the key' };
    const lines = linesOf(withRefusals([missing]), RED);
    expect(lines.at(-1)).toBe('       after the fix: unknown without the key');
  });

  test('the lines fill at most a screen, and the report has all', () => {
    const many = Array.from({ length: 40 }, (_, at) => ({ ...REFUSAL, appId: `app-${at}` }));
    const lines = linesOf(withRefusals(many), RED);
    // Five for the first app, and two for each of nine others.
    expect(lines.length).toBe(1 + 5 + 2 * 9 + 1);
    expect(lines.at(-1)).toBe('  and 30 more (--report <dir> has all)');
    expect(refusalsText(many, 'en').match(/^ {2}app /gm)?.length).toBe(40);
  });

  test('the first refusal is shown, however long it is', () => {
    const long = { ...REFUSAL, verdict: 'x'.repeat(9000) };
    expect(linesOf(withRefusals([long, REFUSAL]), RED).at(-1)).toBe(
      '  and 1 more (--report <dir> has all)',
    );
  });
});

describe('the difference of two texts', () => {
  test.each([
    { expected: 'abc', found: 'abc', shown: undefined },
    { expected: 'abc', found: 'abd', shown: { expected: 'abc', found: 'abd' } },
    { expected: 'aab', found: 'ab', shown: { expected: 'aab', found: 'ab' } },
    {
      expected: '0123456789X0123456789',
      found: '01234567890123456789',
      shown: { expected: '…23456789X01234567…', found: '…2345678901234567…' },
    },
  ])('of $expected and $found', ({ expected, found, shown }) => {
    expect(differenceIn(expected, found)).toEqual(shown);
  });
});

test('the mistakes of --strict are shown in detail, instead of their remarks and refusals', () => {
  const remark = { ...REFUSAL, requestId: 'remarked', resultCode: '103000', finding: 'time' };
  const mistakes = [{ ...remark, verdict: 'In UTC.', stringToSign: null, next: null }, REFUSAL];
  const summary = withRefusals([REFUSAL], {
    remarks: [
      { finding: 'time', title: 'In UTC', count: 1 },
      { finding: 'allowed', title: 'Allowed', count: 1 },
    ],
  });
  expect(linesOf(summary, { ...RED, mistakes })).toEqual([
    '99 requests reached the carrier, 1 refused',
    '  2× a mistake that the carrier may refuse: --strict fails the run',
    `  app "a title" (${APP_ID})`,
    '    1× loginTokenValidate 103000  In UTC. [time]',
    '    1× loginTokenValidate 103101  A cause. What to do. [sign.case]',
    `       string to sign: ${APP_ID}TOKEN{appSecret}`,
    expect.stringContaining('the client signed'),
    '       after the fix: 103000',
    '  1× remark  Allowed [allowed]',
  ]);
});

test('the connections without a request are shown first, with what they mean for the run', () => {
  const lost = lostLines({ untrusted: 2, unfinished: 1, tlsAtHttp: 3 });
  expect(linesOf(withRefusals([]), { ...RED, lost, losesClient: true })).toEqual([
    expect.stringContaining('requests reached the carrier'),
    '  exec fails, because a client did not reach the carrier. If that is intended, add --allow-no-request',
    "  2× a client closed its connection, because it does not trust the mock's certificate: give it the CA in CMPASSPORT_CA_FILE",
    '  3× a client used HTTPS at the HTTP port: its base URL must begin with http://',
    "  1× a client closed its connection in the TLS handshake. If it does not trust the mock's certificate, give it the CA in CMPASSPORT_CA_FILE",
  ]);
});
