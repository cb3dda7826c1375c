/** The rules of loginTokenValidate, in order of precedence: the first unmet requirement determines the result. The document, 1.2 and 1.4. */
import type { LoginTokenValidateResultCode } from '../../../../src/protocol/result-codes.js';
import type { Rule } from '../readings.js';

export const LOGIN_TOKEN_VALIDATE_RULES = [
  { requires: 'urlRight', otherwise: '105313', basis: 'observed' },
  { requires: 'bodyReadable', otherwise: '103412', basis: 'observed' },
  { requires: 'valuesAreStrings', otherwise: '103211', basis: 'observed' },
  { requires: 'tokenPresent', otherwise: '103811', basis: 'documented' },
  { requires: 'parametersValid', otherwise: '103414', basis: 'documented' },
  { requires: 'appKnown', otherwise: '103119', basis: 'documented' },
  { requires: 'ipAllowed', otherwise: '103511', basis: 'documented' },
  { requires: 'capabilityGranted', otherwise: '105019', basis: 'documented' },
  { requires: 'encryptionPossible', otherwise: '103412', basis: 'observed' },
  { requires: 'signValid', otherwise: '103101', basis: 'documented' },
  { requires: 'serviceUp', otherwise: '103211', basis: 'assumed' },
  { requires: 'tokenWellFormed', otherwise: '103113', basis: 'documented' },
  { requires: 'tokenKnown', otherwise: '104201', basis: 'documented' },
  { requires: 'tokenOfThisApp', otherwise: '103133', basis: 'documented' },
  { requires: 'tokenOfThisCapability', otherwise: '105018', basis: 'documented' },
  { requires: 'tokenLive', otherwise: '104201', basis: 'documented' },
  { requires: 'tokenUnused', otherwise: '104201', basis: 'observed' },
  { requires: 'callsLeft', otherwise: '105312', basis: 'documented' },
] as const satisfies readonly Rule<string, LoginTokenValidateResultCode>[];

export type LoginTokenValidateRequirement = (typeof LOGIN_TOKEN_VALIDATE_RULES)[number]['requires'];

/** The code if every requirement is met. */
export const LOGIN_TOKEN_VALIDATE_ALL_MET: LoginTokenValidateResultCode = '103000';
