/** The kinds of causes in the provider suite, the more informative first, each with its sentence. */

import { type Bilingual, wordsIn } from '../../src/text/bilingual.js';
import { RESULT_CODES } from '../index.js';
import { FACTS } from '../kit/operations.js';
import { shownBy } from '../kit/reading-cases.js';
import { type CaseResult, type Difference, EARLIER_CALL, RACE } from '../kit/result.js';
import { type CauseKind, differing, english, type Group, type Params, readingsAt } from './cause-kind.js';
import { HABIT_KINDS } from './habit-kinds.js';
import { ALL_MET, COMMA, casesText, faultOf, withNote } from './words.js';

/** `POST http://127.0.0.1:1/a: ` before a reason. */
const FAILED_CALL = /^[A-Z]+ \S+(?:: |：)/;

export const PROVIDER_KINDS: readonly CauseKind[] = [
  {
    name: 'mock-readings',
    isFirst: true,
    shownBy: (result, { readings }) => (readingsAt(result, readings).length > 0 ? [{}] : []),
    sentence: mockReadings,
  },
  {
    name: 'no-answer',
    shownBy: ({ status, reason = '' }) => {
      if (status !== 'error') return [];
      const [en, zh] = [wordsIn(reason, 'en'), wordsIn(reason, 'zh')].map((text) => text.replace(FAILED_CALL, ''));
      return [{ en: en ?? '', zh: zh ?? '' }];
    },
    sentence: ({ params: { en, zh } }) => ({ en: `The case could not be run: ${en}.`, zh: `用例无法执行：${zh}。` }),
  },
  ...HABIT_KINDS,
  {
    name: 'race',
    shownBy: differing(({ about, expected, received }) =>
      about === RACE ? { expected: english(expected), received: english(received) } : undefined,
    ),
    sentence: ({ params: { expected, received } }) => ({
      en: `Of simultaneous calls with one token or for the last calls of a quota, ${received} succeed instead of ${expected}. Check and consume in one atomic step.`,
      zh: `用同一个 token 或在次数将尽时同时调用，成功 ${received?.replace(/ calls?/, '')} 次，应为 ${expected?.replace(/ calls?/, '')} 次。检查和扣减要在同一个原子操作里完成。`,
    }),
  },
  {
    name: 'http-status',
    shownBy: differing(({ about, expected, received }) =>
      about === 'HTTP status' ? { expected: english(expected), received: english(received) } : undefined,
    ),
    sentence: ({ params: { expected, received } }) => ({
      en: `The HTTP status is ${received} instead of ${expected}. The carrier sends HTTP 200 for refusals too, with the result in resultCode: find the layer that sets the status.`,
      zh: `HTTP 状态码是 ${received}，应为 ${expected}。移动认证平台拒绝请求时也返回 HTTP 200，结果在 resultCode 里：请检查是哪一层改了状态码。`,
    }),
  },
  {
    name: 'not-json',
    shownBy: differing(({ about, expected }) => (about === 'body' && expected === 'JSON' ? {} : undefined)),
    sentence: () => ({ en: 'The response is not JSON.', zh: '响应不是 JSON。' }),
  },
  {
    name: 'reading',
    shownBy: (result, { fitting }) =>
      fitting
        .filter(({ shownAt }) => result.differences.length > 0 && shownAt(result.id) === shownBy(result))
        .map(({ reading }) => ({ ...reading })),
    sentence: ({ params: { id, option } }) => ({
      en: `The carrier follows another interpretation of the document: ${id} is ${option}. The cases assume another option (docs/codes.md#readings).`,
      zh: `服务端采用了另一种解释口径：${id} 为 ${option}，用例假定的是别的值（docs/codes.zh-CN.md#解释口径）。`,
    }),
  },
  {
    name: 'echo',
    shownBy: differing(({ about }) => (ECHOES.includes(about) ? {} : undefined)),
    sentence: () => ({
      en: `The response does not echo the msgid of the request (${fieldNames(ECHOES)}).`,
      zh: `响应没有原样返回请求的 msgid（${fieldNames(ECHOES, '、')}）。`,
    }),
  },
  {
    name: 'time',
    shownBy: differing(({ about }) => (TIMES.includes(about) ? {} : undefined)),
    sentence: () => ({
      en: `The time of the response (${fieldNames(TIMES)}) is not the time in Beijing.`,
      zh: `响应的时间（${fieldNames(TIMES, '、')}）不是北京时间。`,
    }),
  },
  {
    name: 'field',
    shownBy: differing(fieldOf),
    // An unreadable code ends a case at its first call.
    followedBy: ({ differences: [first] }, { params: { field } }) =>
      field === 'resultCode' && first?.about === EARLIER_CALL,
    sentence: fieldSentence,
  },
  {
    name: 'text',
    shownBy: differing(({ about }) => (about === 'body' ? {} : undefined)),
    sentence: () => ({
      en: 'The layout of the response differs from what clients that search its text expect.',
      zh: '响应体的写法不同，按文本查找的客户端会读不出来。',
    }),
  },
  {
    name: 'access-token',
    shownBy: differing(({ about, expected }) =>
      about === 'accessToken redeemed' ? { expected: english(expected) } : undefined,
    ),
    sentence: ({ params: { expected } }) =>
      expected === 'refused'
        ? { en: 'An accessToken that must be refused is redeemed.', zh: 'accessToken 应该被拒，却兑换成功。' }
        : { en: 'An accessToken that must be redeemed is refused.', zh: 'accessToken 应该能兑换，却被拒。' },
  },
  {
    name: 'charged',
    shownBy: differing(({ about, expected }) => (about === 'charged' ? { expected: english(expected) } : undefined)),
    sentence: ({ params: { expected } }) =>
      expected === '1 call'
        ? { en: 'A call that must be charged is not charged.', zh: '应该计费的调用没有计费。' }
        : { en: 'A call that must not be charged is charged.', zh: '不应该计费的调用计费了。' },
  },
  {
    name: 'token-used',
    shownBy: differing(({ about, expected }) => (about === 'tokenUsed' ? { expected: english(expected) } : undefined)),
    followedBy: ({ differences }, { params: { expected } }) => expected === 'false' && differences.some(isUsedCode),
    sentence: ({ params: { expected } }) =>
      expected === 'true'
        ? { en: 'A token stays valid after a call that consumes it.', zh: '这次调用应该用掉 token，token 却仍有效。' }
        : { en: 'A refused call consumes the token.', zh: '被拒绝的调用用掉了 token。' },
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
      differences.some(isOfCode) && isRefusing(about?.ruleApplied) ? [{ rule: about?.ruleApplied ?? '' }] : [],
    followedBy: isSameSwapBefore,
    sentence: ({ params: { rule = '' } }) => ({
      en: `The carrier refuses a call because of ${faultOf(rule)?.en ?? rule} (${rule}), but another result is expected.`,
      zh: `服务端以“${faultOf(rule)?.zh ?? rule}”（${rule}）拒绝了调用，期望的是别的结果。`,
    }),
  },
  { name: 'code', shownBy: differing(codeOf), sentence: codeSentence },
  {
    name: 'folder',
    shownBy: ({ id, differences }) => [{ folder: folderOf(id), about: differences[0]?.about ?? '' }],
    sentence: ({ params: { folder = '', about = '' } }) => ({
      en: `Cases of ${folder} differ in ${about}.`,
      zh: `${folder} 的用例，${about} 与期望不符。`,
    }),
  },
];

