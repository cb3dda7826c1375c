/** All wrong carriers, in the order of docs/internals/wrong-carriers.md. The contract's cases must catch each of them. */
import { ORDER_CHARGES_AND_ACCESS } from './order-charges-and-access.js';
import { REQUEST_AND_RESPONSE } from './request-and-response.js';
import { TOKENS_AND_SIGNATURES } from './tokens-and-signatures.js';
import type { WrongCarrier } from './wrong-carrier.js';

export const WRONG_CARRIERS: readonly WrongCarrier[] = [
  ...TOKENS_AND_SIGNATURES,
  ...ORDER_CHARGES_AND_ACCESS,
  ...REQUEST_AND_RESPONSE,
];
