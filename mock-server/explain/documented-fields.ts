/** The documented fields of each operation, with their constraints. The document, 1.2 and 2.3. */
import { type FieldRow, REQUEST_FIELDS } from '../../src/protocol/fields.js';
import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import type { Situation } from '../carrier/engine/facts/situation.js';
import type { CarrierRequest } from '../carrier/engine/request.js';
import type { FieldConstraint } from './field-constraints.js';
import { explainedOperation } from './operations/operations.js';

export type DocumentedField = FieldRow & FieldConstraint<Situation<CarrierRequest>>;

const FIELDS: ReadonlyMap<Operation, readonly DocumentedField[]> = new Map(
  OPERATIONS.map(({ operation }) => {
    const { constraints } = explainedOperation(operation);
    return [operation, REQUEST_FIELDS[operation].map((row) => ({ ...row, ...constraints[row.property] }))];
  }),
);

/** In the order of the document. */
export function documentedFields(operation: Operation): readonly DocumentedField[] {
  return FIELDS.get(operation) ?? [];
}
