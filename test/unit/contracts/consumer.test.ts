/**
 * The judge of the consumer suite: the exit status of a client, in each kind of scenario, with and without
 * --handled-status; and the number of its calls.
 */
import { constants, publicEncrypt } from 'node:crypto';
import { expect, test } from 'vitest';
import { alterAnswer } from '../../../contracts/consumer/response.js';
import { judgeScenario } from '../../../contracts/consumer/results.js';
import type { Ran } from '../../../contracts/consumer/run-scenario.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { Alteration } from '../../../contracts/kit/case-files.js';
import { decrypted, publicKey } from '../../../contracts/kit/sign.js';
import { wordsIn } from '../../../src/text/bilingual.js';

function symptomsOf(
  status: number,
  believed: boolean | undefined,
  handledStatus: number | undefined,
) {
  const then = { ...(believed !== undefined && { believed }), calls: { min: 1, max: 1 } };
  const ran = {
    ended: { kind: 'exited', status, output: '' },
    scenario: { then },
    sent: [{}],
    limitMs: 1,
  };
  return judgeScenario(ran as unknown as Ran, { handledStatus }).symptoms;
}

// 126 and 127 are of a shell, above 128 are signals, 255 is the last: all are a refusal if no status is named.
const OTHER = [1, 2, 124, 125, 126, 127, 128, 137, 139, 254, 255];

test.each([
  { believed: true, handledStatus: undefined, zero: [], other: ['not-believed'] },
  { believed: false, handledStatus: undefined, zero: ['believed'], other: [] },
  { believed: undefined, handledStatus: undefined, zero: [], other: [] },
  { believed: true, handledStatus: 3, zero: [], other: ['crashed'] },
  { believed: false, handledStatus: 3, zero: ['believed'], other: ['crashed'] },
  { believed: undefined, handledStatus: 3, zero: [], other: ['crashed'] },
])(
  'accepted $believed, --handled-status $handledStatus: 0 is $zero, another status $other',
  (row) => {
    const { believed, handledStatus, zero, other } = row;
    expect(symptomsOf(0, believed, handledStatus)).toEqual(zero);
    const found = OTHER.map(
      (status) => `${status}: ${symptomsOf(status, believed, handledStatus)}`,
    );
    expect(found).toEqual(OTHER.map((status) => `${status}: ${other}`));
  },
);

test.each([1, 3, 125, 126, 200, 255])('the handled status %i is a handled refusal', (status) => {
  expect(symptomsOf(status, false, status)).toEqual([]);
  expect(symptomsOf(status, undefined, status)).toEqual([]);
  expect(symptomsOf(status, true, status)).toEqual(['not-believed']);
});

test.each([
  { calls: { min: 1, max: 1 }, sent: 0, symptoms: ['no-call'], expected: '1' },
  { calls: { min: 1, max: 1 }, sent: 1, symptoms: [] },
  { calls: { min: 1, max: 1 }, sent: 2, symptoms: ['called-again'], expected: '1' },
  { calls: { min: 2, max: 3 }, sent: 1, symptoms: ['called-too-seldom'], expected: '2 to 3' },
  { calls: { min: 2, max: 3 }, sent: 2, symptoms: [] },
  { calls: { min: 2, max: 3 }, sent: 3, symptoms: [] },
  { calls: { min: 2, max: 3 }, sent: 4, symptoms: ['called-again'], expected: '2 to 3' },
  { calls: { min: 0, max: 1 }, sent: 0, symptoms: [] },
  { calls: { min: 0, max: 0 }, sent: 1, symptoms: ['called-again'], expected: '0' },
])(
  '$sent calls, where $calls.min to $calls.max are expected, are $symptoms',
  ({ calls, sent, symptoms, expected }) => {
    const ended = { kind: 'exited', status: 0, output: '' };
    const then = { calls };
    const ran = { ended, scenario: { then }, sent: new Array(sent).fill({}), limitMs: 1 };
    const judged = judgeScenario(ran as unknown as Ran, { handledStatus: undefined });
    expect(judged.symptoms).toEqual(symptoms);
    const texts = judged.differences.map((one) => [
      wordsIn(one.expected, 'en'),
      wordsIn(one.received, 'en'),
    ]);
    expect(texts).toEqual(
      symptoms.map(() => [expected, expect.stringMatching(new RegExp(`^${sent}\\b`))]),
    );
  },
);

// The changes that the recorder makes to a response.

const { $comment: _, ...KEYS } = keys;
const VALUES = { ...KEYS, phoneNumber: '13800138000' };
const BODY = '{"header":{"resultCode":"000"},"body":{"resultDesc":"是","n":"1"}}';

