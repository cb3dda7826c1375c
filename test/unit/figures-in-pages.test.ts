/** The figures of the pages that a table of the program knows are those of the table. */
import { describe, expect, test } from 'vitest';
import { planOf } from '../../contracts/calibrate/plan.js';
import { TOKEN_USE } from '../../contracts/calibrate/token-use.js';
import { planText } from '../../contracts/report/calibration.js';
import { blocksOf } from '../support/pages.js';

const LANGUAGES = [
  { lang: 'en', suffix: '.md' },
  { lang: 'zh', suffix: '.zh-CN.md' },
] as const;

/** The profile that docs/how-to/check-a-carrier shows: docs/how-to/calibrate shows its plan and its result. */
const PROFILE = JSON.parse(
  blocksOf('docs/how-to/check-a-carrier.md').find(({ code }) => code.includes('"capabilities"'))
    ?.code ?? '',
);
const PLAN = planOf({
  provider: { has: new Set(PROFILE.capabilities) },
  longKey: false,
  disabled: [],
});

describe.each(LANGUAGES)('in $lang', ({ lang, suffix }) => {
  const [plan, result] = blocksOf(`docs/how-to/calibrate${suffix}`).filter(
    ({ language }) => language === '',
  );

  test('the plan on the page is that of the profile', () => {
    const terms = { target: PROFILE.name, limit: PROFILE.spendLimit, spent: 0, hasTokens: true };
    expect(plan?.code).toBe(planText(PLAN, terms, { lang, colour: false }));
  });

  test('the result on the page has the readings of the plan, and the number of the others', () => {
    const [settled = '', notSettled = ''] = result?.code.split('\n\n') ?? [];
    const ids = Array.from(settled.matchAll(/^ {2}([a-z\d-]+) /gm), ([, id]) => id);
    expect(ids.toSorted()).toEqual([...PLAN.readings, TOKEN_USE].toSorted());
    expect(settled).toMatch(new RegExp(`^\\S.*[(（]${ids.length}[)）]`));
    expect(notSettled).toMatch(new RegExp(`^\\S.*[(（]${PLAN.notSettled.length}[)）]`));
  });
});
