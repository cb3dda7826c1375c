/** Over HTTP, the answers of the control API are the recorded ones too. */
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import type { ControlOptions } from '../../../mock-server/control-api/route.js';
import { carrierListener } from '../../../mock-server/http/carrier-listener.js';
import { configuredCarrier } from '../../support/carrier.js';
import { controlOf } from '../../support/control.js';
import {
  answersOf,
  CALLS,
  CONTROL_TOKEN,
  LOCKED_CALLS,
  recordedAnswers,
} from '../../support/recorded-calls.js';

async function apiWith(options: Partial<ControlOptions>) {
  const { carrier } = await configuredCarrier();
  const others = controlOf(carrier, options);
  return supertest(carrierListener(createAnswer(carrier), { others }));
}

test('without a control token', async () => {
  expect(await answersOf(await apiWith({}), CALLS)).toEqual(recordedAnswers().open);
});

test('with a control token', async () => {
  const api = await apiWith({ controlToken: CONTROL_TOKEN });
  expect(await answersOf(api, LOCKED_CALLS)).toEqual(recordedAnswers().locked);
});
