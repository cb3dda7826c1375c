/** The codes of the client's errors, in the order of the pages. */
import type { CmpassportErrorCode } from '../../src/client/errors.js';

export const ERROR_CODES = Object.keys({
  ERR_CONFIGURATION: true,
  ERR_ARGUMENT: true,
  ERR_SECRET_UNAVAILABLE: true,
  ERR_NETWORK: true,
  ERR_TIMEOUT: true,
  ERR_ABORTED: true,
  ERR_HTTP_STATUS: true,
  ERR_RESPONSE_TOO_LARGE: true,
  ERR_RESPONSE_NOT_JSON: true,
  ERR_RESPONSE_FORMAT: true,
  ERR_RESPONSE_MISMATCH: true,
  ERR_DECRYPTION: true,
  ERR_MOCK: true,
} satisfies Readonly<Record<CmpassportErrorCode, true>>);
