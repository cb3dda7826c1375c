/** The repair of a mistake keeps what it is not about: numbers of 17 digits, which a JavaScript number rounds. */
import { expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import { loginBody, SETTINGS, verifyBody } from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';
import { TEST_KEYS } from '../../support/keys.js';
import { h5Request } from '../../support/requests.js';

/** Doubles near it are multiples of four. */
const TIME = '20261125093619763';

const H5 = h5Request(SETTINGS.appId, TEST_KEYS.demoAppSign.privateKey, `H5HTTPS${'ab'.repeat(32)}`);

/** A body with this text as a JSON number. */
function unquoted(body: object): string {
  return JSON.stringify(body).replace(`"${TIME}"`, TIME);
}

test.each([
  {
    description: 'a misspelt name at login',
    operation: 'loginTokenValidate',
    body: loginBody({ systemtime: TIME, strictcheck: undefined, strict_check: '0' }),
    id: 'field.misspelt',
  },
  {
    description: 'another version at login',
    operation: 'loginTokenValidate',
    body: loginBody({ systemtime: TIME, version: '1.0' }),
    id: 'version.wrong',
  },
  {
    description: 'an invalid value at verify',
    operation: 'tokenValidate',
    body: verifyBody({ header: { timestamp: TIME }, body: { requesterType: '7' } }),
    id: 'field.malformed',
  },
  {
    description: 'a number that must be a String',
    operation: 'loginTokenValidate',
    body: loginBody({ systemtime: TIME }),
    readings: { 'json-numbers': 'refused' },
    id: 'value.not-a-string',
  },
  {
    description: 'a field in the wrong place',
    operation: 'tokenValidate',
    body: {
      ...verifyBody({ header: { timestamp: undefined } }),
      timestamp: TIME,
    },
    id: 'field.missing',
  },
] as const)(
  'the repair of $description keeps the digits of a number',
  ({ operation, body, id, ...row }) => {
    const { readings } = { readings: { 'json-numbers': 'any' } as const, ...row };
    const subject = subjectFor(operation, unquoted(body), { readings });
    const { findings, stringToSign } = explain(subject, 'en');
    expect(findings[0]).toMatchObject({ id, role: 'cause' });
    expect(stringToSign).toContain(TIME);
  },
);

test('a header of h5 that was put into the body as a number keeps its digits', () => {
  const { timestamp: _, ...inHeaders } = H5.headers;
  const rawHeaders = ['Content-Type', 'application/json', ...Object.entries(inHeaders).flat()];
  const body = unquoted({ timestamp: TIME, ...H5.body });
  const subject = subjectFor('h5TokenValidate', body, { exchange: { rawHeaders } });
  const { findings, stringToSign } = explain(subject, 'en');
  expect(findings[0]).toMatchObject({ id: 'header.in-body', role: 'cause' });
  expect(stringToSign).toContain(TIME);
});
