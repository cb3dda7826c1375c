/** Findings about the path and the method. */
import { expect, test } from 'vitest';
import { loginBody, PATHS, verifyBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

const { loginTokenValidate: LOGIN, tokenValidate: VERIFY } = PATHS;

test.each([
  { description: 'a trailing slash', body: loginBody(), path: `${LOGIN}/`, right: LOGIN },
  { description: 'another case', body: loginBody(), path: '/unisdk/rsapi/LoginTokenValidate', right: LOGIN },
  { description: 'a doubled slash', body: verifyBody(), path: '/openapi//rs/tokenValidate', right: VERIFY },
  { description: "the other product's folder", body: verifyBody(), path: '/openapi/tokenValidate', right: VERIFY },
  {
    description: "verify's name at login's folder",
    body: verifyBody(),
    path: '/unisdk/rsapi/tokenValidate',
    right: VERIFY,
  },
  {
    description: "login's name at verify's folder",
    body: loginBody(),
    path: '/openapi/rs/loginTokenValidate',
    right: LOGIN,
  },
  { description: 'a body that fits neither operation', body: '{}', path: '/unisdk/rsapi/token', right: LOGIN },
  { description: 'a body that cannot be read', body: '', path: '/openapi/rs/loginTokenValidate', right: VERIFY },
])('$description: the correct path is named', ({ body, path, right }) => {
  const subject = subjectFor('loginTokenValidate', body, { exchange: { path } });
  expect(subject.decidedBy).toBe('urlRight');
  expect(requestFindingIds(subject)[0]).toBe('url.wrong-path');
  expect(evidenceFor(subject, 'url.wrong-path')).toEqual([{ received: path, expected: right }]);
});

test('a GET with the parameters in its query has no findings about body and Content-Type', () => {
  const subject = subjectFor('loginTokenValidate', '', { exchange: { method: 'GET', rawHeaders: [] } });
  expect(requestFindingIds(subject)).toEqual(['url.wrong-method', 'body.empty']);
});
