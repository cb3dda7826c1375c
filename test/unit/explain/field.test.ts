/** Findings about field names, and about missing or invalid fields. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rulesFor } from '../../../mock-server/carrier/engine/decide.js';
import { otherOperationOf } from '../../../mock-server/explain/fields.js';
import { FIELD_FINDINGS } from '../../../mock-server/explain/findings/field.js';
import { VALUE_FINDINGS } from '../../../mock-server/explain/findings/value.js';
import type { Subject } from '../../../mock-server/explain/subject.js';
import { loginBody, type Scene, verifyBody, verifyRsaBody } from '../../support/engine.js';
import { detectedBy, evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';
import { mutated, mutation } from '../../support/mutations.js';

type Json = Readonly<Record<string, unknown>>;

function renamed(fields: Json, from: string, to: string): Json {
  const { [from]: value, ...rest } = fields;
  return { ...rest, [to]: value };
}

test('of two possible names, the nearer one is suggested', () => {
  const { msgid: _, ...rest } = renamed(loginBody(), 'appid', 'mppid');
  const subject = subjectFor('loginTokenValidate', rest);
  expect(requestFindingIds(subject)).toEqual(['field.misspelt', 'field.missing']);
  expect(evidenceFor(subject, 'field.misspelt')).toEqual([
    { field: 'appid', received: 'mppid', expected: 'appid' },
  ]);
});

test('verify: Header for header is misspelt, and its fields are not reported one by one', () => {
  const subject = subjectFor('tokenValidate', renamed(verifyBody(), 'header', 'Header'));
  expect(requestFindingIds(subject)).toEqual(['field.misspelt']);
});

test.each([
  {
    description: 'with an unrelated name',
    body: { ...loginBody(), apptype: '1', traceId: 'x', ip: '10.0.0.1' },
  },
  {
    description: 'as long as a body can be',
    body: { ...loginBody(), [`e${'x'.repeat(60_000)}`]: '' },
  },
  {
    description: 'of white space in its length',
    body: { ...loginBody(), [`${' '.repeat(60_000)}x`]: '' },
  },
  {
    description: 'with the name of a property that every object has',
    body: { ...loginBody(), constructor: '1' },
  },
])('an unknown field $description is not misspelt', ({ body }) => {
  expect(requestFindingIds(subjectFor('loginTokenValidate', body))).toEqual([]);
});

test('a field in the wrong part of the envelope is reported with its actual place', () => {
  const { header, body } = verifyBody();
  const { requesterType, ...rest } = body;
  const subject = subjectFor('tokenValidate', { header: { ...header, requesterType }, body: rest });
  expect(evidenceFor(subject, 'field.missing')).toEqual([
    {
      field: 'requesterType',
      pointer: '/body/requesterType',
      rule: '0 or 1',
      foundIn: ['/header/requesterType'],
    },
  ]);
});

test('parameters in an object of their own are reported with their actual places', () => {
  const { appid, sign, ...rest } = loginBody();
  const subject = subjectFor('loginTokenValidate', { ...rest, 'a/b': { appid, sign } });
  expect(evidenceFor(subject, 'field.missing')).toMatchObject([
    { field: 'appid', foundIn: ['/a~1b/appid'] },
    { field: 'sign', foundIn: ['/a~1b/sign'] },
  ]);
});

test('verify without its envelope lacks two fields, and the evidence has the places of their fields', () => {
  const { header, body } = verifyBody();
  const subject = subjectFor('tokenValidate', { ...header, ...body });
  expect(evidenceFor(subject, 'field.missing')).toMatchObject([
    {
      field: 'header',
      pointer: '/header',
      rule: 'an object',
      foundIn: ['/version', '/msgId', '/timestamp', '/appId'],
    },
    { field: 'body', pointer: '/body', rule: 'an object' },
  ]);
});

function detected(subject: Subject, id: string): readonly object[] {
  return detectedBy([...FIELD_FINDINGS, ...VALUE_FINDINGS], subject, id);
}

test.each([
  { description: 'a bare number', phoneNum: '13800138000', rule: '64 upper-case hex digits' },
  {
    description: 'lower case',
    phoneNum: verifyBody().body.phoneNum.toLowerCase(),
    rule: '64 upper-case hex digits',
  },
])('verify: $description as phoneNum breaks the rule of keyType 0', ({ phoneNum, rule }) => {
  const subject = subjectFor('tokenValidate', verifyBody({ body: { phoneNum } }));
  expect(detected(subject, 'field.malformed')).toEqual([
    { field: 'phoneNum', received: phoneNum, rule },
  ]);
});

test.each([
  { description: 'Base64', readings: {}, rule: 'RSA ciphertext in Base64' },
  { description: 'hex', readings: { 'verify-rsa-encoding': 'hex' }, rule: 'RSA ciphertext in hex' },
] as const)(
  'verify: a hash as phoneNum is not the ciphertext in $description that keyType 1 requires',
  ({ readings, rule }) => {
    const { phoneNum } = verifyBody().body;
    const subject = subjectFor('tokenValidate', verifyRsaBody({ body: { phoneNum } }), {
      readings,
    });
    expect(detected(subject, 'field.malformed')).toMatchObject([{ field: 'phoneNum', rule }]);
  },
);

test('verify: a reading allows lower case', () => {
  const phoneNum = verifyBody().body.phoneNum.toLowerCase();
  const readings = { 'verify-hex-case': 'any' } as const;
  const subject = subjectFor('tokenValidate', verifyBody({ body: { phoneNum } }), { readings });
  expect(detected(subject, 'field.malformed')).toEqual([]);
  const bare = subjectFor('tokenValidate', verifyBody({ body: { phoneNum: '1' } }), { readings });
  expect(detected(bare, 'field.malformed')).toMatchObject([{ rule: '64 hex digits' }]);
});

const scene: fc.Arbitrary<Scene> = fc.record({
  readings: fc.record({
    'json-numbers': fc.constantFrom('keyType', 'refused', 'any'),
    'json-null': fc.constantFrom('refused', 'absent'),
    'verify-params-encoding': fc.constantFrom('any', 'encoded'),
    'system-time': fc.constantFrom('digits', 'calendar', 'window:5m'),
    'msgid-replay': fc.constantFrom('allowed', 'refused'),
  }),
  state: fc.record({ msgIdSeen: fc.boolean() }),
});

const request = fc.constantFrom(
  {
    operation: 'loginTokenValidate' as const,
    good: loginBody({ encryptionalgorithm: '', expandparams: '' }),
  },
  {
    operation: 'tokenValidate' as const,
    good: verifyBody({ body: { keyType: '0', message: '', expandParams: '' } }),
  },
  { operation: 'tokenValidate' as const, good: verifyRsaBody() },
);

test('the rules of the fields agree with the facts of the engine for any request', () => {
  fc.assert(
    fc.property(
      request,
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      scene,
      ({ operation, good }, changes, given) => {
        const subject = subjectFor(operation, mutated(good, changes).toString(), given);
        fc.pre(subject.draft.json !== undefined && otherOperationOf(subject) === undefined);
        const at = { nowMs: subject.atMs, clientIp: subject.exchange.clientIp };
        const rules = rulesFor(subject.request, subject.state, at);
        const unmet = rules.filter(({ holds }) => !holds()).map(({ requires }) => requires);
        const notStrings = detected(subject, 'value.not-a-string').some(
          (each) => !('acceptedBy' in each),
        );
        const broken = ['field.missing', 'field.malformed'].flatMap((id) => detected(subject, id));
        const malformed = (field: string) =>
          broken.filter((each) => 'field' in each && each.field === field && !('pointer' in each));
        const [aboutPhone, aboutToken] = [malformed('phoneNum'), malformed('token')];
        if (operation === 'loginTokenValidate')
          expect(notStrings).toBe(unmet.includes('valuesAreStrings'));
        const isWhole = !notStrings && broken.length === aboutPhone.length + aboutToken.length;
        expect(isWhole).toBe(
          !['valuesAreStrings', 'tokenPresent', 'parametersValid'].some((each) =>
            unmet.some((u) => u === each),
          ),
        );
        if (aboutPhone.length > 0) expect(unmet).toContain('phoneNumReadable');
        if (aboutToken.length > 0) expect(unmet).toContain('tokenWellFormed');
      },
    ),
    { numRuns: 150 },
  );
});
