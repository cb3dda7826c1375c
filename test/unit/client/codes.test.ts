/**
 * The client's answer and next step for each documented code. h5TokenValidate with the reference client, against the mock
 * in process.
 */
import { expect, expectTypeOf, test } from 'vitest';
import { createCmpassportClient } from '../../../src/client/client.js';
import {
  type NextStep,
  type PhoneNumberAnswer,
  processLoginTokenValidateResponse,
  processTokenValidateResponse,
  type VerificationAnswer,
} from '../../../src/index.js';
import { RESULTS, type ResultOf, type ResultRow } from '../../../src/protocol/result-codes.js';
import { loginText, MSG_ID, OWN, received, verifyText } from '../../support/client.js';
import { controlBench, createApp } from '../../support/control.js';
import { KEYS, PRIVATE_KEY } from '../control/signed-request-scene.js';

const TASK_ID = '188b0744159f413e9bfe7ecc5d5bcc71';
const TEXT = '平台的说明';
const DETAILS = { msgId: MSG_ID, taskId: TASK_ID, carrierText: TEXT };
const NO_ECHO = { message: undefined, expandParams: undefined };

/** Written out again, so that the table under test does not check itself. */
const NEXT: Readonly<Record<NextStep, readonly string[]>> = {
  getNewToken: ['103113', '103811', '104201', '606'],
  fallBackToSms: ['002'],
  retryLater: ['103211', '003', '999'],
  contactCarrier: ['105312', '103420'],
  fixConfiguration: [
    ...['103101', '103119', '103133', '103412', '103414', '103511', '105018', '105019', '105313'],
    ...['004', '102', '124', '302', '303'],
  ],
};

const nextOf = (code: string) =>
  (Object.keys(NEXT) as NextStep[]).find((next) => NEXT[next].includes(code));

function refused({ code, name, desc, descEn }: ResultRow) {
  const description = { en: descEn, zh: desc };
  return {
    kind: 'refused',
    resultCode: code,
    name,
    description,
    next: nextOf(code),
    charged: false,
    ...DETAILS,
  };
}

test('each documented refusal has a next step, and no other code has one', () => {
  const codes = [...RESULTS.loginTokenValidate, ...RESULTS.tokenValidate].map(({ code }) => code);
  const refusals = codes.filter((code) => !['103000', '000', '001'].includes(code));
  expect(Object.values(NEXT).flat().toSorted()).toEqual(refusals.toSorted());
});

test.each(RESULTS.loginTokenValidate)('login: $code $name', (row) => {
  const request = { operation: 'loginTokenValidate', msgId: MSG_ID, signing: 'md5' } as const;
  const response = received(loginText({ resultCode: row.code, desc: TEXT }));
  const number = {
    kind: 'phoneNumber',
    resultCode: '103000',
    phoneNumber: OWN,
    charged: true,
    ...DETAILS,
  };
  const expected = row.code === '103000' ? number : refused(row);
  expect({ ...processLoginTokenValidateResponse({ request, response }) }).toEqual(expected);
});

function verified(row: ResultRow) {
  const charged = { resultCode: row.code, charged: true, ...DETAILS };
  switch (row.code) {
    case '000':
      return { kind: 'ownNumber', ...charged };
    case '001':
      return { kind: 'notOwnNumber', ...charged, next: 'fallBackToSms', accessToken: 'a' };
    default:
      return refused(row);
  }
}

test.each(RESULTS.tokenValidate)('verify: $code $name', (row) => {
  const request = { operation: 'tokenValidate', msgId: MSG_ID } as const;
  const body = { accessToken: 'a', taskId: TASK_ID, resultDesc: TEXT };
  const text = verifyText({ header: { resultCode: row.code }, body });
  const answer = processTokenValidateResponse({ request, response: received(text) });
  expect({ ...answer }).toEqual({ ...verified(row), ...NO_ECHO });
});

type Documented<Answer> = Exclude<Answer, { readonly kind: 'unknownCode' }>;

test('every documented code has an answer, and any other code is unknown', () => {
  expectTypeOf<Documented<PhoneNumberAnswer>['resultCode']>().toEqualTypeOf<
    ResultOf<'loginTokenValidate'>['code']
  >();
  expectTypeOf<Documented<VerificationAnswer>['resultCode']>().toEqualTypeOf<
    ResultOf<'tokenValidate'>['code']
  >();
  expectTypeOf<PhoneNumberAnswer['kind']>().toEqualTypeOf<
    'phoneNumber' | 'refused' | 'unknownCode'
  >();
  expectTypeOf<VerificationAnswer['kind']>().toEqualTypeOf<
    'ownNumber' | 'notOwnNumber' | 'refused' | 'unknownCode'
  >();
});

test('a code narrows the type to its name and next step', () => {
  type Dead = Extract<PhoneNumberAnswer, { readonly resultCode: '104201' }>;
  expectTypeOf<Dead['next']>().toEqualTypeOf<'getNewToken'>();
  expectTypeOf<Dead['name']>().toEqualTypeOf<'TOKEN_DEAD'>();
  expectTypeOf<
    Extract<VerificationAnswer, { readonly resultCode: '999' }>['next']
  >().toEqualTypeOf<'retryLater'>();
  expectTypeOf<
    Extract<PhoneNumberAnswer, { readonly kind: 'refused' }>['charged']
  >().toEqualTypeOf<false>();
  expectTypeOf<
    Extract<PhoneNumberAnswer, { readonly kind: 'unknownCode' }>['charged']
  >().toEqualTypeOf<undefined>();
  expectTypeOf<Exclude<NextStep, 'retryLater' | 'getNewToken'>>().toEqualTypeOf<
    'fallBackToSms' | 'fixConfiguration' | 'contactCarrier'
  >();
});

const OPERATION = 'h5TokenValidate';

test('gets the number, and a second call with the same token is refused', async () => {
  const bench = await controlBench();
  const app = await createApp(bench, KEYS);
  const { body: minted } = await bench.api
    .post(`/_mock/apps/${app.appId}/tokens`)
    .send({ capability: OPERATION });
  const client = createCmpassportClient({
    appId: app.appId,
    appKey: app.appKey,
    keys: { appSignPrivateKey: PRIVATE_KEY },
    baseUrl: 'http://127.0.0.1',
    production: false,
    fetch: async (url, { headers, body }) => {
      const answer = await bench.api
        .post(new URL(url).pathname)
        .set(headers)
        .send(body)
        .expect(200);
      return new Response(JSON.stringify(answer.body), { headers: answer.headers });
    },
  });
  const { token, userInformation } = minted;
  const login = { token, userInformation };
  expect(await client.getH5PhoneNumber(login)).toMatchObject({
    kind: 'phoneNumber',
    phoneNumber: '13800138000',
    securityPhone: '138****8000',
  });
  expect(await client.h5TokenValidate(login)).toMatchObject({
    kind: 'refused',
    name: 'TOKEN_DEAD',
    next: 'getNewToken',
  });
});
