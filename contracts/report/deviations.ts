/**
 * The list of known deviations: an accepted failure is a warning until a given day. A row has one complete case id. A
 * prefix would also match new cases of the next kit version, and could not show that one of several cases is fixed.
 */

import type { ErrorObject } from 'ajv';
import { type Bilingual, bilingual, type Words, wordsIn } from '../../src/text/bilingual.js';
import { fileProblem } from '../../src/text/usage-error.js';
import { valueAt } from '../kit/pointer.js';
import type { CaseResult } from '../kit/result.js';
import { fieldProblem } from '../kit/schemas.js';
import { VALIDATORS } from '../kit/validators.js';
import schema from '../schemas/deviations.schema.json' with { type: 'json' };

export interface Deviation {
  /** The id of the case. */
  readonly case: string;
  readonly reason: string;
  readonly link?: string;
  /** The last day on which the deviation is accepted: `2027-01-31`. */
  readonly expires: string;
}

const { properties } = schema.$defs.deviation;

interface DeviationsFile {
  readonly deviations: readonly Deviation[];
}

export interface ReadDeviations {
  readonly deviations: readonly Deviation[];
  /** The mistakes in the file, a sentence each. If there are any, `deviations` is empty. */
  readonly problems: readonly Bilingual[];
}

/** Parses the text of a deviations file. */
export function readDeviations(text: string): ReadDeviations {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { deviations: [], problems: [fileProblem(error)] };
  }
  const file = value as DeviationsFile;
  const validate = VALIDATORS.deviations;
  if (!validate(value))
    return { deviations: [], problems: (validate.errors ?? []).map((error) => problemOf(error, file)) };
  const problems = file.deviations.flatMap(rowProblems);
  return { deviations: problems.length === 0 ? file.deviations : [], problems };
}

/** A field with a pattern has its description; only the fields of a row have a pattern: `/deviations/0/case`. */
function problemOf(error: ErrorObject, file: DeviationsFile): Bilingual {
  const { instancePath: at, keyword } = error;
  const [row = '', name = ''] = at.split('/').slice(-2);
  const field = FIELDS[name];
  if (keyword !== 'pattern' || field === undefined) return fieldProblem(error);
  return mustBe(at, field, JSON.stringify(valueAt(file.deviations[Number(row)], `/${name}`)));
}

/** The fields with a pattern, described as in the schema. */
const FIELDS: Readonly<Record<string, Bilingual>> = {
  case: { en: properties.case.description, zh: '一个用例的完整 id（只写一部分会掩盖新的失败）' },
  reason: { en: properties.reason.description, zh: '一句话，说明为什么可以接受这个失败' },
  link: { en: properties.link.description, zh: ' http:// 或 https:// 开头的地址' },
  expires: { en: properties.expires.description, zh: '有效的最后一天，例如 2027-01-31' },
};

function mustBe(at: string, must: Bilingual, found: string): Bilingual {
  return { en: `${at} must be ${must.en}, found ${found}`, zh: `${at} 应为${must.zh}，实际为 ${found}` };
}

/** The checks that a schema cannot express. */
function rowProblems(row: Deviation, at: number, rows: readonly Deviation[]): readonly Bilingual[] {
  const first = rows.findIndex((other) => other.case === row.case);
  const expires = mustBe(`/deviations/${at}/expires`, { en: 'a calendar day', zh: '存在的日期' }, row.expires);
  const duplicate = {
    en: `/deviations/${at}/case duplicates /deviations/${first}/case, found ${row.case}: remove one of them`,
    zh: `/deviations/${at}/case 与 /deviations/${first}/case 重复，均为 ${row.case}：请删除其中一条`,
  };
  return [...(isDay(row.expires) ? [] : [expires]), ...(first === at ? [] : [duplicate])];
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export interface AppliedDeviations {
  readonly results: readonly CaseResult[];
  /** Rows that match no case: mistakes in the file. */
  readonly problems: readonly Bilingual[];
}

/**
 * @param todayIso The current day, or an instant of it, in ISO 8601 and in the time zone of the rows.
 * @param caseIds The ids of all cases, if the results have only some of them.
 */
export function applyDeviations(
  results: readonly CaseResult[],
  deviations: readonly Deviation[],
  todayIso: string,
  caseIds: readonly string[] = results.map(({ id }) => id),
): AppliedDeviations {
  const today = todayIso.slice(0, 'yyyy-mm-dd'.length);
  const rowOf = new Map(deviations.map((row) => [row.case, row]));
  const known = new Set(caseIds);
  const problems = deviations.flatMap(({ case: id }, at) => (known.has(id) ? [] : [noCase(at, id)]));
  return {
    results: results.map((result) => {
      const row = rowOf.get(result.id);
      return row === undefined ? result : applied(result, row, today);
    }),
    problems,
  };
}

function noCase(at: number, id: string): Bilingual {
  return {
    en: `/deviations/${at}/case must be the id of a case, found ${id}: --list prints all`,
    zh: `/deviations/${at}/case 应为用例的 id，实际为 ${id}：--list 列出全部`,
  };
}

const NO_LONGER: Bilingual = {
  en: 'known deviation that no longer occurs: remove its row',
  zh: '已登记的偏差不再出现：请删除这一条',
};

/** A case that did not run or could not be judged does not change. */
function applied(result: CaseResult, row: Deviation, today: string): CaseResult {
  const { status, differences } = result;
  if (status !== 'pass' && status !== 'fail' && status !== 'warn') return result;
  const isMet = status === 'pass' && differences.length === 0;
  if (isMet) return { ...result, status: 'warn', reason: NO_LONGER };
  const { expires, reason, link } = row;
  const why = link === undefined ? reason : `${reason} (${link})`;
  // ISO days compare as text.
  if (today > expires) {
    const expired = {
      en: `known deviation expired on ${expires}: ${why}`,
      zh: `已登记的偏差已于 ${expires} 到期：${why}`,
    };
    const { reason: own } = result;
    const both = (before: Words) => bilingual((language) => `${expired[language]}\n${wordsIn(before, language)}`);
    return { ...result, reason: own === undefined ? expired : both(own) };
  }
  return {
    ...result,
    isKnown: true,
    status: status === 'fail' ? 'warn' : status,
    reason: { en: `known deviation until ${expires}: ${why}`, zh: `已登记的偏差，${expires} 到期：${why}` },
  };
}
