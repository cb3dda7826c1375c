/** The checks of sent requests, with the ways in which one property can be wrong that are no duty of test/kit/duties. */
import { describe, expect, test } from 'vitest';
import type { When } from '../../../contracts/kit/case.js';
import type { Sent } from '../../../contracts/sent/check.js';
import { sentCheckOf } from '../../../contracts/sent/checks.js';
import { scenarioFile } from '../../full/consumer/clients.js';
import { english } from '../../support/words.js';
import { KEYS, NOW_MS, type Sending, sent, VALUES } from './sent-request.js';

/** The problems of the first offence, a line each; or the verdict as a word. */
function verdictOf(
  name: string,
  all: readonly Sent[],
  before: readonly Sent[] = [],
): string | readonly string[] {
  const verdict = sentCheckOf(`loginTokenValidate/consumer/${name}`).judge(all, before);
  if ('why' in verdict) return 'not judged';
  const [first] = verdict;
  if (first === undefined) return 'passed';
  return first.problems.map(
    ({ at, expected, received }) => `${at}: ${english(expected)} / ${english(received)}`,
  );
}

const HOUR_MS = 3_600_000;
const VERIFY = 'tokenValidate';

test.each<Sending>([
  {},
  { signing: 'rsa' },
  { operation: VERIFY },
  { operation: VERIFY, signing: 'rsa' },
])('a valid request passes every check: $operation $signing', (sending) => {
  const evidence = sent(sending);
  const others = [1, 2, 3].map((at) =>
    sent({
      ...sending,
      msgId: `${at}BDFF305C7FCB3E1B1AECC130792FBD0`,
      token: `STsid-another-${at}`,
      changes: { atMs: NOW_MS + at },
    }),
  );
  const rows = scenarioFile(evidence.operation).sent.map(({ id }) => id.split('/').at(-1) ?? '');
  const verdicts = rows.map((name) => [name, verdictOf(name, [evidence, ...others])]);
  expect(
    verdicts.filter(([, verdict]) => verdict !== 'passed' && verdict !== 'not judged'),
  ).toEqual([]);
  expect(verdicts.filter(([, verdict]) => verdict === 'passed').length).toBeGreaterThanOrEqual(
    rows.length - 1,
  );
});

describe('the time', () => {
  test.each([
    { description: 'five minutes ahead passes', timeMs: NOW_MS + 300_000, verdict: 'passed' },
    { description: 'five minutes behind passes', timeMs: NOW_MS - 300_000, verdict: 'passed' },
    { description: 'a millisecond more fails', timeMs: NOW_MS + 300_001, verdict: ['300 s off'] },
    { description: 'UTC is named', timeMs: NOW_MS - 8 * HOUR_MS, verdict: ['this is UTC'] },
    {
      description: 'yesterday fails',
      timeMs: NOW_MS - 24 * HOUR_MS,
      verdict: ['this is -86400 s off'],
    },
  ])('$description', ({ timeMs, verdict }) => {
    const found = verdictOf('sent-time', [sent({ timeMs })]);
    if (typeof verdict === 'string') expect(found).toBe(verdict);
    else expect(found).toEqual([expect.stringContaining(verdict[0] ?? '')]);
  });

  test.each(['2026010211040500', '202601021104050061', '20261301110405006', '', 20260102])(
    '%j is not a time',
    (value) => {
      const when: When = { fields: [{ op: 'replace', path: '/systemtime', value }] };
      expect(verdictOf('sent-time', [sent({ when })])).toEqual([
        expect.stringContaining('17 digits that are a time'),
      ]);
    },
  );
});

describe('milliseconds', () => {
  const SECOND_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
  /** Requests that arrive some milliseconds into a second, with these times. */
  const at = (timesMs: readonly number[], arrivesMs: (index: number) => number | undefined) =>
    timesMs.map((ms, index) => ({ ...sent({ timeMs: SECOND_MS + ms }), atMs: arrivesMs(index) }));
  const apart = (index: number) => SECOND_MS + 41 * index;

  test('that are 000 in every request are reported', () => {
    expect(verdictOf('sent-milliseconds', at([0, 0, 0, 1000], apart))).toEqual([
      '/systemtime: the current milliseconds; all 4 requests have 000 / 20260102110405000',
    ]);
  });

  test('are judged without the time of sending, by the times in the requests', () => {
    const unknown = () => undefined;
    expect(verdictOf('sent-milliseconds', at([0, 1000, 2000, 3000], unknown))).toHaveLength(1);
    expect(verdictOf('sent-milliseconds', at([0, 0, 0, 0, 1000], unknown))).toBe('not judged');
  });

  test.each([
    { description: 'one that differs', timesMs: [0, 1000, 2000, 3001], verdict: 'passed' },
    { description: 'three requests', timesMs: [0, 1000, 2000], verdict: 'not judged' },
  ])('$description: $verdict', ({ timesMs, verdict }) => {
    expect(verdictOf('sent-milliseconds', at(timesMs, apart))).toBe(verdict);
  });

  test('of a time that cannot be read do not count', () => {
    const when: When = { fields: [{ op: 'replace', path: '/systemtime', value: '1' }] };
    const all = [...at([0, 1000, 2000], apart), sent({ when })];
    expect(verdictOf('sent-milliseconds', all)).toBe('not judged');
  });
});

