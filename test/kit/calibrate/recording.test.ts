/** What was recorded for a case is what it expects: from the same carrier everything, from a changed one the changes. */
import { expect, test } from 'vitest';
import type { Calibration } from '../../../contracts/calibrate/calibration.js';
import { recordable } from '../../../contracts/calibrate/plan.js';
import { AMBIGUITIES } from '../../../contracts/index.js';
import { OPERATIONS } from '../../../contracts/kit/operations.js';
import type { Provider } from '../../../contracts/kit/provider.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { SOURCES } from '../provider/engine-subject.js';
import { failuresIn } from '../wrong-carriers/run.js';
import { calibrated, runOn, spendingOf, type TargetOptions, targetOf } from './target.js';

const MANY_CALLS = { dailyQuota: 1_000_000 };

/** An example for `refused:<code>`: a code of one operation. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  'content-type': '103412',
  'json-null': '103414',
  'msgid-replay': '105313',
  'unknown-app-at-verify': '999',
};

const OTHER_OPTIONS = AMBIGUITIES.flatMap(({ id, default: usual, readings }) =>
  readings.flatMap(({ option }) => {
    if (option === usual) return [];
    const example = option.replace('<code>', OTHER_CODES[id] ?? '').replace('<duration>', '5m');
    return [{ reading: id, option: example }];
  }),
);

/** The results of the recorded cases. */
async function resultsAt(
  provider: Provider,
  { answers: recorded, readings }: Calibration,
): Promise<readonly CaseResult[]> {
  const isHex = JSON.stringify(readings['verify-rsa-encoding']).includes('"hex"');
  const context = {
    ...{ provider, sources: SOURCES, recorded },
    rsaEncoding: isHex ? ('hex' as const) : undefined,
  };
  const results: CaseResult[] = [];
  for (const operation of OPERATIONS)
    for (const testCase of recordable(operation, { provider, longKey: false, disabled: [] }))
      if (recorded[testCase.id] !== undefined)
        results.push(await runCase(operation, testCase, context));
  return results;
}

test.each(OTHER_OPTIONS)(
  'a carrier with $reading=$option gets no difference from its own recording',
  async ({ reading, option }) => {
    const provider = await targetOf({ readings: { [reading]: option }, app: MANY_CALLS });
    const results = await resultsAt(provider, await runOn(provider, spendingOf(200)));
    expect(results.length).toBeGreaterThan(150);
    expect(failuresIn(results)).toBe('');
  },
);

test('a case that an unknown token hides is recorded with a live token, within the limit', async () => {
  const hidden = 'loginTokenValidate/103000/md5';
  const free = await calibrated({ limit: 0 });
  const paid = await calibrated({ limit: 200 });
  expect(free.answers).not.toHaveProperty([hidden]);
  expect(paid.answers[hidden]).toEqual({ code: '103000', differences: [] });
  expect(paid.paidCalls).toBeLessThanOrEqual(200);
  expect(Object.keys(paid.answers).length).toBeGreaterThan(Object.keys(free.answers).length + 20);
});

test('a carrier that has changed since gets a warning for each changed case, with both codes', async () => {
  const calibration = await calibrated({ limit: 200 });
  const changedCarrier = await targetOf({ readings: { 'login-md5-case': 'upper' } });
  const results = await resultsAt(changedCarrier, calibration);
  const changed = results.filter(({ differences }) => differences.length > 0);
  expect(changed.map(({ id }) => id)).toContain('loginTokenValidate/103000/md5-sign-lower-case');
  for (const { status, differences } of changed) {
    expect(status).toBe('warn');
    expect(differences).toMatchObject([
      { expected: { en: '103000 (recorded)' }, received: '103101', clause: { basis: 'observed' } },
    ]);
  }
});

test('a case that was not recorded is judged by the document', async () => {
  const id = 'loginTokenValidate/103101/changed-msgid';
  const subject: TargetOptions['subject'] = (own) => ({
    send: async (wire) => {
      const answer = await own.send(wire);
      return { ...answer, body: answer.body.replace('"103101"', '"103414"') };
    },
  });
  const provider = await targetOf({ subject });
  const [testCase] = recordable('loginTokenValidate', {
    provider,
    longKey: false,
    disabled: [],
  }).filter((one) => one.id === id);
  if (testCase === undefined) throw new Error(`${id} cannot be recorded`);
  const statusWith = async (recorded: Calibration['answers']) =>
    (await runCase('loginTokenValidate', testCase, { provider, sources: SOURCES, recorded }))
      .status;
  expect(await statusWith({})).toBe('fail');
  expect(await statusWith({ [id]: { code: '103414', differences: ['103414'] } })).toBe('pass');
});
