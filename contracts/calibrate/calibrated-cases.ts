/** The kit's cases for a carrier with known readings: ambiguous cases expect one code, and cases of other options are disabled. */
import { type Bilingual, listed } from '../../src/text/bilingual.js';
import { AMBIGUITIES, type Operation, RESULT_CODES } from '../index.js';
import { type Case, type CaseFile, codesOf, type Then } from '../kit/case.js';
import { type ReadingResults, resultsUnder } from '../kit/reading-cases.js';
import { EARLIER_CALL, RACE } from '../kit/result.js';
import { type Calibration, isSettled, optionsAt, type Reading } from './calibration.js';
import { isHex } from './known-carrier.js';
import { WINDOW } from './probes.js';

export interface CalibratedCases {
  readonly files: readonly CaseFile[];
  /** The cases that cannot be judged with these readings. */
  readonly disabled: readonly { readonly case: string; readonly reason: Bilingual }[];
}

export type Known = Pick<Calibration, 'readings' | 'codes'>;

export function calibratedCases(files: readonly CaseFile[], known: Known): CalibratedCases {
  const options = Object.entries(known.readings).flatMap(([id, reading]) => optionOf(id, reading));
  const disabled: { case: string; reason: Bilingual }[] = [];
  const calibrated = files.map((file) => ({
    ...file,
    cases: file.cases.map((testCase) => {
      const effects = effectsOf(options, file.operation, testCase);
      if (effects.length === 0) return settledCase(testCase, known, options);
      const code = commonCode(effects);
      if (code !== undefined) return withExpectation({ resultCode: code }, testCase);
      const names = listed(effects.map(({ name }) => name));
      disabled.push({
        case: testCase.id,
        reason: { en: `does not apply with ${names.en}`, zh: `解释口径为 ${names.zh} 时不适用` },
      });
      return testCase;
    }),
  }));
  return { files: calibrated, disabled };
}

/** What an option changes in a case: it gets this code, or the kit cannot judge it. */
type Effect = { readonly kind: 'code'; readonly code: string } | { readonly kind: 'notJudged' };
type NamedEffect = Effect & { readonly name: string };

const NOT_JUDGED: Effect = { kind: 'notJudged' };

function effectsOf(
  options: readonly Option[],
  operation: Operation,
  testCase: Case,
): readonly NamedEffect[] {
  return options.flatMap((option) => {
    const effect = effectOf(option, operation, testCase);
    return effect === undefined ? [] : [{ ...effect, name: option.name }];
  });
}

/** The code of all effects; undefined if they differ, or if one cannot be judged. */
function commonCode(effects: readonly Effect[]): string | undefined {
  const codes = new Set(
    effects.map((effect) => (effect.kind === 'code' ? effect.code : undefined)),
  );
  const [code] = codes;
  return codes.size === 1 ? code : undefined;
}

interface Option {
  /** `login-md5-case=upper`. */
  readonly name: string;
  readonly id: string;
  /** Undefined for all. */
  readonly operation: Operation | undefined;
  readonly isWindow: boolean;
  /** RSA at verify in hex. */
  readonly isHex: boolean;
  /** The codes of `refused:<code>`. An operation that documents none of them keeps its own. */
  readonly codes: readonly string[] | undefined;
  /** Undefined if the option changes no case. */
  readonly results: ReadingResults | undefined;
}

/** The option of a settled reading, if it is not the default. */
function optionOf(id: string, reading: Reading): readonly Option[] {
  const usual = AMBIGUITIES.find((row) => row.id === id)?.default;
  if (!isSettled(reading)) return [];
  return optionsAt(reading.option)
    .filter(({ option }) => option !== usual)
    .map((one) => optionAt(id, one));
}

function optionAt(id: string, { operation, option }: ReturnType<typeof optionsAt>[number]): Option {
  const isWindow = option.startsWith(`${WINDOW}:`);
  const [, codes] = isWindow ? [] : option.split(':');
  const results = resultsUnder({
    id,
    option: codes === undefined ? option : (REFUSED_LIKE[id] ?? option),
  });
  const names = { name: `${id}=${option}`, id, isWindow, isHex: isHex({ id, option }) };
  return { ...names, operation, codes: codes?.split(','), results };
}

