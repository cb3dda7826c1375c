/** Errors of every realm are read: in Jest, the errors of Node's own modules come from another realm. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { hasCode, messageOf } from '../../src/text/error-message.js';

const REALMS = [
  { realm: 'this realm', newError: () => Object.assign(new Error('gone'), { code: 'ENOENT' }) },
  { realm: 'another realm', newError: () => runInNewContext("Object.assign(new Error('gone'), { code: 'ENOENT' })") },
];

describe.each(REALMS)('an error of $realm', ({ newError }) => {
  test('has its message', () => {
    expect(messageOf(newError())).toBe('gone');
  });

  test('has its code and no other code', () => {
    expect(hasCode(newError(), 'ENOENT')).toBe(true);
    expect(hasCode(newError(), 'EEXIST')).toBe(false);
  });
});

test.each([{ thrown: 'a text' }, { thrown: undefined }, { thrown: null }])('$thrown is no error', ({ thrown }) => {
  expect(messageOf(thrown)).toBe(String(thrown));
  expect(hasCode(thrown, 'ENOENT')).toBe(false);
});