const RESPONSES = Object.values(FACTS).map(({ response }) => response);
const TIMES = RESPONSES.map(({ time }) => time);
const ECHOES = RESPONSES.map(({ echo }) => echo);
const TOKEN_CODES = Object.values(FACTS).map(({ tokenCode }) => tokenCode);

/** `header.msgId`. */
function fieldNames(pointers: readonly string[], comma = ', '): string {
  return pointers.map((at) => at.slice(1).replaceAll('/', '.')).join(comma);
}

function mockReadings({ results, context: { readings } }: Group): Bilingual {
  const counted = readings.flatMap((reading) => {
    const count = results.filter((result) => readingsAt(result, [reading]).length > 0).length;
    return count === 0 ? [] : [{ text: `${reading.id}=${reading.option}`, count }];
  });
  const listed = (lang: 'en' | 'zh') =>
    counted.map(({ text, count }) => withNote(text, casesText(count, lang), lang)).join(COMMA[lang]);
  return {
    en: `The readings of this mock differ from those that the cases assume: ${listed('en')}. To check it with the cases, remove them from its configuration.`,
    zh: `模拟服务的解释口径（readings）与用例假定的不同：${listed('zh')}。要用这些用例检验，请从模拟服务的配置里去掉这些解释口径。`,
  };
}

