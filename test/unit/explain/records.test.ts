/** The explanation of a journal record: what it loads, and what it reports of a body that was kept in part. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { changeClock } from '../../../mock-server/carrier/apps/app-clock.js';
import { findRequest } from '../../../mock-server/carrier/apps/journal.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { KEPT_BODY_BYTES_MAX } from '../../../mock-server/carrier/engine/request.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type {
  AppRecord,
  JournalRecord,
  StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import { explain } from '../../../mock-server/explain/explain.js';
import { subjectOfRecord } from '../../../mock-server/explain/records/explanations.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { DAY_MS, formatTimestamp } from '../../../src/protocol/timestamp.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { TEST_KEYS } from '../../support/keys.js';
import {
  type Fields,
  loginRequest,
  loginRsaRequest,
  verifyRequest,
} from '../../support/requests.js';

/** A login with a wrong signature whose body has this length, and how it is explained. */
async function loginOf(bytes: number) {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const credentials = credentialsOf(await addApp(carrier), carrier);
  const unpadded = { ...loginRequest(credentials, 'no token'), sign: '', msgid: 'm' };
  const padding = bytes - JSON.stringify(unpadded).length;
  const body = JSON.stringify({ ...unpadded, sign: 'F'.repeat(padding) });
  return { ...(await recordOf(carrier, body)), carrier, body };
}

async function recordOf(
  carrier: Carrier,
  body: string,
  operation: Operation = 'loginTokenValidate',
) {
  const reply = await createAnswer(carrier)(exchangeOf(operation, body));
  const record = (await findRequest(carrier, reply.requestId ?? '')) as JournalRecord;
  return { reply, record };
}

describe('a body', () => {
  test('of 8 KiB is kept and explained', async () => {
    const { carrier, record, body } = await loginOf(KEPT_BODY_BYTES_MAX);
    expect(record.exchange.body).toBe(body);
    const { findings, next } = explain(await subjectOfRecord(carrier, record, 'all'), 'en');
    expect(findings.map(({ id }) => id)).not.toContain('body.kept-in-part');
    expect(next).not.toBe(null);
  });

  test.each([
    { language: 'en', detail: /^The body has 8193 bytes\..* at most 8192\./ },
    { language: 'zh', detail: /^请求体有 8193 字节。.*8192 字节/ },
  ] as const)(
    'of one byte more is kept in part, which the explanation reports in $language',
    async ({ language, detail }) => {
      const { carrier, record, body, reply } = await loginOf(KEPT_BODY_BYTES_MAX + 1);
      expect(record.exchange.body).toBe(body.slice(0, KEPT_BODY_BYTES_MAX));
      const explanation = explain(await subjectOfRecord(carrier, record, 'all'), language);
      expect(reply.resultCode).toBe('103101');
      expect(explanation).toMatchObject({
        resultCode: '103101',
        decidedBy: 'signValid',
        next: null,
        stringToSign: null,
        findings: [
          { id: 'body.kept-in-part', role: 'remark', detail: expect.stringMatching(detail) },
        ],
      });
      const unmet = explanation.gates.filter(({ outcome }) => outcome === 'unmet');
      expect(unmet.map(({ requires }) => requires)).toEqual(['signValid']);
    },
  );

  test('that is too large to be read is explained as before', async () => {
    const { carrier } = newCarrier({ nowMs: NOW_MS });
    const { record } = await recordOf(carrier, ' '.repeat(64 * 1024 + 1));
    const { findings } = explain(await subjectOfRecord(carrier, record, 'all'), 'en');
    expect(findings.map(({ id }) => id)).toEqual(['body.too-large']);
  });

  test('is cut between two characters, and keeps its byte order mark', async () => {
    const { carrier } = newCarrier({ nowMs: NOW_MS });
    const { record } = await recordOf(carrier, `\ufeff${'中'.repeat(4_000)}`);
    expect(record.exchange.body).toBe(`\ufeff${'中'.repeat(2_729)}`);
  });
});

test('a response, a token and an appId are kept in part too', async () => {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const long = 'x'.repeat(20_000);
  const { record, reply } = await recordOf(
    carrier,
    JSON.stringify({ appid: long, token: long, msgid: long }),
  );
  expect(reply.body.length).toBeGreaterThan(20_000);
  expect(record.responseBody).toBe(reply.body.slice(0, KEPT_BODY_BYTES_MAX));
  expect([record.token?.length, record.appId?.length]).toEqual([1024, 1024]);
});

