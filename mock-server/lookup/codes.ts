/** The result codes: the meaning, the rule, the mistakes that lead to it, how to get it, and what to do next. */
import demoSubscribers from '../../fixtures/subscribers.json' with { type: 'json' };
import { BEYOND_RESULTS, type BeyondRow } from '../../src/protocol/beyond-codes.js';
import type { NextStep } from '../../src/protocol/next-steps.js';
import type { ResultRow } from '../../src/protocol/operations/description.js';
import { OPERATIONS, type Operation, operationRow } from '../../src/protocol/operations.js';
import { READINGS } from '../../src/protocol/readings.js';
import { BASIS_WORDS } from '../../src/text/basis.js';
import { type Bilingual, joined, LIST_COMMA } from '../../src/text/bilingual.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { ALL_MET_WORDS, REQUIREMENTS } from '../carrier/engine/requirements.js';
import type { Subscriber } from '../carrier/outcomes/test-numbers.js';
import { CAVEATS } from '../control-api/atlas/atlas.js';
import type { Code } from '../control-api/atlas/recipes.js';
import type { FindingRow } from '../explain/finding.js';
import { FINDINGS } from '../explain/findings.js';
import { TO_DO } from '../explain/verdict.js';
import { type Entry, inBrackets, labelled, linkTo } from './entry.js';
import { MISTAKE_SAMPLES } from './mistake-samples.js';
import { recipeWords } from './recipe-words.js';

export interface CodeEntry extends Entry {
  /** undefined for a code that no operation lists. */
  readonly operation: Operation | undefined;
}

const SUBSCRIBERS = demoSubscribers as readonly Subscriber[];

