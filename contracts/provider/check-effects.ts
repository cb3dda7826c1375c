/** Checks the effects of a call with the control API: whether it was charged, consumed the token, and issued an accessToken that works. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { AMBIGUITIES, type Basis, type Operation, RESULT_CODES } from '../index.js';
import type { Then } from '../kit/case.js';
import type { AppControl } from '../kit/control.js';
import { valueAt } from '../kit/pointer.js';
import { type Difference, EFFECTS } from '../kit/result.js';
import { NOTHING, PRESENT } from '../kit/values.js';
import { codesOf, parsedJson } from './check-answer.js';

type Control = AppControl | undefined;

const REDEEMED: Bilingual = { en: 'accessToken redeemed', zh: 'accessToken 兑换' };
const REDEMPTIONS = {
  granted: { en: 'granted', zh: '成功' },
  refused: { en: 'refused', zh: '拒绝' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Whether a code is charged has its own basis. */
function chargedBasis(operation: Operation, then: Then): { readonly basis?: Basis } {
  const [code] = codesOf(then);
  const row = RESULT_CODES.find((each) => each.operation === operation && each.resultCode === code);
  return row === undefined ? {} : { basis: row.chargedBasis };
}

/** That a refused call leaves the token unused is our interpretation. */
function tokenUsedBasis({ tokenUsed }: Then): { readonly basis?: Basis } {
  const row = AMBIGUITIES.find(({ id }) => id === 'refused-call-uses-token');
  return tokenUsed === true || row === undefined ? {} : { basis: row.basis };
}

function callCount(calls: number): Bilingual {
  return { en: calls === 1 ? '1 call' : `${calls} calls`, zh: `${calls} 次` };
}

export async function chargedDifferences(
  operation: Operation,
  then: Then,
  { control, chargedBefore }: { readonly control: Control; readonly chargedBefore: number | undefined },
): Promise<readonly Difference[]> {
  const { charged } = then;
  if (control === undefined || charged === undefined || chargedBefore === undefined) return [];
  const calls = (await control.charged()) - chargedBefore;
  const expected = charged ? 1 : 0;
  if (calls === expected) return [];
  const basis = chargedBasis(operation, then);
  return [
    { about: 'charged', name: EFFECTS.charged, expected: callCount(expected), received: callCount(calls), ...basis },
  ];
}

export async function tokenDifferences(
  then: Then,
  control: Control,
  token: string | undefined,
): Promise<readonly Difference[]> {
  const { tokenUsed } = then;
  if (control === undefined || tokenUsed === undefined || token === undefined) return [];
  const used = await control.isTokenUsed(token);
  if (used === tokenUsed) return [];
  return [
    {
      about: 'tokenUsed',
      name: EFFECTS.tokenUsed,
      expected: String(tokenUsed),
      received: String(used),
      ...tokenUsedBasis(then),
    },
  ];
}

export async function accessTokenDifferences(
  { accessToken: steps = [] }: Then,
  control: Control,
  body: string,
): Promise<readonly Difference[]> {
  if (control === undefined || steps.length === 0) return [];
  const accessToken = valueAt(parsedJson(body), '/body/accessToken');
  if (typeof accessToken !== 'string') return [{ about: '/body/accessToken', expected: PRESENT, received: NOTHING }];
  const differences: Difference[] = [];
  for (const step of steps) {
    if ('advance' in step) await control.advance(step.advance);
    else {
      const received = await control.redeem(accessToken);
      if (received !== step.redeem)
        differences.push({
          about: 'accessToken redeemed',
          name: REDEEMED,
          expected: REDEMPTIONS[step.redeem],
          received: REDEMPTIONS[received],
        });
    }
  }
  return differences;
}
