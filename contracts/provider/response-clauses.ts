/** The evidence for what every response has. */

import { clauseOf } from '../kit/result.js';

export const STATUS_CLAUSE = clauseOf('observed', {
  section: 'observed',
  sentence: 'every business response has HTTP 200, refusals too',
  observation: 'http-200',
});
export const JSON_CLAUSE = clauseOf('documented', {
  section: '1.2, 2.3',
  sentence: 'json形式的报文交互必须是标准的json格式',
});
export const CHARSET_CLAUSE = clauseOf('inferred', {
  section: 'inferred',
  sentence: 'a response is JSON in UTF-8',
  observation: 'utf-8-json',
});
/** The document describes the carrier's response to a request that reaches it. */
export const SERVER_CLAUSE = clauseOf('inferred', {
  section: 'inferred',
  sentence: 'a request that the HTTP server refuses gets a response of the carrier too',
  observation: 'server-refusal',
});
export const NULL_CLAUSE = clauseOf('inferred', {
  section: 'inferred',
  sentence: 'a field without a value is absent',
  observation: 'absent-field',
});
export const FRESH_CLAUSE = clauseOf('inferred', {
  section: 'inferred',
  sentence: 'each response has its own value',
  observation: 'own-value',
});

/** What a calibration recorded. */
export const RECORDED_CLAUSE = clauseOf('observed', {
  section: 'observed',
  sentence: 'the recorded response to this case',
});
