/** The atlas: every result code with its cause, basis, cost, and a command for each way to get it. */

import { BEYOND_RESULTS, type BeyondRow } from '../../../src/protocol/beyond-codes.js';
import type { NextStep } from '../../../src/protocol/next-steps.js';
import { byOperation, OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { RESULTS, type ResultRow } from '../../../src/protocol/result-codes.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import type { Basis } from '../../carrier/engine/readings.js';
import type { Requirement } from '../../carrier/engine/requirements.js';
import { ALL_MET_WORDS, REQUIREMENTS } from '../../carrier/engine/requirements.js';
import { headerCommand, type Target, WAYS } from './commands.js';

export interface AtlasRow {
  readonly operation: Operation;
  readonly code: string;
  readonly name: string;
  /** As in the document. */
  readonly desc: string;
  readonly descEn: string;
  readonly cause: Bilingual;
  /** The evidence that the code has its first cause. */
  readonly basis: Basis;
  /** The rules that return it, in order of precedence; `allMet` for a success. */
  readonly decidedBy: readonly (Requirement | 'allMet')[];
  readonly charged: boolean;
  readonly usesToken: boolean;
  /** What a client does next; null for a success. */
  readonly nextStep: NextStep | null;
  readonly ways: readonly { readonly way: string; readonly curl: string }[];
}

export function atlas(target: Target): readonly AtlasRow[] {
  return OPERATIONS.flatMap(({ operation }) => RESULTS[operation].map((row) => atlasRow(operation, row, target)));
}

function atlasRow(
  operation: Operation,
  { code, name, desc, descEn, charged, next }: ResultRow,
  target: Target,
): AtlasRow {
  const rules = moduleOf(operation).rules.filter(({ otherwise }) => otherwise === code);
  const requirements = rules.map(({ requires }) => requires);
  const texts = rules.length === 0 ? [ALL_MET_WORDS] : requirements.map((requires) => REQUIREMENTS[requires].unmet);
  return {
    operation,
    code,
    name,
    desc,
    descEn,
    cause: { en: texts.map(({ en }) => en).join('; or '), zh: texts.map(({ zh }) => zh).join('；或者') },
    basis: rules[0]?.basis ?? 'documented',
    decidedBy: rules.length === 0 ? ['allMet'] : requirements,
    charged,
    // By default, exactly the charged results consume the token; a reading can change this.
    usesToken: charged,
    nextStep: next ?? null,
    ways: WAYS.flatMap(({ way, command }) => {
      const curl = command({ operation, code }, target);
      return curl === undefined ? [] : [{ way, curl }];
    }),
  };
}

export interface BeyondCode extends BeyondRow {
  /** For each operation, a command that forces the code with a header. */
  readonly curl: Readonly<Record<Operation, string>>;
}

/** The codes that public lists contain and the document does not. */
export function beyondCodes(target: Target): readonly BeyondCode[] {
  return BEYOND_RESULTS.map((row) => {
    return { ...row, curl: byOperation((operation) => headerCommand({ operation, code: row.code }, target)) };
  });
}
