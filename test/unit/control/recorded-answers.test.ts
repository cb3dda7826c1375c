/** The answers of the control API are the recorded ones, byte for byte. `RECORD=1` records them again. */
import { expect, test } from 'vitest';
import { configuredCarrier } from '../../support/carrier.js';
import { directApi } from '../../support/direct-api.js';
import {
  answersOf,
  CALLS,
  CONTROL_TOKEN,
  LOCKED_CALLS,
  record,
  recordedAnswers,
} from '../../support/recorded-calls.js';

const open = directApi((await configuredCarrier()).carrier);
const locked = directApi((await configuredCarrier()).carrier, {
  controlToken: CONTROL_TOKEN,
});
const answers = {
  open: await answersOf(open, CALLS),
  locked: await answersOf(locked, LOCKED_CALLS),
};
if (process.env['RECORD'] === '1') record(answers);

test('without a control token', () => {
  expect(answers.open).toEqual(recordedAnswers().open);
});

test('with a control token', () => {
  expect(answers.locked).toEqual(recordedAnswers().locked);
});
