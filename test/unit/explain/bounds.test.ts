/** The cost of explaining hostile requests: nothing overflows, and no search exceeds its bound. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import { findCalculation } from '../../../mock-server/explain/phone/hash-search.js';
import { possiblePartsOf } from '../../../mock-server/explain/sign/search-input.js';
import { loginBody, NOW_MS, PHONE_NUMBER, SETTINGS } from '../../support/engine.js';
import { evidenceFor, subjectFor } from '../../support/explain.js';

const brackets = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const DEEP = 30_000;

describe('a value that consists only of brackets', () => {
  test.each([
    { description: 'a token', operation: 'loginTokenValidate', body: `{"token":${brackets(DEEP)}}`, field: 'token' },
    {
      description: 'a header',
      operation: 'tokenValidate',
      body: `{"header":${brackets(DEEP)},"body":{}}`,
      field: 'header',
    },
    {
      description: 'objects in a body',
      operation: 'tokenValidate',
      body: `{"header":{},"body":{"sign":${'{"a":'.repeat(DEEP / 6)}1${'}'.repeat(DEEP / 6)}}}`,
      field: 'sign',
    },
  ] as const)('instead of $description is explained', ({ operation, body, field }) => {
    const { findings } = explain(subjectFor(operation, body), 'en');
    const received = findings.find(({ evidence }) => evidence.field === field)?.evidence.received;
    expect(received).toContain('"…"');
    expect(received?.length).toBeLessThan(100);
  });

  test.each([
    { levels: 8, received: '[[[[[[[[]]]]]]]]' },
    { levels: 9, received: '[[[[[[[["…"]]]]]]]]' },
  ])('is shown to a depth of eight levels: $levels', ({ levels, received }) => {
    const subject = subjectFor('loginTokenValidate', loginBody({ token: JSON.parse(brackets(levels)) }));
    expect(evidenceFor(subject, 'value.not-a-string')[0]?.received).toBe(received);
  });

  test.each(['__proto__', 'constructor', 'toString'])('a field named %s is treated like any other', (name) => {
    const body = `{"token":{"${name}":{"polluted":1}},"${name}":"x"}`;
    const subject = subjectFor('loginTokenValidate', body);
    expect(evidenceFor(subject, 'value.not-a-string')[0]?.received).toBe(`{"${name}":{"polluted":1}}`);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('unknown fields', () => {
  const unknown = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, 'x']));

  test.each([
    { sent: 100, searched: 100 },
    { sent: 101, searched: 100 },
    { sent: 5000, searched: 100 },
  ])('for $sent fields, the signature search uses $searched', ({ sent, searched }) => {
    const possibleParts = possiblePartsOf(subjectFor('loginTokenValidate', { ...unknown(sent), ...loginBody() }));
    expect(possibleParts?.extras).toHaveLength(searched);
    expect(possibleParts?.orders.map((order) => order.includes('token'))).toEqual([true, true, true, true]);
  });
});

describe('a phoneNum with an earlier time', () => {
  const { appKey, appSecret } = SETTINGS;
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');

  const isFound = ({ characters, at }: { readonly characters: number; readonly at: number }): boolean => {
    const earlierTimes = Array.from({ length: at }, (_, before) => String(before).padStart(characters, '1'));
    const hash = digest(PHONE_NUMBER + appKey + earlierTimes.at(-1));
    const isSent = (one: string) => one === hash;
    const sought = { appKey, appSecret, phoneNumber: PHONE_NUMBER, isSent, earlierTimes, timestamp: '' };
    return findCalculation({ ...sought, digest: 'SHA256', receivedAtMs: NOW_MS }) !== undefined;
  };

  test.each([
    { description: 'the last of 300 is found', characters: 17, at: 300, found: true },
    { description: 'the 20th of 60 000 characters each is found', characters: 60_000, at: 20, found: true },
    { description: 'the 300th is beyond the bound', characters: 60_000, at: 300, found: false },
  ])('$description', ({ found, ...made }) => {
    expect(isFound(made)).toBe(found);
  });
});
