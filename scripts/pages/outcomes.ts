/** The ways to an outcome, the outcomes of a script or a header, and the test numbers. */
import subscribers from '../../fixtures/subscribers.json' with { type: 'json' };
import { moduleOf } from '../../mock-server/carrier/engine/operations/operations.js';
import {
  OUTCOME_SOURCES,
  type OutcomeSource,
} from '../../mock-server/carrier/outcomes/forced-outcome.js';
import type { Outcome } from '../../mock-server/carrier/outcomes/outcome.js';
import { codeLink } from '../../mock-server/lookup/codes.js';
import { inBrackets } from '../../mock-server/lookup/entry.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { NUMBER_FAILURES } from '../../src/protocol/test-numbers.js';
import { type Bilingual, joined, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

interface OutcomeWords {
  /** As it is written in a script. */
  readonly steps: readonly string[];
  readonly call: Bilingual;
  /** Whether the carrier decides, charges, and consumes the token. */
  readonly decides: Bilingual;
}

const NO: Bilingual = { en: 'no', zh: '否' };
const YES: Bilingual = { en: 'yes', zh: '是' };

const OUTCOMES: Readonly<Record<Outcome['kind'], OutcomeWords>> = {
  code: {
    steps: ['103211', '103911("too frequent")'],
    call: {
      en: 'returns this code; the second form is a code outside the document with its text',
      zh: '返回这个返回码；第二种写法是带描述的文档外的返回码',
    },
    decides: NO,
  },
  pass: {
    steps: ['pass'],
    call: {
      en: 'has its real outcome: magic tokens are ignored, test numbers apply',
      zh: '正常判定：魔法 token 不起作用，测试号码照常',
    },
    decides: { en: 'as usual', zh: '照常' },
  },
  reset: {
    steps: ['reset'],
    call: { en: 'the connection is reset (RST)', zh: '连接被重置（RST）' },
    decides: NO,
  },
  hang: {
    steps: ['hang'],
    call: {
      en: 'gets no response; the connection is reset after ten minutes',
      zh: '一直没有响应，十分钟后连接被重置',
    },
    decides: NO,
  },
  status: {
    steps: ['status(503)'],
    call: {
      en: 'gets this HTTP status, 200 to 599, without a body',
      zh: '返回该 HTTP 状态码（200–599），没有响应体',
    },
    decides: NO,
  },
  lose: {
    steps: ['lose'],
    call: {
      en: 'the connection is reset after the carrier has decided: a lost response',
      zh: '判定已经完成，但响应送达之前连接被重置，调用方收不到响应',
    },
    decides: YES,
  },
  truncate: {
    steps: ['truncate'],
    call: {
      en: 'gets the full Content-Length and half of the body, then the connection ends',
      zh: 'Content-Length 是完整长度，响应体只发一半，然后连接关闭',
    },
    decides: YES,
  },
  malformed: {
    steps: ['malformed'],
    call: {
      en: 'gets a complete HTTP message whose body is half of the JSON',
      zh: 'HTTP 报文完整，但响应体只有半截 JSON',
    },
    decides: YES,
  },
  drip: {
    steps: ['drip(2s)'],
    call: {
      en: 'gets the body in pieces over this time',
      zh: '响应体切成小块，在这段时间里陆续发完',
    },
    decides: YES,
  },
};

const OUTCOME_HEAD = {
  en: ['Outcome', 'The call', 'Decided, charged, token consumed'],
  zh: ['结果', '这次调用', '判定、计费、用掉 token'],
};

export function outcomes(language: Language): string {
  const rows = Object.values(OUTCOMES).map(({ steps, call, decides }) => [
    steps.map(code).join(LIST_COMMA[language]),
    call[language],
    decides[language],
  ]);
  return table(OUTCOME_HEAD[language], rows);
}

interface WayWords {
  readonly way: Bilingual;
  readonly how: Bilingual;
  /** The calls that get the outcome. */
  readonly calls: Bilingual;
}

const WAYS: Readonly<Record<OutcomeSource | 'real', WayWords>> = {
  header: {
    way: { en: '[request header](#request-headers)', zh: '[请求头](#请求头)' },
    how: { en: '`X-Mock-Result-Code: 103211`', zh: '`X-Mock-Result-Code: 103211`' },
    calls: { en: 'this one', zh: '这一次' },
  },
  script: {
    way: { en: '[script](#scripts)', zh: '[脚本](#脚本)' },
    how: { en: "a list of steps, set for the app's operation", zh: '给应用的一个接口设一串步骤' },
    calls: { en: 'the next ones of the app', zh: '该应用接下来的几次' },
  },
  token: {
    way: { en: '[magic token](#magic-tokens)', zh: '[魔法 token](#魔法-token)' },
    how: { en: 'a token that contains the code', zh: '写有返回码的 token' },
    calls: { en: 'each with this token', zh: '用这个 token 的每一次' },
  },
  numberScript: {
    way: { en: '[number](#numbers)', zh: '[号码](#号码)' },
    how: { en: 'a script, set for a phone number', zh: '给手机号码设脚本' },
    calls: { en: 'those with a token of the number', zh: '用这个号码的 token 的调用' },
  },
  real: {
    way: { en: 'real cause', zh: '真实触发' },
    how: {
      en: 'the mistake that the code stands for, or a token of a [test number](#test-numbers)',
      zh: '让请求确实违反返回码对应的规则，或用[测试号码](#测试号码)签发 token',
    },
    calls: {
      en: 'all others; a success consumes the token and is charged',
      zh: '其余的调用；成功时用掉 token 并计费',
    },
  },
};

const WAY_HEAD = { en: ['Way', 'How', 'Calls'], zh: ['方式', '做法', '哪些调用'] };

/** In the order of precedence. */
export function ways(language: Language): string {
  return table(
    WAY_HEAD[language],
    [...OUTCOME_SOURCES, 'real' as const].map((source) => {
      const { way, how, calls } = WAYS[source];
      return [way[language], how[language], calls[language]];
    }),
  );
}

const NUMBER_HEAD = {
  en: ['Number', 'Operator', '`failure`', 'Outcome'],
  zh: ['号码', '运营商', '`failure`', '结果'],
};

export function testNumbers(language: Language): string {
  const rows = subscribers.map((row) => [
    code(row.phoneNumber),
    row.operator,
    'failure' in row && row.failure !== undefined ? code(row.failure) : '',
    outcomeOf(row)[language],
  ]);
  return table(NUMBER_HEAD[language], rows);
}

type Row = (typeof subscribers)[number];

function outcomeOf(row: Row): Bilingual {
  const failure = NUMBER_FAILURES.find((each) => 'failure' in row && each.failure === row.failure);
  if (failure === undefined) return ordinary(row);
  const unmet: readonly string[] = failure.unmet;
  const refusals = OPERATIONS.flatMap(({ operation }) =>
    moduleOf(operation)
      .rules.filter(({ requires }) => unmet.includes(requires))
      .map(({ otherwise }) => inBrackets(codeLink({ operation, code: otherwise }), operation)),
  );
  const all = joined(refusals, LIST_COMMA);
  return refusals.length === OPERATIONS.length
    ? all
    : { en: `${all.en}; otherwise real`, zh: `${all.zh}，其他接口正常判定` };
}

function ordinary({ phoneNumber, operator }: Row): Bilingual {
  if (operator !== 'mobile')
    return { en: 'real; the operator is only recorded', zh: '正常判定；运营商只作记录' };
  return phoneNumber === subscribers[0]?.phoneNumber
    ? { en: 'real; used if no number is given', zh: '正常判定；不指定号码时用它' }
    : { en: 'real', zh: '正常判定' };
}
