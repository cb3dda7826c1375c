/** What a call did beside its answer, asked of the control API: whether it was charged, used the token up, granted an accessToken. */
import type { Difference } from '../results/result.js';
import { valueAt } from '../sign/pointer.js';
import type { Then } from './case.js';
import { parsedJson } from './check-answer.js';
import type { AppControl } from './control.js';

type Control = AppControl | undefined;

export async function chargedDifferences(
  { charged }: Then,
  control: Control,
  chargedBefore: number | undefined,
): Promise<readonly Difference[]> {
  if (control === undefined || charged === undefined || chargedBefore === undefined) return [];
  const calls = (await control.charged()) - chargedBefore;
  const expected = charged ? 1 : 0;
  return calls === expected ? [] : [{ about: 'charged', expected: `${expected} calls`, received: `${calls} calls` }];
}

export async function tokenDifferences(
  { tokenUsed }: Then,
  control: Control,
  token: string | undefined,
): Promise<readonly Difference[]> {
  if (control === undefined || tokenUsed === undefined || token === undefined) return [];
  const used = await control.isTokenUsed(token);
  return used === tokenUsed ? [] : [{ about: 'tokenUsed', expected: String(tokenUsed), received: String(used) }];
}

export async function accessTokenDifferences(
  { accessToken: steps = [] }: Then,
  control: Control,
  body: string,
): Promise<readonly Difference[]> {
  if (control === undefined || steps.length === 0) return [];
  const accessToken = valueAt(parsedJson(body), '/body/accessToken');
  if (typeof accessToken !== 'string')
    return [{ about: '/body/accessToken', expected: 'present', received: 'nothing' }];
  const differences: Difference[] = [];
  for (const step of steps) {
    if ('advance' in step) await control.advance(step.advance);
    else {
      const received = await control.redeem(accessToken);
      if (received !== step.redeem)
        differences.push({ about: 'accessToken redeemed', expected: step.redeem, received });
    }
  }
  return differences;
}
