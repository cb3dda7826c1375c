/** The kinds of causes in the consumer suite, the more informative first, each with its sentence. */

import { type Bilingual, wordsIn } from '../../src/text/bilingual.js';
import type { CaseResult, Symptom } from '../kit/result.js';
import type { CauseKind } from './cause-kind.js';
import { descriptionIn } from './descriptions.js';

/** Each of these shows that a call was repeated. */
const AGAIN_CHECKS = ['sent-token-once', 'sent-charged-once'];
const AGAIN_FINDINGS = ['client.retry', 'token.used'];

export const CONSUMER_KINDS: readonly CauseKind[] = [
  {
    name: 'not-run',
    shownBy: ({ status, reason = '' }) =>
      status === 'error' ? [{ en: wordsIn(reason, 'en'), zh: wordsIn(reason, 'zh') }] : [],
    sentence: ({ params: { en, zh } }) => ({
      en: `The scenario could not be run: ${en}.`,
      zh: `场景无法执行：${zh}。`,
    }),
  },
  symptomKind('no-call', {
    en: 'The command makes no request to CMPASSPORT_BASE_URL. If the client has only one operation, set --operation.',
    zh: '命令没有向 CMPASSPORT_BASE_URL 发出请求。只实现了一个接口的客户端，请用 --operation 指定。',
  }),
  {
    name: 'called-again',
    shownBy: ({ about, finding }) =>
      about?.symptoms?.includes('called-again') === true ||
      AGAIN_CHECKS.includes(about?.check ?? '') ||
      AGAIN_FINDINGS.includes(finding?.id ?? '')
        ? [{}]
        : [],
    // A repeated request has the same msgid.
    followedBy: ({ about }) => about?.check === 'sent-msgid-fresh',
    sentence: () => ({
      en: 'The client calls again with the same token. The first call may have been charged and consumed the token. Do not retry: get a new token from the SDK.',
      zh: '客户端用同一个 token 又调用了一次。第一次调用可能已经计费，并用掉了 token：不要重试，请让 SDK 重新取 token。',
    }),
  },
  symptomKind('overdue', {
    en: 'The command does not end in time. Set a time limit in the client, or a longer one for the suite (--timeout).',
    zh: '命令没有按时结束。请给客户端设置超时，或用 --timeout 延长时限。',
  }),
  symptomKind('killed', { en: 'A signal ends the command.', zh: '命令被信号终止。' }),
  {
    name: 'finding',
    shownBy: ({ finding }) => (finding === undefined ? [] : [{ id: finding.id }]),
    sentence: ({ params: { id = '' }, results }) => findingSentence(id, results),
  },
  symptomKind('believed', {
    en: 'The client treats a refusal or a broken response as a success.',
    zh: '客户端把拒绝或损坏的响应当作成功。',
  }),
  symptomKind('crashed', {
    en: 'The command crashes: its exit status is not the one for a handled refusal (--handled-status).',
    zh: '客户端崩溃：命令的退出码不是“已妥善处理的失败”（--handled-status）。',
  }),
  symptomKind('not-believed', {
    en: 'The client does not accept a successful response.',
    zh: '客户端没有采信成功的响应。',
  }),
  {
    name: 'check',
    shownBy: ({ about }) => (about?.check === undefined ? [] : [{ check: about.check }]),
    sentence: ({ params: { check = '' }, results: [first] }) => ({
      en: `A request does not meet ${check}: ${first?.description}.`,
      zh: `请求不符合 ${check}：${first === undefined ? '' : descriptionIn(first, 'zh')}。`,
    }),
  },
  {
    name: 'scenario',
    shownBy: ({ id }) => [{ id }],
    sentence: ({ params: { id }, results: [first] }) => ({
      en: `${id}: ${first?.description}.`,
      zh: `${id}：${first === undefined ? '' : descriptionIn(first, 'zh')}。`,
    }),
  },
];

function symptomKind(symptom: Symptom, sentence: Bilingual): CauseKind {
  return {
    name: symptom,
    shownBy: ({ about }) => (about?.symptoms?.includes(symptom) === true ? [{}] : []),
    sentence: () => sentence,
  };
}

/** The mock's own sentence, in the requested language. */
function findingSentence(id: string, [first]: readonly CaseResult[]): Bilingual {
  const { title = '', detail = '' } = first?.finding ?? {};
  return { en: `${title} (${id}). ${detail}`, zh: `${title}（${id}）。${detail}` };
}