test('an earlier request with the same time and another token shows a frozen clock', async () => {
  const { carrier, clock } = newCarrier({ nowMs: NOW_MS });
  const credentials = credentialsOf(await addApp(carrier), carrier);
  await recordOf(carrier, JSON.stringify(loginRequest(credentials, 'one')));
  clock.nowMs += 2000;
  const { record } = await recordOf(carrier, JSON.stringify(loginRequest(credentials, 'another')));
  const { findings } = explain(await subjectOfRecord(carrier, record, 'all'), 'en');
  expect(findings.map(({ id }) => id)).toContain('time.stale');
});

test.each([
  { reader: 'a reader of all apps', scope: 'all', named: true },
  { reader: 'a reader without a token', scope: 'unlocked', named: false },
] as const)(
  '$reader learns the issuer of a token of a locked app: $named',
  async ({ scope, named }) => {
    const { carrier } = newCarrier({ nowMs: NOW_MS });
    const issuer = await addApp(carrier, { controlToken: 'the-token-of-another-team' });
    const minted = await mint(carrier, issuer, {});
    const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
    const credentials = credentialsOf(await addApp(carrier), carrier);
    const { record } = await recordOf(carrier, JSON.stringify(loginRequest(credentials, token)));
    const { findings } = explain(await subjectOfRecord(carrier, record, scope), 'en');
    expect(findings[0]).toMatchObject({ id: 'token.other-app' });
    expect(JSON.stringify(findings).includes(issuer.settings.appId)).toBe(named);
  },
);

type Kind = 'MD5' | 'RSA';

/** Explains a login at `NOW_MS`; returns the lists and logs that the explanation read from the store. */
async function explanationOf(change: (body: Fields) => object, kind: Kind = 'MD5') {
  const read: string[] = [];
  const memory = createMemoryStore();
  const store: StateStore = {
    ...memory,
    list: (partition, collection) => {
      read.push(collection);
      return memory.list(partition, collection);
    },
    journal: (partition) => {
      read.push('journal');
      return memory.journal(partition);
    },
  };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store });
  const keys = {
    appVerifyKey: TEST_KEYS.demoAppSign.publicKey,
    appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey,
  };
  const app = await addApp(carrier, keys);
  await addApp(carrier, { appId: 'another', ...keys });
  const minted = await mint(carrier, app, {});
  const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
  const credentials = credentialsOf(app, carrier);
  const body =
    kind === 'MD5'
      ? loginRequest(credentials, token)
      : loginRsaRequest(credentials.appId, TEST_KEYS.demoAppSign.privateKey, token);
  const reply = await createAnswer(carrier)(exchangeOf('loginTokenValidate', change({ ...body })));
  const record = await findRequest(carrier, reply.requestId ?? '');
  read.length = 0;
  const explanation = record && explain(await subjectOfRecord(carrier, record, 'all'), 'en');
  return { read, ids: explanation?.findings.map(({ id }) => id), resultCode: reply.resultCode };
}

test.each([
  {
    description: 'with a wrong signature',
    change: (body: Fields) => ({ ...body, sign: String(body['sign']).slice(1) }),
    read: ['journal', 'shortId'],
  },
  { description: 'that is right', change: (body: Fields) => body, read: ['journal'] },
])(
  'a request $description is compared with the earlier requests of its app, and with other apps if it may be of one',
  async ({ change, read }) => {
    expect((await explanationOf(change)).read).toEqual(read);
  },
);

test('a request without a token is explained without loading anything', async () => {
  const { read, ids } = await explanationOf(({ token: _, ...body }) => body);
  expect(ids).toContain('token.empty');
  expect(read).toEqual([]);
});

test('a signature of an unknown key is compared with the keys of the other apps', async () => {
  const { read, resultCode } = await explanationOf(
    (body) => ({ ...body, sign: 'AB'.repeat(128) }),
    'RSA',
  );
  expect(resultCode).toBe('103101');
  expect(read.toSorted()).toEqual(['journal', 'shortId']);
});

