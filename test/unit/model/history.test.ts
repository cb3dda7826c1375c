/**
 * Random histories of two apps: the carrier and a small model agree on every response, token and account. The limits of an
 * app's clock, and of the counters that are kept.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTokenWellFormed } from '../../../mock-server/carrier/engine/token-format.js';
import { resultCodeOf } from '../../support/endpoints.js';
import { type Action, type AppName, CarrierModel, type Patch } from './carrier-model.js';
import { directSystem, type System } from './systems.js';

const SEED = 20261125;
/** 2026-11-25 23:58:30 in Beijing: midnight is near. */
const START_MS = Date.UTC(2026, 10, 25, 15, 58, 30);
const DAY_MS = 86_400_000;
const APPS: readonly AppName[] = ['a', 'b'];
const EVERY_CODE = [
  '103000',
  '000',
  '001',
  '104201',
  '606',
  '103133',
  '105018',
  '105312',
  '103420',
];

const app = fc.constantFrom(...APPS);
const operation = fc.constantFrom('loginTokenValidate' as const, 'tokenValidate' as const);
const ageMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(1, 60_000, 119_999, 120_000, 120_001, DAY_MS) },
);
const ms = fc.constantFrom(0, 1, 30_000, 60_000, 89_999, 90_000, 119_999, 120_000);
const calls = fc.integer({ min: 0, max: 4 });
const patch: fc.Arbitrary<Patch> = fc.record(
  {
    contracted: fc.option(fc.boolean()),
    dailyQuota: fc.option(calls),
    callPackage: fc.option(calls),
  },
  { requiredKeys: [] },
);

const mint = fc.record({ kind: fc.constant('mint' as const), app, capability: operation, ageMs });
const call = fc.record({
  kind: fc.constant('call' as const),
  app,
  operation,
  // Mostly the newest tokens, since most old ones are expired or used.
  token: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 }) },
    { weight: 1, arbitrary: fc.nat(30) },
  ),
  rightNumber: fc.boolean(),
});
const rare = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), ms }),
  fc.record({
    kind: fc.constant('advance' as const),
    app,
    ms: fc.oneof(ms, fc.constantFrom(DAY_MS - 1, DAY_MS, 400 * DAY_MS)),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    app,
    atMs: fc.oneof(
      ms,
      ms.map((later) => START_MS + later),
      ms.map((earlier) => START_MS - earlier),
    ),
  }),
  fc.record({ kind: fc.constant('freeze' as const), app, frozen: fc.boolean() }),
  fc.record({ kind: fc.constant('reset' as const), app }),
  fc.record({ kind: fc.constant('patch' as const), app, patch }),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: mint },
  { weight: 5, arbitrary: call },
  { weight: 2, arbitrary: rare },
);

/** Runs each step on the model and on the system, and compares their state. */
async function expectAgreement(
  system: System,
  history: readonly Action[],
  seen: Set<string>,
): Promise<void> {
  const model = new CarrierModel(START_MS);
  const tokens: string[] = [];
  for (const each of history) {
    if (each.kind === 'call') await expectSameReply({ system, model, tokens, seen }, each);
    else await change({ system, model, tokens }, each);
    await expectSameState({ system, model, tokens });
  }
}

interface Both {
  readonly system: System;
  readonly model: CarrierModel;
  readonly tokens: string[];
}

async function expectSameReply(
  { system, model, tokens, seen }: Both & { readonly seen: Set<string> },
  { app: caller, operation: called, token, rightNumber }: Extract<Action, { kind: 'call' }>,
): Promise<void> {
  const index = tokens.length - 1 - token;
  const text = tokens[index];
  if (text === undefined) return;
  const expected = model.call(caller, called, index, rightNumber);
  const reply = await system.call({ app: caller, operation: called, token: text, rightNumber });
  expect(resultCodeOf(reply)).toBe(expected);
  expect(reply).toContain(`"${seventeenDigits(model.nowMs(caller))}"`);
  seen.add(expected);
}

/** In Beijing time. */
function seventeenDigits(nowMs: number): string {
  return new Date(nowMs + DAY_MS / 3).toISOString().replace(/\D/g, '');
}

async function change(
  { system, model, tokens }: Both,
  each: Exclude<Action, { kind: 'call' }>,
): Promise<void> {
  switch (each.kind) {
    case 'mint':
      model.mint(each.app, each.capability, each.ageMs);
      tokens.push(await system.mint(each.app, each.capability, each.ageMs));
      return;
    case 'pass':
      model.pass(each.ms);
      return system.pass(each.ms);
    case 'advance':
      model.setClock(each.app, { atMs: model.nowMs(each.app) + each.ms });
      return system.advance(each.app, each.ms);
    case 'set':
      model.setClock(each.app, { atMs: each.atMs });
      return system.setClock(each.app, { atMs: each.atMs });
    case 'freeze':
      model.setClock(each.app, { frozen: each.frozen });
      return system.setClock(each.app, { frozen: each.frozen });
    case 'reset':
      model.reset(each.app);
      return system.reset(each.app);
    case 'patch':
      model.patch(each.app, each.patch);
      return system.patch(each.app, each.patch);
    default:
      return each satisfies never;
  }
}

async function expectSameState({ system, model, tokens }: Both): Promise<void> {
  for (const name of APPS) {
    expect(await system.account(name)).toEqual(model.account(name));
    const statuses = await Promise.all(tokens.map((token) => system.status(name, token)));
    expect(statuses).toEqual(tokens.map((_, index) => model.status(name, index)));
  }
}

test('the carrier agrees with the model in every history', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 1, maxLength: 60, size: 'max' }),
      async (history) => {
        await expectAgreement(await directSystem(START_MS), history, seen);
      },
    ),
    { seed: SEED, numRuns: 200 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(EVERY_CODE));
});

describe('extremes', () => {
  const START_MS = Date.UTC(2026, 10, 25);

  test.each([
    { description: 'at the epoch', atMs: 0 },
    {
      description: 'a millisecond before the last time of thirteen digits',
      atMs: 9_999_999_999_998,
    },
    { description: 'at the first time of fourteen digits', atMs: 10_000_000_000_000 },
    { description: 'in the last minute of 9999 in Beijing', atMs: Date.UTC(9999, 11, 31, 15, 59) },
  ])('a token minted $description is well-formed, and works', async ({ atMs }) => {
    const system = await directSystem(START_MS);
    await system.setClock('a', { atMs, frozen: true });
    const token = await system.mint('a', 'loginTokenValidate', 0);
    const response = await system.call({
      app: 'a',
      operation: 'loginTokenValidate',
      token,
      rightNumber: true,
    });
    expect({ wellFormed: isTokenWellFormed(token), code: resultCodeOf(response) }).toEqual({
      wellFormed: true,
      code: '103000',
    });
  });

  test('a package keeps its count through 401 days without a contract', async () => {
    const system = await directSystem(START_MS);
    const use = async () => {
      const token = await system.mint('a', 'loginTokenValidate', 0);
      return resultCodeOf(
        await system.call({ app: 'a', operation: 'loginTokenValidate', token, rightNumber: true }),
      );
    };
    await system.patch('a', { contracted: true });
    expect(await use()).toBe('103000');
    const before = await system.account('a');
    await system.patch('a', { contracted: false });
    for (let day = 0; day < 401; day += 1) {
      await system.advance('a', DAY_MS);
      expect(await use()).toBe('103000');
    }
    await system.patch('a', { contracted: true });
    expect(await system.account('a')).toEqual({ charged: 402, remaining: before.remaining });
  });
});
