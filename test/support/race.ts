/** Checks the results of concurrent requests. */
import { expect } from 'vitest';
import type { Place } from './endpoints.js';
import { send } from './mock.js';

/** Counts each text. */
export function tally(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Expects one ledger record for each charged call, each with a unique taskId. */
export async function expectLedger(
  { url, app }: Place,
  expected: { readonly charged: number; readonly remaining: number | null },
): Promise<void> {
  const { json } = await send(url, 'GET', `/_mock/apps/${app.appId}/ledger?limit=1000`);
  const { charged, remaining, records } = json;
  const taskIds = new Set(records.map(({ taskId }: { readonly taskId: string }) => taskId));
  expect({ charged, remaining, records: records.length, taskIds: taskIds.size }).toEqual({
    ...expected,
    records: expected.charged,
    taskIds: expected.charged,
  });
}
