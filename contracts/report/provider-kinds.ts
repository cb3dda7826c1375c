/** The kinds of causes in the provider suite, the more informative first, each with its sentence. */

import { type Bilingual, bilingual, COLON, type Words, wordsIn } from '../../src/text/bilingual.js';
import { type Operation, RESULT_CODES } from '../index.js';
import { shownIn } from '../kit/reading-cases.js';
import {
  type CaseResult,
  type Difference,
  EARLIER_CALL,
  HTTP_STATUS,
  NOTHING,
} from '../kit/result.js';
import {
  type CauseKind,
  type Context,
  differing,
  type Group,
  type Params,
  readingsAt,
} from './cause-kind.js';
import { ALL_MET, COMMA, casesText, faultOf, WORDS, withNote } from './words.js';

export const PROVIDER_KINDS: readonly CauseKind[] = [
  {
    name: 'mock-readings',
    isFirst: true,
    shownBy: (result, { readings }) => (readingsAt(result, readings).length > 0 ? [{}] : []),
    sentence: mockReadings,
  },
  {
    name: 'no-answer',
    // The address of a call differs between cases.
    shownBy: ({ status, reason = '', callReason = reason }) =>
      status === 'error' ? [bilingual((language) => wordsIn(callReason, language))] : [],
    sentence: ({ params: { en, zh } }) => ({
      en: `The case could not be run: ${en}.`,
      zh: `用例无法执行：${zh}。`,
    }),
  },
  {
    name: 'same-answer',
    shownBy: ({ answer }, { onlyAnswer }) =>
      answer !== undefined && answer === onlyAnswer ? [{}] : [],
    sentence: () => ({
      en: 'The carrier returns the same response to every request.',
      zh: '平台侧对每个请求都返回同一个响应。',
    }),
  },
  {
    name: 'lower-case-sign',
    shownBy: (result, context) =>
      acceptsLowerCase(result, context) &&
      hasCode(result, ({ received }) => SIGN_CODES.includes(received))
        ? [{}]
        : [],
    sentence: () => ({
      en: 'The carrier accepts only signatures in lower case. The document requires upper case.',
      zh: '平台侧只接受小写的签名，文档要求大写。',
    }),
  },
  {
    name: 'http-status',
    shownBy: differing(({ about, expected, received }) =>
      about === HTTP_STATUS.en && expected === '200'
        ? { received: plainValue(received) }
        : undefined,
    ),
    sentence: ({ params: { received } }) => ({
      en: `The HTTP status is ${received} instead of 200. The carrier returns refusals with 200 too: find the layer that sets the status, such as a gateway.`,
      zh: `HTTP 状态码是 ${received}，应为 200。移动认证平台拒绝请求时也返回 200：请检查是哪一层（例如网关）改了状态码。`,
    }),
  },
  {
    name: 'reading',
    shownBy: (result, { fitting }) =>
      fitting
        .filter(
          ({ shownAt }) => result.differences.length > 0 && shownAt(result.id) === shownIn(result),
        )
        .map(({ reading }) => ({ ...reading })),
    sentence: ({ params: { id, option } }) => ({
      en: `The carrier follows another interpretation of the document: ${id} is ${option}. The cases assume another option (docs/codes.md#readings).`,
      zh: `平台侧采用了另一种解释口径：${id} 为 ${option}，用例假定的是别的值（docs/codes.zh-CN.md#解释口径）。`,
    }),
  },
  {
    name: 'rule-not-kept',
    shownBy: ({ about, differences }) =>
      differences.some(isOfCode) && isRefusing(about?.rule) ? [{ rule: about?.rule ?? '' }] : [],
    followedBy: isSameSwapBefore,
    sentence: ruleNotKept,
  },
  {
    name: 'rule-too-strict',
    shownBy: ({ about, differences }) =>
      differences.some(isOfCode) && isRefusing(about?.ruleApplied)
        ? [{ rule: about?.ruleApplied ?? '' }]
        : [],
    followedBy: isSameSwapBefore,
    sentence: ({ params: { rule = '' } }) => ({
      en: `The carrier refuses a call because of ${faultOf(rule)?.en ?? rule} (${rule}), but another result is expected.`,
      zh: `平台侧以“${faultOf(rule)?.zh ?? rule}”（${rule}）拒绝了调用，期望的是别的结果。`,
    }),
  },
  {
    name: 'code',
    shownBy: differing(({ about, received }) =>
      CODES.includes(about) ? { received: plainValue(received) } : undefined,
    ),
    sentence: codeSentence,
  },
  {
    name: 'difference',
    shownBy: differing(subjectOf),
    sentence: ({ params: { en, zh } }) => ({ en: `${en}.`, zh: `${zh}。` }),
  },
];

