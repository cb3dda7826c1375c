/**
 * Refused inputs: 400 with a pointer, and in both languages a sentence that quotes what was found. A row of refused.json
 * is the mistake, the body (null for a call without one), the pointer, and what the English sentence says. `:appId` is a
 * new app.
 */
import { expect, test } from 'vitest';
import { english } from '../../support/bilingual.js';
import { controlBench, createApp } from '../../support/control.js';
import { TEST_KEYS } from '../../support/keys.js';
import REFUSED from './refused.json' with { type: 'json' };

type Row = readonly [mistake: string, body: object | null, pointer: string, ...says: readonly string[]];

/** Rows with a generated text. */
const LONG: Readonly<Record<string, readonly Row[]>> = {
  'POST /_mock/apps': [
    ['generateKeys with a key', { generateKeys: true, appVerifyKey: TEST_KEYS.platform.publicKey }, '/generateKeys'],
  ],
  'POST /_mock/apps/:appId/signed-requests': [
    [
      'a field beyond 64 KiB',
      { operation: 'loginTokenValidate', token: 't', fields: { msgid: 'm'.repeat(65_537) } },
      '/fields/msgid',
    ],
  ],
  'POST /_mock/ip-whitelist/check': [['a list that is too long', { ipWhitelist: '1'.repeat(4001) }, '/ipWhitelist']],
  'PUT /_mock/apps/:appId/outcomes/tokenValidate': [
    ['a script of 5 KB', { script: `${'pass,'.repeat(1000)}pass` }, '/script', '4096'],
  ],
};

const ROWS = [...Object.entries(REFUSED as unknown as typeof LONG), ...Object.entries(LONG)].flatMap(([call, rows]) =>
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
