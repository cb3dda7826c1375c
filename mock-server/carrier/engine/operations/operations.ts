/** The modules of the operations, by name. */
import type { Operation } from '../../../../src/protocol/operations.js';
import type { Rule } from '../readings.js';
import { LOGIN_TOKEN_VALIDATE } from './login-token-validate.js';
import type { OperationModule } from './operation.js';
import { TOKEN_VALIDATE } from './token-validate.js';

export const OPERATION_MODULES = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE,
  tokenValidate: TOKEN_VALIDATE,
} as const satisfies Readonly<Record<Operation, OperationModule>>;

/** A requirement of any operation. */
export type Requirement = (typeof OPERATION_MODULES)[Operation]['rules'][number]['requires'];

/** A module whose rules have known requirements. */
export interface KnownModule extends OperationModule {
  readonly rules: readonly (Rule & { readonly requires: Requirement })[];
}

export function moduleOf(operation: Operation): KnownModule {
  return OPERATION_MODULES[operation];
}
