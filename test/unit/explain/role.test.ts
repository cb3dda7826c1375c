/** A finding that explains the refusal is a cause and comes first; all others are remarks. */
import { expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import type { Subject } from '../../../mock-server/explain/subject.js';
import { loginBody, verifyBody } from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';
import { LOGIN_TEXT, loginSigned, md5 } from './sign/makers.js';

const rolesOf = (subject: Subject) => explain(subject, 'en').findings.map(({ id, role }) => `${role} ${id}`);
const AS_TEXT = { exchange: { rawHeaders: ['Content-Type', 'text/plain'] } };

test('a cause comes before a remark', () => {
  expect(rolesOf(loginSigned(md5(LOGIN_TEXT), {}, { scene: AS_TEXT }))).toEqual([
    'cause sign.secret-missing',
    'remark header.content-type',
  ]);
});

test('a mistake is a remark if only a later check would refuse it', () => {
  const body = verifyBody({ body: { sign: 'x', phoneNum: '13800138000' } });
  expect(rolesOf(subjectFor('tokenValidate', body))).toEqual(['cause sign.no-match', 'remark phone.plain']);
});

test('an accepted request has only remarks', () => {
  const sign = String(loginBody()['sign']).toLowerCase();
  expect(rolesOf(subjectFor('loginTokenValidate', loginBody({ sign }), AS_TEXT))).toEqual([
    'remark sign.case',
    'remark header.content-type',
  ]);
});
