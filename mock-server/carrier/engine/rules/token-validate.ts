/** The rules of tokenValidate, in order of precedence: the first unmet requirement determines the result. The document, 2.3 and 2.5. */
import type { TokenValidateResultCode } from '../../../../src/protocol/result-codes.js';
import type { Rule } from '../readings.js';

export const TOKEN_VALIDATE_RULES = [
  { requires: 'urlRight', otherwise: '303', basis: 'assumed' },
  { requires: 'bodyReadable', otherwise: '303', basis: 'documented' },
  { requires: 'parametersValid', otherwise: '102', basis: 'documented' },
  { requires: 'appKnown', otherwise: '102', basis: 'assumed', codeReading: 'unknown-app-at-verify' },
  { requires: 'ipAllowed', otherwise: '124', basis: 'documented' },
  { requires: 'capabilityGranted', otherwise: '103420', basis: 'documented' },
  { requires: 'signValid', otherwise: '302', basis: 'documented' },
  { requires: 'serviceUp', otherwise: '999', basis: 'documented' },
  { requires: 'phoneNumReadable', otherwise: '004', basis: 'documented' },
  { requires: 'tokenServiceUp', otherwise: '003', basis: 'documented' },
  { requires: 'tokenWellFormed', otherwise: '606', basis: 'observed' },
  { requires: 'tokenKnown', otherwise: '606', basis: 'observed' },
  { requires: 'tokenOfThisApp', otherwise: '606', basis: 'observed' },
  { requires: 'tokenOfThisCapability', otherwise: '606', basis: 'observed' },
  { requires: 'tokenLive', otherwise: '606', basis: 'documented' },
  { requires: 'tokenUnused', otherwise: '606', basis: 'documented' },
  { requires: 'callsLeft', otherwise: '103420', basis: 'inferred', codeReading: 'verify-quota-code' },
  { requires: 'numberObtained', otherwise: '002', basis: 'documented' },
  { requires: 'numberMatches', otherwise: '001', basis: 'documented' },
] as const satisfies readonly Rule<string, TokenValidateResultCode>[];

export type TokenValidateRequirement = (typeof TOKEN_VALIDATE_RULES)[number]['requires'];

/** The code if every requirement is met. */
export const TOKEN_VALIDATE_ALL_MET: TokenValidateResultCode = '000';
