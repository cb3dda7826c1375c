/** The secrets of apps that a client sends are masked. Those in a wrong calculation: mistakes.test.ts. */
import { expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import { fieldsOf } from '../../../src/protocol/fields.js';
import { LANGUAGES } from '../../../src/text/bilingual.js';
import { loginBody, SETTINGS, verifyBody } from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';
import { expectNoSecret } from '../../support/secrets.js';

const { appSecret } = SETTINGS;

test.each([
  ...fieldsOf('loginTokenValidate').map(({ name }) => ({
    description: `in ${name} at login`,
    subject: subjectFor('loginTokenValidate', loginBody({ [name]: appSecret })),
  })),
  ...fieldsOf('tokenValidate').map(({ name, location }) => ({
    description: `in ${name} at verify`,
    subject: subjectFor('tokenValidate', verifyBody({ [location]: { [name]: appSecret } })),
  })),
  ...[appSecret, `a=${appSecret}`, `{"a":"${appSecret}`].map((body) => ({
    description: `in the body ${body}`,
    subject: subjectFor('loginTokenValidate', body),
  })),
])('a secret that a client sends $description is masked', ({ subject }) => {
  for (const language of LANGUAGES) expectNoSecret(explain(subject, language), language);
});

const PLAIN = '13800138000';

test.each([
  { description: 'the last four characters are shown', appKey: '5A1E0C9B7', shown: '****C9B7' },
  { description: 'nothing of eight characters is shown', appKey: '5A1E0C9B', shown: '****' },
  {
    description: 'a shorter one is not masked: it occurs in other texts',
    appKey: '5A1E0C9',
    shown: '5A1E0C9',
  },
  {
    description: 'the name that replaces an unknown one is shown',
    appKey: '<appKey>',
    shown: '<appKey>',
  },
])('of a secret, $description', ({ appKey, shown }) => {
  const body = verifyBody({ body: { phoneNum: PLAIN } });
  const { findings } = explain(subjectFor('tokenValidate', body, { settings: { appKey } }), 'en');
  const { evidence, detail } = findings.find(({ id }) => id === 'phone.plain') ?? {};
  expect(evidence?.['due']).toContain(`${PLAIN}${shown}2026`);
  expect(detail).toContain(`${PLAIN}${shown}2026`);
});
