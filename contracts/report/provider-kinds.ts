/** The kinds of causes in the provider suite, the more informative first, each with its sentence. */

import { type Bilingual, bilingual, COLON, type Words, wordsIn } from '../../src/text/bilingual.js';
import { RESULT_CODES } from '../index.js';
import { keyOf } from '../kit/reading-cases.js';
import { type Difference, NOTHING } from '../kit/result.js';
import { type Gravity, gravityOf, type RuleId } from '../kit/rules.js';
import { type CauseKind, type Group, type Params, type Problem, readingsAt } from './cause-kind.js';
import { ALL_MET, COMMA, casesText, faultOf, WORDS, withNote } from './words.js';

export const PROVIDER_KINDS: readonly CauseKind[] = [
  {
    name: 'mock-readings',
    isFirst: true,
    shownBy: ({ result }, { readings }) => (readingsAt(result, readings).length > 0 ? [{}] : []),
    sentence: mockReadings,
  },
  {
    name: 'no-answer',
    // The address of a call differs between cases.
    shownBy: ({ result: { status, reason = '', callReason = reason } }) =>
      status === 'error' ? [bilingual((language) => wordsIn(callReason, language))] : [],
    sentence: ({ params: { en, zh } }) => ({
      en: `The case could not be run: ${en}.`,
      zh: `用例无法执行：${zh}。`,
    }),
  },
  {
    name: 'same-answer',
    shownBy: ({ result: { answer } }, { onlyAnswer }) =>
      answer !== undefined && answer === onlyAnswer ? [{}] : [],
    sentence: () => ({
      en: 'The carrier returns the same response to every request.',
      zh: '平台侧对每个请求都返回同一个响应。',
    }),
  },
  {
    name: 'valid-request-refused',
    isFirst: true,
    shownBy: (problem) => {
      const { operation, about } = problem.result;
      const isShown = about?.isBase === true && isOf(problem, [...CODES, 'json']);
      return isShown ? [{ operation, signing: about.signing ?? '' }] : [];
    },
    sentence: ({ params: { operation, signing = '' } }) => ({
      en: `${signing.toUpperCase()} at ${operation}: the valid request is refused, so the cases that change it are not judged. The carrier checks another algorithm, text, key, encoding or letter case than the document states, or has other credentials.`,
      zh: `${operation} 的 ${signing.toUpperCase()} 方式：正确的请求被拒绝，在它基础上改动的用例都无法判断。平台侧校验用的算法、待签名串、密钥、编码或字母大小写与文档不同，或者凭据不是同一个应用的。`,
    }),
  },
  {
    name: 'http-status',
    shownBy: byDifference(({ rule, expected, received }) =>
      rule === 'http-status' && expected === '200' ? { received: plainValue(received) } : undefined,
    ),
    sentence: ({ params: { received } }) => ({
      en: `The HTTP status is ${received} instead of 200. The carrier returns refusals with 200 too: find the layer that sets the status, such as a gateway.`,
      zh: `HTTP 状态码是 ${received}，应为 200。移动认证平台拒绝请求时也返回 200：请检查是哪一层（例如网关）改了状态码。`,
    }),
  },
  {
    name: 'reading',
    shownBy: ({ result, difference }, { fitting }) =>
      fitting
        .filter(
          ({ shownAt }) => difference !== undefined && shownAt(result.id) === keyOf(difference),
        )
        .map(({ reading }) => ({ ...reading })),
    sentence: ({ params: { id, option } }) => ({
      en: `The carrier follows another interpretation of the document: ${id} is ${option}. The cases assume another option (docs/reference/readings.md).`,
      zh: `平台侧采用了另一种解释口径：${id} 为 ${option}，用例假定的是别的值（docs/reference/readings.zh-CN.md）。`,
    }),
  },
  {
    name: 'rule-not-kept',
    shownBy: (problem) => ruleShown(problem, problem.result.about?.rule),
    followedBy: isSameSwapBefore,
    sentence: ruleNotKept,
  },
  {
    name: 'rule-too-strict',
    shownBy: (problem) => ruleShown(problem, problem.result.about?.ruleApplied),
    followedBy: isSameSwapBefore,
    sentence: ({ params: { rule = '' } }) => ({
      en: `The carrier refuses a call because of ${faultOf(rule)?.en ?? rule} (${rule}), but another result is expected.`,
      zh: `平台侧以“${faultOf(rule)?.zh ?? rule}”（${rule}）拒绝了调用，期望的是别的结果。`,
    }),
  },
  {
    name: 'code',
    shownBy: (problem) =>
      isOf(problem, CODES) ? [{ received: plainValue(problem.difference?.received ?? '') }] : [],
    sentence: codeSentence,
  },
  {
    name: 'difference',
    shownBy: byDifference((difference) => (isForm(difference) ? undefined : subjectOf(difference))),
    sentence: ({ params: { en, zh } }) => ({ en: `${en}.`, zh: `${zh}。` }),
  },
];

