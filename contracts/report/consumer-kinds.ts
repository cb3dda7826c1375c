/** The kinds of causes in the consumer suite, the more informative first, each with its sentence. */

import { type Bilingual, wordsIn } from '../../src/text/bilingual.js';
import type { Again, CaseResult, Symptom } from '../kit/result.js';
import type { CauseKind } from './cause-kind.js';
import { descriptionIn } from './descriptions.js';

const AGAIN_SENTENCES: Readonly<Record<Again, Bilingual>> = {
  redirect: {
    en: 'The client follows a redirect, which sends the token to another address. Do not follow redirects.',
    zh: '调用方跟随了重定向，把 token 发到了另一个地址：请关闭自动重定向。',
  },
  library: {
    en: 'The HTTP library repeats the request after the connection was reset (HttpURLConnection of the JDK). The first call may have been charged and consumed the token. Set the system property sun.net.http.retryPost=false.',
    zh: '连接被重置后，HTTP 库自动重发了请求（JDK 的 HttpURLConnection）。第一次调用可能已经计费，并用掉了 token：请设置系统属性 sun.net.http.retryPost=false。',
  },
  client: {
    en: 'The client calls again with the same token. The first call may have been charged and consumed the token. Do not retry: get a new token from the SDK.',
    zh: '调用方用同一个 token 又调用了一次。第一次调用可能已经计费，并用掉了 token：不要重试，请让 SDK 重新取 token。',
  },
};

export const CONSUMER_KINDS: readonly CauseKind[] = [
  {
    name: 'not-run',
    shownBy: ({ result: { status, reason = '' } }) =>
      status === 'error' ? [{ en: wordsIn(reason, 'en'), zh: wordsIn(reason, 'zh') }] : [],
    sentence: ({ params: { en, zh } }) => ({
      en: `The scenario could not be run: ${en}.`,
      zh: `场景无法执行：${zh}。`,
    }),
  },
  symptomKind('no-call', {
    en: 'The command makes no request to CMPASSPORT_BASE. If the client has only one operation, set --operation.',
    zh: '命令没有向 CMPASSPORT_BASE 发出请求。只实现了一个接口时，请用 --operation 指定。',
  }),
  {
    name: 'called-again',
    shownBy: ({ result }) =>
      isCalledAgain(result) ? [{ again: result.about?.again ?? 'client' }] : [],
    // A repeated request has the same msgid. A msgid that another scenario used is another mistake.
    followedBy: ({ result: { about } }, { params: { again } }) =>
      about?.check === 'sent-msgid-fresh' && about.again !== undefined && about.again === again,
    sentence: ({ problems: [first] }) => AGAIN_SENTENCES[first?.result.about?.again ?? 'client'],
  },
  symptomKind('overdue', {
    en: 'The command does not end in time. Set a time limit in the client, or a longer one for the suite (--timeout).',
    zh: '命令没有按时结束。请给调用方设置超时，或用 --timeout 延长时限。',
  }),
  symptomKind('killed', { en: 'A signal ends the command.', zh: '命令被信号终止。' }),
  {
    name: 'finding',
    shownBy: ({ result: { finding } }) => (finding === undefined ? [] : [{ id: finding.id }]),
    // The mock's own sentence, in the requested language.
    sentence: ({ params: { id }, problems: [first] }) => {
      const { title = '', detail = '' } = first?.result.finding ?? {};
      return { en: `${title} (${id}). ${detail}`, zh: `${title}（${id}）。${detail}` };
    },
  },
  symptomKind('believed', {
    en: 'The client accepts a refusal, or a response that it should not trust, as a success.',
    zh: '调用方把被拒的响应，或不该采信的响应，当作成功。',
  }),
  symptomKind('crashed', {
    en: 'The command crashes or finds a wrong number: its exit status is not the one for a handled refusal (--handled-status).',
    zh: '调用方崩溃，或取得的号码不对：命令的退出码不是“已妥善处理的失败”（--handled-status）。',
  }),
  symptomKind('not-believed', {
    en: 'The client does not accept a successful response.',
    zh: '调用方没有采信成功的响应。',
  }),
  {
    name: 'check',
    shownBy: ({ result: { about } }) =>
      about?.check === undefined ? [] : [{ check: about.check }],
    sentence: ({ params: { check = '' }, problems: [first] }) => ({
      en: `A request does not meet ${check}: ${first?.result.description}.`,
      zh: `请求不符合 ${check}：${first === undefined ? '' : descriptionIn(first.result, 'zh')}。`,
    }),
  },
  {
    name: 'scenario',
    shownBy: ({ result: { id } }) => [{ id }],
    sentence: ({ params: { id }, problems: [first] }) => ({
      en: `${id}: ${first?.result.description}.`,
      zh: `${id}：${first === undefined ? '' : descriptionIn(first.result, 'zh')}。`,
    }),
  },
];

function isCalledAgain({ about, finding }: CaseResult): boolean {
  return (
    about?.symptoms?.includes('called-again') === true ||
    ['sent-token-once', 'sent-charged-once'].includes(about?.check ?? '') ||
    ['client.retry', 'token.used'].includes(finding?.id ?? '')
  );
}

function symptomKind(symptom: Symptom, sentence: Bilingual): CauseKind {
  return {
    name: symptom,
    shownBy: ({ result: { about } }) => (about?.symptoms?.includes(symptom) === true ? [{}] : []),
    sentence: () => sentence,
  };
}