/** The option without a code of its own that changes the same cases as `refused:<code>`. */
const REFUSED_LIKE: Readonly<Record<string, string>> = {
  'content-type': 'json',
  'json-null': 'absent',
  'msgid-replay': 'refused',
  'unknown-app-at-verify': '302',
};

/** What the option changes in the case; undefined if nothing. */
function effectOf(option: Option, operation: Operation, testCase: Case): Effect | undefined {
  if ((option.operation ?? operation) !== operation) return undefined;
  if (dependsOnWidth(option, testCase)) return NOT_JUDGED;
  const shown = option.results?.shownAt(testCase.id);
  if (shown === undefined || shown === 'tokenUsed') return undefined;
  // The other requests are encoded as the carrier requires.
  if (option.isHex) return namesEncoding(testCase) ? NOT_JUDGED : undefined;
  return shownEffect(shown, option, operation, testCase);
}

function shownEffect(
  shown: string,
  option: Option,
  operation: Operation,
  testCase: Case,
): Effect | undefined {
  if (shown.startsWith(EARLIER_CALL) || shown === RACE) return NOT_JUDGED;
  if (isCode(shown)) return codedEffect(option, operation, shown);
  const [code] = codesOf(testCase.then);
  return code === undefined ? undefined : { kind: 'code', code };
}

function namesEncoding({ given, when }: Case): boolean {
  const recipes = Object.values(when?.derived ?? {});
  return (
    given?.app?.['readings'] !== undefined || recipes.some(({ encoding }) => encoding !== undefined)
  );
}

function isCode(text: string): boolean {
  return /^\d+$/.test(text);
}

/** The code of the case depends on the width of the window. */
function dependsOnWidth({ id, isWindow }: Option, { given, when }: Case): boolean {
  const setsReading = Object.hasOwn(Object(given?.app?.['readings']), id);
  return isWindow && when?.timeOffset !== undefined && !setsReading;
}

/** With `refused:<code>`, the code of the operation. */
function codedEffect(
  { id, codes }: Option,
  operation: Operation,
  shown: string,
): Effect | undefined {
  if (codes === undefined) return { kind: 'code', code: shown };
  const own = codes.find((code) => isDocumented(code, operation));
  if (own !== undefined) return { kind: 'code', code: own };
  if (id === 'json-null') return undefined;
  // A response without a code, or a code of no operation: the kit cannot judge it.
  return codes.every((code) => isDocumented(code)) ? { kind: 'code', code: shown } : NOT_JUDGED;
}

/** Documented for the operation, or for any. */
function isDocumented(code: string, operation?: Operation): boolean {
  return RESULT_CODES.some(
    (row) => row.resultCode === code && (operation === undefined || row.operation === operation),
  );
}

function withExpectation(expected: Then, testCase: Case): Case {
  // biome-ignore lint/suspicious/noThenProperty: a case is data and never awaited
  return { ...testCase, then: expected };
}

const USES_TOKEN = ['refused-call-uses-token=yes', 'refused-call-uses-token=reached'];

function settledCase(testCase: Case, known: Known, options: readonly Option[]): Case {
  const { tokenUsed, ...others } = testCase.then;
  const isOfRefusal = tokenUsed === false && options.some(({ name }) => USES_TOKEN.includes(name));
  const { decidedBy, ...then } = isOfRefusal ? others : testCase.then;
  const code = settledCode(testCase, known);
  if (code === undefined && !isOfRefusal) return testCase;
  const isFirst = code === undefined || code === codesOf(then)[0];
  return withExpectation(
    {
      ...then,
      ...(isFirst && decidedBy !== undefined && { decidedBy }),
      ...(code !== undefined && { resultCode: code }),
    },
    testCase,
  );
}

/** The only code that remains after the readings and the order of two mistakes. */
function settledCode(
  { id, ambiguity, then }: Case,
  { readings, codes: observed }: Known,
): string | undefined {
  const codes = codesOf(then);
  if (codes.length < 2) return undefined;
  const reading = ambiguity === undefined ? undefined : readings[ambiguity];
  if (reading !== undefined && isSettled(reading)) return codes[0];
  return observed[id]?.code;
}
