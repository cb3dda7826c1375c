/**
 * The ledger of known deviations: a failure that somebody has looked at is a warning until a day that they name. A row
 * names one case. The beginning of an id would also cover cases that come with the next version of the kit, and could
 * not tell that one of several is mended.
 */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import schema from '../schemas/deviations.schema.json' with { type: 'json' };
import type { CaseResult } from './result.js';

export interface Deviation {
  /** The id of the case. */
  readonly case: string;
  readonly reason: string;
  readonly link?: string;
  /** The last day on which it holds: `2027-01-31`. */
  readonly expires: string;
}

export interface ReadDeviations {
  readonly deviations: readonly Deviation[];
  /** What is wrong with the file, a sentence each; then it has no deviations. */
  readonly problems: readonly string[];
}

const isFile = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile<{
  readonly deviations: readonly Deviation[];
}>(schema);

/** The text of a ledger's file. */
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
      return `${instancePath}/${params['additionalProperty']} is not known`;
    case 'pattern':
      return `${instancePath} must be ${parentSchema?.['description']}, found ${JSON.stringify(data)}`;
    default:
      return `${instancePath === '' ? 'the file' : instancePath} ${message}`;
  }
}

/** What a schema cannot say. */
function rowProblems(row: Deviation, at: number, rows: readonly Deviation[]): readonly string[] {
  const first = rows.findIndex((other) => other.case === row.case);
  return [
    ...(isDay(row.expires) ? [] : [`/deviations/${at}/expires is no day of the calendar: ${row.expires}`]),
    ...(first === at ? [] : [`/deviations/${at}/case is the same as /deviations/${first}/case: ${row.case}`]),
  ];
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export interface AppliedDeviations {
  readonly results: readonly CaseResult[];
  /** Rows that name no case: a mistake of whoever wrote them. */
  readonly problems: readonly string[];
}

/**
 * @param todayIso The day, or an instant of it, in ISO 8601: in the zone in which the rows' days are meant.
 * @param caseIds Every case that there is, where the results have only some of them.
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
    known.has(id) ? [] : [`/deviations/${at}/case names no case: ${id}`],
  );
  return {
    results: results.map((result) => {
      const row = rowOf.get(result.id);
      return row === undefined ? result : applied(result, row, today);
    }),
    problems,
  };
}

/** A case that did not run, or could not be judged, tells nothing of its row. */
function applied(result: CaseResult, row: Deviation, today: string): CaseResult {
  const { status, differences } = result;
  if (status !== 'pass' && status !== 'fail' && status !== 'warn') return result;
  const isMet = status === 'pass' && differences.length === 0;
  if (isMet) return { ...result, status: 'warn', reason: 'known deviation no longer seen: remove the row' };
  const { expires, reason, link } = row;
  const told = link === undefined ? reason : `${reason} (${link})`;
  // ISO days compare as texts.
  if (today > expires) {
    const expired = `known deviation expired on ${expires}: ${told}`;
    return { ...result, reason: result.reason === undefined ? expired : `${expired}\n${result.reason}` };
  }
  return {
    ...result,
    isKnown: true,
    status: status === 'fail' ? 'warn' : status,
    reason: `known deviation until ${expires}: ${told}`,
  };
}
