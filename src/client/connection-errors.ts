/** Judges failed connections: whether the request may have been sent, and whether another attempt may succeed. */

export interface SendStatus {
  /** The request may have been sent. */
  readonly maybeSent: boolean;
  /** Nothing was sent, and another attempt may succeed. */
  readonly retry: boolean;
}

const MAYBE_SENT: SendStatus = { maybeSent: true, retry: false };
const NOT_SENT: SendStatus = { maybeSent: false, retry: true };
const NOT_SENT_NO_RETRY: SendStatus = { maybeSent: false, retry: false };

/** The system calls that establish a connection. They fail before the first byte is sent. */
const CONNECTION_CALLS = ['connect', 'getaddrinfo'];

/** undici's code for a connection that was not established in time. */
const CONNECT_TIMEOUT = 'UND_ERR_CONNECT_TIMEOUT';

/** Node's codes for certificates that OpenSSL rejects. This happens before the request, and another attempt fails in the same way. */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  // The handshake failed at its first messages: no TLS, or no common version.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
]);

// fetch's error, happy eyeballs, one error per address. A deeper error, or one that is its own cause, is not judged.
const CAUSE_DEPTH_MAX = 5;

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  /** One error per address, if a name has several. */
  readonly errors?: unknown;
}

/** Judges the error of a fetch. After an unknown error, the request may have been sent. */
export function sendStatusOf(error: unknown, depth = CAUSE_DEPTH_MAX): SendStatus {
  try {
    return sendStatusIn(error, depth);
  } catch {
    // A property threw: the error proves nothing.
    return MAYBE_SENT;
  }
}

function sendStatusIn(error: unknown, depth: number): SendStatus {
  if (typeof error !== 'object' || error === null || depth === 0) return MAYBE_SENT;
  const { code, syscall, cause, errors } = error as SystemError;
  if (Array.isArray(errors) && errors.length > 0) return combined(errors.map((each) => sendStatusOf(each, depth - 1)));
  if (typeof code === 'string' && CERTIFICATE_CODES.has(code)) return NOT_SENT_NO_RETRY;
  if (code === CONNECT_TIMEOUT || (typeof syscall === 'string' && CONNECTION_CALLS.includes(syscall))) return NOT_SENT;
  // fetch wraps the connection's error in one without a code. An error with a code is judged by its code alone.
  return code === undefined && cause !== undefined ? sendStatusOf(cause, depth - 1) : MAYBE_SENT;
}

function combined(statuses: readonly SendStatus[]): SendStatus {
  return {
    maybeSent: statuses.some(({ maybeSent }) => maybeSent),
    retry: statuses.every(({ retry }) => retry),
  };
}
