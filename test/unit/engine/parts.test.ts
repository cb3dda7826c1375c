/** A requirement is met exactly if all its parts hold, although each is computed in its own way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Situation,
  situationOf,
} from '../../../mock-server/carrier/engine/facts/situation.js';
import { moduleOf } from '../../../mock-server/carrier/engine/operations/operations.js';
import { fieldsOf, requestBody, requestHeaders, type Texts } from '../../../src/protocol/fields.js';
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { READINGS } from '../../../src/protocol/readings.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { IP, NOW_MS, requestOf, stateOf } from '../../support/engine.js';
import { MSG_ID, SENT_AT } from '../../support/requests.js';

const VALUES = [
  ...['', ' ', '0', '1', '3', '8', 'x', '%E4%BD%A0', 'a=1|b', '你', MSG_ID, SENT_AT],
  ...['m'.repeat(36), 'm'.repeat(37), '20261325093619762'],
  ...[null, 5, true, {}, []],
];
const VALUE = fc.option(fc.constantFrom(...VALUES), { nil: undefined });

const READINGS_OF_APP = fc.record({
  ...Object.fromEntries(READINGS.map(({ id, options }) => [id, fc.constantFrom(...options)])),
  'system-time': fc.constantFrom('digits', 'calendar', 'window:5m', 'window:-1h..1m'),
});

const BODY = fc.constantFrom('object', 'without a part', 'flat', 'list', 'null', 'text', 'empty');
type BodyKind = typeof BODY extends fc.Arbitrary<infer T> ? T : never;

/** The body of a request, or another body. */
function bodyOf(body: object, kind: BodyKind): unknown {
  const [[first = '', value] = []] = Object.entries(body);
  switch (kind) {
    case 'without a part':
      return { ...body, [first]: undefined };
    case 'flat':
      return { ...body, ...(typeof value === 'object' && value) };
    case 'list':
      return [body];
    case 'null':
      return null;
    case 'text':
      return '{';
    case 'empty':
      return '';
    default:
      return body;
  }
}

/** Whether the requirement is met, and whether all its parts hold. */
function verdicts(requirement: Requirement, operation: Operation, situation: Situation) {
  const { facts, parts } = moduleOf(operation);
  const own = (parts[requirement] ?? []).filter(({ isExtra }) => isExtra !== true);
  return [facts[requirement]?.(situation), own.every(({ holds }) => holds(situation))] as const;
}

/** What is decided by the form of the request alone, in the order of the rules. */
const OF_FORM: readonly Requirement[] = [
  'bodyReadable',
  'valuesAreStrings',
  'tokenPresent',
  'parametersValid',
];

/** Requests with up to three other values, in every form of body, under any readings. */
function situations(operation: Operation): fc.Arbitrary<Situation> {
  const fields = fieldsOf(operation);
  const usual = Object.fromEntries(
    fields.map(({ property, format, values = ['x'] }) => [
      property,
      format === 'timestamp' ? SENT_AT : values[0],
    ]),
  );
  const parts = {
    changes: fc.dictionary(fc.constantFrom(...Object.keys(usual)), VALUE, { maxKeys: 3 }),
    bodyKind: BODY,
    type: fc.constantFrom('application/json', 'text/plain'),
    readings: READINGS_OF_APP,
    msgIdSeen: fc.boolean(),
  };
  return fc.record(parts).map(({ changes, bodyKind, type, readings, msgIdSeen }) => {
    const texts = { ...usual, ...changes } as Texts;
    const headers = Object.entries(requestHeaders(operation, texts)).flat().map(String);
    const exchange = { rawHeaders: ['Content-Type', type, ...headers] };
    const body = bodyOf(requestBody(operation, texts), bodyKind);
    const request = requestOf(operation, body, { exchange, readings });
    const state = stateOf(operation, { readings, state: { msgIdSeen } });
    return situationOf(request, state, { nowMs: NOW_MS, clientIp: IP });
  });
}

test.each(OPERATIONS)('$operation', ({ operation }) => {
  const counts = { met: 0, unmet: 0 };
  const { rules } = moduleOf(operation);
  const ofForm = rules.filter(({ requires }) => OF_FORM.includes(requires));
  const check = (situation: Situation) => {
    for (const { requires } of ofForm) {
      const [isMet, hold] = verdicts(requires, operation, situation);
      expect(isMet, requires).toBe(hold);
      counts[hold ? 'met' : 'unmet'] += 1;
      // The fact of a later requirement is only valid if the earlier ones are met.
      if (!hold) return;
    }
  };
  fc.assert(fc.property(situations(operation), check), { numRuns: 500 });
  expect(Math.min(counts.met, counts.unmet)).toBeGreaterThan(100);
});
