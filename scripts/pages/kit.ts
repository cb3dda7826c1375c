/** The files of the contract, the results of its cases, and what the consumer suite sends and checks: each scenario and check of any operation. */
import { readdirSync } from 'node:fs';
import { SCENARIO_FILES, type Scenario } from '../../contracts/kit/case-files.js';
import type { Status } from '../../contracts/kit/result.js';
import { descriptionIn } from '../../contracts/report/descriptions.js';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import FILES from './contract-files.json' with { type: 'json' };
import { code, table } from './markdown.js';

type Row = Pick<Scenario, 'id' | 'description' | 'level'>;

const HEADS = {
  statuses: { en: ['Result', 'Meaning', 'Exit status'], zh: ['结果', '含义', '退出码'] },
  files: { en: ['Below `contracts/`', 'Content'], zh: ['`contracts/` 下', '内容'] },
  scenarios: { en: ['Scenario', 'What is expected'], zh: ['场景', '期望'] },
  checks: {
    en: ['Check', 'Level', 'What is checked'],
    zh: ['检查', '级别', '查什么'],
  },
};

export function kit(language: Language, part: string): string {
  if (part === 'files') return files(language);
  if (part === 'statuses') return statuses(language);
  if (part === 'scenarios') {
    const rows = distinct(SCENARIO_FILES.flatMap(({ scenarios }) => scenarios));
    return table(
      HEADS.scenarios[language],
      rows
        .filter((row) => !isOfCode(row))
        .map((row) => [code(nameOf(row)), descriptionIn(row, language)]),
    );
  }
  const rows = distinct(SCENARIO_FILES.flatMap(({ sent, captured }) => [...captured, ...sent]));
  return table(
    HEADS.checks[language],
    rows.map((row) => [code(nameOf(row)), row.level, descriptionIn(row, language)]),
  );
}

/** The last part of its id, which the operations share. */
function nameOf({ id }: Row): string {
  return id.split('/').at(-1) ?? id;
}

function distinct(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row, at) => rows.findIndex((other) => nameOf(other) === nameOf(row)) === at);
}

/** Each documented code has a scenario. */
function isOfCode(row: Row): boolean {
  return /^code-\d+$/.test(nameOf(row));
}

/** What it means, and the exit status that it leads to. */
const STATUS_WORDS: Readonly<Record<Status, readonly [Bilingual, exitStatus: string]>> = {
  pass: [
    {
      en: 'as required. A MAY always passes, and a difference is shown',
      zh: '符合；MAY 级别的用例总是算通过，有差异会列出',
    },
    '0',
  ],
  fail: [
    {
      en: 'a MUST is not met, with `--fail-on should` also a SHOULD',
      zh: '不满足 MUST；加 `--fail-on should` 时还有不满足 SHOULD',
    },
    '1',
  ],
  warn: [{ en: 'a SHOULD is not met, or a known deviation', zh: '不满足 SHOULD，或已知偏差' }, '0'],
  skip: [{ en: 'not possible here; the reason is given', zh: '这里无法执行，附原因' }, '0'],
  disabled: [{ en: 'disabled in the profile', zh: 'profile 里停用' }, '0'],
  error: [
    {
      en: 'a failure of the kit, the network or the token source: no result for the provider or client',
      zh: '工具、网络或 token 来源有问题，无法判定',
    },
    '2',
  ],
};

function statuses(language: Language): string {
  return table(
    HEADS.statuses[language],
    Object.entries(STATUS_WORDS).map(([status, [words, exitStatus]]) => [
      code(status),
      words[language],
      exitStatus,
    ]),
  );
}

const WORDS: readonly (readonly [path: string, words: Bilingual])[] = Object.entries(FILES);
/** The published data, among the modules of the kit. */
const IS_DATA = /\.json$|^(?:cases|descriptions|duties|openapi|requests|scenarios|schemas)$/;

function files(language: Language): string {
  const described = WORDS.map(([path]) => path.split('/')[0]);
  const data = readdirSync('contracts').filter((name) => IS_DATA.test(name));
  const [lost] = [
    ...data.filter((name) => !described.includes(name)),
    ...described.filter((name = '') => !data.includes(name)),
  ];
  if (lost !== undefined)
    throw new Error(`contracts/${lost} and scripts/pages/contract-files.json do not match`);
  return table(
    HEADS.files[language],
    WORDS.map(([path, words]) => [code(path), words[language]]),
  );
}
