/** The response of a code: its form, its text and its status; and those of checks that differ from it. */
import { type Operation, RESULT_CODES } from '../index.js';
import type { SeenResponse } from './read-answer.js';
import type { ResponseShape } from './request-result.js';
import {
  type Fallbacks,
  type Form,
  fallbacksIn,
  isSameForm,
  mapTexts,
  richestForm,
  withFallbacks,
} from './response-form.js';

type ByOperation<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

export interface UsualResponses {
  readonly forms: ByOperation<Form>;
  /** The response of a check, if it is not that of its code. */
  ownOf(
    operation: Operation,
    code: string,
    response: ResponseShape | undefined,
  ): { readonly response?: { readonly status: number; readonly form: Form } };
}

const HTTP_OK = 200;

interface Recorded {
  readonly texts: ByOperation<string>;
  readonly statuses: ByOperation<number>;
}

export function usualResponses(
  responses: readonly SeenResponse[],
  operations: readonly Operation[],
  recorded: Recorded,
): UsualResponses {
  const usual = new Map(
    operations.map((operation) => [
      operation,
      usualByCode(responses.filter((one) => one.operation === operation)),
    ]),
  );
  return {
    forms: Object.fromEntries(
      [...usual].map(([operation, rows]) => [
        operation,
        Object.fromEntries(
          [...rows].map(([code, { form, fallbacks }]) => [code, withFallbacks(form, fallbacks)]),
        ),
      ]),
    ),
    ownOf: (operation, code, response) => {
      const row = usual.get(operation)?.get(code);
      if (response === undefined || row === undefined) return {};
      const isUsual =
        hasUsualText(response, recorded, { operation, code }) &&
        isSameForm(response, row.form, row.fallbacks);
      return isUsual ? {} : { response: ownResponse(response, row.fallbacks) };
    },
  };
}

interface UsualForm {
  readonly form: Form;
  readonly fallbacks: Fallbacks;
}

function usualByCode(seen: readonly SeenResponse[]): ReadonlyMap<string, UsualForm> {
  const [successes, refusals] = [seen.filter(isSuccess), seen.filter((one) => !isSuccess(one))];
  return new Map([...formsByCode(successes), ...formsByCode(refusals)]);
}

/** Of successes or of refusals: a refusal can lack what a success has. */
function formsByCode(alike: readonly SeenResponse[]): ReadonlyMap<string, UsualForm> {
  const general = fallbacksIn(alike);
  return new Map(
    [...new Set(alike.map(({ code }) => code))].flatMap((code) => {
      const own = alike.filter((one) => one.code === code);
      const form = richestForm(own.map((one) => one.form));
      const fallbacks = new Map([...general, ...fallbacksIn(own)]);
      return form === undefined ? [] : [[code, { form, fallbacks }]];
    }),
  );
}

function isSuccess({ operation, code }: Pick<SeenResponse, 'operation' | 'code'>): boolean {
  return RESULT_CODES.some(
    (row) => row.operation === operation && row.resultCode === code && row.charged,
  );
}

function hasUsualText(
  { status, text }: ResponseShape,
  { texts, statuses }: Recorded,
  { operation, code }: Pick<SeenResponse, 'operation' | 'code'>,
): boolean {
  const isUsualStatus = status === (statuses[operation]?.[code] ?? HTTP_OK);
  return isUsualStatus && (text === '' || text === texts[operation]?.[code]);
}

/** With its text instead of that of the code. */
function ownResponse({ status, text, form }: ResponseShape, fallbacks: Fallbacks) {
  const withText = mapTexts(form, (one) => (one === '{text}' ? text : one));
  return { status, form: withFallbacks(withText, fallbacks) };
}