describe('Content-Type', () => {
  test.each([
    { header: 'application/json', verdict: 'passed' },
    { header: 'Application/JSON; charset=UTF-8', verdict: 'passed' },
    { header: 'application/json;charset="utf-8"', verdict: 'passed' },
    { header: 'application/json; charset=gbk', verdict: ['application/json; charset=gbk'] },
    { header: 'application/x-www-form-urlencoded', verdict: ['application/x-www-form-urlencoded'] },
    { header: ['application/json', 'text/plain'], verdict: ['application/json | text/plain'] },
    { header: null, verdict: ['nothing'] },
  ])('$header', ({ header, verdict }) => {
    const found = verdictOf('sent-content-type', [
      sent({ when: { headers: { 'content-type': header } } }),
    ]);
    expect(found).toEqual(
      typeof verdict === 'string'
        ? verdict
        : [`Content-Type: application/json, once / ${verdict[0]}`],
    );
  });
});

describe('JSON', () => {
  const bytes = (base64: string): When => ({ body: { base64 } });
  test.each<{ description: string; when: When }>([
    { description: 'a BOM is not standard JSON', when: { body: { text: '\ufeff{json}' } } },
    { description: 'a list is not an object', when: { body: { text: '[{json}]' } } },
    { description: 'an empty body is not JSON', when: { body: { text: '' } } },
    {
      description: 'bytes that are not UTF-8 are not JSON',
      when: bytes(Buffer.from('{"a":"\xe9"}', 'latin1').toString('base64')),
    },
  ])('$description', ({ when }) => {
    expect(verdictOf('sent-json', [sent({ when })])).toHaveLength(1);
    expect(verdictOf('sent-schema', [sent({ when })])).toBe('not judged');
  });

  test('an incomplete request fails', () => {
    expect(verdictOf('sent-json', [sent({ changes: { whole: false } })])).toEqual([
      expect.stringContaining('incomplete'),
    ]);
  });
});

describe('sign', () => {
  test.each<{ description: string; sending: Sending; verdict: 'passed' | 'failed' }>([
    {
      description: 'MD5 may be in lower case',
      sending: { when: { derived: { '/sign': { case: 'lower' } } } },
      verdict: 'passed',
    },
    {
      description: 'RSA at login may be in lower case',
      sending: { signing: 'rsa', when: { derived: { '/sign': { case: 'lower' } } } },
      verdict: 'passed',
    },
    {
      description: 'HMAC may not be in lower case',
      sending: { operation: VERIFY, when: { derived: { '/body/sign': { case: 'lower' } } } },
      verdict: 'failed',
    },
    {
      description: 'a field changed after signing fails',
      sending: { when: { signed: [{ op: 'replace', path: '/strictcheck', value: '1' }] } },
      verdict: 'failed',
    },
    {
      description: 'an unsigned field may change',
      sending: { when: { signed: [{ op: 'add', path: '/expandparams', value: 'x' }] } },
      verdict: 'passed',
    },
    {
      description: 'a missing signature fails',
      sending: { when: { signed: [{ op: 'remove', path: '/sign' }] } },
      verdict: 'failed',
    },
  ])('$description', ({ sending, verdict }) => {
    const found = verdictOf('sent-sign', [sent(sending)]);
    expect(verdict === 'passed' ? found : typeof found).toBe(
      verdict === 'passed' ? 'passed' : 'object',
    );
  });

  test('Base64 may be wrapped', () => {
    const wrapped = sent({ operation: VERIFY, signing: 'rsa' });
    const { body } = wrapped.fields as { readonly body: { readonly sign: string } };
    const fields = {
      ...(wrapped.fields as object),
      body: { ...body, sign: body.sign.replace(/.{76}/g, '$&\r\n') },
    };
    expect(verdictOf('sent-sign', [{ ...wrapped, fields }])).toBe('passed');
  });
});