const LABELS = {
  rule: { en: 'Cause', zh: '原因' },
  charged: { en: 'Charged', zh: '计费' },
  cause: { en: 'Get it', zh: '触发' },
  next: { en: 'Next', zh: '处理' },
  mistakes: { en: 'Mistakes', zh: '已知错误' },
  side: { en: 'Reported by', zh: '由谁返回' },
  note: { en: 'More', zh: '说明' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** A code that two operations have gets the name of the second one into its heading. */
export function headingOf({ operation, code }: Code): string {
  const first = OPERATIONS.find((row) =>
    [...row.results, ...row.unlistedResults].some((each) => each.code === code),
  );
  return first === undefined || first.operation === operation ? code : `${code} ${operation}`;
}

export function codeLink(code: Code): Bilingual {
  return linkTo('codes', headingOf(code), `\`${code.code}\``);
}

function listedEntry(operation: Operation, row: ResultRow): CodeEntry {
  const place = { operation, code: row.code };
  return {
    operation,
    id: headingOf(place),
    title: titleOf(row),
    lines: [
      labelled(LABELS.rule, causeOf(place)),
      ...mistakesOf(place),
      labelled(LABELS.cause, recipeWords(place, SUBSCRIBERS) ?? ONLY_FORCED),
      labelled(LABELS.charged, chargedWords(row)),
      ...nextOf(row.next),
    ],
  };
}

const ONLY_FORCED: Bilingual = { en: 'only forced', zh: '只能强制返回' };

/** English words of the wire have no capital letter; the Chinese ones are the carrier's. */
function titleOf({
  desc,
  descEn,
  name,
}: Pick<ResultRow, 'desc' | 'descEn'> & { readonly name?: string }): Bilingual {
  const client = name === undefined ? '' : ` · \`${name}\``;
  return { en: `${desc} (${descEn})${client}`, zh: `${desc}${client}` };
}

const NO_CAVEAT: Bilingual = { en: '', zh: '' };

function causeOf({ operation, code }: Code): Bilingual {
  const rules = moduleOf(operation).rules.filter(({ otherwise }) => otherwise === code);
  if (rules.length === 0) return ALL_MET_WORDS;
  const causes = rules.map(({ requires, basis }) => {
    const { unmet } = REQUIREMENTS[requires];
    const rule = linkTo('rules', operation, `\`${requires}\``);
    return {
      en: `${unmet.en} (${rule.en}, ${BASIS_WORDS[basis].en})`,
      zh: `${unmet.zh}（${rule.zh}，${BASIS_WORDS[basis].zh}）`,
    };
  });
  return joined([joined(causes, { en: '; or ', zh: '；' }), CAVEATS.get(code) ?? NO_CAVEAT], '');
}

/** The mistake with the most known cases first. */
function mistakesOf({ operation, code }: Code): readonly Bilingual[] {
  const casesOf = ({ id }: FindingRow) => MISTAKE_SAMPLES[id]?.codes[operation]?.[code] ?? 0;
  const found = FINDINGS.filter((row) => casesOf(row) > 0);
  if (found.length === 0) return [];
  const links = found
    .toSorted((one, other) => casesOf(other) - casesOf(one))
    .map(({ id }) => linkTo('mistakes', id));
  return [labelled(LABELS.mistakes, joined(links, LIST_COMMA))];
}

function chargedWords({ code, charged }: ResultRow): Bilingual {
  const basis = BASIS_WORDS[CHARGE_DOCUMENTED.has(code) ? 'documented' : 'inferred'];
  return charged
    ? { en: `yes, and the token is consumed (${basis.en})`, zh: `是，token 用掉（${basis.zh}）` }
    : { en: 'no, and the token stays unused (inferred)', zh: '否，token 没有用掉（推断）' };
}

/** 纳入计费次数: the document, 2.5. */
const CHARGE_DOCUMENTED: ReadonlySet<string> = new Set(['000', '001']);

function nextOf(next: NextStep | undefined): readonly Bilingual[] {
  if (next === undefined) return [];
  return [labelled(LABELS.next, inBrackets(TO_DO[next], `\`${next}\``))];
}

function unlistedEntry(operation: Operation, row: ResultRow): CodeEntry {
  const place = { operation, code: row.code };
  const reading = readingFor(place);
  return {
    operation,
    id: headingOf(place),
    title: titleOf(row),
    lines:
      reading === undefined
        ? [labelled(LABELS.rule, NO_KNOWN_CAUSE), labelled(LABELS.cause, ONLY_FORCED)]
        : [labelled(LABELS.rule, reading)],
  };
}

const NO_KNOWN_CAUSE: Bilingual = { en: 'no known cause', zh: '没有已知原因' };

/** The cause that a reading gives to the code. */
function readingFor({ operation, code }: Code): Bilingual | undefined {
  for (const { requires, codeReading } of moduleOf(operation).rules) {
    const reading = READINGS.find(({ id }) => id === codeReading);
    const options: readonly string[] = reading?.options ?? [];
    if (codeReading === undefined || !options.includes(code)) continue;
    const { unmet } = REQUIREMENTS[requires];
    const link = linkTo('readings', codeReading, `\`${codeReading}\``);
    return {
      en: `${unmet.en}, with the reading ${link.en}`,
      zh: `${unmet.zh}（解释口径 ${link.zh}）`,
    };
  }
  return undefined;
}

const SIDES: Readonly<Record<BeyondRow['side'], Bilingual>> = {
  server: { en: 'the server', zh: '移动认证平台' },
  sdk: { en: 'the SDK in the phone; your server never gets it', zh: '手机端 SDK，你的后端收不到' },
  unstated: {
    en: 'the SDK in the phone or the server: not stated',
    zh: '手机端 SDK 或移动认证平台，没有写明',
  },
};

/** What the lists say in addition. */
const NOTES: ReadonlyMap<string, Bilingual> = new Map([
  [
    '102315',
    {
      en: 'Until 2019, tokenValidate returned it if no calls were left. The reading `verify-quota-code` restores it.',
      zh: '2019 年以前本机号码校验次数用完时返回。解释口径 `verify-quota-code` 可以让它重新出现。',
    },
  ],
  [
    '103102',
    {
      en: "The app's package signature or bundle id differs from the portal's.",
      zh: 'App 的包签名或 Bundle ID 与开发者社区里填写的不一致。',
    },
  ],
  [
    '103111',
    { en: 'The lists name a VPN or a foreign address.', zh: '列表说是开了 VPN 或使用境外 IP。' },
  ],
  [
    '103902',
    { en: 'The lists name many logins in a short time.', zh: '列表说是短时间内重复登录。' },
  ],
  [
    '103911',
    {
      en: 'More than 30 unused tokens of a number in 10 minutes.',
      zh: '同一号码 10 分钟内获取且未使用的 token 超过 30 个。',
    },
  ],
  [
    '105002',
    {
      en: 'The lists name data-only and IoT SIM cards, and roaming with cmwap.',
      zh: '列表说是物联网卡、纯流量卡，或漫游时用 cmwap。',
    },
  ],
]);

function beyondEntry(row: BeyondRow): CodeEntry {
  const note = NOTES.get(row.code);
  return {
    operation: undefined,
    id: row.code,
    title: titleOf(row),
    lines: [
      labelled(LABELS.side, inBrackets(SIDES[row.side], row.source)),
      ...(note === undefined ? [] : [labelled(LABELS.note, note)]),
      labelled(LABELS.cause, ONLY_FORCED),
      ...nextOf(row.nextStep),
    ],
  };
}

/** In the order of the operations and of their lists, then the codes of no list. */
export const CODE_ENTRIES: readonly CodeEntry[] = [
  ...OPERATIONS.flatMap(({ operation }) => {
    const {
      results,
      unlistedResults,
    }: { readonly results: readonly ResultRow[]; readonly unlistedResults: readonly ResultRow[] } =
      operationRow(operation);
    const beyond = new Set(BEYOND_RESULTS.map(({ code }) => code));
    return [
      ...results.map((row) => listedEntry(operation, row)),
      ...unlistedResults
        .filter(({ code }) => !beyond.has(code))
        .map((row) => unlistedEntry(operation, row)),
    ];
  }),
  ...BEYOND_RESULTS.map(beyondEntry),
];
