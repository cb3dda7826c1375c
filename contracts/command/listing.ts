/** The cases that the flags select, as a list or as the requests of a run with its maximum cost. */
import { COLON, type Language, listed, wordsIn } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { columns } from '../../src/text/printable.js';
import type { UsageError } from '../../src/text/usage-error.js';
import { buildRequest } from '../kit/build-request.js';
import {
  type Choice,
  type ChosenRow,
  chosenRows,
  type Recipe,
  type Row,
  type RowFile,
} from '../kit/case.js';
import { OPERATIONS } from '../kit/operations.js';
import { type Provider, signingModeOf } from '../kit/provider.js';
import { usage } from '../kit/usage.js';
import { curlOf } from '../kit/wire.js';
import type { Planned } from '../provider/run-suite.js';
import { descriptionIn } from '../report/descriptions.js';
import { padded } from '../report/text.js';
import { COMMA, STATUS_WORDS, withNote } from '../report/words.js';
import { LEVELS } from './flag-kinds.js';
import type { CommonValues } from './flags.js';
import type { Kit } from './kit.js';

export function dryRunText(plan: readonly Planned[], provider: Provider, lang: Language): string {
  const lines = plan.map((planned) => {
    const { testCase, notRun } = planned;
    if (notRun === undefined) return sentText(planned, provider, lang);
    const why = `${STATUS_WORDS[notRun.status][lang]}${COMMA[lang]}${wordsIn(notRun.reason, lang)}`;
    return `${testCase.id}${COLON[lang]}${why}`;
  });
  const sent = plan.filter(({ notRun }) => notRun === undefined).length;
  const cost = plan.reduce(
    (sum, planned) => sum + (planned.notRun === undefined ? planned.cost : 0),
    0,
  );
  const end = {
    en: `${sent} of ${plan.length} cases would run against ${provider.name}; at most ${cost} calls could be charged.`,
    zh: `共 ${plan.length} 个用例，将对 ${provider.name} 执行 ${sent} 个；最多可能计费 ${cost} 次。`,
  };
  return `${lines.join('\n')}\n\n${end[lang]}\n`;
}

function sentText(
  { operation, testCase, cost }: Planned,
  provider: Provider,
  lang: Language,
): string {
  // Shows names instead of values, which are unknown before the run.
  const make = ({ algorithm }: Recipe) => `{${algorithm}}`;
  const signing = signingModeOf(operation, testCase);
  const { wire } = buildRequest(
    { operation, signing, values: {}, make },
    testCase.forms?.[0] ?? testCase.when,
  );
  const first = { en: 'first', zh: '先执行' }[lang];
  const before = (testCase.before ?? [])
    .map((step) => `  ${first} ${JSON.stringify(step)}\n`)
    .join('');
  const description = `${testCase.id}${COLON[lang]}${descriptionIn(testCase, lang)}`;
  const most =
    cost === 0
      ? { en: 'cannot be charged', zh: '不会计费' }
      : { en: `at most ${cost} charged`, zh: `最多计费 ${cost} 次` };
  return `${withNote(description, most[lang], lang)}\n${before}  ${curlOf(provider.baseUrl(operation), wire)}`;
}

export interface Selection<R extends Row> {
  readonly choice: Choice;
  readonly rows: readonly [ChosenRow<R>, ...ChosenRow<R>[]];
}

/** What is selected without `--operation`, `--level` and `--only`. */
export type Defaults = Partial<Pick<Choice, 'operations' | 'levels'>>;

/** The rows that the flags select. Throws a UsageError without any. With `--list`, prints them and returns undefined. */
export function selectionOf<R extends Row>(
  files: readonly RowFile<R>[],
  values: CommonValues,
  kit: Kit,
  byDefault: Defaults = {},
): Selection<R> | undefined {
  const ids = files.flatMap(({ rows }) => rows.map(({ id }) => id));
  const choice = choiceOf(values, ids, byDefault);
  const [first, ...others] = chosenRows(files, choice);
  if (first === undefined) throw usage('contract.nothing-selected', { flags: choiceFlags(values) });
  const rows = [first, ...others] as const;
  if (!values.list) return { choice, rows };
  kit.out.write(listText(rows, values.lang ?? kit.language));
  return undefined;
}

