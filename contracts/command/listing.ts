/** The requests of a run and its maximum cost as text. It sends nothing and contains no secret. */
import { COLON, type Language, wordsIn } from '../../src/text/bilingual.js';
import type { FlagValues } from '../../src/text/flags.js';
import { columns } from '../../src/text/printable.js';
import { UsageError } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import { buildRequest } from '../kit/build-request.js';
import { type Choice, chosenRows, type Recipe, type Row, type RowFile } from '../kit/case.js';
import { type Provider, signingOf } from '../kit/provider.js';
import { curlOf } from '../kit/wire.js';
import type { Planned } from '../provider/run-suite.js';
import { descriptionIn } from '../report/descriptions.js';
import { padded } from '../report/text.js';
import { COMMA, STATUS_WORDS, withNote } from '../report/words.js';
import { choiceOf, langOf, textOf } from './flags.js';
import type { Kit } from './kit.js';

export function dryRunText(plan: readonly Planned[], provider: Provider, lang: Language): string {
  const lines = plan.map((planned) => {
    const { testCase, notRun } = planned;
    if (notRun === undefined) return sentText(planned, provider, lang);
    const why = `${STATUS_WORDS[notRun.status][lang]}${COMMA[lang]}${wordsIn(notRun.reason, lang)}`;
    return `${testCase.id}${COLON[lang]}${why}`;
  });
  const sent = plan.filter(({ notRun }) => notRun === undefined).length;
  const cost = plan.reduce((sum, planned) => sum + (planned.notRun === undefined ? planned.cost : 0), 0);
  const end = {
    en: `${sent} of ${plan.length} cases would run against ${provider.name}; at most ${cost} calls could be charged.`,
    zh: `共 ${plan.length} 个用例，将对 ${provider.name} 执行 ${sent} 个；最多可能计费 ${cost} 次。`,
  };
  return `${lines.join('\n')}\n\n${end[lang]}\n`;
}

function sentText({ operation, testCase, cost }: Planned, provider: Provider, lang: Language): string {
  // Shows names instead of values, which are unknown before the run.
  const make = ({ algorithm }: Recipe) => `{${algorithm}}`;
  const signing = signingOf(operation, testCase);
  const { wire } = buildRequest({ operation, signing, values: {}, make }, testCase.when);
  const first = { en: 'first', zh: '先执行' }[lang];
  const before = (testCase.before ?? []).map((step) => `  ${first} ${JSON.stringify(step)}\n`).join('');
  const description = `${testCase.id}${COLON[lang]}${descriptionIn(testCase, lang)}`;
  const most =
    cost === 0
      ? { en: 'cannot be charged', zh: '不会计费' }
      : { en: `at most ${cost} charged`, zh: `最多计费 ${cost} 次` };
  return `${withNote(description, most[lang], lang)}\n${before}  ${curlOf(provider.baseUrl(operation), wire)}`;
}

export interface Selection<R extends Row> {
  readonly choice: Choice;
  readonly rows: ReturnType<typeof chosenRows<R>>;
}

/** The rows that the flags select, without `--operation` those of `byDefault`. Throws a UsageError without any. With `--list`, prints them and returns undefined. */
export function selectionOf<R extends Row>(
  files: readonly RowFile<R>[],
  values: FlagValues,
  kit: Kit,
  byDefault?: readonly Operation[],
): Selection<R> | undefined {
  const ids = files.flatMap(({ rows }) => rows.map(({ id }) => id));
  const choice = choiceOf(values, ids, byDefault);
  const rows = chosenRows(files, choice);
  if (rows.length === 0) {
    const given = ['only', 'skip', 'level', 'operation'].filter((flag) => textOf(values, flag));
    const flags = given.map((flag) => `--${flag} ${textOf(values, flag)}`).join(' ');
    throw new UsageError({ en: `${flags} selects nothing`, zh: `${flags} 什么也没有选中` });
  }
  if (values['list'] !== true) return { choice, rows };
  const lang = langOf(values, kit);
  const width = Math.max(...rows.map(({ row }) => columns(row.id)));
  const lines = rows.map(
    ({ row }) => `${padded(row.id, width)}  ${row.level.padEnd(6)}  ${descriptionIn(row, lang)}\n`,
  );
  kit.out.write(lines.join(''));
  return undefined;
}
