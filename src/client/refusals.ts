/** The refusals by code: the document's row and the next step. The document, 1.4 and 2.5. */

import { type NextStep, UNKNOWN_CODE_NEXT } from '../protocol/next-steps.js';
import type { ResultRow } from '../protocol/result-codes.js';
import type { Description, UnknownCode } from './answers.js';
import { shownText } from './shown-text.js';

interface RefusalFields {
  readonly kind: 'refused';
  readonly resultCode: string;
  readonly name: string;
  readonly description: Description;
  readonly next: NextStep;
  readonly charged: false;
}

export function refusalsOf(results: readonly ResultRow[]): ReadonlyMap<string, RefusalFields> {
  return new Map(
    results.flatMap(({ code, name, desc, descEn, charged, next }): readonly (readonly [string, RefusalFields])[] => {
      if (charged || next === undefined) return [];
      const description = Object.freeze({ en: descEn, zh: desc });
      return [[code, { kind: 'refused', resultCode: code, name, description, next, charged }]];
    }),
  );
}

export function unknownCode({
  resultCode,
  carrierText,
  taskId,
}: {
  readonly resultCode: string;
  readonly carrierText: string | undefined;
  readonly taskId: string | undefined;
}): UnknownCode {
  return {
    kind: 'unknownCode',
    resultCode: shownText(resultCode),
    carrierText,
    next: UNKNOWN_CODE_NEXT,
    charged: undefined,
    taskId,
  };
}
