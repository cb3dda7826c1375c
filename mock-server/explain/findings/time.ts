/** Mistakes in systemtime and timestamp, compared with the server's own clock. The document, 1.2 and 2.3: "精确到毫秒，共17位". */
import { wireName } from '../../../src/protocol/fields.js';
import type { Requirement } from '../../carrier/engine/decision.js';
import type { Evidence, FindingRow } from '../finding.js';
import type { Subject } from '../subject.js';
import { diagnoseTime, type TimeMistake } from '../time-diagnosis.js';

const EXPLAINS: readonly Requirement[] = ['parametersValid'];

export const TIME_FINDINGS: readonly FindingRow[] = [
  {
    id: 'time.format',
    inLog: ['expected'],
    explains: EXPLAINS,
    title: { en: 'The time is not 17 digits', zh: '时间不是 17 位数字' },
    detail: {
      en: '{field} was "{received}" ({length} characters). Use the format yyyyMMddHHmmssSSS, 17 digits: {expected} when the request arrived. Do not use epoch time or separators.',
      zh: '{field} 的值是“{received}”，共 {length} 个字符。格式是 yyyyMMddHHmmssSSS，17 位数字，收到请求时应该是 {expected}。不能用时间戳，也不能带分隔符。',
    },
    detect: (subject) => timeEvidence(subject, 'format'),
  },
  {
    id: 'time.not-a-date',
    inLog: ['expected'],
    explains: EXPLAINS,
    title: { en: 'The 17 digits are not a date', zh: '17 位数字不是真实存在的时间' },
    detail: {
      en: '{field} was "{received}", which is not a date in the format yyyyMMddHHmmssSSS. Expected when the request arrived: {expected}. Epoch time padded to 17 digits looks like this.',
      zh: '{field} 的值是“{received}”，按 yyyyMMddHHmmssSSS 不是真实存在的时间，收到请求时应该是 {expected}。时间戳补到 17 位就是这个样子。',
    },
    detect: (subject) => timeEvidence(subject, 'not-a-date'),
  },
  {
    id: 'time.not-beijing',
    inLog: ['expected'],
    explains: EXPLAINS,
    title: { en: 'The time is not Beijing time', zh: '时间不是北京时间' },
    detail: {
      en: '{field} was "{received}". Beijing time was {expected}, a difference of {hours} hours. Format the time in the time zone Asia/Shanghai, whatever the machine’s time zone is. Use HH for the hour: hh is twelve hours off in the afternoon.',
      zh: '{field} 的值是“{received}”，与北京时间 {expected} 相差 {hours} 小时。格式化时请写明时区 Asia/Shanghai，不要依赖服务器或容器的时区。小时用 HH；用 hh，下午会差 12 小时。',
    },
    detect: (subject) => timeEvidence(subject, 'not-beijing'),
  },
  {
    id: 'time.stale',
    inLog: ['expected', 'requestId'],
    explains: EXPLAINS,
    title: { en: 'The time is not the time of the request', zh: '时间不是发送请求的时间' },
    detail: {
      en: '{field} was "{received}". The request arrived at {expected}, a difference of {seconds} seconds. Read the clock for each request.',
      zh: '{field} 的值是“{received}”，与收到请求的时间 {expected} 相差 {seconds} 秒。每次请求都要重新取当前时间。',
    },
    addition: {
      ifPresent: 'requestId',
      detail: {
        en: ' Request {requestId} had exactly the same time and another token: the clock was probably read only once, for example at start-up.',
        zh: '更早的请求 {requestId} 用的是另一个 token，时间却完全相同：时间可能只取了一次，例如在启动时。',
      },
    },
    detect: (subject) => timeEvidence(subject, 'stale'),
  },
  {
    id: 'time.week-year',
    inLog: ['expected'],
    explains: EXPLAINS,
    title: { en: 'The year is a week-based year (YYYY)', zh: '年份用成了 week-year（YYYY）' },
    detail: {
      en: '{field} was "{received}". Only the year is wrong: expected {expected}. YYYY is the year that the week belongs to, and differs from the calendar year around New Year. Use yyyy.',
      zh: '{field} 的值是“{received}”，只有年份不对，应该是 {expected}。YYYY 是“周所在的年”，元旦前后与日历年不同，请用 yyyy。',
    },
    detect: (subject) => timeEvidence(subject, 'week-year'),
  },
];

function timeEvidence(subject: Subject, mistake: TimeMistake): readonly Evidence[] {
  const { request, receivedAtMs, atMs } = subject;
  const { sentAt = '', token, operation } = request;
  // A frozen clock shows only in a request with another token.
  const earlier = token === undefined ? [] : subject.earlier;
  const diagnosis = sentAt === '' ? undefined : diagnoseTime({ sentAt, token, receivedAtMs, atMs, earlier });
  if (diagnosis?.mistake !== mistake) return [];
  const field = wireName(operation, 'sentAt');
  return [{ field, received: sentAt, ...diagnosis.evidence }];
}
