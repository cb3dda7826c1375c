/** The operations for explanations, by name, and their documented fields. A new operation is a module and a line here. The document, 1.2 and 2.3. */
import { fieldsOf, type RequestField } from '../../../src/protocol/fields.js';
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import type { Situation } from '../../carrier/engine/facts/situation.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import type { FieldConstraint } from '../field-constraints.js';
import { LOGIN_TOKEN_VALIDATE } from './login-token-validate.js';
import type { ExplainedOperation } from './operation.js';
import { TOKEN_VALIDATE } from './token-validate.js';

const EXPLAINED_OPERATIONS = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE,
  tokenValidate: TOKEN_VALIDATE,
} as const satisfies Readonly<Record<Operation, unknown>>;

/** The module of a request's operation. Callers must pass it only requests of that operation. */
export function explainedOperation(operation: Operation): ExplainedOperation {
  return EXPLAINED_OPERATIONS[operation] as unknown as ExplainedOperation;
}

/** A field with its constraint. */
export type DocumentedField = Omit<RequestField, 'required'> & FieldConstraint<Situation<CarrierRequest>>;

const FIELDS: ReadonlyMap<Operation, readonly DocumentedField[]> = new Map(
  OPERATIONS.map(({ operation }) => {
    const { constraints } = explainedOperation(operation);
    return [operation, fieldsOf(operation).map((row) => ({ ...row, ...constraints[row.property] }))];
  }),
);

/** In the order of the document. */
export function documentedFields(operation: Operation): readonly DocumentedField[] {
  return FIELDS.get(operation) ?? [];
}
