/** Ambiguities that every response shows, so they need no separate request. */

import type { Operation } from '../index.js';
import { EXPAND_PARAMS, MESSAGE } from '../kit/operations/calibration.js';
import { FACTS, OPERATIONS } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { RequestResult } from './read-answer.js';

export interface VisibleReading {
  readonly reading: string;
  readonly operations: readonly Operation[];
  /** The option that this response shows; undefined if it matches none. */
  readonly optionOf: (seen: RequestResult) => string | undefined;
  /** The control requests whose responses show the option. */
  readonly controls: readonly Control[];
}

/** `good`: a good request with an unknown token; `bad`: a wrong signature; `live`: a live token. */
export type Control = 'good' | 'bad' | 'live';

export const VISIBLE_READINGS: readonly VisibleReading[] = [
  {
    reading: 'login-error-desc',
    operations: ['loginTokenValidate'],
    controls: ['good', 'bad'],
    optionOf: ({ json }) => presence(valueAt(json, FACTS.loginTokenValidate.response.text)),
  },
  {
    reading: 'verify-echo',
    operations: ['tokenValidate'],
    controls: ['good', 'live'],
    optionOf: ({ json }) => {
      const message = valueAt(json, '/body/message');
      const expandParams = valueAt(json, '/body/expandParams');
      if (message === MESSAGE && expandParams === EXPAND_PARAMS) return 'echoed';
      if (
        message === decodeURIComponent(MESSAGE) &&
        expandParams === decodeURIComponent(EXPAND_PARAMS)
      )
        return 'decoded';
      if (expandParams !== undefined) return undefined;
      return message === '' ? 'empty' : message === undefined ? 'absent' : undefined;
    },
  },
  {
    reading: 'refusal-task-id',
    operations: OPERATIONS.filter((operation) => FACTS[operation].response.taskId !== undefined),
    controls: ['good', 'bad'],
    optionOf: ({ operation, json }) => {
      const { taskId } = FACTS[operation].response;
      return taskId && presence(valueAt(json, taskId));
    },
  },
  {
    reading: 'verify-result-desc',
    operations: ['tokenValidate'],
    controls: ['good', 'bad', 'live'],
    optionOf: ({ code, json }) => {
      const text = valueAt(json, FACTS.tokenValidate.response.text);
      if (typeof text !== 'string' || text === '') return undefined;
      return text === code ? 'code' : 'words';
    },
  },
  {
    reading: 'h5-refusal-data',
    operations: ['h5TokenValidate'],
    controls: ['good', 'bad'],
    optionOf: ({ json }) => (valueAt(json, '/data') === null ? 'null' : 'absent'),
  },
];

function presence(value: unknown): 'sent' | 'absent' | undefined {
  if (value === undefined) return 'absent';
  return typeof value === 'string' && value !== '' ? 'sent' : undefined;
}
