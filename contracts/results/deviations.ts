/**
 * The list of known deviations: an accepted failure is a warning until a given day. A row has one complete case id. A
 * prefix would also match new cases of the next kit version, and could not show that one of several cases is fixed.
 */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import schema from '../schemas/deviations.schema.json' with { type: 'json' };
import type { CaseResult } from './result.js';

export interface Deviation {
  /** The id of the case. */
  readonly case: string;
  readonly reason: string;
  readonly link?: string;
  /** The last day on which the deviation is accepted: `2027-01-31`. */
  readonly expires: string;
}

export interface ReadDeviations {
  readonly deviations: readonly Deviation[];
  /** The mistakes in the file, a sentence each. If there are any, `deviations` is empty. */
  readonly problems: readonly string[];
}

const isFile = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile<{
  readonly deviations: readonly Deviation[];
}>(schema);

/** Parses the text of a deviations file. */
export function readDeviations(text: string): ReadDeviations {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { deviations: [], problems: [`is not JSON: ${error instanceof Error ? error.message : error}`] };
  }
  if (!isFile(value)) return { deviations: [], problems: (isFile.errors ?? []).map(problemOf) };
  const problems = value.deviations.flatMap(rowProblems);
  return { deviations: problems.length === 0 ? value.deviations : [], problems };
}

function problemOf({ instancePath, keyword, params, parentSchema, message, data }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return `${instancePath}/${params['missingProperty']} is missing`;
    case 'additionalProperties':
      return `${instancePath}/${params['additionalProperty']} is unknown`;
    case 'pattern':
      return `${instancePath} must be ${parentSchema?.['description']}, found ${JSON.stringify(data)}`;
    default:
      return `${instancePath === '' ? 'the file' : instancePath} ${message}`;
  }
}

/** The checks that a schema cannot express. */
function rowProblems(row: Deviation, at: number, rows: readonly Deviation[]): readonly string[] {
  const first = rows.findIndex((other) => other.case === row.case);
  return [
    ...(isDay(row.expires) ? [] : [`/deviations/${at}/expires is not a calendar day: ${row.expires}`]),
    ...(first === at ? [] : [`/deviations/${at}/case duplicates /deviations/${first}/case: ${row.case}`]),
  ];
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export interface AppliedDeviations {
  readonly results: readonly CaseResult[];
  /** Rows that match no case: mistakes in the file. */
  readonly problems: readonly string[];
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
  const problems = deviations.flatMap(({ case: id }, at) =>
    known.has(id) ? [] : [`/deviations/${at}/case matches no case: ${id}`],
  );
  return {
    results: results.map((result) => {
      const row = rowOf.get(result.id);
      return row === undefined ? result : applied(result, row, today);
    }),
    problems,
  };
}

/** A case that did not run or could not be judged does not change. */
function applied(result: CaseResult, row: Deviation, today: string): CaseResult {
  const { status, differences } = result;
  if (status !== 'pass' && status !== 'fail' && status !== 'warn') return result;
  const isMet = status === 'pass' && differences.length === 0;
  if (isMet) return { ...result, status: 'warn', reason: 'known deviation that no longer occurs: remove its row' };
  const { expires, reason, link } = row;
  const why = link === undefined ? reason : `${reason} (${link})`;
  // ISO days compare as text.
  if (today > expires) {
    const expired = `known deviation expired on ${expires}: ${why}`;
    return { ...result, reason: result.reason === undefined ? expired : `${expired}\n${result.reason}` };
  }
  return {
    ...result,
    isKnown: true,
    status: status === 'fail' ? 'warn' : status,
    reason: `known deviation until ${expires}: ${why}`,
  };
}
