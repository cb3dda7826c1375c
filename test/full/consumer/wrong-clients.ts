/** All wrong clients. The suite must catch each of them, which proves that its scenarios find mistakes. */
import type { Operation } from '../../../contracts/index.js';
import type { WrongClient } from './wrong-client.js';
import { WRONG_READERS } from './wrong-readers.js';
import { WRONG_SENDERS } from './wrong-senders.js';

/** Every wrong client runs these as well. They show mistakes that the row's own scenarios miss. */
export const COMMON_SCENARIOS: Readonly<Record<Operation, readonly string[]>> = {
  loginTokenValidate: ['code-103000', 'code-103101', 'unknown-fields', 'unknown-code', 'not-json'],
  tokenValidate: ['code-000', 'code-001', 'unknown-fields', 'unknown-code', 'not-json'],
};

export const WRONG_CLIENTS: readonly WrongClient[] = [...WRONG_SENDERS, ...WRONG_READERS];
