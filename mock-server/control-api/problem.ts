/** Errors of the control API as application/problem+json (RFC 9457). */
import type { ValidateFunction } from 'ajv';
import { type Bilingual, joinedChinese, type Language } from '../../src/text/bilingual.js';
import { type ArgumentsOf, message } from '../../src/text/catalogue.js';
import { AppRemovedError } from '../carrier/apps/apps.js';
import type { Log } from '../carrier/log.js';
import { StoreUnavailableError } from '../carrier/store/state-store.js';
import { schemaProblem, valueProblem } from '../schemas/schema-problem.js';
import type { VALUE_MESSAGES, ValueMessageId } from '../schemas/value-messages.js';
import { type ControlAnswer, PROTECTION } from './control-exchange.js';
import {
  FIELD_MESSAGES,
  OTHER_TITLE,
  PROBLEM_MESSAGES,
  PROBLEM_TITLES,
  type ProblemRow,
} from './problem-messages.js';

/** The page of the documentation that lists the problems by id. */
export const PROBLEMS_PAGE = 'problems';

interface ProblemInit {
  readonly id: string;
  readonly status: number;
  readonly detail: Bilingual;
  /** A JSON Pointer to the field. */
  readonly pointer?: string | undefined;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly id: string;
  readonly status: number;
  readonly detail: Bilingual;
  readonly pointer: string | undefined;

  constructor({ id, status, detail, pointer }: ProblemInit) {
    super(detail.en);
    this.id = id;
    this.status = status;
    this.detail = detail;
    this.pointer = pointer;
  }
}

type ProblemId = keyof typeof PROBLEM_MESSAGES;
type FieldMessageId = keyof typeof FIELD_MESSAGES;

export function problem<Id extends ProblemId>(
  id: Id,
  ...[parameters]: ArgumentsOf<(typeof PROBLEM_MESSAGES)[Id]>
): Problem {
  const row: ProblemRow = PROBLEM_MESSAGES[id];
  return new Problem({
    id,
    status: row.status,
    pointer: row.pointer,
    detail: message(row, parameters),
  });
}

/** @param pointer a JSON Pointer to the field */
export function invalid<Id extends FieldMessageId>(
  pointer: string,
  id: Id,
  ...[parameters]: ArgumentsOf<(typeof FIELD_MESSAGES)[Id]>
): Problem {
  return invalidField({ id, pointer, detail: message(FIELD_MESSAGES[id], parameters) });
}

/** @param pointer a JSON Pointer to the field */
export function invalidValue<Id extends ValueMessageId>(
  pointer: string,
  id: Id,
  ...parameters: ArgumentsOf<(typeof VALUE_MESSAGES)[Id]>
): Problem {
  return invalidField(valueProblem(pointer, id, ...parameters));
}

/** The text of a field follows its name. */
export function invalidField({
  id,
  pointer,
  detail,
}: Omit<ProblemInit, 'status'> & { readonly pointer: string }) {
  const field = pointer === '' ? { en: 'the body', zh: '请求体' } : { en: pointer, zh: pointer };
  const words = { en: `${field.en} ${detail.en}`, zh: joinedChinese(field.zh, detail.zh) };
  return new Problem({ id, status: 400, detail: words, pointer });
}

/** Returns the body if it fits the schema. Throws a Problem. */
export function checked(validate: ValidateFunction, body: unknown): unknown {
  const found = schemaProblem(validate, body);
  if (found !== undefined) throw invalidField(found);
  return body;
}

/** @param language the language of `title` and `detail` */
export function problemAnswer(
  { id, status, detail, pointer }: Problem,
  language: Language,
): ControlAnswer {
  return {
    status,
    headers: {
      ...PROTECTION,
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      'Content-Type': 'application/problem+json; charset=utf-8',
    },
    body: JSON.stringify({
      type: `${PROBLEMS_PAGE}#${id}`,
      title: (PROBLEM_TITLES[status] ?? OTHER_TITLE)[language],
      status,
      detail: detail[language],
      pointer,
    }),
  };
}

/** Turns any error into a problem. An unexpected error is a 500, and its stack is logged. */
export function toProblem(error: unknown, log: Log): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AppRemovedError) return problem('app.not-found', { app: error.appId });
  if (error instanceof StoreUnavailableError)
    return problem('store.unavailable', { reason: error.words });
  // The router throws this for a path that is not UTF-8.
  const { status = 500, message: reason = '' }: Partial<Problem> = error ?? {};
  if (status < 500) return problem('request.unreadable', { reason });
  const cause = error instanceof Error ? error.stack : String(error);
  log.error({ en: `the control API failed: ${cause}`, zh: `控制接口出错：${cause}` });
  return problem('server.error');
}
