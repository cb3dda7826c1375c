/** Earlier requests in an explanation: their times are parsed, except from very long bodies. */
import { expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { findRequest } from '../../../mock-server/carrier/apps/journal.js';
import { findingsOf } from '../../../mock-server/explain/findings.js';
import { explainRecord } from '../../../mock-server/explain/records/explanations.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { loginRequest } from '../../support/requests.js';

const BODY_MAX = 4096;

test.each([
  { description: 'of 4096 characters shows the frozen clock', length: BODY_MAX, frozen: true },
  { description: 'of 4097 characters does not', length: BODY_MAX + 1, frozen: false },
])('an earlier request $description', async ({ length, frozen }) => {
  const { carrier, clock } = newCarrier({ nowMs: NOW_MS });
  const app = await addApp(carrier);
  const credentials = credentialsOf(app, carrier);
  const handle = createAnswer(carrier);
  const body = JSON.stringify(loginRequest(credentials, 'one'));
  await handle(exchangeOf('loginTokenValidate', body.padEnd(length)));
  clock.nowMs += 2000;
  const reply = await handle(exchangeOf('loginTokenValidate', loginRequest(credentials, 'another')));
  const record = await findRequest(carrier, reply?.requestId ?? '');
  const found = record && (await explainRecord(carrier, record, findingsOf));
  const stale = found?.some(({ row }) => row.id === 'time.stale');
  expect(stale).toBe(frozen);
});
