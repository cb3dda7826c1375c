/** The response of a code: its form, its text and its status; and those of checks that differ from it. */
import { type Operation, RESULT_CODES } from '../index.js';
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
import type { SeenResponse } from './send-request.js';

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
  const usual = operations.map((operation) => {
    const seen = responses.filter((one) => one.operation === operation);
    return { operation, seen, general: formsByCode(seen) };
  });
  const formsOf = ({ general, seen }: (typeof usual)[number]) =>
    Object.fromEntries(
      Object.entries(general).map(([code, form]) => [
        code,
        withFallbacks(form, fallbacksOf(seen, code)),
      ]),
    );
  return {
    forms: Object.fromEntries(usual.map((one) => [one.operation, formsOf(one)])),
    ownOf: (operation, code, response) => {
      const { seen = [], general } = usual.find((one) => one.operation === operation) ?? {};
      const form = general?.[code];
      if (response === undefined || form === undefined) return {};
      const fallbacks = fallbacksOf(seen, code);
      const isUsual =
        hasUsualText(response, recorded, { operation, code }) &&
        isSameForm(response, form, fallbacks);
      return isUsual ? {} : { response: ownResponse(response, fallbacks) };
    },
  };
}

/** A refusal can lack what a success has. */
function fallbacksOf(seen: readonly SeenResponse[], code: string): Fallbacks {
  const own = seen.filter((one) => one.code === code);
  const [first] = own;
  const alike = seen.filter((one) => first !== undefined && isSuccess(one) === isSuccess(first));
  return new Map([...fallbacksIn(alike), ...fallbacksIn(own)]);
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

function formsByCode(seen: readonly SeenResponse[]): Readonly<Record<string, Form>> {
  const codes = [...new Set(seen.map(({ code }) => code))];
  return Object.fromEntries(
    codes.flatMap((code) => {
      const form = richestForm(seen.filter((one) => one.code === code).map((one) => one.form));
      return form === undefined ? [] : [[code, form]];
    }),
  );
}
