/** The atlas: every result code with its cause, basis, cost, and a command for each way to get it. */

import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import {
  byOperation,
  OPERATIONS,
  type Operation,
  operationRow,
} from '../../../src/protocol/operations.js';
import { RESULTS, type ResultRow } from '../../../src/protocol/result-codes.js';
import { BASIS_WORDS } from '../../../src/text/basis.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { ALL_MET_WORDS, REQUIREMENTS, type Rule } from '../../carrier/engine/requirements.js';
import { headerCommand, type Target, WAYS } from './commands.js';

export function atlas(target: Target) {
  return OPERATIONS.flatMap(({ operation }) =>
    RESULTS[operation].map((row) => atlasRow(operation, row, target)),
  );
}

function atlasRow(operation: Operation, row: ResultRow, target: Target) {
  const { code, name, desc, descEn, charged, next } = row;
  const rules = moduleOf(operation).rules.filter(({ otherwise }) => otherwise === code);
  const requirements = rules.map(({ requires }) => requires);
  const texts = rules.length === 0 ? [ALL_MET_WORDS] : causesOf(rules);
  const caveat = CAVEATS.get(code) ?? { en: '', zh: '' };
  return {
    operation,
    code,
    name,
    desc,
    descEn,
    cause: {
      en: `${texts.map(({ en }) => en).join('; or ')}${caveat.en}`,
      zh: `${texts.map(({ zh }) => zh).join('；或者')}${caveat.zh}`,
    },
    basis:
      BASES.find((basis) => rules.some((rule) => rule.basis === basis)) ??
      operationRow(operation).basis,
    // In order of precedence.
    decidedBy: rules.length === 0 ? ['allMet' as const] : requirements,
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

/** The strongest evidence first. */
const BASES = ['documented', 'observed', 'inferred', 'assumed'] as const;

/** Each cause, with its basis if they have different ones. */
function causesOf(rules: readonly Rule[]): readonly Bilingual[] {
  const areEqual = rules.every(({ basis }) => basis === rules[0]?.basis);
  return rules.map(({ requires, basis }) => {
    const { en, zh } = REQUIREMENTS[requires].unmet;
    return areEqual
      ? { en, zh }
      : { en: `${en} (${basis})`, zh: `${zh}（${BASIS_WORDS[basis].zh}）` };
  });
}

/** What a code does not mean. */
export const CAVEATS: ReadonlyMap<string, Bilingual> = new Map([
  [
    '001',
    {
      en: '. An SMS code does not prove that it is the number of this phone (the document, 2)',
      zh: '。文档第 2 节：短验辅助校验无法保证校验的号码和本机号码一致',
    },
  ],
]);

/** The codes that public lists contain and the document does not, each with a command that forces it with a header. */
export function beyondCodes(target: Target) {
  return BEYOND_RESULTS.map((row) => {
    return {
      ...row,
      curl: byOperation((operation) => headerCommand({ operation, code: row.code }, target)),
    };
  });
}
