/** Clients that are base-client.mjs but for one thing. The suite has to catch each of them, which is how we know that it judges. */
import type { Operation } from '../../../contracts/index.js';
import type { WrongClient } from './wrong-client.js';
import { WRONG_READERS } from './wrong-readers.js';
import { WRONG_SENDERS } from './wrong-senders.js';

/** Every wrong client is run in these, so that one of them would show what a row does not list. */
export const COMMON_SCENARIOS: Readonly<Record<Operation, readonly string[]>> = {
  loginTokenValidate: ['code-103000', 'code-103101', 'unknown-fields', 'unknown-code', 'not-json'],
  tokenValidate: ['code-000', 'code-001', 'unknown-fields', 'unknown-code', 'not-json'],
};

export const WRONG_CLIENTS: readonly WrongClient[] = [...WRONG_SENDERS, ...WRONG_READERS];