describe('an encrypted phoneNum', () => {
  test.each([
    { decidedBy: 'allMet', verdict: 'passed' },
    { decidedBy: 'forced', verdict: 'not judged' },
    { decidedBy: 'signValid', verdict: 'not judged' },
    { decidedBy: 'numberMatches', verdict: 'failed' },
  ])('is $verdict if the rule of the mock is $decidedBy', ({ decidedBy, verdict }) => {
    const found = verdictOf('sent-phone-num', [
      sent({ operation: VERIFY, signing: 'rsa', changes: { decidedBy } }),
    ]);
    expect(typeof found === 'string' ? found : 'failed').toBe(verdict);
  });
});

describe('once', () => {
  test('a msgid of the other operation fails', () => {
    expect(verdictOf('sent-msgid-fresh', [sent()], [sent({ operation: VERIFY })])).toHaveLength(1);
    expect(
      verdictOf('sent-msgid-fresh', [sent()], [sent({ operation: VERIFY, msgId: 'other' })]),
    ).toBe('passed');
    expect(verdictOf('sent-msgid-fresh', [sent()])).toBe('not judged');
  });

  test.each([
    { msgId: '8ADFF305C7FCB3E1B1AECC130792FBD0', verdict: 'passed' },
    { msgId: '8adff305-c7fc-b3e1-b1ae-cc130792fbd0', verdict: 'passed' },
    { msgId: '8adff305c7fc-b3e1-b1ae-cc130792fbd0', verdict: 'failed' },
    { msgId: '12345', verdict: 'failed' },
  ])('$msgId as a UUID: $verdict', ({ msgId, verdict }) => {
    const found = verdictOf('sent-msgid-uuid', [sent({ operation: VERIFY, msgId })]);
    expect(typeof found === 'string' ? found : 'failed').toBe(verdict);
  });
});

test.each([
  { charged: 0, verdict: 'passed' },
  { charged: 1, verdict: 'passed' },
  { charged: 2, verdict: ['charged: at most 1 call / 2 calls'] },
  { charged: 3, verdict: ['charged: at most 1 call / 3 calls'] },
  { charged: undefined, verdict: 'not judged' },
])('$charged charged calls of a scenario: $verdict', ({ charged, verdict }) => {
  expect(verdictOf('sent-charged-once', [sent({ changes: { charged } })])).toEqual(verdict);
});

describe('hidden', () => {
  test.each<{ description: string; name: string; when: When }>([
    {
      description: 'a token in the query',
      name: 'sent-token-hidden',
      when: { path: `/x?token=${VALUES.token}` },
    },
    {
      description: 'a token in a header',
      name: 'sent-token-hidden',
      when: { headers: { 'x-token': VALUES.token } },
    },
    {
      description: 'a percent-encoded key in the query',
      name: 'sent-secrets-hidden',
      when: { path: `/x?key=${encodeURIComponent(KEYS.appSignKey)}` },
    },
    {
      description: 'a secret in a header',
      name: 'sent-secrets-hidden',
      when: { headers: { 'x-key': VALUES.appKey } },
    },
    {
      description: 'a number in the body',
      name: 'sent-secrets-hidden',
      when: { fields: [{ op: 'add', path: '/expandparams', value: VALUES.phoneNumber }] },
    },
  ])('$description fails, and a secret is not shown', ({ name, when }) => {
    const found = verdictOf(name, [sent({ when })]);
    expect(found).toHaveLength(1);
    const secrets = [VALUES.appKey, VALUES.appSecret, KEYS.appSignKey, VALUES.phoneNumber];
    expect(secrets.filter((secret) => String(found).includes(secret))).toEqual([]);
  });
});

test('the path after a redirect passes, and the first offence is reported', () => {
  const followed = sent({ when: { path: '/moved/x' }, changes: { followed: true } });
  expect(verdictOf('sent-path', [followed])).toBe('passed');
  const wrong = [sent({ when: { path: '/first' } }), sent({ when: { path: '/second' } })];
  expect(verdictOf('sent-path', wrong)).toEqual([
    'path: /unisdk/rsapi/loginTokenValidate / /first',
  ]);
});

test.each([
  { operation: 'loginTokenValidate', path: '/channel' },
  { operation: VERIFY, path: '/channel' },
  { operation: VERIFY, path: '/body/traceId' },
  { operation: VERIFY, path: '/header/traceId' },
  { operation: 'h5TokenValidate', path: '/channel' },
] as const)(
  'an undocumented field of $operation is reported with its path: $path',
  ({ operation, path }) => {
    const when: When = { fields: [{ op: 'add', path, value: '1' }] };
    expect(verdictOf('sent-documented-only', [sent({ operation, when })])).toEqual([
      `${path}: absent: the document has no such field / 1`,
    ]);
  },
);

test('an id without a check is refused', () => {
  expect(() => sentCheckOf('loginTokenValidate/consumer/sent-nothing')).toThrow('has no check');
});
