/** The fields of a body, compared with the documented fields. */
import { expect, test } from 'vitest';
import { fieldRows } from '../../../mock-server/console/requests/body-fields.js';

const meaning = { en: '', zh: '' };
const FLAT = [
  { name: 'version', in: null, meaning },
  { name: 'token', in: null, meaning },
] as const;
const ENVELOPE = [
  { name: 'appId', in: 'header', meaning },
  { name: 'token', in: 'body', meaning },
] as const;

const brief = (body: string, documented: Parameters<typeof fieldRows>[1]) =>
  fieldRows(body, documented).map((row) => [row.in, row.name, row.value, row.documented !== undefined]);

test('the documented fields come first, in the document’s order', () => {
  expect(brief('{"extra":1,"token":"t"}', FLAT)).toEqual([
    [null, 'version', undefined, true],
    [null, 'token', 't', true],
    [null, 'extra', '1', false],
  ]);
});

test('both parts of an envelope are read', () => {
  expect(brief('{"header":{"appId":"a"},"body":{"Token":"t"}}', ENVELOPE)).toEqual([
    ['header', 'appId', 'a', true],
    ['body', 'token', undefined, true],
    ['body', 'Token', 't', false],
  ]);
});

test.each([
  { description: 'a number is shown as JSON', body: '{"version":2.0}', value: '2' },
  { description: 'null is shown as null', body: '{"version":null}', value: 'null' },
  { description: 'an object is shown as JSON', body: '{"version":{"a":1}}', value: '{"a":1}' },
  { description: 'an empty text is not missing', body: '{"version":""}', value: '' },
])('$description', ({ body, value }) => {
  expect(fieldRows(body, FLAT)[0]?.value).toBe(value);
});

test.each(['', '{"half":', '[1]', '"text"', 'null'])('a body that is not a JSON object has no fields: %s', (body) => {
  expect(fieldRows(body, FLAT)).toEqual([]);
});

test('a part that is not an object has only missing fields', () => {
  expect(brief('{"header":"a","body":[]}', ENVELOPE)).toEqual([
    ['header', 'appId', undefined, true],
    ['body', 'token', undefined, true],
  ]);
});
