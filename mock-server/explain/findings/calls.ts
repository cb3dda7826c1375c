/** Used-up calls: the daily quota without a contract, the package with one. The document, 1.4 105312 and 2, notes 1 and 2. */
import { beijingDay, DAY_MS, formatTimestamp, parseTimestamp } from '../../../src/protocol/timestamp.js';
import type { Evidence, FindingRow } from '../finding.js';
import type { Subject } from '../subject.js';

const MIDNIGHT = '000000000';

export const CALLS_FINDINGS: readonly FindingRow[] = [
  {
    id: 'calls.daily-quota',
    inLog: true,
    explains: ['callsLeft'],
    title: { en: "Today's free calls are used up", zh: '当天的免费调用次数已用完' },
    detail: {
      en: 'The daily calls of an app without a service contract are used up: {used} of {limit}. In this mock, the quota resets at {renewsAt}, midnight in Beijing by the app’s clock. The document does not give the hour.',
      zh: '应用没有签订服务合同，当天的免费次数已用完：共 {limit} 次，已用 {used} 次。模拟服务按应用的时钟，在北京时间零点（{renewsAt}）恢复次数；文档只说“每天”，没有写几点。',
    },
    detect: (subject) =>
      usedUp(subject, { contracted: false }).map((evidence) => ({ ...evidence, ...renewal(subject.atMs) })),
  },
  {
    id: 'calls.package',
    inLog: true,
    explains: ['callsLeft'],
    title: { en: 'The call package is used up', zh: '套餐已用完' },
    detail: {
      en: 'The calls of the contract’s package are used up: {used} of {limit}. A package does not renew by itself: buy another one. An app with a contract has no free daily calls.',
      zh: '合同的套餐已用完：共 {limit} 次，已用 {used} 次。套餐不会自动恢复，需要另外购买。签了合同的应用没有每天的免费次数。',
    },
    detect: (subject) => usedUp(subject, { contracted: true }),
  },
];

function usedUp({ state }: Subject, { contracted }: { readonly contracted: boolean }): readonly Evidence[] {
  const { app, callLimit, callsUsed } = state;
  if (app === undefined || app.settings.contracted !== contracted) return [];
  const limit = callLimit?.limit ?? null;
  return limit === null || callsUsed < limit ? [] : [{ limit, used: callsUsed }];
}

/** The next midnight in Beijing. */
function renewal(nowMs: number): Evidence {
  const todayMs = parseTimestamp(beijingDay(nowMs) + MIDNIGHT) ?? nowMs;
  const renewsAtMs = todayMs + DAY_MS;
  return { renewsAtMs, renewsAt: formatTimestamp(renewsAtMs) };
}