const FIELD = /^(?:schema )?\/(?:\S+\/)?(\w+)$/;
const DECRYPTED = /^\/(?:\S+\/)?(\w+) decrypted$/;

/** A field of several operations has one name; only its path differs. */
function fieldOf({ about, expected }: Difference): Params | undefined {
  const decrypted = DECRYPTED.exec(about)?.[1];
  if (decrypted !== undefined) return { field: decrypted, must: 'decrypted' };
  const field = FIELD.exec(about)?.[1];
  if (field === undefined || ECHOES.includes(about)) return undefined;
  const must = english(expected);
  if (must === 'present' || must === 'absent') return { field, must };
  return about.startsWith('schema ')
    ? { field, must: `schema ${must}`, zh: wordsIn(expected, 'zh') }
    : { field, must: 'equal' };
}

function fieldSentence({ params: { field = '', must = '', zh = '' } }: Group): Bilingual {
  const sentences: Readonly<Record<string, Bilingual>> = {
    present: { en: `The response has no field ${field}.`, zh: `响应里没有字段 ${field}。` },
    absent: { en: `The response has the field ${field}, which must be absent.`, zh: `响应里不应该有字段 ${field}。` },
    decrypted: {
      en: `The field ${field} is not encrypted as RSA requires.`,
      zh: `字段 ${field} 没有用 RSA 加密。`,
    },
    equal: { en: `The field ${field} has an unexpected value.`, zh: `字段 ${field} 的值与期望不符。` },
  };
  const expected = must.replace(/^schema /, '');
  return (
    sentences[must] ?? {
      en: `The field ${field} does not match the schema: ${expected}.`,
      zh: `字段 ${field} 不符合 schema，应为：${zh}。`,
    }
  );
}

const OF_CODE = ['resultCode', EARLIER_CALL, 'decidedBy'];

function isOfCode({ about }: Difference): boolean {
  return OF_CODE.includes(about);
}

function isRefusing(rule: string | undefined): boolean {
  return rule !== undefined && rule !== ALL_MET && faultOf(rule) !== undefined;
}

/** An earlier call of the case has the same wrong code as the results of the group. */
function isSameSwapBefore({ differences: [first] }: CaseResult, { results }: Group): boolean {
  if (first?.about !== EARLIER_CALL) return false;
  return results.some(({ differences }) =>
    differences.some(
      ({ expected, received }) =>
        english(expected) === english(first.expected) && english(received) === english(first.received),
    ),
  );
}

function isUsedCode(difference: Difference): boolean {
  return isOfCode(difference) && TOKEN_CODES.includes(english(difference.received));
}

/** 103000, 000 and 001: the charged codes. */
const PROCESSED = RESULT_CODES.filter(({ charged }) => charged).map(({ resultCode }) => resultCode);

function ruleNotKept({ params: { rule = '' }, results, context }: Group): Bilingual {
  const fault = faultOf(rule);
  const all = context.results.filter(({ about, status }) => about?.rule === rule && status !== 'skip').length;
  const share = { en: `${results.length} of ${casesText(all, 'en')}`, zh: `${all} 个用例中的 ${results.length} 个` };
  const accepted = results.filter(({ differences }) =>
    differences.some((one) => isOfCode(one) && [...PROCESSED, ALL_MET].includes(english(one.received))),
  );
  return accepted.length * 2 >= results.length
    ? {
        en: `The carrier accepts ${fault?.en} (${rule}): ${share.en}.`,
        zh: `服务端没有拒绝“${fault?.zh}”（${rule}）：${share.zh}。`,
      }
    : {
        en: `The response to ${fault?.en} (${rule}) is not the expected one: ${share.en}.`,
        zh: `对“${fault?.zh}”（${rule}）的响应与期望不符：${share.zh}。`,
      };
}

function codeOf({ about, received }: Difference): Params | undefined {
  return about === 'resultCode' || about === EARLIER_CALL ? { received: english(received) } : undefined;
}

function codeSentence({ params: { received = '' } }: Group): Bilingual {
  const row = RESULT_CODES.find(({ resultCode }) => resultCode === received);
  const words = row?.document.replace(/[（(].*/, '');
  return {
    en: `The carrier returns ${received}${words === undefined ? '' : ` (${words})`}, but another result is expected.`,
    zh: `服务端返回 ${received}${words === undefined ? '' : `（${words}）`}，期望的是别的结果。`,
  };
}

function folderOf(id: string): string {
  return id.slice(0, Math.max(id.lastIndexOf('/'), 0));
}
