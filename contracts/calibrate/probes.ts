/** The requests that distinguish the options of an ambiguity, and the results that each option predicts. */

import type { Operation } from '../index.js';
import type { Given, When } from '../kit/case.js';
import { rowOf } from './cases.js';

/** The carrier accepts the request: its response is the same as for a good one. */
export const ACCEPTED = 'accepted';
/** The carrier refuses it with a code that has no row of its own. */
export const REFUSED = 'refused';
/** An option with the code of the refusal. */
export const WITH_CODE = 'refused:<code>';

interface ProbeRow {
  /** The case of the kit with the request. */
  readonly case: string;
  /** The check that the request violates, if a mistake shows the same. */
  readonly check?: string;
  /** Replaces the request of the case, if another request distinguishes more options. The case is then the most similar one. */
  readonly when?: When;
  readonly given?: Given;
  /** `rsa`: the profile's keys; `longKey`: keys of more than 1024 bits. */
  readonly needs?: 'rsa' | 'longKey';
  /** The options that predict a result, by its code, ACCEPTED or REFUSED. */
  readonly predicts: Readonly<Record<string, readonly string[]>>;
}

export interface Probe extends ProbeRow {
  readonly reading: string;
  readonly operation: Operation;
}

const OF_READING = 'reading ';

/** The check that the request violates, or a name for a request that violates none. */
export function checkOf({ check, reading, case: id }: Probe): string {
  return check ?? `${OF_READING}${reading} ${id}`;
}

export function isOfReading(check: string): boolean {
  return check.startsWith(OF_READING);
}

/** The options of system-time that set a window, before its width is known. */
export const WINDOW = 'window';

