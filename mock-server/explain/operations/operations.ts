/** The operations for explanations, by name. A new operation is a module and a line here. */
import type { Operation } from '../../../src/protocol/operations.js';
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