function mockReadings({ results, context: { readings } }: Group): Bilingual {
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
function subjectOf({ about, name, field, expected, received }: Difference): Params {
  if (field !== undefined && typeof expected === 'string')
    return { en: `${field}: another value than expected`, zh: `${field}：值与期望不符` };
  const found = field !== undefined || about === 'body' ? undefined : received;
  return bilingual((lang) => {
    const parts = [`${WORDS.expected[lang]} ${wordsIn(expected, lang)}`];
    if (found !== undefined) parts.push(`${WORDS.received[lang]} ${wordsIn(found, lang)}`);
    return `${field ?? name?.[lang] ?? about}${COLON[lang]}${parts.join(COMMA[lang])}`;
  });
}

const CODES: readonly string[] = ['resultCode', EARLIER_CALL];

function isOfCode({ about }: Difference): boolean {
  return CODES.includes(about) || about === 'decidedBy';
}

function isRefusing(rule: string | undefined): boolean {
  return rule !== undefined && rule !== ALL_MET && faultOf(rule) !== undefined;
}

/** An earlier call of the case has the same wrong code as the results of the group. */
function isSameSwapBefore({ differences: [first] }: CaseResult, { results }: Group): boolean {
  if (first?.about !== EARLIER_CALL) return false;
  return results.some(({ differences }) =>
    differences.some(
      ({ expected, received }) => expected === first.expected && received === first.received,
    ),
  );
}

/** 103000, 000 and 001, the charged codes; and the rule that finds no mistake. */
const PROCESSED: readonly Words[] = [
  ...RESULT_CODES.filter(({ charged }) => charged).map(({ resultCode }) => resultCode),
  ALL_MET,
];

function ruleNotKept({ params: { rule = '' }, results, context }: Group): Bilingual {
  const fault = faultOf(rule);
  const all = context.results.filter(
    ({ about, status }) => about?.rule === rule && status !== 'skip',
  ).length;
  const share = {
    en: `${results.length} of ${casesText(all, 'en')}`,
    zh: `${all} 个用例中的 ${results.length} 个`,
  };
  const accepted = results.filter(({ differences }) =>
    differences.some((one) => isOfCode(one) && PROCESSED.includes(one.received)),
  );
  return accepted.length * 2 >= results.length
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

const SIGN_CODES: readonly Words[] = ['103101', '302'];

function hasCode({ differences }: CaseResult, is: (difference: Difference) => boolean): boolean {
  return differences.some((difference) => CODES.includes(difference.about) && is(difference));
}

/** For each operation, a valid request whose signature is in lower case, and its code if it is accepted. */
const LOWER_CASE: Readonly<
  Partial<Record<Operation, { readonly id: string; readonly accepted: string }>>
> = {
  loginTokenValidate: { id: 'loginTokenValidate/103000/md5-sign-lower-case', accepted: '103000' },
  tokenValidate: { id: 'tokenValidate/302/lower-case', accepted: '000' },
};

function acceptsLowerCase({ operation }: CaseResult, { results }: Context): boolean {
  const { id, accepted } = LOWER_CASE[operation] ?? {};
  const result = results.find((one) => one.id === id);
  if (result === undefined || accepted === undefined) return false;
  const { seen, status, differences } = result;
  if (seen !== undefined) return seen === accepted;
  if (hasCode(result, ({ received }) => received === accepted)) return true;
  return status === 'pass' && differences.length === 0 && result.id.includes(`/${accepted}/`);
}
