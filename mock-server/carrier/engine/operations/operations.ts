/** The modules of the operations, by name. */
import { OPERATIONS, type Operation } from '../../../../src/protocol/operations.js';
import type { TokenCapability } from '../../../../src/protocol/portal.js';
import type { TokenFormat } from '../token-format.js';
import { H5_TOKEN_VALIDATE } from './h5-token-validate.js';
import { LOGIN_TOKEN_VALIDATE } from './login-token-validate.js';
import type { OperationModule } from './operation.js';
import { TOKEN_VALIDATE } from './token-validate.js';

export const OPERATION_MODULES = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE,
  tokenValidate: TOKEN_VALIDATE,
  h5TokenValidate: H5_TOKEN_VALIDATE,
} as const satisfies Readonly<Record<Operation, OperationModule>>;

export function moduleOf(operation: Operation): OperationModule {
  return OPERATION_MODULES[operation];
}

export function tokensFor(capability: TokenCapability): TokenFormat {
  const { operation } = OPERATIONS.find((row) => row.capability === capability) ?? OPERATIONS[0];
  return moduleOf(operation).tokens;
}