function answer(alteration: Alteration, body = BODY) {
  const headers = {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': '3',
    'x-mock': '1',
  };
  return alterAnswer({ status: 200, headers, body }, alteration, VALUES);
}

function textOf(alteration: Alteration, body = BODY): string {
  return answer(alteration, body).body.toString();
}

test('without an alteration the response is unchanged, except for the headers of the connection', () => {
  const { status, headers, body } = answer({});
  expect(status).toBe(200);
  expect(headers).toEqual({ 'content-type': 'application/json;charset=UTF-8', 'x-mock': '1' });
  expect(body.toString()).toBe(BODY);
});

test.each<{ description: string; alteration: Alteration; text: string }>([
  {
    description: 'a patch changes fields, also to numbers',
    alteration: {
      patch: [
        { op: 'replace', path: '/header/resultCode', value: 0 },
        { op: 'add', path: '/body/number', value: '{phoneNumber}' },
        { op: 'remove', path: '/body/n' },
      ],
    },
    text: '{"header":{"resultCode":0},"body":{"resultDesc":"是","number":"13800138000"}}',
  },
  {
    description: 'fields are in reverse order, also in nested objects',
    alteration: { layout: 'reversed' },
    text: '{"body":{"n":"1","resultDesc":"是"},"header":{"resultCode":"000"}}',
  },
  {
    description: 'values have escapes, and names do not',
    alteration: { layout: 'escaped' },
    text: '{"header":{"resultCode":"\\u0030\\u0030\\u0030"},"body":{"resultDesc":"\\u662f","n":"\\u0031"}}',
  },
  {
    description: 'the text is cut in half',
    alteration: { layout: 'cut' },
    text: BODY.slice(0, BODY.length / 2),
  },
  {
    description: 'an unknown field with a size is added in front',
    alteration: { padding: { bytes: 3 } },
    text: `{"extension":"xxx",${BODY.slice(1)}`,
  },
  {
    description: 'nested arrays are added in front',
    alteration: { padding: { depth: 3 } },
    text: `{"extension":[[[]]],${BODY.slice(1)}`,
  },
  {
    description: 'a text replaces the response',
    alteration: { text: 'no {phoneNumber}' },
    text: 'no 13800138000',
  },
  {
    description: 'a text can contain the response',
    alteration: { text: '[{json}]' },
    text: `[${BODY}]`,
  },
  {
    description: 'a text can contain the fields of the response',
    alteration: { text: '{"header":{},{members}}' },
    text: `{"header":{},${BODY.slice(1)}`,
  },
])('$description', ({ alteration, text }) => {
  expect(textOf(alteration)).toBe(text);
});

test('indented JSON has lines and spaces before colons', () => {
  const text = textOf({ layout: 'pretty' });
  expect(JSON.parse(text)).toEqual(JSON.parse(BODY));
  expect(text).toContain('"resultCode" : "000"');
  expect(text.split('\n').length).toBeGreaterThan(5);
});

test('a parser reads escapes as the same text', () => {
  expect(JSON.parse(textOf({ layout: 'escaped' }))).toEqual(JSON.parse(BODY));
});

test('a recipe can derive a value', () => {
  const recipe = {
    parts: ['{phoneNumber}'],
    algorithm: 'rsa-encrypt',
    key: '{appEncryptKey}',
    encoding: 'hex',
  } as const;
  const { msisdn } = JSON.parse(textOf({ derived: { '/msisdn': recipe } }));
  expect(decrypted(msisdn, KEYS.appDecryptKey)).toEqual({
    text: '13800138000',
    padding: 'PKCS#1 v1.5',
  });
});

test('a block that only begins like PKCS#1 v1.5, as some with OAEP do, has no text', () => {
  const block = Buffer.from(`0002${'11'.repeat(8)}00`.padEnd(256, 'ff'), 'hex');
  const padding = { key: publicKey(KEYS.appEncryptKey), padding: constants.RSA_NO_PADDING };
  expect(
    decrypted(publicEncrypt(padding, block).toString('hex'), KEYS.appDecryptKey),
  ).toBeUndefined();
});

test('status and headers can be replaced', () => {
  const { status, headers } = answer({ status: 503, headers: { 'content-type': 'text/html' } });
  expect(status).toBe(503);
  expect(headers['content-type']).toBe('text/html');
});

test('a response that is not a JSON object keeps its text if it is not replaced', () => {
  expect(textOf({ layout: 'pretty', patch: [{ op: 'remove', path: '/x' }] }, '')).toBe('');
  expect(textOf({ layout: 'pretty', text: 'other' }, 'Bad Gateway')).toBe('other');
});
