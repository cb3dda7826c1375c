/** The kit's cases for a carrier with known readings: ambiguous cases expect one code, and cases of other options are disabled. */
import { AMBIGUITIES } from '../index.js';
import type { Case, CaseFile, Then } from '../provider/case.js';
import { codesOf } from '../provider/check-answer.js';
import { type Calibration, isSettled } from './calibration.js';
import { withExpectation } from './cases.js';
import dependents from './dependents.json' with { type: 'json' };
import { WINDOW } from './probes.js';

/** By `reading=option`, then by case: the code with that option; null if an earlier call already differs. */
type Dependents = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

const DEPENDENTS: Dependents = dependents.dependents;

export interface CalibratedCases {
  readonly files: readonly CaseFile[];
  /** The cases that cannot be judged with these readings. */
  readonly disabled: readonly { readonly case: string; readonly reason: string }[];
}

export type Known = Pick<Calibration, 'readings' | 'precedence' | 'evidence'>;

export function calibratedCases(
  files: readonly CaseFile[],
  known: Known,
  all: Dependents = DEPENDENTS,
): CalibratedCases {
  const options = otherOptions(known);
  const disabled: { case: string; reason: string }[] = [];
  const calibrated = files.map((file) => ({
    ...file,
    cases: file.cases.map((testCase) => {
      const codes = options.flatMap(({ name, key }) => {
        const code = all[key]?.[testCase.id];
        return code === undefined ? [] : [{ name, code }];
      });
      if (codes.length === 0) return settledCase(testCase, known, options);
      const [first, ...others] = codes;
      if (typeof first?.code === 'string' && others.every(({ code }) => code === first.code)) {
        return withExpectation({ resultCode: first.code }, testCase);
      }
      disabled.push({
        case: testCase.id,
        reason: `does not apply with ${codes.map(({ name }) => name).join(', ')}`,
      });
      return testCase;
    }),
  }));
  return { files: calibrated, disabled };
}

interface Option {
  /** `login-md5-case=upper`. */
  readonly name: string;
  /** The name without the width of a window. */
  readonly key: string;
}

/** The settled options that are not the default. */
function otherOptions({ readings }: Known): readonly Option[] {
  return Object.entries(readings).flatMap(([id, reading]) => {
    const usual = AMBIGUITIES.find((row) => row.id === id)?.default;
    if (!isSettled(reading) || reading.option === usual) return [];
    const [key = ''] = reading.option.split(':');
    return [{ name: `${id}=${reading.option}`, key: `${id}=${key === WINDOW ? WINDOW : reading.option}` }];
  });
}

const USES_TOKEN = 'refused-call-uses-token=yes';

function settledCase(testCase: Case, known: Known, options: readonly Option[]): Case {
  const { tokenUsed, ...others } = testCase.then;
  const isOfRefusal = tokenUsed === false && options.some(({ key }) => key === USES_TOKEN);
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
