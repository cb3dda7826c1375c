/**
 * The prediction comes true: the repaired request of a journal record, sent to the same carrier, gets the code that the
 * explanation states. For each single mistake and for pairs, mistakes.test.ts proves it.
 */
import { expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { findRequest } from '../../../mock-server/carrier/apps/journal.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Exchange } from '../../../mock-server/carrier/engine/request.js';
import { diagnose } from '../../../mock-server/explain/diagnosis.js';
import { explain } from '../../../mock-server/explain/explain.js';
import { subjectOfRecord } from '../../../mock-server/explain/records/explanations.js';
import { isMissing } from '../../../mock-server/explain/repair/missing.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS, PHONE_NUMBER } from '../../support/engine.js';
import {
  type Credentials,
  type Fields,
  loginRequest,
  verifyRequest,
} from '../../support/requests.js';

const WRAPPER = 'CM__1__0123456789abcdef0123456789abcdef__1.0__';
const EXPIRED_AFTER_MS = 180_000;

const LOGIN: Operation = 'loginTokenValidate';

interface Row {
  readonly description: string;
  readonly operation?: Operation;
  readonly credentials?: Partial<Credentials>;
  /** Before signing. */
  readonly token?: (token: string) => string;
  /** After signing. */
  readonly change?: (body: Fields) => unknown;
  readonly exchange?: Partial<Exchange>;
  /** Between the token and the request. */
  readonly laterMs?: number;
  readonly sentTwice?: true;
  readonly next: string;
}

test.each<Row>([
  {
    description: 'a name is misspelt',
    change: ({ systemtime, ...body }) => ({ ...body, systemTime: systemtime }),
    next: '103000',
  },
  {
    description: 'the token has another name',
    change: ({ token, ...body }) => ({ ...body, Token: token }),
    next: '103000',
  },
  {
    description: 'the appid has another name',
    change: ({ appid, ...body }) => ({ ...body, appId: appid }),
    next: '103000',
  },
  { description: 'the appid has a typo', credentials: { appId: '300000000019' }, next: '103000' },
  {
    description: 'a value is a number',
    change: (body) => ({ ...body, strictcheck: 0 }),
    next: '103000',
  },
  {
    description: 'the token is inside a wrapper',
    token: (token) => WRAPPER + token,
    next: '103000',
  },
  { description: 'the token is URL-encoded', token: (token) => `${token}%0A`, next: '103000' },
  {
    description: 'the token was never issued',
    token: (token) => token.replace('MOCK', 'KCOM'),
    next: '103000',
  },
  { description: 'the token has expired', laterMs: EXPIRED_AFTER_MS, next: '103000' },
  { description: 'the token was used', sentTwice: true, next: '103000' },
  {
    description: 'the body is a form',
    change: (body) => new URLSearchParams(body as Record<string, string>).toString(),
    next: '103000',
  },
  {
    description: 'the path is that of verify',
    exchange: { path: '/openapi/rs/loginTokenValidate' },
    next: '103000',
  },
  { description: 'the token of login is sent to verify', operation: 'tokenValidate', next: '000' },
  {
    description: 'the name of the msgId is misspelt, and the token is one of login',
    operation: 'tokenValidate',
    change: ({ header, body }) => ({
      header: { ...(header as Fields), msgId: undefined, msgID: (header as Fields)['msgId'] },
      body,
    }),
    next: '606',
  },
])('$description', async ({ operation = LOGIN, next, ...row }) => {
  const { carrier, clock } = newCarrier({ nowMs: NOW_MS });
  const app = await addApp(carrier, { appId: '300000000018' });
  const mintToken = async (capability: Operation) => {
    const minted = await mint(carrier, app, { capability, phoneNumber: PHONE_NUMBER });
    return minted === 'exists' ? '' : (minted[0]?.token ?? '');
  };
  const token = await mintToken(LOGIN);
  clock.nowMs += row.laterMs ?? 0;
  const credentials = { ...credentialsOf(app, carrier), ...row.credentials };
  const text = row.token?.(token) ?? token;
  const isLogin = operation === LOGIN;
  const sent: Fields = isLogin
    ? loginRequest(credentials, text)
    : verifyRequest(credentials, { token: text, phoneNumber: PHONE_NUMBER });
  const answer = createAnswer(carrier);
  const exchange = exchangeOf(operation, row.change?.({ ...sent }) ?? sent, row.exchange);
  if (row.sentTwice === true) await answer(exchange);
  const reply = await answer(exchange);
  const record = await findRequest(carrier, reply.requestId ?? '');
  if (record === undefined) throw new Error('The journal has no record of the request');
  const subject = {
    ...(await subjectOfRecord(carrier, record, 'all')),
    newToken: await mintToken(operation),
  };
  expect(explain(subject, 'en').next).toBe(next);
  const { repaired } = diagnose(subject);
  if (repaired === undefined || isMissing(repaired))
    throw new Error('No repaired request was built');
  expect((await answer(repaired.exchange)).resultCode).toBe(next);
});
