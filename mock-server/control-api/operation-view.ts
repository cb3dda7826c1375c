/** An operation as the control API shows it: request fields, response fields and rules. The document, 1 and 2. */
import type { Operation, OperationRow } from '../../src/protocol/operations.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { REQUIREMENTS } from '../carrier/engine/requirements.js';
import { type FieldWords, OPERATION_WORDS } from '../explain/field-words.js';
import { PART_RULE } from '../explain/fields.js';
import { documentedFields } from '../explain/operations.js';

/** @param base the carrier's address */
export function operationView({ operation, path, version }: OperationRow, base: string) {
  const { name, section, request, answer } = OPERATION_WORDS[operation];
  return {
    operation,
    name,
    path,
    url: base + path,
    version,
    requestFields: request.map((words) => ({ ...fieldView(words), ...constraintOn(operation, words), section })),
    answerFields: answer.map(fieldView),
    rules: moduleOf(operation).rules.map(({ requires, otherwise, basis }) => ({
      requires,
      otherwise,
      basis,
      met: REQUIREMENTS[requires].met,
      unmet: REQUIREMENTS[requires].unmet,
    })),
  };
}

function fieldView({ name, part, meaning }: FieldWords) {
  return { name, in: part ?? null, meaning };
}

/** `header` and `body` of tokenValidate's envelope have no row: both are required. */
function constraintOn(operation: Operation, { name, part }: FieldWords) {
  const row = documentedFields(operation).find((each) => each.name === name && each.location === (part ?? 'topLevel'));
  const { required, rule } = row ?? { required: true, rule: PART_RULE };
  return { required: typeof required === 'boolean' ? required : 'depends', rule };
}
