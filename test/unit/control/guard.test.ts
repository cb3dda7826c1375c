/**
 * Protection of the control API: control token, origin, and the size of bodies. Refused inputs: 400 with a pointer, and in
 * both languages a sentence that quotes what was found. A row of refused.json is the mistake, the body (null for a call
 * without one), the pointer, and what the English sentence says. `:appId` is a new app.
 */
import { expect, test } from 'vitest';
import { english } from '../../support/bilingual.js';
import { controlBench, createApp } from '../../support/control.js';
import { TEST_KEYS } from '../../support/keys.js';
import REFUSED from './refused.json' with { type: 'json' };

const controlToken = 'let-me-in';

test.each([
  { description: 'no token', authorization: undefined },
  { description: 'another token', authorization: 'Bearer let-me-out' },
  { description: 'the beginning of the token', authorization: 'Bearer let-me' },
  { description: 'more than the token', authorization: 'Bearer let-me-in-too' },
  { description: 'another scheme', authorization: `Basic ${controlToken}` },
  { description: 'the bare token', authorization: controlToken },
  { description: 'an empty token', authorization: 'Bearer ' },
])('$description is 401', async ({ authorization }) => {
  const { api } = await controlBench({ controlToken });
  const call = api.get('/_mock/apps');
  const { body } = await (authorization === undefined
    ? call
    : call.set('authorization', authorization)
  )
    .expect(401)
    .expect('content-type', /^application\/problem\+json/);
  expect(body).toMatchObject({
    status: 401,
    detail: expect.stringContaining('Authorization: Bearer'),
  });
  expect(body.detail).not.toContain(controlToken);
});

test.each(['Bearer let-me-in', 'bearer let-me-in'])('%s is accepted', async (authorization) => {
  const { api } = await controlBench({ controlToken });
  await api.get('/_mock/apps').set('authorization', authorization).expect(200);
});

test('a body that names the app is parsed before its token is checked, so it is short', async () => {
  const { api } = await controlBench({ controlToken });
  const count = (bytes: number) =>
    api
      .post('/_mock/requests/count')
      .set('authorization', 'Bearer of-an-app')
      .send('{}'.padEnd(bytes));
  await count(4096).expect(401);
  await count(4097).expect(413);
});

test('500 000 open brackets are refused', async () => {
  const { api } = await controlBench();
  const { body } = await api.post('/_mock/apps').type('json').send('['.repeat(500_000)).expect(400);
  expect(body.detail).toContain('is not JSON');
});

test.each(['http://evil.example', 'null', 'file://', 'http://127.0.0.1:1', 'nonsense'])(
  'a page of %s is 403',
  async (origin) => {
    const { api } = await controlBench();
    const { body } = await api.post('/_mock/reset').set('origin', origin).expect(403);
    expect(body).toMatchObject({ status: 403, detail: expect.stringContaining(`"${origin}"`) });
  },
);

test('the correct token does not permit another origin', async () => {
  const { api } = await controlBench({ controlToken });
  const call = api.get('/_mock/apps').set('authorization', `Bearer ${controlToken}`);
  await call.set('origin', 'http://evil.example').expect(403);
});

test('a page of the server itself is accepted', async () => {
  const { api } = await controlBench();
  await api
    .get('/_mock/apps')
    .set('host', 'mock.test:1234')
    .set('origin', 'http://mock.test:1234')
    .expect(200);
});

type Row = readonly [
  mistake: string,
  body: object | null,
  pointer: string,
  ...says: readonly string[],
];

/** Rows with a generated text. */
const LONG: Readonly<Record<string, readonly Row[]>> = {
  'POST /_mock/apps': [
    [
      'generateKeys with a key',
      { generateKeys: true, appVerifyKey: TEST_KEYS.platform.publicKey },
      '/generateKeys',
    ],
  ],
  'POST /_mock/apps/:appId/signed-requests': [
    [
      'a field beyond 64 KiB',
      { operation: 'loginTokenValidate', token: 't', fields: { msgid: 'm'.repeat(65_537) } },
      '/fields/msgid',
    ],
  ],
  'POST /_mock/ip-whitelist/check': [
    ['a list that is too long', { ipWhitelist: '1'.repeat(4001) }, '/ipWhitelist'],
  ],
  'PUT /_mock/apps/:appId/outcomes/tokenValidate': [
    ['a script of 5 KB', { script: `${'pass,'.repeat(1000)}pass` }, '/script', '4096'],
  ],
};

const ROWS = [
  ...Object.entries(REFUSED as unknown as typeof LONG),
  ...Object.entries(LONG),
].flatMap(([call, rows]) =>
  rows.map(([mistake, body, pointer, ...says]) => ({ call, mistake, body, pointer, says })),
);

test.each(ROWS)('$call: $mistake', async ({ call, body, pointer, says }) => {
  const bench = await controlBench();
  const { appId } = await createApp(bench);
  const [method = '', path = ''] = call.replace(':appId', appId).split(' ');
  const problemIn = async (language: string) => {
    const sent = bench.api[method.toLowerCase() as 'post'](path).set('accept-language', language);
    return (await (body === null ? sent : sent.send(body)).expect(400)).body;
  };
  const [en, zh] = [await problemIn('en'), await problemIn('zh')];
  expect(en).toMatchObject({ title: 'Invalid request', status: 400, pointer });
  const sentence = english({ en: en.detail, zh: zh.detail });
  for (const text of says) expect(sentence).toContain(text);
});
