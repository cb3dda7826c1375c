/** The modules of the operations, by name. */
import type { Operation } from '../../../../src/protocol/operations.js';
import { LOGIN_TOKEN_VALIDATE } from './login-token-validate.js';
import type { OperationModule } from './operation.js';
import { TOKEN_VALIDATE } from './token-validate.js';

export const OPERATION_MODULES = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE,
  tokenValidate: TOKEN_VALIDATE,
} as const satisfies Readonly<Record<Operation, OperationModule>>;

export function moduleOf(operation: Operation): OperationModule {
  return OPERATION_MODULES[operation];
}
