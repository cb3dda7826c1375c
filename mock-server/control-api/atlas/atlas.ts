/** The atlas: every result code with its cause, basis, cost, and a command for each way to get it. */

import { BEYOND_RESULTS, type BeyondRow } from '../../../src/protocol/beyond-codes.js';
import {
  LOGIN_NEXT_STEPS,
  type NextStep,
  NOT_OWN_NUMBER_NEXT,
  VERIFY_NEXT_STEPS,
} from '../../../src/protocol/next-steps.js';
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { RESULTS, type ResultRow } from '../../../src/protocol/result-codes.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { Requirement } from '../../carrier/engine/decision.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import type { Basis } from '../../carrier/engine/readings.js';
import { ALL_MET_WORDS, REQUIREMENT_WORDS } from '../../explain/requirement-words.js';
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

function atlasRow(operation: Operation, { code, name, desc, descEn, charged }: ResultRow, target: Target): AtlasRow {
  const rules = moduleOf(operation).rules.filter(({ otherwise }) => otherwise === code);
  const requirements = rules.map(({ requires }) => requires);
  const texts =
    rules.length === 0 ? [ALL_MET_WORDS] : requirements.map((requires) => REQUIREMENT_WORDS[requires].unmet);
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
    nextStep: NEXT_STEPS[operation].find((row) => row.code === code)?.next ?? null,
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
    const commands = OPERATIONS.map(({ operation }) => [
      operation,
      headerCommand({ operation, code: row.code }, target),
    ]);
    return { ...row, curl: Object.fromEntries(commands) };
  });
}

/** What a client does after each refusal. */
const NEXT_STEPS: Readonly<Record<Operation, readonly { readonly code: string; readonly next: NextStep }[]>> = {
  loginTokenValidate: LOGIN_NEXT_STEPS,
  tokenValidate: [...VERIFY_NEXT_STEPS, { code: '001', next: NOT_OWN_NUMBER_NEXT }],
};
