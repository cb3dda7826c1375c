/** The form of a recorded response, and what a calibrated mock makes of it. */
import { expect, test } from 'vitest';
import {
  echoesIn,
  fallbacksIn,
  formOf,
  isSameForm,
  withFallbacks,
} from '../../../contracts/calibrate/response-form.js';
import { filledForm } from '../../../mock-server/carrier/engine/response-form.js';
import { requestOf, verifyBody } from '../../support/engine.js';
import { MSG_ID, SENT_AT } from '../../support/requests.js';

const VERIFY = 'tokenValidate';
const TASK_ID = '0123456789abcdef0123456789abcdef';

const answer = (body: object, header: object = {}) => ({
  header: { msgId: MSG_ID, resultCode: '302', timestamp: SENT_AT, ...header },
  body: { resultDesc: 'wrong', ...body },
});
const formFor = (json: unknown, sent: unknown = verifyBody()) =>
  formOf({ operation: VERIFY, json, sent }) ?? {};

test.each([
  { value: TASK_ID, form: '{taskId:hex32}', filled: TASK_ID },
  { value: TASK_ID.toUpperCase(), form: '{taskId:HEX32}', filled: TASK_ID.toUpperCase() },
  { value: '1'.repeat(24), form: '{taskId:digits24}', filled: '012345678901234501234567' },
  {
    value: 'a1b2c3d4-0000-4000-8000-0123456789ab',
    form: '{taskId:uuid}',
    filled: '01234567-89ab-cdef-0123-456789abcdef',
  },
  { value: '', form: '', filled: '' },
  { value: null, form: null, filled: null },
  { value: 7, form: 7, filled: 7 },
])('a taskId like $value is recorded as $form', ({ value, form, filled }) => {
  const recorded = formFor(answer({ taskId: value }));
  expect(recorded).toMatchObject({ body: { taskId: form } });
  const values = { request: requestOf(VERIFY, verifyBody()), texts: {}, taskId: TASK_ID };
  expect(filledForm(recorded, values)).toMatchObject({ body: { taskId: filled } });
});

test('the values of the request and of the carrier are placeholders, other texts are not', () => {
  const sent = verifyBody({ body: { message: 'order%3D42' } });
  expect(formFor(answer({ message: 'order=42', extra: 'x' }), sent)).toEqual({
    header: { msgId: '{msgId}', resultCode: '{resultCode}', timestamp: '{sentAt}' },
    body: { resultDesc: '{text}', message: '{message}', extra: 'x' },
  });
});

test.each([
  { without: { message: null }, fallback: '{message|null}', filled: { message: null } },
  { without: {}, fallback: '{message|absent}', filled: {} },
  { without: { message: '' }, fallback: '{message}', filled: { message: '' } },
])('without a message the member is $without', ({ without, fallback, filled }) => {
  const sent = verifyBody({ body: { message: 'a' } });
  const seen = [
    { json: answer({ message: 'a' }), sent },
    { json: answer(without), sent: verifyBody() },
  ].map((one) => ({
    operation: VERIFY,
    form: formFor(one.json, one.sent),
    echoes: echoesIn(VERIFY, one.sent),
  }));
  const [general, other] = seen.map(({ form }) => form);
  const fallbacks = fallbacksIn(seen as never);
  const form = withFallbacks(general ?? {}, fallbacks);
  expect(form).toMatchObject({ body: { message: fallback } });
  const values = { request: requestOf(VERIFY, verifyBody()), texts: { message: '' }, taskId: '' };
  expect(
    filledForm(form, { ...values, request: { ...values.request, message: undefined } })['body'],
  ).toEqual({
    resultDesc: '',
    ...filled,
  });
  const own = { form: other ?? {}, echoes: seen[1]?.echoes ?? [] };
  expect(isSameForm(own, general ?? {}, fallbacks)).toBe(true);
  expect(
    isSameForm({ ...own, form: formFor(answer({ other: null })) }, general ?? {}, fallbacks),
  ).toBe(false);
});