/** A kind that a difference shows. */
function byDifference(
  paramsOf: (difference: Difference) => Params | undefined,
): CauseKind['shownBy'] {
  return ({ difference }) => {
    const params = difference && paramsOf(difference);
    return params === undefined ? [] : [params];
  };
}

function mockReadings({ problems, context: { readings } }: Group): Bilingual {
  const results = [...new Set(problems.map(({ result }) => result))];
  const counted = readings.flatMap((reading) => {
    const count = results.filter((result) => readingsAt(result, [reading]).length > 0).length;
    return count === 0 ? [] : [{ text: `${reading.id}=${reading.option}`, count }];
  });
  const listed = (lang: 'en' | 'zh') =>
    counted
      .map(({ text, count }) => withNote(text, casesText(count, lang), lang))
      .join(COMMA[lang]);
  return {
    en: `The readings of this mock differ from those that the cases assume: ${listed('en')}. To check it with the cases, remove them from its configuration.`,
    zh: `模拟服务的解释口径（readings）与用例假定的不同：${listed('zh')}。要用这些用例检验，请从模拟服务的配置里去掉这些解释口径。`,
  };
}

/** A code or a status, which is the same in both languages. Without one, the words for nothing were received. */
function plainValue(received: Words): string {
  return typeof received === 'string' ? received : NOTHING.en;
}

/** The value of a field differs between requests. */
export function subjectOf({ rule, at, name, field, expected, received }: Difference): Params {
  if (field !== undefined && typeof expected === 'string')
    return { en: `${field}: another value than expected`, zh: `${field}：值与期望不符` };
  const isVaried = field !== undefined || ['json', 'page', 'text'].includes(rule);
  return bilingual((lang) => {
    const parts = [`${WORDS.expected[lang]} ${wordsIn(expected, lang)}`];
    if (!isVaried) parts.push(`${WORDS.received[lang]} ${wordsIn(received, lang)}`);
    return `${field ?? name?.[lang] ?? at}${COLON[lang]}${parts.join(COMMA[lang])}`;
  });
}

const FORM: Gravity = 'form';

function isForm({ rule }: Difference): boolean {
  return gravityOf(rule) === FORM;
}

const CODES: readonly RuleId[] = ['code', 'refusal-code', 'earlier-code'];

function isOf({ difference }: Problem, rules: readonly RuleId[]): boolean {
  return difference !== undefined && rules.includes(difference.rule);
}

/** That the result differs shows that the rule is not kept, or that another one decided. */
function ruleShown(problem: Problem, rule: string | undefined): readonly Params[] {
  if (!isOf(problem, [...CODES, 'decided-by'])) return [];
  return rule !== undefined && rule !== ALL_MET && faultOf(rule) !== undefined ? [{ rule }] : [];
}

/** An earlier call of the case has the same wrong code as the problems of the group. */
function isSameSwapBefore({ difference: own }: Problem, { problems }: Group): boolean {
  if (own?.rule !== 'earlier-code') return false;
  return problems.some(
    ({ difference }) =>
      difference?.expected === own.expected && difference.received === own.received,
  );
}

/** 103000, 000 and 001, the charged codes; and the rule that finds no mistake. */
const PROCESSED: readonly Words[] = [
  ...RESULT_CODES.filter(({ charged }) => charged).map(({ resultCode }) => resultCode),
  ALL_MET,
];

function ruleNotKept({ params: { rule = '' }, problems, context }: Group): Bilingual {
  const fault = faultOf(rule);
  const all = context.results.filter(
    ({ about, status }) => about?.rule === rule && status !== 'skip',
  ).length;
  const share = {
    en: `${problems.length} of ${casesText(all, 'en')}`,
    zh: `${all} 个用例中的 ${problems.length} 个`,
  };
  const accepted = problems.filter(
    ({ difference }) => difference !== undefined && PROCESSED.includes(difference.received),
  );
  return accepted.length * 2 >= problems.length
    ? {
        en: `The carrier accepts ${fault?.en} (${rule}): ${share.en}.`,
        zh: `平台侧没有拒绝“${fault?.zh}”（${rule}）：${share.zh}。`,
      }
    : {
        en: `The response to ${fault?.en} (${rule}) is not the expected one: ${share.en}.`,
        zh: `对“${fault?.zh}”（${rule}）的响应与期望不符：${share.zh}。`,
      };
}

function codeSentence({ params: { received = '' } }: Group): Bilingual {
  const row = RESULT_CODES.find(({ resultCode }) => resultCode === received);
  const words = row?.document.replace(/[（(].*/, '');
  return {
    en: `The carrier returns ${received}${words === undefined ? '' : ` (${words})`}, but another result is expected.`,
    zh: `平台侧返回 ${received}${words === undefined ? '' : `（${words}）`}，期望的是别的结果。`,
  };
}
