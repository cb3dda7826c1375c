/** The operations that the carrier knows, by name. Another one is a module and a line here. */
import type { Operation } from '../../../../src/protocol/operations.js';
import { LOGIN_TOKEN_VALIDATE } from './login-token-validate.js';
import type { OperationModule } from './operation.js';
import { TOKEN_VALIDATE } from './token-validate.js';

export const OPERATION_MODULES = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE,
  tokenValidate: TOKEN_VALIDATE,
} as const satisfies Readonly<Record<Operation, unknown>>;

/** The module of any request's operation, which is given nothing but requests of its own. */
export function moduleOf(operation: Operation): OperationModule {
  return OPERATION_MODULES[operation] as unknown as OperationModule;
}
