/** Every page with a number of cases has the number that the plan of a run has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CASE_FILES } from '../../../contracts/cases/case-files.js';
import type { Need } from '../../../contracts/provider/needs.js';
import { planOf, type Spending } from '../../../contracts/provider/run-suite.js';
import { SCENARIO_FILES } from '../../../contracts/scenarios/scenario-files.js';

const CARRIER_NEEDS: readonly Need[] = ['loginTokenValidate', 'tokenValidate', 'rsa', 'smsFallback', 'token'];

function runCount(has: readonly Need[], spending: Spending): number {
  const choice = {
    operations: ['loginTokenValidate', 'tokenValidate'],
    levels: ['MUST', 'SHOULD', 'MAY'],
    only: [],
    disabled: [],
  } as const;
  const provider = { has: new Set(has) } as never;
  return planOf(CASE_FILES, { choice, spending, provider }).filter(({ notRun }) => notRun === undefined).length;
}

const MOCK = runCount([...CARRIER_NEEDS, 'control'], { limit: undefined, free: true });
const WITHOUT_LIMIT = runCount(CARRIER_NEEDS, { limit: undefined, free: false });
const WITH_LIMIT = runCount(CARRIER_NEEDS, { limit: Number.MAX_SAFE_INTEGER, free: false });
const SCENARIOS = SCENARIO_FILES.map(({ scenarios, sent }) => scenarios.length + sent.length);

test('a mock runs all cases', () => {
  expect(MOCK).toBe(CASE_FILES.flatMap(({ cases }) => cases).length);
});

test.each([
  {
    page: 'README.md',
    message: `It runs ${MOCK} cases against this mock. Against any other carrier, it runs the ${WITHOUT_LIMIT} cases that cannot be charged. If you allow charged calls, it runs up to ${WITH_LIMIT} in total.`,
  },
  {
    page: 'README.zh-CN.md',
    message: `检验本模拟服务时执行 ${MOCK} 个用例；检验其他服务时，不允许计费就执行 ${WITHOUT_LIMIT} 个，允许计费最多执行 ${WITH_LIMIT} 个`,
  },
  {
    page: 'docs/contract.md',
    message: `| **Cases that run** | ${MOCK} | ${WITHOUT_LIMIT} | up to ${WITH_LIMIT} |`,
  },
  {
    page: 'docs/contract.zh-CN.md',
    message: `| **执行的用例数** | ${MOCK} | ${WITHOUT_LIMIT} | 最多 ${WITH_LIMIT} |`,
  },
  {
    page: 'docs/contract.md',
    message: `${SCENARIOS[0]} scenarios and checks of loginTokenValidate and ${SCENARIOS[1]} of tokenValidate`,
  },
  {
    page: 'docs/contract.zh-CN.md',
    message: `loginTokenValidate 有 ${SCENARIOS[0]} 项、tokenValidate 有 ${SCENARIOS[1]} 项`,
  },
])('$page says "$message"', ({ page, message }) => {
  expect(readFileSync(page, 'utf8')).toContain(message);
});

const PAGES = ['README', 'docs/contract', 'docs/containers', 'docs/javascript', 'docs/console'];

test.each(PAGES.flatMap((page) => [`${page}.md`, `${page}.zh-CN.md`]))(
  '%s has no other number of all cases',
  (page) => {
    const numbers = Array.from(
      readFileSync(page, 'utf8').matchAll(/(?<![\d.])(9\d\d) (?:cases|个用例)/g),
      ([, count]) => count,
    );
    expect(numbers.filter((count) => Number(count) !== MOCK)).toEqual([]);
  },
);
