/**
 * The list of known deviations: an accepted failure is a warning until a given day. A row has one complete case id. A
 * prefix would also match new cases of the next kit version, and could not show that one of several cases is fixed.
 */

import { type Bilingual, bilingual, wordsIn } from '../../src/text/bilingual.js';
import type { DeviationsFormat } from '../kit/formats.js';
import type { CaseResult } from '../kit/result.js';
import { readJsonFile } from '../kit/schemas.js';
import { VALIDATORS } from '../kit/validators.js';

export type Deviation = DeviationsFormat['deviation'];

/** Throws a UsageError with the file and the field. */
export function readDeviations(path: string): readonly Deviation[] {
  return readJsonFile<DeviationsFormat['file']>(path, VALIDATORS.deviations).deviations;
}

/** @param todayIso The current day, or an instant of it, in ISO 8601 and in the time zone of the rows. */
export function applyDeviations(
  results: readonly CaseResult[],
  deviations: readonly Deviation[],
  todayIso: string,
): readonly CaseResult[] {
  const today = todayIso.slice(0, 'yyyy-mm-dd'.length);
  const rowOf = new Map(deviations.map((row) => [row.case, row]));
  return results.map((result) => {
    const row = rowOf.get(result.id);
    return row === undefined ? result : applied(result, row, today);
  });
}

const NO_LONGER: Bilingual = {
  en: 'known deviation that no longer occurs: remove its row',
  zh: '已知偏差不再出现：请删除这一条',
};

/** A case that did not run or could not be judged does not change. */
function applied(result: CaseResult, row: Deviation, today: string): CaseResult {
  const { status, differences } = result;
  if (status !== 'pass' && status !== 'fail' && status !== 'warn') return result;
  if (status === 'pass' && differences.length === 0)
    return { ...result, status: 'warn', reason: NO_LONGER };
  const { expires, reason, link } = row;
  const why = link === undefined ? reason : `${reason} (${link})`;
  // ISO days compare as text.
  if (today > expires) {
    const expired = {
      en: `known deviation expired on ${expires}: ${why}`,
      zh: `已知偏差已于 ${expires} 到期：${why}`,
    };
    const own = result.reason;
    if (own === undefined) return { ...result, reason: expired };
    return {
      ...result,
      reason: bilingual((language) => `${expired[language]}\n${wordsIn(own, language)}`),
    };
  }
  return {
    ...result,
    isKnown: true,
    status: status === 'fail' ? 'warn' : status,
    reason: {
      en: `known deviation until ${expires}: ${why}`,
      zh: `已知偏差，${expires} 到期：${why}`,
    },
  };
}