function choiceFlags({ only, skip, levels, operations }: CommonValues): string {
  const given = Object.entries({ only, skip, level: levels, operation: operations });
  return given
    .flatMap(([flag, names]) => (names === undefined ? [] : `--${flag} ${names.join(',')}`))
    .join(' ');
}

function listText(rows: readonly ChosenRow<Row>[], lang: Language): string {
  const width = Math.max(...rows.map(({ row }) => columns(row.id)));
  const lines = rows.map(
    ({ row }) => `${padded(row.id, width)}  ${row.level.padEnd(6)}  ${descriptionIn(row, lang)}\n`,
  );
  return lines.join('');
}

/** Throws a UsageError for a name in `--only` or `--skip` that matches none of the ids. */
function choiceOf(
  { only = [], skip = [], levels, operations }: CommonValues,
  ids: readonly string[],
  byDefault: Defaults,
): Choice {
  // A named case runs, whatever its operation and level.
  const usual = only.length > 0 ? {} : byDefault;
  return {
    operations: operations ?? usual.operations ?? OPERATIONS,
    levels: levels ?? usual.levels ?? LEVELS,
    only: [...new Set(idsNamed('only', only, ids))],
    skip: idsNamed('skip', skip, ids),
  };
}

function idsNamed(
  flag: string,
  names: readonly string[],
  ids: readonly string[],
): readonly string[] {
  return names.flatMap((name) => {
    const matching = idsMatching(name, ids);
    if (matching.length > 0) return matching;
    throw noMatch({ flag, name }, nearIds(name, ids));
  });
}

// Finds ids by a name from the command line, and checks ids in a file.

/** The ways in which a name matches ids. The first way with a match is used. */
const MATCHERS: readonly ((name: string, id: string) => boolean)[] = [
  (name, id) => id === name,
  (name, id) => id.startsWith(`${name.replace(/\/$/, '')}/`),
  (name, id) => id.startsWith(name),
  (name, id) => isGlob(name) && matchesGlob(name, id),
  (name, id) => !isGlob(name) && id.includes(name),
];

/** The ids that match a name: the complete id, else ids that begin with it, else a glob or a part of ids. */
export function idsMatching(name: string, ids: readonly string[]): readonly string[] {
  for (const matches of MATCHERS) {
    const found = ids.filter((id) => matches(name, id));
    if (found.length > 0) return found;
  }
  return [];
}

const NEAR_MAX = 3;

/** The ids that were probably meant. A name may have only the last parts of an id, or its beginning in other letter case. */
function nearIds(name: string, ids: readonly string[]): readonly string[] {
  const beginning = name.toLowerCase();
  const endsOf = (id: string) => id.split('/').map((_, at, parts) => parts.slice(at).join('/'));
  const isNear = (id: string) =>
    id.toLowerCase().startsWith(beginning) || nearName(name, endsOf(id)) !== undefined;
  return ids.filter(isNear).slice(0, NEAR_MAX);
}

function noMatch(
  given: { readonly flag: string; readonly name: string },
  ids: readonly string[],
): UsageError {
  const near = listed(ids.map((id) => JSON.stringify(id)));
  return ids.length === 0
    ? usage('contract.no-match', given)
    : usage('contract.near-match', { ...given, near });
}

function isGlob(name: string): boolean {
  return /[*?]/.test(name);
}

/** A star matches any text, including slashes; a question mark matches one character. */
function matchesGlob(name: string, id: string): boolean {
  const escaped = name.replace(/[\\^$.+()[\]{}|/]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(id);
}

/** A misspelt id must not pass silently. Throws a UsageError with the row; `at` is the file and the pointer of the list. */
export function checkCaseIds(
  at: string,
  rows: readonly { readonly case: string }[],
  ids: readonly string[],
): void {
  const row = rows.findIndex((one) => !ids.includes(one.case));
  if (row < 0) return;
  throw usage('contract.case-id', { at: `${at}/${row}/case`, found: rows[row]?.case });
}
