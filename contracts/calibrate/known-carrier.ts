/** A calibration as what the provider suite knows about the carrier: its statuses, its pages without a code, its options for the form of responses. */
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { answerFields } from '../kit/documents.js';
import type { JudgedAnswer, KnownCarrier } from '../kit/known-carrier.js';
import { resultCodeIn } from '../kit/operations.js';
import { type ReadingResults, resultsUnder } from '../kit/reading-cases.js';
import type { Difference } from '../kit/result.js';
import { type Calibration, isSettled, optionsAt } from './calibration.js';

type Known = Pick<Calibration, 'readings' | 'precedence' | 'statuses'>;

const RULES = new Map(
  CASE_FILES.flatMap(({ cases }) => cases.map(({ id, then }) => [id, then.decidedBy] as const)),
);

export function knownCarrier(known: Known): KnownCarrier {
  const settled = Object.entries(known.readings).flatMap(([id, reading]) =>
    isSettled(reading) ? optionsAt(reading.option).map((one) => ({ id, ...one })) : [],
  );
  const resultsAt = (operation: Operation) =>
    settled
      .filter((one) => (one.operation ?? operation) === operation)
      .flatMap((reading) => resultsUnder(reading) ?? []);
  return {
    rsaEncodingIn: (testCase) =>
      settled.some(isHex) && !setsReadings(testCase) ? 'hex' : undefined,
    remaining: (judged, differences) => {
      const { operation, testCase, answer } = judged;
      const code = resultCodeIn(operation, answerFields(operation, answer));
      if (code === undefined && isRecordedPage(known.precedence, judged)) return [];
      const recorded = fieldsOf(resultsAt(operation), testCase.id);
      return differences.filter(
        (one) => !recorded.includes(one.at) && !isRecorded(one, known, { ...judged, code }),
      );
    },
  };
}

/** Whether the status of the code is recorded like this. */
function isRecorded(
  { rule }: Difference,
  { statuses }: Known,
  { operation, answer, code = '' }: JudgedAnswer & { readonly code: string | undefined },
): boolean {
  return rule === 'http-status' && statuses[operation]?.[code] === answer.status;
}

/** Of the options of `verify-rsa-encoding`. */
export function isHex({ id, option }: { readonly id: string; readonly option: string }): boolean {
  return id === 'verify-rsa-encoding' && option === 'hex';
}

/** The app of the case has an interpretation of its own. */
export function setsReadings({ given }: CaseRequest): boolean {
  return given?.app?.['readings'] !== undefined;
}

/** A response without a code, as recorded for the mistake that the case has. */
function isRecordedPage(
  precedence: Known['precedence'],
  { operation, testCase: { id }, answer: { status } }: JudgedAnswer,
): boolean {
  const rule = RULES.get(id);
  return (precedence[operation] ?? []).some(
    ({ check, outcome }) => check.split('/')[0] === rule && outcome === `http-${status}`,
  );
}

/** The fields of the response that the settled options change in the case. */
function fieldsOf(results: readonly ReadingResults[], id: string): readonly string[] {
  return results.flatMap(({ shownAt }) => {
    const [, field] = /^(?:schema )?(\/.*)$/.exec(shownAt(id) ?? '') ?? [];
    return field === undefined ? [] : [field];
  });
}
