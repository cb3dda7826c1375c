/** Requests for other interfaces of the carrier are named, and their fields are not reported as misspelt. */
import { describe, expect, test } from 'vitest';
import { createControlApi } from '../../../mock-server/control-api/control-api.js';
import { explain } from '../../../mock-server/explain/explain.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { operationRow } from '../../../src/protocol/operations.js';
import { newCarrier } from '../../support/carrier.js';
import { loginBody, NOW_MS, PATHS, TOKEN, verifyBody } from '../../support/engine.js';
import { evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

const ID = 'interface.not-simulated';

/** The format of the document of 1.x. */
const HEADER_1X = {
  version: '1.0',
  msgid: '8ADFF305C7FCB3E1B1AECC130792FBD0',
  systemtime: '20180104090953788',
  strictcheck: '0',
  appid: '300000000001',
  sourceid: '300000',
  apptype: '5',
  sign: 'A7'.repeat(16),
};
const LOGIN_1X = { header: HEADER_1X, body: { token: TOKEN } };
/** Version 1.0, like login 1.x. */
const UNI = {
  header: { ...HEADER_1X, appid: undefined, id: '300000000001', idtype: '1' },
  body: { token: TOKEN },
};
const SMS = {
  header: { ...HEADER_1X, sign: undefined, mac: 'ab'.repeat(32) },
  body: { msisdn: '13800138000' },
};

interface Row {
  readonly description: string;
  readonly operation: Operation;
  readonly body: unknown;
  readonly path?: string;
  readonly name: string;
}

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';

const ROWS: readonly Row[] = [
  {
    description: "1.x at login's path",
    operation: LOGIN,
    body: LOGIN_1X,
    name: 'login interface 1.x',
  },
  {
    description: "1.x at verify's path",
    operation: VERIFY,
    body: LOGIN_1X,
    name: 'login interface 1.x',
  },
  {
    description: '1.x at its own path',
    operation: LOGIN,
    body: LOGIN_1X,
    path: '/unisdk/rsapi/tokenValidate',
    name: 'login interface 1.x',
  },
  { description: 'the unified login', operation: LOGIN, body: UNI, name: 'uniTokenValidate' },
  {
    description: 'a request for an SMS code',
    operation: VERIFY,
    body: SMS,
    name: 'the SMS service',
  },
  {
    description: 'the number verification of a web page',
    operation: VERIFY,
    body: verifyBody({ body: { userInformation: 'x', token: 'H5token', sign: 'x' } }),
    name: 'the number verification of web pages (H5)',
  },
  {
    description: 'the unified login by its path',
    operation: LOGIN,
    body: '{}',
    path: '/unisdk/rsapi/uniTokenValidate',
    name: 'uniTokenValidate',
  },
  {
    description: '3.5',
    operation: LOGIN,
    body: loginBody({ version: '3.5', encryptionalgorithm: 'SM', sign: 'MEUCIQ==' }),
    name: 'login interface 3.5',
  },
  {
    description: 'keyType 2',
    operation: VERIFY,
    body: verifyBody({ body: { keyType: '2', phoneNum: 'AB'.repeat(32), sign: 'AB'.repeat(64) } }),
    name: 'keyType 2',
  },
  {
    description: 'an SMS code is sent',
    operation: VERIFY,
    body: {
      header: { version: '1.0', msgId: '1', timestamp: '1', appId: '1' },
      body: { accessToken: '1' },
    },
    path: '/openapi/rs/sendsmscode',
    name: 'sendsmscode',
  },
  {
    description: 'an SMS code is checked',
    operation: VERIFY,
    body: '{}',
    path: '/openapi/rs/checksmscode',
    name: 'checksmscode',
  },
  {
    description: 'userInfoValidate',
    operation: VERIFY,
    body: '{}',
    path: '/openapi/rs/userInfoValidate',
    name: 'userInfoValidate',
  },
];

test.each(ROWS)('$description is the only mistake reported', ({ operation, body, path, name }) => {
  const subject = subjectFor(operation, body, path === undefined ? {} : { exchange: { path } });
  expect(subject.decidedBy).not.toBe('allMet');
  const ids = findingIds(subject);
  expect(ids[0]).toBe(ID);
  expect(ids.filter((id) => /^(?:url|body|field|version|encryption)\./.test(id))).toEqual([]);
  const { findings } = explain(subject, 'en');
  expect(findings[0]?.detail).toMatch(
    /^The request is for .*\. This is a different interface, which the mock does not simulate\./,
  );
  expect(findings[0]?.detail).toContain(name);
  expect(explain(subject, 'zh').findings[0]?.detail).toMatch(
    /^这个请求属于.*，模拟服务没有实现这个接口。/,
  );
});

test('only 1.x has a successor', () => {
  const subject = subjectFor(VERIFY, LOGIN_1X);
  expect(evidenceFor(subject, ID)).toMatchObject([
    { successor: LOGIN, version: '2.0', path: PATHS[LOGIN] },
  ]);
  expect(explain(subject, 'en').findings[0]?.detail).toContain('flat JSON, version 2.0');
  expect(evidenceFor(subjectFor(VERIFY, UNI), ID)[0]).not.toHaveProperty('successor');
  expect(evidenceFor(subjectFor(VERIFY, SMS), ID)[0]).not.toHaveProperty('successor');
});

const PATH_OF_PAGES = operationRow('h5TokenValidate').path;

test('the operations for the same purpose are named', () => {
  const details = (['en', 'zh'] as const).map(
    (language) => explain(subjectFor(VERIFY, UNI), language).findings[0]?.detail,
  );
  expect(details[0]).toContain(
    `Recognised by: header/id, header/idtype. Instead, call POST ${PATHS[LOGIN]} (app), ${PATH_OF_PAGES} (pages).`,
  );
  expect(details[1]).toContain(`请改为调用 POST ${PATHS[LOGIN]}（App）、${PATH_OF_PAGES}（H5）。`);
});

test('a request of a page at another path is for the login of pages', () => {
  const subject = subjectFor(LOGIN, { token: 'H5token', sign: 'x', userInformation: 'x' });
  expect(findingIds(subject)[0]).toBe('body.wrong-operation');
});

describe('not a different interface', () => {
  test.each([
    {
      description: 'one name of 1.x in the header',
      body: verifyBody({ header: { systemtime: '1' } }),
    },
    { description: 'mac in a header, with a token', body: verifyBody({ header: { mac: 'x' } }) },
    { description: 'only id in the header', body: verifyBody({ header: { id: '300000000001' } }) },
    { description: 'keyType 3', body: verifyBody({ body: { keyType: '3' } }) },
  ])('$description', ({ body }) => {
    expect(findingIds(subjectFor(VERIFY, body))).not.toContain(ID);
  });

  test.each([
    {
      description: 'SM with version 2.0',
      body: loginBody({ encryptionalgorithm: 'SM' }),
      path: PATHS[LOGIN],
    },
    {
      description: 'the flat JSON of today',
      body: loginBody(),
      path: '/unisdk/rsapi/tokenValidate',
    },
    {
      description: 'the envelope of today',
      body: verifyBody(),
      path: '/unisdk/rsapi/tokenValidate',
    },
  ])('$description', ({ body, path }) => {
    expect(findingIds(subjectFor(LOGIN, body, { exchange: { path } }))).not.toContain(ID);
  });
});

test('an object with its own toString as the keyType is not another interface', () => {
  const subject = subjectFor(VERIFY, verifyBody({ body: { keyType: { toString: '2' } } }));
  expect(findingIds(subject)).toEqual(['value.not-a-string']);
});

test('an accepted request with keyType 2 has a remark', () => {
  const subject = subjectFor(VERIFY, verifyBody({ body: { keyType: '2' } }));
  expect(subject.decidedBy).toBe('allMet');
  expect(findingIds(subject)).toEqual([ID]);
});

test.each([
  { lang: 'en', message: 'a different interface, not simulated here; instead, call POST' },
  { lang: 'zh', message: '模拟服务没有实现这个接口' },
])('a path of another interface is named in $lang', async ({ lang, message }) => {
  const { answer } = createControlApi(newCarrier({ nowMs: NOW_MS }).carrier, {
    controlToken: undefined,
    caPem: undefined,
  });
  const call = (url: string) =>
    answer({
      method: 'POST',
      url,
      base: 'http://127.0.0.1',
      headers: {},
      body: () => new Uint8Array(),
      signal: new AbortController().signal,
    });
  const { status, body } = await call(`/api/uniTokenValidate?lang=${lang}`);
  expect(status).toBe(404);
  expect(String(body)).toContain(message);
  expect(String((await call('/h5')).body)).toContain('nothing is at /h5');
});
