/** What a green run proves: the evidence by its basis, what the tests were tried with, and the tests of each promise. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { CASE_FILES } from '../../contracts/kit/case-files.js';
import { LEVELS } from '../../contracts/kit/result.js';
import { moduleOf } from '../../mock-server/carrier/engine/operations/operations.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { type Basis, READINGS } from '../../src/protocol/readings.js';
import { BASIS_WORDS } from '../../src/text/basis.js';
import { type Bilingual, COLON, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { CLIENTS, type ClientRow } from '../../test/full/accident/clients.js';
import wrongClients from '../../test/full/consumer/wrong-clients.json' with { type: 'json' };
import miniCarriers from '../../test/full/mini-carriers/claims.json' with { type: 'json' };
import wrongCarriers from '../../test/kit/wrong-carriers/caught-by.json' with { type: 'json' };
import { MISTAKES } from '../../test/support/mistakes.js';
import { nameIn } from './clients.js';
import { code, table } from './markdown.js';
import PROMISES from './promises.json' with { type: 'json' };

/** The parts of the page, by the argument in its comment. */
const PARTS: Readonly<Record<string, (language: Language) => string>> = {
  basis,
  checked,
  promises,
};

export function greenRun(language: Language, name: string): string {
  const part = PARTS[name];
  if (part === undefined)
    throw new Error(`green-run has no part ${name}; known: ${Object.keys(PARTS).join(', ')}`);
  return part(language);
}

/** What each basis rests on. In the order of the strength of the evidence. */
const EVIDENCE: readonly { readonly basis: Basis; readonly from: Bilingual }[] = [
  {
    basis: 'documented',
    from: { en: "a sentence of the carrier's document", zh: '官方文档里的原文' },
  },
  {
    basis: 'observed',
    from: { en: 'public material, such as the code of clients', zh: '公开的调用方代码等资料' },
  },
  { basis: 'inferred', from: { en: 'it follows from such evidence', zh: '由以上两类推出' } },
  {
    basis: 'assumed',
    from: { en: 'our choice: no public source states it', zh: '没有公开依据，由本项目选定' },
  },
];

interface HasBasis {
  readonly basis: Basis;
}

const CASES: readonly HasBasis[] = CASE_FILES.flatMap(({ cases }) => cases);
const RULES: readonly HasBasis[] = OPERATIONS.flatMap(({ operation }) => moduleOf(operation).rules);
const COUNTED: readonly (readonly HasBasis[])[] = [CASES, RULES, READINGS];

const BASIS_HEAD = {
  en: ['Basis', 'Rests on', 'A case that differs is', 'Cases', 'Rules', 'Readings'],
  zh: ['依据', '来自', '用例有差异时', '用例', '规则', '解释口径'],
};
const DIFFERENCES = {
  MUST: { en: 'a failure', zh: '失败' },
  SHOULD: { en: 'a warning', zh: '警告' },
  MAY: { en: 'information', zh: '供参考' },
} satisfies Readonly<Record<(typeof LEVELS)[Basis], Bilingual>>;
const TOTAL: Bilingual = { en: 'all', zh: '合计' };

/** The cases of the contract, the rules of the mock and the readings. */
function basis(language: Language): string {
  const rows = EVIDENCE.map(({ basis: name, from }) => [
    BASIS_WORDS[name][language],
    from[language],
    DIFFERENCES[LEVELS[name]][language],
    ...COUNTED.map((all) => String(all.filter((row) => row.basis === name).length)),
  ]);
  const total = [TOTAL[language], '', '', ...COUNTED.map(({ length }) => String(length))];
  return `${table(BASIS_HEAD[language], [...rows, total])}\n${calibrationsText()[language]}\n`;
}

/** The results of calibrations against the real carrier. */
const CALIBRATIONS = 'calibrations';

function calibrationsText(): Bilingual {
  const files = existsSync(CALIBRATIONS) ? readdirSync(CALIBRATIONS) : [];
  const count = files.filter((file) => file.endsWith('.json')).length;
  return {
    en: `Calibrations against the real carrier: ${count}.`,
    zh: `与真实平台校准过：${count} 次。`,
  };
}

const CHECKED_HEAD = {
  en: ['Tried with', 'Number', 'Test'],
  zh: ['试过的', '数量', '测试'],
};

interface Checked {
  readonly what: Bilingual;
  readonly count: number;
  readonly test: string;
}

const CLIENT_ROWS: readonly (readonly [string, readonly ClientRow[]])[] = Object.entries(CLIENTS);

/** What was not made for the code under test, or was made to be caught. */
function checkedRows(): readonly Checked[] {
  return [
    {
      what: clientsText(),
      count: CLIENT_ROWS.flatMap(([, rows]) => rows).length,
      test: 'test/full/accident/accident.test.ts',
    },
    {
      what: {
        en: 'carriers that were written from the document alone',
        zh: '只看文档写成的平台',
      },
      count: Object.keys(miniCarriers).length,
      test: 'test/full/mini-carriers/calibrated.test.ts',
    },
    {
      what: { en: 'signature vectors', zh: '签名向量' },
      count: vectorCount(),
      test: 'test/full/vectors/openssl.test.ts',
    },
    {
      what: { en: 'wrong carriers', zh: '有错的平台' },
      count: Object.keys(wrongCarriers).length,
      test: 'test/full/wrong-carriers/matrix.test.ts',
    },
    {
      what: { en: 'wrong clients', zh: '有错的调用方' },
      count: wrongClients.length,
      test: 'test/full/consumer/wrong-clients.test.ts',
    },
    {
      what: { en: 'requests with known mistakes', zh: '有已知错误的请求' },
      count: MISTAKES.flatMap(({ rows }) => rows).length,
      test: 'test/unit/explain/mistakes.test.ts',
    },
  ];
}

function checked(language: Language): string {
  const rows = checkedRows();
  return table(
    CHECKED_HEAD[language],
    rows.map(({ what, count, test }) => [what[language], String(count), code(test)]),
  );
}

/** The languages, each with its number of clients. */
function clientsText(): Bilingual {
  const counted = (language: Language) =>
    CLIENT_ROWS.map(([name, { length }]) => `${nameIn(name, language)} ${length}`).join(
      LIST_COMMA[language],
    );
  return {
    en: `HTTP clients of others, as applications configure them${COLON.en}${counted('en')}`,
    zh: `别人的 HTTP 客户端，按应用的常见写法配置${COLON.zh}${counted('zh')}`,
  };
}

const VECTORS = 'fixtures/vectors';

function vectorCount(): number {
  return readdirSync(VECTORS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(`${VECTORS}/${file}`, 'utf8')).numberOfTests ?? 0)
    .reduce((sum: number, count: number) => sum + count, 0);
}

const PROMISES_HEAD = { en: ['Promise', 'Proved by'], zh: ['承诺', '由什么证明'] };

function promises(language: Language): string {
  const rows = PROMISES.map(({ promise, tests }) => [
    promise[language],
    tests.map(code).join(LIST_COMMA[language]),
  ]);
  return table(PROMISES_HEAD[language], rows);
}

/** The test files that the page names. */
export const NAMED_TESTS: readonly string[] = [
  ...checkedRows().map(({ test }) => test),
  ...PROMISES.flatMap(({ tests }) => tests),
];
