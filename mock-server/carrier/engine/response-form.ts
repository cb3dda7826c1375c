/** The members of a carrier's response, as a calibration recorded them, filled with the values of a request. */
import type { ReplyTexts } from '../../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import type { CarrierRequest } from './request.js';

/** `{msgId}` is a value; `{msgId|null}` is null without it, `{msgId|absent}` is left out; `{taskId:uuid}` is an id in this form. */
export type ResponseForm = JsonObject;

/** The response that a calibration recorded for one check. */
export interface RecordedResponse {
  readonly status: number;
  readonly form: ResponseForm;
}

const PLACEHOLDER = /^\{([a-zA-Z]+)(?::([a-zA-Z]+\d*))?(?:\|(null|absent))?\}$/;
const OF_REQUEST = ['msgId', 'appId', 'message', 'expandParams'] as const;

/** The values of a response. */
export interface FormValues {
  readonly request: CarrierRequest;
  readonly texts: ReplyTexts;
  /** 32 lower-case hex digits. */
  readonly taskId: string;
}

export function filledForm(form: ResponseForm, values: FormValues): JsonObject {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const own = isObject(value) ? filledForm(value, values) : memberOf(value, values);
      return own === undefined ? [] : [[name, own]];
    }),
  );
}

/** undefined for a member that is left out. */
function memberOf(value: unknown, values: FormValues): unknown {
  const [, name, form, without] = typeof value === 'string' ? (PLACEHOLDER.exec(value) ?? []) : [];
  if (name === undefined) return value;
  const text = textOf(name, form, values);
  if (text !== undefined) return text;
  if (without === 'absent') return undefined;
  return without === 'null' ? null : '';
}

function textOf(
  name: string,
  form: string | undefined,
  { request, texts, taskId }: FormValues,
): string | undefined {
  const sent = OF_REQUEST.find((each) => each === name);
  if (sent !== undefined && request[sent] === undefined) return undefined;
  if (name === 'taskId') return inForm(taskId, form);
  const all: Readonly<Record<string, string | null | undefined>> = texts;
  const text = all[name] ?? undefined;
  return text !== undefined && name === 'accessToken' ? inForm(text, form) : text;
}

/** An id of hex digits in another form, for example `uuid` or `digits24`. */
function inForm(id: string, form = 'hex32'): string {
  const [, kind = 'hex', digits = '32'] = /^([a-zA-Z]+)(\d*)$/.exec(form) ?? [];
  if (kind === 'uuid') return dashed(id);
  if (kind === 'UUID') return dashed(id).toUpperCase();
  const text = id.repeat(Math.ceil(Number(digits) / id.length)).slice(0, Number(digits));
  if (kind === 'digits')
    return text.replace(/\D/g, (digit) => String(Number.parseInt(digit, 16) % 10));
  return kind === 'HEX' ? text.toUpperCase() : text;
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
