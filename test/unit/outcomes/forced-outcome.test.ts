/** Which source forces the outcome of a call, for every combination of sources; what a script asks of the store. */
import { describe, expect, test } from 'vitest';
import {
  forcedOutcome,
  type OutcomeSources,
} from '../../../mock-server/carrier/outcomes/forced-outcome.js';
import type { CounterCall } from '../../../mock-server/carrier/outcomes/next-step.js';
import { parseScript } from '../../../mock-server/carrier/outcomes/script.js';

/** The order of docs/reference/outcomes.md, written down a second time. */
const ORDER = ['header', 'script', 'token', 'numberScript'] as const;
const NOW_MS = 1_800_000_000_000;

function scriptOf(text: string) {
  const steps = parseScript('loginTokenValidate', text);
  if ('problem' in steps) throw new Error(steps.problem.en);
  return { text, steps, cursor: `cursor of ${text}` };
}

function stepOf(text: string) {
  const [step] = scriptOf(text).steps;
  return step;
}

const ALL: OutcomeSources = {
  header: stepOf('103101'),
  script: scriptOf('103119'),
  token: stepOf('103113'),
  numberScript: scriptOf('103414'),
};
const ALL_BUT_HEADER: OutcomeSources = { ...ALL, header: undefined };
const NONE: OutcomeSources = {
  header: undefined,
  script: undefined,
  token: undefined,
  numberScript: undefined,
};

/** Runs it on counters that are as given and then count. */
function run(sources: OutcomeSources, given: Readonly<Record<string, number>> = {}) {
  const counters = new Map(Object.entries(given));
  const asked: CounterCall[] = [];
  const finding = forcedOutcome(sources, { counters: new Map(counters), nowMs: NOW_MS });
  let answer: number | undefined;
  for (;;) {
    const { done, value } = finding.next(answer);
    if (done === true) return { ...value, asked };
    asked.push(value);
    answer = undefined;
    if (value.kind === 'uncount') {
      for (const counter of value.counters) counters.delete(counter);
      continue;
    }
    const before = counters.get(value.counter) ?? 0;
    if (before >= value.limit) continue;
    counters.set(value.counter, before + 1);
    answer = before;
  }
}

describe('the first source applies', () => {
  const combinations = Array.from({ length: 2 ** ORDER.length }, (_, bits) =>
    ORDER.filter((_source, at) => (bits & (1 << at)) !== 0),
  );

  test.each(combinations.map((given) => ({ given })))('of $given', ({ given }) => {
    const sources = { ...NONE, ...Object.fromEntries(given.map((each) => [each, ALL[each]])) };
    const { source, step, asked } = run(sources);
    const [first] = given;
    expect(source).toBe(first);
    const codes = { header: '103101', script: '103119', token: '103113', numberScript: '103414' };
    expect(step?.outcome).toEqual(first && { kind: 'code', resultCode: codes[first] });
    // Only a script that applies uses a step.
    expect(asked).toHaveLength(first === 'script' || first === 'numberScript' ? 1 : 0);
  });
});

describe('a script without a step for the call does not apply', () => {
  test('because it is finished', () => {
    const { source, asked } = run(ALL_BUT_HEADER, { 'cursor of 103119': 1 });
    expect({ source, asked }).toEqual({ source: 'token', asked: [] });
  });

  test('because another request took its last step after the load', () => {
    const script = scriptOf('103119');
    const finding = forcedOutcome(
      { ...ALL_BUT_HEADER, script },
      { counters: new Map(), nowMs: NOW_MS },
    );
    expect(finding.next().value).toEqual({ kind: 'take', counter: script.cursor, limit: 1 });
    expect(finding.next(undefined).value).toMatchObject({ source: 'token' });
  });

  test('because the call is below its rate', () => {
    const { source, asked } = run({ ...ALL_BUT_HEADER, script: scriptOf('every(2) 103119*') });
    expect(source).toBe('token');
    expect(asked).toMatchObject([{ kind: 'take', limit: Number.MAX_SAFE_INTEGER }]);
  });
});

test('an expired part of a rate is deleted before the call is counted', () => {
  const script = scriptOf('frequency(1/10m) 103119*');
  const { asked } = run({ ...NONE, script }, { [`${script.cursor}:600000:1`]: 5 });
  expect(asked).toEqual([
    { kind: 'uncount', counters: [`${script.cursor}:600000:1`] },
    { kind: 'take', counter: `${script.cursor}:600000:30000000`, limit: Number.MAX_SAFE_INTEGER },
  ]);
});