test.each([
  { scope: 'all', next: '103000', isShown: true },
  { scope: 'unlocked', next: '103119', isShown: false },
] as const)(
  'a repaired request of a locked app is explained to a reader of $scope apps',
  async ({ scope, ...expected }) => {
    const { carrier } = newCarrier({ nowMs: NOW_MS });
    const app = await addApp(carrier, { controlToken: 'the control token of this app' });
    const minted = await mint(carrier, app, {});
    const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
    const { appid, ...body }: Fields = loginRequest(credentialsOf(app, carrier), token);
    const { record } = await recordOf(carrier, JSON.stringify({ ...body, appID: appid }));
    const explanation = explain(await subjectOfRecord(carrier, record, scope), 'en');
    const isShown = JSON.stringify(explanation).includes(app.settings.appSecret);
    expect({ next: explanation.next, isShown }).toEqual(expected);
  },
);

/** A verification with `appid` in its header instead of `appId`. */
async function misspeltVerification(carrier: Carrier, app: AppRecord, atMs: number) {
  const minted = await mint(carrier, app, { capability: 'tokenValidate' });
  const [first] = minted === 'exists' ? [] : minted;
  const verification = { token: first?.token ?? '', phoneNumber: first?.record.phoneNumber ?? '' };
  const changes = { header: { timestamp: formatTimestamp(atMs) } };
  const request = verifyRequest(credentialsOf(app, carrier), verification, changes);
  const { appId: appid, ...header } = request.header;
  return {
    right: JSON.stringify(request),
    misspelt: JSON.stringify({ ...request, header: { ...header, appid } }),
  };
}

test.each([
  { description: 'a day ahead', atMs: NOW_MS + DAY_MS },
  { description: 'a day behind', atMs: NOW_MS - DAY_MS },
  { description: 'not moved', atMs: NOW_MS },
])('a misspelt appid is repaired by the clock of its app: $description', async ({ atMs }) => {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const app = await addApp(carrier);
  await changeClock(carrier, app.settings.appId, () => ({ atMs }));
  const { misspelt } = await misspeltVerification(carrier, app, atMs);
  const { record } = await recordOf(carrier, misspelt, 'tokenValidate');
  const { next, findings } = explain(await subjectOfRecord(carrier, record, 'all'), 'en');
  expect({ next, ids: findings.map(({ id }) => id) }).toEqual({
    next: '000',
    ids: ['field.misspelt'],
  });
});

test.each([
  { used: 'before', next: '606' },
  { used: 'after', next: '000' },
])('the token of a request without an app that was used $used it', async ({ used, next }) => {
  const { carrier, clock } = newCarrier({ nowMs: NOW_MS });
  const { right, misspelt } = await misspeltVerification(carrier, await addApp(carrier), NOW_MS);
  const send = (body: string) => recordOf(carrier, body, 'tokenValidate');
  if (used === 'before') await send(right);
  clock.nowMs += 1;
  const { record } = await send(misspelt);
  clock.nowMs += 1;
  if (used === 'after') await send(right);
  expect(explain(await subjectOfRecord(carrier, record, 'all'), 'en').next).toBe(next);
});

test('the token of a request with a mistyped appid was used in the same millisecond', async () => {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const app = await addApp(carrier, { appId: '300000000018' });
  const minted = await mint(carrier, app, {});
  const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
  const credentials = credentialsOf(app, carrier);
  const mistyped = { ...credentials, appId: '300000000019' };
  await recordOf(carrier, JSON.stringify(loginRequest(credentials, token)));
  const { record } = await recordOf(carrier, JSON.stringify(loginRequest(mistyped, token)));
  expect(explain(await subjectOfRecord(carrier, record, 'all'), 'en').next).toBe('104201');
});

test.each([
  { used: 'before', next: '104201' },
  { used: 'after', next: '103000' },
])(
  'a damaged token that was used $used the request is explained as it was then',
  async ({ used, next }) => {
    const { carrier } = newCarrier({ nowMs: NOW_MS });
    const app = await addApp(carrier);
    const minted = await mint(carrier, app, {});
    const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
    const bodyOf = (sent: string) =>
      JSON.stringify(loginRequest(credentialsOf(app, carrier), sent));
    if (used === 'before') await recordOf(carrier, bodyOf(token));
    const { record } = await recordOf(carrier, bodyOf(`${token} `));
    if (used === 'after') await recordOf(carrier, bodyOf(token));
    expect(explain(await subjectOfRecord(carrier, record, 'all'), 'en').next).toBe(next);
  },
);
