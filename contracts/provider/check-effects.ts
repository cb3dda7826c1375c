/** Compares the effects of a call with the expectations of a case, with the control API: whether it was charged, consumed the token, and issued an accessToken that works. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { parsedJson } from '../../src/text/shown-json.js';
import { AMBIGUITIES, type Operation } from '../index.js';
import { type Case, codesOf } from '../kit/case.js';
import type { AppControl } from '../kit/control.js';
import { valueAt } from '../kit/pointer.js';
import type { CaseApp } from '../kit/provider.js';
import {
  type Clause,
  callCount,
  clauseOf,
  type Difference,
  EFFECTS,
  NOTHING,
  PRESENT,
} from '../kit/result.js';
import type { WireAnswer } from '../kit/wire.js';
import { type AnsweredCall, isExpected, rowOfCode } from './check-answer.js';
import { ACCESS_TOKEN, fieldAt, named } from './places.js';

const REDEEMED: Bilingual = { en: 'accessToken redeemed', zh: 'accessToken 兑换' };
const REDEMPTIONS = {
  granted: { en: 'granted', zh: '成功' },
  refused: { en: 'refused', zh: '拒绝' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export interface Effects
  extends Pick<AnsweredCall, 'operation' | 'testCase' | 'answer'>,
    Pick<CaseApp, 'control' | 'tokenControl'> {
  /** The number of charged calls before the judged one. */
  readonly chargedBefore: number | undefined;
  readonly token: string | undefined;
}

export async function effectDifferences(effects: Effects): Promise<readonly Difference[]> {
  const { testCase, control, answer } = effects;
  if (control === undefined || !isExpected(effects)) return [];
  return [
    ...(await chargedDifferences(effects, control)),
    ...(await tokenDifferences(effects)),
    ...(await accessTokenDifferences(testCase.then, control, answer)),
  ];
}

async function chargedDifferences(
  { operation, testCase, chargedBefore }: Effects,
  control: AppControl,
): Promise<readonly Difference[]> {
  if (chargedBefore === undefined) return [];
  const { then, simultaneous } = testCase;
  const due = simultaneous?.succeed.calls ?? (then.charged === true ? 1 : 0);
  const calls = (await control.charged()) - chargedBefore;
  if (calls === due) return [];
  const clause = chargedClause(operation, then);
  const place = named('charged', EFFECTS.charged);
  return [{ ...place, expected: callCount(due), received: callCount(calls), clause }];
}

/** Whether a code is charged has its own basis. */
function chargedClause(operation: Operation, then: Case['then']): Clause | undefined {
  const [code = ''] = codesOf(then);
  const row = rowOfCode(operation, code);
  if (row === undefined) return undefined;
  const { section, document } = row;
  return clauseOf(row.chargedBasis, { section, sentence: `${code} ${document}` });
}

/** The document does not state which results consume a token. */
async function tokenDifferences({
  testCase: { then },
  tokenControl,
  token,
}: Effects): Promise<readonly Difference[]> {
  if (then.tokenUsed === undefined || tokenControl === undefined || token === undefined) return [];
  const isUsed = await tokenControl.isTokenUsed(token);
  if (isUsed === then.tokenUsed) return [];
  const row = AMBIGUITIES.find(({ id }) => id === 'refused-call-uses-token');
  const clause = row && clauseOf(then.tokenUsed ? 'inferred' : row.basis, row);
  return [
    {
      ...named('token-used', EFFECTS.tokenUsed),
      expected: String(then.tokenUsed),
      received: String(isUsed),
      clause,
    },
  ];
}

async function accessTokenDifferences(
  { accessToken: steps = [] }: Case['then'],
  control: AppControl,
  { body }: WireAnswer,
): Promise<readonly Difference[]> {
  if (steps.length === 0) return [];
  const accessToken = valueAt(parsedJson(body), ACCESS_TOKEN);
  if (typeof accessToken !== 'string')
    return [{ ...fieldAt('access-token', ACCESS_TOKEN), expected: PRESENT, received: NOTHING }];
  const differences: Difference[] = [];
  for (const step of steps) {
    if ('advance' in step) await control.advance(step.advance);
    else differences.push(...redemptionDifference(step.redeem, await control.redeem(accessToken)));
  }
  return differences;
}

function redemptionDifference(
  due: keyof typeof REDEMPTIONS,
  found: keyof typeof REDEMPTIONS,
): readonly Difference[] {
  if (due === found) return [];
  return [
    {
      ...named('access-token', REDEEMED),
      expected: REDEMPTIONS[due],
      received: REDEMPTIONS[found],
    },
  ];
}
