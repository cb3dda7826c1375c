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
import { SENT_AT } from '../../support/requests.js';

type Json = Readonly<Record<string, unknown>>;

function renamed(fields: Json, from: string, to: string): Json {
  const { [from]: value, ...rest } = fields;
  return { ...rest, [to]: value };
}

function verifyRenamed(container: 'header' | 'body', from: string, to: string): Json {
  const request = verifyBody({ body: { keyType: '0' } });
  return { ...request, [container]: renamed(request[container], from, to) };
}

test.each([
  { container: 'header', from: 'timestamp', to: 'systemtime' },
  { container: 'header', from: 'timestamp', to: 'timeStamp' },
  { container: 'header', from: 'appId', to: 'appid' },
] as const)('verify: $to for $from is misspelt', ({ container, from, to }) => {
  const subject = subjectFor('tokenValidate', verifyRenamed(container, from, to));
  expect(requestFindingIds(subject)).toEqual(['field.misspelt']);
  expect(evidenceFor(subject, 'field.misspelt')).toEqual([
    { field: from, received: to, expected: from },
  ]);
});

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

test.each([
  {
    operation: 'loginTokenValidate',
    from: 'systemtime',
    to: 'systemtime ',
    body: renamed(loginBody(), 'systemtime', 'systemtime '),
  },
  {
    operation: 'loginTokenValidate',
    from: 'token',
    to: '\u200btoken',
    body: renamed(loginBody(), 'token', '\u200btoken'),
  },
  {
    operation: 'tokenValidate',
    from: 'sign',
    to: '\u00a0sign\t',
    body: verifyRenamed('body', 'sign', '\u00a0sign\t'),
  },
  {
    operation: 'tokenValidate',
    from: 'body',
    to: ' body',
    body: renamed(verifyBody(), 'body', ' body'),
  },
] as const)('$operation: "$to" is $from with white space', ({ operation, from, to, body }) => {
  const subject = subjectFor(operation, body);
  expect(requestFindingIds(subject)).toEqual(['field.white-space']);
  expect(evidenceFor(subject, 'field.white-space')).toEqual([
    { field: from, received: to, expected: from },
  ]);
});

function login(changes: Json): Json {
  return JSON.parse(JSON.stringify(loginBody({ ...changes })));
}

test.each([
  { description: 'an empty openType of an app', body: { openType: '' }, fields: ['openType'] },
  {
    description: 'an empty openType of a web page',
    body: { openType: '', requesterType: '1' },
    fields: [],
  },
  {
    description: 'no openType of a web page',
    body: { openType: undefined, requesterType: '1' },
    fields: [],
  },
  {
    description: 'no message, expandParams and keyType',
    body: { message: undefined, keyType: undefined },
    fields: [],
  },
])('verify: $description', ({ body, fields }) => {
  const subject = subjectFor('tokenValidate', verifyBody({ body }));
  expect(evidenceFor(subject, 'field.missing').map(({ field }) => field)).toEqual(fields);
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

const MALFORMED: readonly {
  readonly description: string;
  readonly body: unknown;
  readonly evidence: readonly object[];
  readonly scene?: Scene;
}[] = [
  {
    description: 'login: a msgid that was sent before, by the reading',
    body: loginBody(),
    scene: { readings: { 'msgid-replay': 'refused' }, state: { msgIdSeen: true } },
    evidence: [{ field: 'msgid', rule: 'a value that was not sent before' }],
  },
  {
    description: 'login: a time that is right by the server and not by the moved clock of the app',
    body: loginBody(),
    scene: { readings: { 'system-time': 'window:5m' }, nowMs: 0 },
    evidence: [
      { field: 'systemtime', received: SENT_AT, rule: "a time within 5m of the app's clock" },
    ],
  },
  {
    description: 'verify: requesterType 2',
    body: verifyBody({ body: { requesterType: '2' } }),
    evidence: [{ field: 'requesterType', received: '2', rule: '0 or 1' }],
  },
  {
    description: 'verify: openType 4',
    body: verifyBody({ body: { openType: '4' } }),
    evidence: [{ field: 'openType', received: '4', rule: '0, 1, 2 or 3' }],
  },
  {
    description: 'verify: openType 4 of a web page',
    body: verifyBody({ body: { openType: '4', requesterType: '1' } }),
    evidence: [{ field: 'openType', received: '4' }],
  },
  {
    description: 'verify: a header that is a JSON text',
    body: { ...verifyBody(), header: JSON.stringify(verifyBody().header) },
    evidence: [{ field: 'header', rule: 'an object' }],
  },
  {
    description: 'verify: a body that is a list',
    body: { ...verifyBody(), body: [verifyBody().body] },
    evidence: [{ field: 'body', rule: 'an object' }],
  },
];

test.each(MALFORMED)('$description is malformed', ({ body, evidence, scene = {} }) => {
  const operation = Object(body).appid === undefined ? 'tokenValidate' : 'loginTokenValidate';
  const subject = subjectFor(operation, body, scene);
  expect(requestFindingIds(subject)).toEqual(['field.malformed']);
  expect(evidenceFor(subject, 'field.malformed')).toMatchObject(evidence);
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

test('several broken rules are reported in the order of the document', () => {
  const subject = subjectFor(
    'loginTokenValidate',
    login({ sign: '', strictcheck: '2', appid: undefined }),
  );
  expect(requestFindingIds(subject)).toEqual(['field.missing', 'field.missing', 'field.malformed']);
  expect(evidenceFor(subject, 'field.missing').map(({ field }) => field)).toEqual([
    'appid',
    'sign',
  ]);
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
