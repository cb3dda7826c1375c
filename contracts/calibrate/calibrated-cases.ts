/** The kit's cases for a carrier with known readings: ambiguous cases expect one code, and cases of other options are disabled. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { AMBIGUITIES } from '../index.js';
import { type Case, type CaseFile, codesOf, type Then } from '../kit/case.js';
import { type Signature, signatureOf } from '../kit/reading-cases.js';
import { EARLIER_CALL } from '../kit/result.js';
import { type Calibration, isSettled } from './calibration.js';
import { WINDOW } from './probes.js';

export interface CalibratedCases {
  readonly files: readonly CaseFile[];
  /** The cases that cannot be judged with these readings. */
  readonly disabled: readonly { readonly case: string; readonly reason: Bilingual }[];
}

export type Known = Pick<Calibration, 'readings' | 'precedence' | 'evidence'>;

export function calibratedCases(files: readonly CaseFile[], known: Known): CalibratedCases {
  const options = otherOptions(known);
  const disabled: { case: string; reason: Bilingual }[] = [];
  const calibrated = files.map((file) => ({
    ...file,
    cases: file.cases.map((testCase) => {
      const codes = options.flatMap((option) => {
        const code = codeWith(option, testCase);
        return code === undefined ? [] : [{ name: option.name, code }];
      });
      if (codes.length === 0) return settledCase(testCase, known, options);
      const [first, ...others] = codes;
      if (typeof first?.code === 'string' && others.every(({ code }) => code === first.code)) {
        return withExpectation({ resultCode: first.code }, testCase);
      }
      const names = codes.map(({ name }) => name).join(', ');
      disabled.push({
        case: testCase.id,
        reason: { en: `does not apply with ${names}`, zh: `解释口径 ${names} 时不适用` },
      });
      return testCase;
    }),
  }));
  return { files: calibrated, disabled };
}

interface Option {
  /** `login-md5-case=upper`. */
  readonly name: string;
  readonly id: string;
  readonly isWindow: boolean;
  /** Undefined if the option changes no case. */
  readonly signature: Signature | undefined;
}

/** The settled options that are not the default. */
function otherOptions({ readings }: Known): readonly Option[] {
  return Object.entries(readings).flatMap(([id, reading]) => {
    const usual = AMBIGUITIES.find((row) => row.id === id)?.default;
    if (!isSettled(reading) || reading.option === usual) return [];
    const { option } = reading;
    return [
      {
        name: `${id}=${option}`,
        id,
        isWindow: option.startsWith(`${WINDOW}:`),
        signature: signatureOf({ id, option }),
      },
    ];
  });
}

const CODE = /^\d+$/;
const TOKEN_USED = 'tokenUsed';

/** The case's code with the option; undefined if it is unchanged, null if the case cannot be judged. */
function codeWith({ id, isWindow, signature }: Option, testCase: Case): string | null | undefined {
  // The code depends on the width of the window.
  if (isWindow && testCase.when?.timeOffset !== undefined && !setsReading(testCase, id)) return null;
  const shown = signature?.shownAt(testCase.id);
  if (shown === undefined || shown === TOKEN_USED) return undefined;
  if (shown.startsWith(EARLIER_CALL)) return null;
  return CODE.test(shown) ? shown : codesOf(testCase.then)[0];
}

function withExpectation(expected: Then, testCase: Case): Case {
  // biome-ignore lint/suspicious/noThenProperty: a case is data and never awaited
  return { ...testCase, then: expected };
}

function setsReading({ given }: Case, id: string): boolean {
  const readings = given?.app?.['readings'];
  return typeof readings === 'object' && readings !== null && id in readings;
}

const USES_TOKEN = 'refused-call-uses-token=yes';

function settledCase(testCase: Case, known: Known, options: readonly Option[]): Case {
  const { tokenUsed, ...others } = testCase.then;
  const isOfRefusal = tokenUsed === false && options.some(({ name }) => name === USES_TOKEN);
  const then = isOfRefusal ? others : testCase.then;
  const code = settledCode(testCase, known);
  return code === undefined && !isOfRefusal
    ? testCase
    : withExpectation(code === undefined ? then : withCode(then, code), testCase);
}

/** The only code that remains after the readings and the order of two mistakes. */
function settledCode({ id, ambiguity, then }: Case, { readings, precedence, evidence }: Known): string | undefined {
  const codes = codesOf(then);
  if (codes.length < 2) return undefined;
  const reading = ambiguity === undefined ? undefined : readings[ambiguity];
  if (reading !== undefined && isSettled(reading)) return codes[0];
  const order = precedence.find(({ evidence: [first = ''] }) => evidence[first]?.case === id);
  return order === undefined ? undefined : codes[order.asExpected ? 0 : 1];
}

function withCode(then: Then, code: string): Then {
  const { decidedBy: _, ...others } = then;
  return code === codesOf(then)[0] ? { ...then, resultCode: code } : { ...others, resultCode: code };
}
