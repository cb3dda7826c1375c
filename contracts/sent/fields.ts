/** Checks the fields of a request: they match the schema and the given credentials, and no others exist. The document, 1.2 and 2.3. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { SCHEMAS } from '../index.js';
import { valueAt } from '../kit/pointer.js';
import { type Difference, shown } from '../kit/result.js';
import { schemaProblems } from '../kit/schemas.js';
import { beijingTime, beijingTimeToMs } from '../kit/time.js';
import {
  eachReadable,
  field,
  type Judged,
  otherThan,
  type RequestsVerdict,
  type Sent,
  type SentCheck,
} from './check.js';
import { bilingual, fewTimes, notGiven, TEXTS } from './words.js';

function schema({ operation, fields }: Sent): readonly Difference[] {
  return schemaProblems(operation, 'Request', fields).map(({ at, expected, clause }) => ({
    rule: 'request',
    at: `schema ${at}`,
    expected,
    received: shown(valueAt(fields, at)),
    clause,
  }));
}

function given(evidence: Sent): Judged {
  const { values } = evidence;
  if (values['appId'] === undefined) return { why: notGiven('appId') };
  return (['appId', 'token'] as const).flatMap((name) => {
    const received = field(evidence, name);
    return received === undefined || received === values[name]
      ? []
      : [otherThan(shown(values[name]), evidence, name)];
  });
}

function documented({ operation, fields }: Sent): readonly Difference[] {
  const namesAt = (at: string) =>
    Object.keys(valueAt(SCHEMAS[operation].request, `${at}/properties`) ?? {});
  const inner = namesAt('').map((name) => [`/${name}`, namesAt(`/properties/${name}`)] as const);
  const objects = [['', namesAt('')] as const, ...inner.filter(([, names]) => names.length > 0)];
  return objects.flatMap(([at, names]) => {
    const unknown = Object.keys(valueAt(fields, at) ?? {}).filter((name) => !names.includes(name));
    return unknown.map((name) => ({
      rule: 'request',
      at: `${at}/${name}`,
      expected: bilingual('absent: the document has no such field', '没有：文档里没有这个字段'),
      received: shown(valueAt(fields, `${at}/${name}`)),
    }));
  });
}

const NEAR_MS = 5 * 60_000;
const UTC_OFF_MS = -8 * 3_600_000;

/** Whether the request has the time in Beijing at which it was sent. */
function time(evidence: Sent): Judged {
  const { atMs } = evidence;
  if (atMs === undefined) return { why: TEXTS.noTime };
  const ms = beijingTimeToMs(field(evidence, 'time'));
  const expected = beijingTime(atMs);
  if (ms !== undefined && Math.abs(ms - atMs) <= NEAR_MS) return [];
  const why =
    ms === undefined
      ? bilingual('17 digits that are a time', '17 位数字，并且是时间')
      : whyOf(ms - atMs);
  const must = bilingual(
    `${expected} (Beijing), within 5 minutes; ${why.en}`,
    `${expected}（北京时间），相差不超过 5 分钟；${why.zh}`,
  );
  return [otherThan(must, evidence, 'time')];
}

function whyOf(offMs: number): Bilingual {
  if (Math.abs(offMs - UTC_OFF_MS) <= NEAR_MS) return bilingual('this is UTC', '这是 UTC 时间');
  const seconds = Math.round(offMs / 1000);
  return bilingual(
    `this is ${seconds} s off`,
    `${seconds < 0 ? '慢' : '快'} ${Math.abs(seconds)} 秒`,
  );
}

/** Four correct times end in 000 by chance once in 10¹². */
const TIMES_MIN = 4;

/** Finds a time in seconds to which the client appends 000: one such request proves nothing. */
const milliseconds: SentCheck = {
  findings: [],
  judge<S extends Sent>(sent: readonly S[]): RequestsVerdict<S> {
    const timed = sent.filter((evidence) => beijingTimeToMs(field(evidence, 'time')) !== undefined);
    const moments = new Set(timed.map((evidence) => evidence.atMs ?? field(evidence, 'time')));
    if (moments.size < TIMES_MIN) return { why: fewTimes(TIMES_MIN) };
    const [evidence] = timed;
    const isInSeconds = timed.every((one) => String(field(one, 'time')).endsWith('000'));
    return evidence === undefined || !isInSeconds
      ? []
      : [{ evidence, problems: [otherThan(notAlways000(timed.length), evidence, 'time')] }];
  },
};

function notAlways000(count: number): Bilingual {
  return bilingual(
    `the current milliseconds; all ${count} requests have 000`,
    `当前的毫秒；${count} 个请求全是 000`,
  );
}

export const FIELD_CHECKS = {
  'sent-schema': eachReadable(schema, [
    'field.',
    'value.',
    'body.',
    'version.',
    'msgid.',
    'time.format',
  ]),
  'sent-given': eachReadable(given, ['token.']),
  'sent-time': eachReadable(time, ['time.']),
  'sent-milliseconds': milliseconds,
  'sent-documented-only': eachReadable(documented, ['field.']),
};