/** By reading, in the order of ambiguities.json. */
const ROWS: Readonly<Record<string, readonly ProbeRow[]>> = {
  'login-md5-case': [
    {
      case: 'loginTokenValidate/103000/md5-sign-lower-case',
      predicts: { accepted: ['any'], 103101: ['upper'] },
    },
  ],
  'verify-hex-case': [
    {
      case: 'tokenValidate/302/lower-case',
      predicts: { accepted: ['any', 'sign'], 302: ['upper'] },
    },
    {
      case: 'tokenValidate/004/lower-case',
      predicts: { accepted: ['any'], '001': ['sign'], '004': ['upper'] },
    },
  ],
  'content-type': [
    {
      case: 'loginTokenValidate/103000/content-type-open',
      check: 'valuesAreStrings/contentType',
      predicts: { accepted: ['any'], 103211: ['json'], refused: [WITH_CODE] },
    },
    {
      case: 'tokenValidate/000/text-content-type',
      check: 'bodyReadable/contentType',
      predicts: { accepted: ['any'], 303: ['json'], refused: [WITH_CODE] },
    },
  ],
  'json-numbers': [
    {
      case: 'loginTokenValidate/103211/json-numbers-open',
      check: 'valuesAreStrings/required.number',
      predicts: {
        accepted: ['any'],
        103211: ['keyType', 'refused'],
        refused: ['keyType', 'refused'],
      },
    },
    {
      case: 'tokenValidate/102/number',
      check: 'parametersValid/required.number',
      predicts: { accepted: ['any'], 102: ['keyType', 'refused'], refused: ['keyType', 'refused'] },
    },
    {
      case: 'tokenValidate/000/key-type-number',
      check: 'parametersValid/keyType',
      // keyType 0, so that no RSA keys are needed.
      given: {},
      when: { fields: [{ op: 'replace', path: '/body/keyType', value: 0 }] },
      predicts: { accepted: ['keyType', 'any'], 102: ['refused'], refused: ['refused'] },
    },
  ],
  'json-null': [
    {
      case: 'loginTokenValidate/103211/json-null-open',
      check: 'valuesAreStrings/optional.null',
      predicts: { accepted: ['absent'], 103211: ['refused'], refused: [WITH_CODE] },
    },
    {
      case: 'tokenValidate/102/json-null-open',
      check: 'parametersValid/optional.null',
      predicts: { accepted: ['absent'], 102: ['refused'], refused: [WITH_CODE] },
    },
  ],
  'system-time': [
    {
      case: 'loginTokenValidate/103000/time-no-date-open',
      check: 'parametersValid/sentAt.date',
      predicts: {
        accepted: ['digits'],
        103414: ['calendar', WINDOW],
        refused: ['calendar', WINDOW],
      },
    },
    {
      case: 'tokenValidate/000/no-date',
      check: 'parametersValid/sentAt.date',
      predicts: { accepted: ['digits'], 102: ['calendar', WINDOW], refused: ['calendar', WINDOW] },
    },
    ...(['-4000d', '+4000d'] as const).flatMap((timeOffset): readonly ProbeRow[] => [
      {
        case: 'loginTokenValidate/103000/time-an-hour-off',
        check: 'parametersValid/sentAt.window',
        when: { timeOffset },
        predicts: { accepted: ['digits', 'calendar'], 103414: [WINDOW], refused: [WINDOW] },
      },
      {
        case: 'tokenValidate/102/time-out-of-window-by-reading',
        check: 'parametersValid/sentAt.window',
        given: {},
        when: { timeOffset },
        predicts: { accepted: ['digits', 'calendar'], 102: [WINDOW], refused: [WINDOW] },
      },
      {
        case: 'h5TokenValidate/103000/old-timestamp',
        check: 'parametersValid/sentAt.window',
        when: { timeOffset },
        predicts: { accepted: ['digits', 'calendar'], 103002: [WINDOW], refused: [WINDOW] },
      },
    ]),
  ],
  'msgid-replay': [
    {
      case: 'loginTokenValidate/103000/msgid-again',
      check: 'parametersValid/msgId.replay',
      predicts: { accepted: ['allowed'], 103414: ['refused'], refused: [WITH_CODE] },
    },
    {
      case: 'tokenValidate/000/msg-id-again',
      check: 'parametersValid/msgId.replay',
      predicts: { accepted: ['allowed'], 102: ['refused'], refused: [WITH_CODE] },
    },
    {
      case: 'h5TokenValidate/103000/constant-trace-id',
      check: 'parametersValid/msgId.replay',
      predicts: { accepted: ['allowed'], 103002: ['refused'], refused: [WITH_CODE] },
    },
  ],
  'unknown-app-at-verify': [
    {
      case: 'tokenValidate/102/unknown-app',
      check: 'appKnown',
      predicts: { 102: ['102'], 302: ['302'], refused: [WITH_CODE] },
    },
  ],
  'verify-rsa-encoding': [
    {
      case: 'tokenValidate/000/rsa',
      needs: 'rsa',
      predicts: { accepted: ['base64'], 302: ['hex'], '004': ['hex'] },
    },
    {
      case: 'tokenValidate/302/rsa-in-hex',
      needs: 'rsa',
      predicts: { accepted: ['hex'], 302: ['base64'], '004': ['base64'] },
    },
  ],
  'verify-sign-key': [
    {
      case: 'tokenValidate/302/rsa-other-pair',
      needs: 'rsa',
      predicts: { 302: ['appVerifyKey'], accepted: ['either'] },
    },
  ],
  // A refusal could also mean that the key is not registered.
  'verify-key-size': [
    { case: 'tokenValidate/000/rsa', needs: 'longKey', predicts: { accepted: ['any'] } },
  ],
  'verify-params-encoding': (['/body/message', '/body/expandParams'] as const).map((path) => ({
    case: 'tokenValidate/000/params-encoding-open',
    check: 'parametersValid/message.encoding',
    when: { fields: [{ op: 'add', path, value: 'a b&c' }] },
    predicts: { accepted: ['any'], 102: ['encoded'] },
  })),
  'h5-sign-case': [
    {
      case: 'h5TokenValidate/103000/lower-case-sign',
      predicts: { accepted: ['any'], 104013: ['upper'] },
    },
  ],
};

export const PROBES: readonly Probe[] = Object.entries(ROWS).flatMap(([reading, rows]) =>
  rows.map((row) => ({ reading, operation: rowOf(row.case).operation, ...row })),
);
