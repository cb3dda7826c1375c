/** The rules of each operation, for those that read them as a table. */
import type { Operation } from '../../../src/protocol/operations.js';
import { LOGIN_TOKEN_VALIDATE_RULES, type LoginTokenValidateRequirement } from './login-token-validate.js';
import type { Rule } from './rule.js';
import { TOKEN_VALIDATE_RULES, type TokenValidateRequirement } from './token-validate.js';

type Requirement = LoginTokenValidateRequirement | TokenValidateRequirement;

export const RULES: Readonly<Record<Operation, readonly Rule<Requirement, string>[]>> = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE_RULES,
  tokenValidate: TOKEN_VALIDATE_RULES,
};
