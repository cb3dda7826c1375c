/** The choices of the developer portal, and the operators of SIM cards. */
import type { SecretName } from './operations/description.js';
import { OPERATIONS } from './operations.js';

export const OPERATORS = ['mobile', 'unicom', 'telecom'] as const;
export type Operator = (typeof OPERATORS)[number];

/** The capabilities that a token can be for. */
export const TOKEN_CAPABILITIES = OPERATIONS.map(({ capability }) => capability);
export type TokenCapability = (typeof TOKEN_CAPABILITIES)[number];

/** Those of the operations, and 短验辅助. */
export const CAPABILITIES = [...TOKEN_CAPABILITIES, 'smsFallback'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** 验签方式. */
export const SIGN_SECRETS = ['appSecret', 'appKey'] as const satisfies readonly SecretName[];
export type SignSecret = (typeof SIGN_SECRETS)[number];
